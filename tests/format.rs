//! The one layout: what it looks like, and what it must never change.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "these are tests")]

use proptest::prelude::*;
use rapporteur::source::{FileId, SourceFile};
use rapporteur::syntax::print::format;
use rapporteur::syntax::{lex, parse};
use std::path::{Path, PathBuf};

fn formatted(path: &str, text: &str) -> Option<String> {
    format(FileId(0), &SourceFile::new(path, text)).ok()
}

/// The tokens, comments, findings and tree of a text, in which every place is replaced by the words that stand there, so
/// that white space alone makes no difference.
fn meaning(path: &str, text: &str) -> String {
    let file = SourceFile::new(path, text);
    let arena = rapporteur::syntax::Arena::new();
    let (tree, findings) = parse(FileId(0), &file, &arena);
    let mut meaning = String::new();
    for token in lex::lex(FileId(0), file.code(), 0).tokens {
        meaning.push_str(&format!("{:?} {:?} {}\n", token.kind, token.word, file.slice(token.span)));
    }
    for finding in findings {
        // These two are about white space.
        if !["syntax/tab", "syntax/odd-space"].contains(&finding.code.as_ref()) {
            meaning.push_str(&format!("{} {}\n", finding.code, finding.message));
        }
    }
    let tree = format!("{tree:?}");
    let mut rest = tree.as_str();
    while let Some((before, behind)) = rest.split_once("Span { start: ") {
        let (places, after) = behind.split_once(" }").unwrap();
        let (start, end) = places.split_once(", end: ").unwrap();
        let words = text.get(start.parse().unwrap()..end.parse().unwrap()).unwrap();
        meaning.push_str(before);
        meaning.push('⟨');
        meaning.extend(words.chars().filter(|c| !c.is_whitespace() && !"\u{FEFF}\u{200B}".contains(*c)));
        meaning.push('⟩');
        rest = after;
    }
    meaning + rest
}

/// Checks the laws of the layout on a text; gives the text in it, unless it cannot be read.
fn check(path: &str, text: &str) -> Option<String> {
    let once = formatted(path, text)?;
    let (before, after) = (meaning(path, text), meaning(path, &once));
    if before != after {
        let same = before.char_indices().zip(after.chars()).find(|((_, a), b)| a != b).map_or(0, |((at, _), _)| at);
        let [before, after] =
            [before, after].map(|all| all.get(same..).unwrap_or("").chars().take(200).collect::<String>());
        panic!("the meaning changed\n--- from\n{text}\n--- to\n{once}\n--- before: {before}\n--- after: {after}");
    }
    let twice = formatted(path, &once).expect("what was printed can be read");
    assert_eq!(once, twice, "not the same when printed again\n--- from\n{text}");
    if !path.ends_with(".md") {
        assert!(once.is_empty() || once.ends_with('\n') && !once.ends_with("\n\n"), "ends badly: {once:?}");
        assert!(once.is_empty() || !once.starts_with([' ', '\n', '\u{FEFF}']), "begins badly: {once:?}");
    }
    Some(once)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "decl" || end == "md") {
            found.push(path);
        }
    }
}

#[test]
fn every_draft_at_hand_keeps_its_meaning() {
    let mut found = Vec::new();
    for folder in ["src", "examples", "tests", "docs"] {
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    assert!(!found.is_empty());
    for path in found {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let name = path.to_string_lossy();
        check(&name, &text);
        // The same draft in the hands of others: other line ends, tabs, no line ends that could be done without.
        check(&name, &text.replace('\n', "\r\n"));
        if !name.ends_with(".md") {
            check(&name, &text.replace("  ", "\t"));
            check(&name, &text.replace(";", ";\n").replace(", ", ",\n\n"));
        }
    }
}

/// A text as it was written, and as it is printed.
macro_rules! pair {
    ($name:ident, $end:literal) => {
        #[test]
        fn $name() {
            let path = concat!(stringify!($name), $end);
            let written = include_str!(concat!("format/", stringify!($name), ".in", $end));
            let printed = include_str!(concat!("format/", stringify!($name), ".out", $end));
            let once = check(path, written).expect("it can be read");
            assert!(once == printed, "{once}");
        }
    };
}

pair!(items, ".decl");
pair!(sentences, ".decl");
pair!(comments, ".decl");
pair!(vocabulary, ".decl");
pair!(scenario, ".decl");
pair!(fences, ".md");

#[test]
fn a_file_with_errors_is_left_alone() {
    let file = SourceFile::new("a.decl", "troops force {\n  FR shall deploy force\n}\nparty FR “France”\n");
    let codes: Vec<_> = format(FileId(0), &file).unwrap_err().into_iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["syntax/missing-stop", "syntax/typographic-quotes"]);
}

#[test]
fn an_amount_stays_on_its_line() {
    let text =
        "troops force {\n  strength: 10_000\n  FR shall deploy force.\n  3\n  plans to deploy.\n  3\n  may go.\n}\n";
    // `3 plans` would be an amount of plans; `may` is never a unit.
    let printed =
        "troops force {\n  strength: 10_000\n  FR shall deploy force.\n  3\n      plans to deploy.\n  3 may go.\n}\n";
    assert_eq!(check("a.decl", text).unwrap(), printed);
}

#[test]
fn windows_line_ends_and_odd_spaces() {
    let text = "\u{FEFF}party\u{A0}FR\t\"France\"\r\n\r\n\r\n\r\nparty GB {\r\n\tkind: state\r\n}\r\n\r\n\r\n";
    assert_eq!(check("a.decl", text).unwrap(), "party FR \"France\"\r\n\r\nparty GB {\r\n  kind: state\r\n}\r\n");
}

#[test]
fn nothing_but_white_space_is_nothing() {
    assert_eq!(check("a.decl", " \n\t\n").unwrap(), "");
    assert_eq!(check("a.decl", "\n\n// alone").unwrap(), "// alone\n");
    assert_eq!(check("a.md", "# Prose\n\nonly  \n").unwrap(), "# Prose\n\nonly  \n");
}

#[test]
fn a_rule_is_printed_as_it_stands() {
    let text = "rule  host   \"Host\" {\n    level:error   for: t in\n  troops }\nparty   FR\n";
    let printed = "rule host \"Host\" {\n    level:error   for: t in\n  troops }\n\nparty FR\n";
    assert_eq!(check("a.decl", text).unwrap(), printed);
}

#[test]
fn what_would_be_read_as_a_date_is_kept_apart() {
    let text = "thing x { total: 5  Mars  note: \"n\" }\nthing y { total: 5  March }\n";
    assert_eq!(check("a.decl", text).unwrap(), "thing x { total: 5 Mars  note: \"n\" }\nthing y { total: 5  March }\n");
}

#[test]
fn a_long_file_is_printed_whole() {
    let one = "troops force \"Force\" {\n  FR, GB shall deploy 10_000 personnel to ukraine; train \"the forces of Ukraine, its reserve and the guard\" within 30 days of ceasefire in agreement with UA.\n}\n";
    let printed = formatted("a.decl", &one.repeat(5_000)).unwrap();
    assert_eq!(printed.matches("troops").count(), 5_000);
}

// Drafts that a drafter might write, with white space and comments as nobody would.

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(words).prop_map(str::to_owned)
}

/// Words with a space between them, where anything may stand in the text.
fn joined(parts: Vec<BoxedStrategy<String>>) -> BoxedStrategy<String> {
    parts.prop_map(|parts| parts.join(" ")).boxed()
}

fn fixed(word: &'static str) -> BoxedStrategy<String> {
    Just(word.to_owned()).boxed()
}

fn listed(
    one: impl Strategy<Value = String> + 'static,
    most: usize,
    joints: &'static [&'static str],
) -> BoxedStrategy<String> {
    (proptest::collection::vec(one, 1..=most), proptest::sample::select(joints))
        .prop_map(|(all, joint)| all.join(joint))
        .boxed()
}

fn name() -> impl Strategy<Value = String> {
    one_of(&[
        "FR",
        "GB",
        "EUR",
        "A",
        "force",
        "june.zones",
        "force(a)",
        "help(b).2",
        "ЗСУ",
        "plan",
        "will",
        "may",
        "more",
    ])
}

fn quoted() -> impl Strategy<Value = String> {
    one_of(&[
        "\"as soon as possible\"",
        "\"\"",
        "\"a \\\"quotation\\\" of many words that takes a good part of the line on which it stands\"",
        "\"\"\"\n    long\n  text\"\"\"",
        "\"\"\"short\"\"\"",
    ])
}

fn amount() -> impl Strategy<Value = String> {
    one_of(&[
        "10_000",
        "10_000 personnel",
        "at least 3",
        "at most 2.5 million personnel",
        "40 %",
        "1/3 of force",
        "5 . . 7 brigades",
        "EUR 2 billion",
        "a further 5 brigades",
        "3 times every 2 weeks",
        "the remaining weapons",
        "equal shares of force",
        "5 May",
        "600 weapons per month",
    ])
    .prop_map(|text| text.replace(" . . ", ".."))
}

fn point() -> impl Strategy<Value = String> {
    one_of(&[
        "2026-07-01",
        "2026-07",
        "2026-01-06T04:00+02:00",
        "ceasefire",
        "ceasefire + 30 days",
        "in-force - 14 days",
        "fulfilment of force(a)",
        "entry into force of june",
        "14 days before signature",
    ])
}

fn phrase() -> BoxedStrategy<String> {
    prop_oneof![
        joined(vec![one_of(&["in", "to", "from", "with", "for", "under", "against", "about"]).boxed(), things()]),
        joined(vec![one_of(&["by", "no later than", "before", "after", "upon", "until"]).boxed(), point().boxed()]),
        joined(vec![
            one_of(&["within 30 days of", "at least 5 days after", "5..7 days before", "5 days after"]).boxed(),
            point().boxed()
        ]),
        joined(vec![one_of(&["if", "unless", "while"]).boxed(), condition()]),
        one_of(&[
            "every 2 weeks",
            "every month",
            "for 6 months",
            "in agreement with UA",
            "as hubs begins",
            "within 72 hours"
        ]),
        quoted(),
        Just("only in order to \"help\"".to_owned()),
    ]
    .boxed()
}

fn condition() -> BoxedStrategy<String> {
    let single =
        one_of(&["ceasefire", "force(a) is not broken", "not attack", "( attack or \"a breach\" )", "not ( breach )"]);
    listed(single, 4, &[" and ", " or "])
}

fn things() -> BoxedStrategy<String> {
    let thing = prop_oneof![4 => name(), 1 => quoted(), 1 => one_of(&["the parties", "no party", "all parties", "nobody", "anyone except FR"])];
    listed(thing, 6, &[" , ", " and ", " , and ", " or "])
}

fn objects() -> BoxedStrategy<String> {
    prop_oneof![things(), amount(), Just(String::new())].boxed()
}

fn act() -> BoxedStrategy<String> {
    let verb = one_of(&["deploy", "withdraw", "be deployed", "ensure that FR deploy", "( i ) pay", "hand-over"]);
    (verb, objects(), proptest::collection::vec(phrase(), 0..3))
        .prop_map(|(verb, objects, phrases)| {
            let objects = if verb.starts_with("be ") { String::new() } else { objects };
            format!("{verb} {objects} {}", phrases.join(" "))
        })
        .boxed()
}

fn norm() -> BoxedStrategy<String> {
    joined(vec![
        one_of(&["", "", "( a )", "( 2 )", "only"]).boxed(),
        prop_oneof![3 => things(), 1 => amount()].boxed(),
        one_of(&[
            "shall",
            "may not",
            "is entitled to",
            "each shall",
            "undertakes not to",
            "will within 5 days of breach",
        ])
        .boxed(),
        listed(act(), 3, &[" ; ", " ; and "]),
        fixed("."),
    ])
}

fn field() -> BoxedStrategy<String> {
    let value = prop_oneof![
        name(),
        quoted(),
        amount(),
        point(),
        one_of(&[
            "open",
            "yes",
            "no",
            "none",
            "UNC 5",
            "MLC on 1999-08-01",
            "troops / strength",
            "at least 6 months",
            "quantity of personnel",
            "under",
            "start"
        ]),
    ];
    prop_oneof![
        4 => joined(vec![one_of(&["strength:", "members :", "by:", "text:"]).boxed(), listed(value, 5, &[" , ", " and "])]),
        1 => proptest::collection::vec(phrase(), 1..4).prop_map(|phrases| format!("when: {}", phrases.join(" "))),
    ]
    .boxed()
}

fn entry() -> BoxedStrategy<String> {
    prop_oneof![
        4 => field(),
        4 => norm(),
        1 => one_of(&[
            "accept troops/strength , role until 2026-12-31 because \"it is set in the annex\" .",
            "accept plan because \"so\" .",
            "field from \"from\" { is: place }",
            "version ru \"Russian\" { FR shall deploy force . text: \"x\" }",
            "field x { is: text  field y { } }",
        ]),
    ]
    .boxed()
}

fn item() -> BoxedStrategy<String> {
    prop_oneof![
        1 => one_of(&[
            "party FR",
            "party FR \"France\"",
            "import \"june.decl\" as june",
            "scenario \"a story\" { ceasefire on 2026-03-01 . attack never . expect FR , GB obliged to deploy force by 2026-04-13 . }",
            "rule x \"X\" { level : error  for: t in troops }",
            "place p { }",
        ]),
        3 => (one_of(&["troops force", "clause help \"Help\"", "kind x"]), proptest::collection::vec(entry(), 0..5))
            .prop_map(|(head, entries)| format!("{head} {{ {} }}", entries.join("\u{1}"))),
    ]
    .boxed()
}

/// Puts white space and comments where the words are joined: now and then a line end, a tab, a comment.
fn scatter(draft: &str, seed: &[u8]) -> String {
    let mut turns = seed.iter().copied().cycle();
    let mut scattered = String::new();
    let mut quotation = false;
    for c in draft.chars() {
        quotation ^= c == '"';
        // `\u{1}` stands between entries: more line ends, since a number takes the word behind it on its line.
        let turn = if quotation {
            255
        } else if c == '\u{1}' {
            turns.next().unwrap_or(0) % 40
        } else {
            turns.next().unwrap_or(0)
        };
        match c {
            ' ' | '\u{1}' => scattered.push_str(match turn {
                0..=9 => "\n",
                10..=14 => "\n\n\n  ",
                15..=18 => " // a comment \n",
                19..=21 => "\n// a comment\n\n // another\n",
                22..=23 => "\r\n",
                24..=39 if c == '\u{1}' => "\n",
                40..=45 => "\t",
                46..=50 => "   ",
                51..=52 => "\u{A0}",
                _ => " ",
            }),
            _ => scattered.push(c),
        }
    }
    scattered
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_draft_keeps_its_meaning(
        items in proptest::collection::vec(item(), 1..4),
        seed in proptest::collection::vec(any::<u8>(), 1..200),
        tame in any::<bool>(),
    ) {
        // Item by item, so that one that cannot be read spoils no other.
        let readable = |item: &String| formatted("a.decl", item).is_some();
        let scattered = items.iter().map(|item| {
            let item = if tame { item.replace('\u{1}', "\n") } else { scatter(item, &seed) };
            if readable(&item) { item } else { String::new() }
        });
        let draft = scattered.collect::<Vec<_>>().join(if tame { "\n" } else { "\n  // between\n\n" });
        check("a.decl", &draft);
        check("a.md", &format!("# Draft\n\n ```decl\n{draft}\n ```\n\n  * end\n~~~~decl\n{draft}\n"));
    }

    #[test]
    fn any_text_at_all_is_no_trouble(text in "[ -~\n]{0,80}") {
        check("a.decl", &text);
    }
}
