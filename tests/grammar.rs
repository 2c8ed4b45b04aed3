//! The grammar in `grammar/decl.ebnf` and the parser accept the same texts.
//!
//! Texts are made from the grammar at random, and then damaged; a recogniser that follows the grammar file word by word
//! and the parser must agree on each.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "these are tests")]

mod support;

use rapporteur::finding::Level;
use rapporteur::source::{FileId, SourceFile};
use std::path::Path;
use support::grammar::{Expr, Grammar};
use support::random::Random;

/// Where the white space before a word must be.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Line {
    Any,
    Same,
    New,
}

/// Makes texts from the grammar.
struct Maker<'a> {
    grammar: &'a Grammar,
    random: Random,
    words: Vec<(String, Line)>,
    /// What a token production asks of the line of the next word.
    next: Line,
    depth: usize,
    rules_used: Vec<usize>,
    alternatives_used: Vec<usize>,
}

/// Names that are free, most of them words that mean something elsewhere in the grammar.
const NAMES: &[&str] = &[
    "FR",
    "GB",
    "UA",
    "BY",
    "NO",
    "ukraine",
    "force",
    "hubs",
    "ceasefire",
    "breach",
    "deploy",
    "establish",
    "withdraw",
    "rules-of-engagement",
    "ЗСУ",
    "été",
    "plan",
    "guarantee",
    "agree",
    "seek",
    "aim",
    "endeavour",
    "refrain",
    "stands",
    "reserves",
    "refrains",
    "ready",
    "right",
    "parties",
    "party",
    "open",
    "yes",
    "none",
    "free",
    "obliged",
    "entitled",
    "expected",
    "called",
    "entry",
    "into",
    "times",
    "percent",
    "shares",
    "remaining",
    "further",
    "later",
    "than",
    "order",
    "agreement",
    "parallel",
    "accordance",
    "prejudice",
    "begins",
    "begin",
    "start",
    "end",
    "fulfilment",
    "signature",
    "fulfilled",
    "broken",
    "due",
    "in-force",
    "version",
    "scenario",
    "ensure",
    "personnel",
    "km",
    "EUR",
    "USA",
    "x1",
    "some",
    "where",
    "has",
    "covers",
    "implies",
    "count",
    "sum",
];

/// A text with what it was made from.
struct Made {
    text: String,
    words: Vec<(String, Line)>,
    rules: Vec<usize>,
    alternatives: Vec<usize>,
}

impl Maker<'_> {
    fn text(grammar: &Grammar, seed: u64) -> Made {
        let mut maker = Maker {
            grammar,
            random: Random::new(seed),
            words: Vec::new(),
            next: Line::Any,
            depth: 0,
            rules_used: Vec::new(),
            alternatives_used: Vec::new(),
        };
        for _ in 0..=maker.random.below(2) {
            maker.rule(grammar.rule("item"));
        }
        let text = written(&maker.words, &mut maker.random);
        Made { text, words: maker.words, rules: maker.rules_used, alternatives: maker.alternatives_used }
    }

    fn rule(&mut self, rule: usize) {
        self.rules_used.push(rule);
        self.depth += 1;
        let grammar = self.grammar;
        self.expr(&grammar.rules[rule]);
        self.depth -= 1;
    }

    /// How many times more something may be written, so that texts end.
    fn appetite(&self) -> usize {
        match self.depth {
            0..=6 => 45,
            7..=12 => 30,
            _ => 8,
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Literal(text) => self.put(text),
            Expr::Token(name) => self.token(name),
            Expr::Rule(rule) => self.rule(*rule),
            Expr::Seq(all) => all.iter().for_each(|one| self.expr(one)),
            Expr::Alt(all) => {
                let index = if self.depth > 24 { self.shortest(all) } else { self.random.below(all.len()) };
                let (id, one) = &all[index];
                self.alternatives_used.push(*id);
                self.expr(one);
            }
            Expr::Opt(inside) => {
                if self.random.chance(self.appetite()) {
                    self.expr(inside);
                }
            }
            Expr::Rep(inside) => {
                while self.random.chance(self.appetite()) {
                    self.expr(inside);
                }
            }
        }
    }

    /// Deep down, an alternative that leads to no other production, or the last; those that repeat themselves come first.
    fn shortest(&self, all: &[(usize, Expr)]) -> usize {
        all.iter().position(|(_, one)| matches!(one, Expr::Literal(_) | Expr::Token(_))).unwrap_or(all.len() - 1)
    }

    fn put(&mut self, text: &str) {
        let line = std::mem::replace(&mut self.next, Line::Any);
        self.words.push((text.to_owned(), line));
    }

    fn put_on_line(&mut self, text: &str) {
        self.next = if self.next == Line::New { Line::New } else { Line::Same };
        self.put(text);
    }

    fn token(&mut self, name: &str) {
        let random = &mut self.random;
        let made = match name {
            "NAME" | "VERB" | "KEYWORD" | "ITEM-NAME" | "UNIT" | "MEASURE" => random.pick(NAMES).to_string(),
            "WORD" | "FIELD-NAME" | "LETTER" if random.chance(40) => random.pick(&self.grammar.reserved).to_string(),
            "WORD" | "FIELD-NAME" | "LETTER" => random.pick(NAMES).to_string(),
            "PATH" => random.pick(&["june.zones", "force(a)", "assistance(a).2", "a.in.b(iv)", "to(2)"]).to_string(),
            "FIELD" => {
                let reserved = random.chance(40);
                let word = if reserved { random.pick(&self.grammar.reserved).as_str() } else { random.pick(NAMES) };
                format!("{word}:")
            }
            "WHEN" => "when:".into(),
            "STOP" => ".".into(),
            "NUMBER" | "COUNT" => random.pick(&["5", "30", "10_000", "2.5"]).to_string(),
            "FRACTION" => "2/3".into(),
            "DATE" => "2026-01-06".into(),
            "MONTH" => "2001-10".into(),
            "INSTANT" => random.pick(&["2026-01-06T04:00Z", "2026-01-06T04:00+02:00"]).to_string(),
            "STRING" | "LABEL" => {
                random.pick(&[r#""as soon as possible""#, r#""a \"b\"""#, r#""""long""""#, r#""""#]).to_string()
            }
            "SCALE" => random.pick(&["thousand", "million", "billion"]).to_string(),
            "TIMES" => "times".into(),
            "PERCENT" => "percent".into(),
            "PERIOD" | "TIME-UNIT" => random.pick(&["day", "days", "month", "hours", "years"]).to_string(),
            "CURRENCY" => random.pick(&["EUR", "USD"]).to_string(),
            "BARE" => random.pick(&self.grammar.reserved).to_string(),
            "FOR" => "for:".into(),
            "EXPECT" => "expect:".into(),
            "MARK" => "mark:".into(),
            "FACT" => random.pick(&["level:", "message:", "bad:", "why:", "in:"]).to_string(),
            "DOTTED" => random.pick(&["t.places", "n.actors.of", "a.in.b"]).to_string(),
            "COUNTED" => "count(parties)".into(),
            "BREAK" => {
                self.next = Line::New;
                return;
            }
            "MORE" => {
                self.next = Line::Same;
                return;
            }
            "NO-LENGTH" | "NO-TIMES" => return,
            other => panic!("the maker does not know the token {other}"),
        };
        match name {
            "UNIT" | "MEASURE" | "SCALE" | "TIMES" | "PERCENT" | "TIME-UNIT" | "COUNT" | "ITEM-NAME" | "FIELD-NAME"
            | "LABEL" => {
                self.put_on_line(&made);
            }
            "BARE" => {
                self.put(&made);
                self.next = Line::New;
            }
            "CURRENCY" => {
                self.put(&made);
                self.next = Line::Same;
            }
            _ => self.put(&made),
        }
    }
}

/// The words with white space between them, as their lines ask for.
fn written(words: &[(String, Line)], random: &mut Random) -> String {
    let mut text = String::new();
    for (word, line) in words {
        let between: &[&str] = match line {
            Line::Same => &[" "],
            Line::New => &["\n", "\n  "],
            Line::Any if random.chance(88) => &[" "],
            Line::Any => &["\n", "\n  ", " // said aside\n  "],
        };
        let between = random.pick(between);
        text.push_str(between);
        text.push_str(word);
    }
    text.push('\n');
    text
}

/// Whether the parser finds no error; its codes and messages for those who must see why.
fn parsed(text: &str) -> (bool, String) {
    let file = SourceFile::new("draft.decl", text);
    let arena = rapporteur::syntax::Arena::new();
    let (_, findings) = rapporteur::syntax::parse(FileId(0), &file, &arena);
    let errors: Vec<String> = findings
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .map(|finding| format!("{} {} at {:?}", finding.code, finding.message, file.slice(finding.at().span)))
        .collect();
    (errors.is_empty(), errors.join("\n"))
}

/// The texts on which grammar and parser do not agree.
#[derive(Default)]
struct Disagreements {
    shown: Vec<String>,
    count: usize,
}

impl Disagreements {
    /// Asks both about a text; gives what the grammar says.
    fn ask(&mut self, grammar: &Grammar, text: &str) -> bool {
        let by_grammar = grammar.accepts(text);
        let (by_parser, errors) = parsed(text);
        if by_grammar != by_parser {
            self.count += 1;
            if self.shown.len() < 12 {
                let verdict = if by_grammar {
                    format!("only the parser refuses:\n{errors}")
                } else {
                    "only the grammar refuses".into()
                };
                let text = if text.len() < 3_000 { text } else { "(a long draft)" };
                self.shown.push(format!("--- {verdict}\n{text}"));
            }
        }
        by_grammar
    }

    fn none(self) {
        assert_eq!(self.count, 0, "{} disagreements\n{}", self.count, self.shown.join("\n"));
    }
}

fn how_many(normally: u64) -> u64 {
    std::env::var("GRAMMAR_TEXTS").ok().and_then(|count| count.parse().ok()).unwrap_or(normally)
}

#[test]
fn what_the_grammar_makes_the_parser_accepts() {
    let grammar = Grammar::read();
    let mut disagreements = Disagreements::default();
    let mut rules = vec![0usize; grammar.rules.len()];
    let mut alternatives = vec![0usize; grammar.alternatives];
    let (texts, mut taken) = (how_many(20_000), 0);
    for seed in 0..texts {
        let made = Maker::text(&grammar, seed);
        // A text that is made by one reading can have another that comes first, and fail by that one.
        if disagreements.ask(&grammar, &made.text) {
            taken += 1;
            made.rules.iter().for_each(|&rule| rules[rule] += 1);
            made.alternatives.iter().for_each(|&one| alternatives[one] += 1);
        }
    }
    disagreements.none();
    assert!(taken * 2 > texts, "{taken} of {texts} texts have the reading by which they were made");
    for (name, used) in grammar.names.iter().zip(&rules) {
        assert!(*used > 0 || name == "draft", "no text uses the production {name}");
    }
    let unused: Vec<usize> = (0..alternatives.len()).filter(|&one| alternatives[one] == 0).collect();
    assert!(unused.is_empty(), "no text uses the alternatives {unused:?}");
}

#[test]
fn damaged_texts_are_refused_by_both_or_by_none() {
    let grammar = Grammar::read();
    let mut disagreements = Disagreements::default();
    let mut refused = 0;
    let texts = how_many(20_000);
    for seed in 0..texts {
        let mut words = Maker::text(&grammar, seed ^ 0xDEC1).words;
        let mut random = Random::new(seed);
        words.truncate(120);
        for _ in 0..=random.below(2) {
            damage(&grammar, &mut words, &mut random);
        }
        let text = written(&words, &mut random);
        if !disagreements.ask(&grammar, &text) {
            refused += 1;
        }
    }
    disagreements.none();
    assert!(refused * 4 > texts, "{refused} of {texts} damaged texts are refused");
}

/// Takes out, doubles, swaps or replaces a word.
fn damage(grammar: &Grammar, words: &mut Vec<(String, Line)>, random: &mut Random) {
    const MARKS: &[&str] = &[
        ",",
        ";",
        ".",
        "(",
        ")",
        "{",
        "}",
        "..",
        "%",
        "+",
        "-",
        "/",
        "=",
        "5",
        "30",
        "2/3",
        "2026-01-06",
        "\"x\"",
        "force(a)",
        "may:",
        "when:",
        "is:",
        "to",
        "and",
        "or",
        "not",
        "of",
        "the",
        "a",
        "in",
        "days",
        "shall",
        "EUR",
        "<",
        ">=",
        "!=",
        "every",
        "for:",
    ];
    if words.is_empty() {
        return;
    }
    let at = random.below(words.len());
    let other = random.below(words.len());
    match random.below(6) {
        0 => drop(words.remove(at)),
        1 => words.insert(at, words[at].clone()),
        2 => words.swap(at, other),
        3 => words[at].1 = *random.pick(&[Line::New, Line::Same]),
        4 => {
            let name = if random.chance(50) { random.pick(NAMES) } else { random.pick(MARKS) };
            words[at].0 = name.to_string();
        }
        _ => {
            let word = match random.below(3) {
                0 => random.pick(MARKS).to_string(),
                1 => random.pick(NAMES).to_string(),
                _ => random.pick(&grammar.reserved).to_string(),
            };
            words.insert(at, (word, Line::Any));
        }
    }
}

#[test]
fn reserved_words_are_those_of_the_parser() {
    use rapporteur::syntax::word::{WORDS, classify};
    let grammar = Grammar::read();
    for word in &grammar.reserved {
        assert!(classify(word.as_bytes()).is_reserved(), "`{word}` is free in the parser");
    }
    for &(text, word) in WORDS {
        assert_eq!(word.is_reserved(), grammar.reserved.iter().any(|known| known == text), "`{text}`");
    }
}

#[test]
fn every_draft_of_the_repository_is_in_the_language() {
    let grammar = Grammar::read();
    let mut disagreements = Disagreements::default();
    let mut refused = Vec::new();
    for_every_draft(Path::new(env!("CARGO_MANIFEST_DIR")), &mut |path| {
        let file = SourceFile::new(path.to_string_lossy(), std::fs::read_to_string(path).unwrap());
        // Drafts that show mistakes are only asked about; special spaces and the like are advice to the parser.
        let shows_mistakes = path
            .components()
            .any(|part| ["broken", "ui", "corpus", "archive"].iter().any(|dir| part.as_os_str() == *dir));
        let plain = file.code();
        if shows_mistakes {
            let odd = plain.chars().any(|c| !c.is_ascii() && !c.is_alphanumeric());
            let (sound, _) = parsed(plain);
            if !odd && grammar.accepts(plain) != sound {
                refused.push(format!("{}: grammar and parser disagree", path.display()));
            }
        } else if !disagreements.ask(&grammar, plain) {
            refused.push(path.display().to_string());
        }
    });
    disagreements.none();
    assert!(refused.is_empty(), "not in the language: {refused:#?}");
}

/// Real drafts with a word taken out, doubled, moved or replaced.
#[test]
fn damaged_drafts_are_refused_by_both_or_by_none() {
    let grammar = Grammar::read();
    let mut disagreements = Disagreements::default();
    let mut drafts = vec![include_str!("support/sound.decl").to_owned()];
    let more = std::env::var("GRAMMAR_DRAFTS").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    for_every_draft(Path::new(&more), &mut |path| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        if text.len() < 20_000 && parsed(&text).0 {
            drafts.push(text);
        }
    });
    for seed in 0..how_many(20_000) / 20 {
        let mut random = Random::new(seed);
        let draft = random.pick(&drafts).clone();
        let text: String;
        // White space, and the words between, as they stand; only the damaged word changes.
        let words = draft.split_inclusive(char::is_whitespace).count();
        let (from, to) = (random.below(words), random.below(words));
        let parts: Vec<&str> = draft.split_inclusive(char::is_whitespace).collect();
        match random.below(4) {
            0 => text = parts.iter().enumerate().filter(|(at, _)| *at != from).map(|(_, part)| *part).collect(),
            1 => {
                text =
                    parts.iter().enumerate().flat_map(|(at, part)| vec![*part; 1 + usize::from(at == from)]).collect()
            }
            2 => {
                let mut parts = parts.clone();
                parts.swap(from, to);
                text = parts.concat();
            }
            _ => {
                let mut parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
                let with = if random.chance(50) { random.pick(&grammar.reserved).as_str() } else { random.pick(NAMES) };
                parts[from] = format!("{with}{}", if parts[from].ends_with('\n') { "\n" } else { " " });
                text = parts.concat();
            }
        }
        let known = disagreements.count;
        disagreements.ask(&grammar, &text);
        if disagreements.count > known {
            let changed = draft.lines().zip(text.lines()).find(|(before, after)| before != after);
            disagreements.shown.push(format!("at {changed:?}"));
        }
    }
    disagreements.none();
}

fn for_every_draft(folder: &Path, visit: &mut dyn FnMut(&Path)) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                for_every_draft(&path, visit);
            }
        } else if name.ends_with(".decl") {
            visit(&path);
        }
    }
}
