//! How findings look, above all for texts that are awkward to draw.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use rapporteur::finding::{Finding, Level};
use rapporteur::render::{Format, Report, Shown, Style, Summary, json, render};
use rapporteur::source::{FileId, Loc, SourceFile, Sources, Span};
use std::time::{Duration, Instant};

const SCHEMA_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/findings.schema.json");

fn sources(texts: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in texts {
        sources.add(SourceFile::new(*path, *text));
    }
    sources
}

/// The place of some words in a file.
fn at(sources: &Sources, file: u32, words: &str) -> Loc {
    let start = sources.file(FileId(file)).text().find(words).unwrap() as u32;
    Loc::new(FileId(file), Span::new(start, start + words.len() as u32))
}

fn bytes(start: usize, end: usize) -> Loc {
    Loc::new(FileId(0), Span::new(start as u32, end as u32))
}

fn drawn(sources: &Sources, finding: &Finding) -> String {
    shown(sources, finding, Format::Full)
}

fn shown(sources: &Sources, finding: &Finding, format: Format) -> String {
    let mut report = Report { shown: vec![Shown { sources, finding }], ..Report::default() };
    report.summary.count(finding);
    render(&report, format, Style::default())
}

fn warning(message: &str, at: Loc) -> Finding {
    Finding::new("time/test", Level::Warning, message, at)
}

#[test]
fn a_clash_is_one_picture_of_the_lines_that_clash() {
    let filler = "// nothing\n".repeat(60);
    let text =
        format!("{filler}  FR shall deploy force to east.\n{filler}  coalition shall not deploy force to donbas.\n");
    let sources = sources(&[("drafts/paris.decl", &text)]);
    let finding = Finding::new(
        "contradiction/duty-against-ban",
        Level::Error,
        "France must deploy to the east while foreign forces are barred from it",
        at(&sources, 0, "FR shall deploy force"),
    )
    .saying("a duty to deploy")
    .label(at(&sources, 0, "coalition shall not deploy"), "all of it inside this ban")
    .help("exempt the force: `except force`");
    assert_eq!(
        drawn(&sources, &finding),
        "  × error contradiction/duty-against-ban: France must deploy to the east while foreign forces are
  │ barred from it
     ╭─[drafts/paris.decl:61:3]
  61 │   FR shall deploy force to east.
     ·   ──────────┬──────────
     ·             ╰── a duty to deploy
     ⋮
 122 │   coalition shall not deploy force to donbas.
     ·   ─────────────┬────────────
     ·                ╰── all of it inside this ban
     ╰────
  help: exempt the force: `except force`
"
    );
}

#[test]
fn labels_in_two_files_are_drawn_under_their_own_names() {
    let sources = sources(&[("a.decl", "import \"b.decl\"\n"), ("b.decl", "party FR\n")]);
    let finding = warning("one name twice", at(&sources, 0, "import")).label(at(&sources, 1, "FR"), "here too");
    let text = drawn(&sources, &finding);
    assert!(text.contains("[a.decl:1:1]") && text.contains("[b.decl:1:7]"), "{text}");
    assert!(!text.contains("rror: "), "{text}");
}

#[test]
fn the_place_named_is_that_of_the_finding_and_counts_characters() {
    let sources = sources(&[("a.decl", "one\ntwo é名 three\n")]);
    let finding = warning("x", at(&sources, 0, "three")).saying("main").label(at(&sources, 0, "one"), "side");
    assert!(drawn(&sources, &finding).contains("[a.decl:2:8]"));
    assert!(shown(&sources, &finding, Format::Concise).starts_with("a.decl:2:8: warning[time/test]: x\n"));
}

#[test]
fn a_place_at_the_very_end_or_in_an_empty_file_is_pointed_at() {
    for text in ["", "\n", "abc", "abc\n", "abc\r\n", "abc\n\n\n", "é", "a\tb"] {
        let sources = sources(&[("a.decl", text)]);
        let finding = warning("x", bytes(text.len(), text.len())).saying("expected `}`");
        let picture = drawn(&sources, &finding);
        assert!(picture.contains("expected `}`"), "{text:?}\n{picture}");
    }
}

#[test]
fn a_label_over_a_few_lines_is_drawn_whole_and_one_over_many_is_not() {
    let text = "troops force {\n  FR shall\n  deploy.\n}\n".to_owned() + &"line\n".repeat(500);
    let sources = sources(&[("a.decl", &text)]);
    let few = drawn(&sources, &warning("x", at(&sources, 0, "FR shall\n  deploy.")).saying("all of this"));
    assert!(few.contains("FR shall") && few.contains("deploy.") && few.contains("all of this"), "{few}");
    let many = drawn(&sources, &warning("x", bytes(0, text.len())).saying("all of this"));
    assert!(many.lines().count() < 10 && many.contains("all of this"), "{many}");
}

#[test]
fn nothing_in_a_text_can_act_on_the_terminal() {
    let sources = sources(&[("a\u{1b}[2J.decl", "party \u{1b}[31mFR\u{202e} \u{7}x\r\nnext\n")]);
    let finding = warning("`\u{1b}[31m` and \u{202e}", at(&sources, 0, "FR")).saying("\u{9b}1m").help("a\u{8}b");
    for format in [Format::Full, Format::Concise, Format::Narrated] {
        let text = shown(&sources, &finding, format);
        let raw: Vec<char> = text.chars().filter(|&c| c != '\n' && rapporteur::render::text::is_hidden(c)).collect();
        assert!(raw.is_empty(), "{raw:?} in {text}");
        assert!(text.contains("<U+001B>"), "{text}");
    }
}

#[test]
fn one_label_inside_another_keeps_its_words() {
    let sources = sources(&[("a.decl", "FR shall deploy force to east.\n")]);
    let finding = warning("x", at(&sources, 0, "FR shall deploy force to east"))
        .saying("the whole")
        .label(at(&sources, 0, "force"), "the part")
        .label(at(&sources, 0, "force"), "again");
    let text = drawn(&sources, &finding);
    assert!(text.contains("the whole") && text.contains("the part; again"), "{text}");
}

#[test]
fn a_line_of_megabytes_is_cut_around_its_label() {
    let text = format!("{} HERE {}\n", "left ".repeat(200_000), "right ".repeat(200_000));
    let sources = sources(&[("a.decl", &text)]);
    let picture = drawn(&sources, &warning("x", at(&sources, 0, "HERE")).saying("this"));
    assert!(picture.contains("HERE") && picture.contains('…'), "{picture}");
    assert!(picture.lines().all(|line| line.chars().count() <= 100), "{picture}");
}

#[test]
fn no_label_is_lost_whatever_the_text() {
    let parts = ["a", "b ", "\n", "\r\n", "\t", "é", "名", "\u{301}", "😀", "\u{1b}", "\u{202e}", "long words here "];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    for _ in 0..20_000 {
        let text: String = (0..random(18)).map(|_| parts[random(parts.len())]).collect();
        let sources = sources(&[("a.decl", &text)]);
        let mut place = || {
            let start = random(text.len() + 2);
            bytes(start, start + random(text.len() + 2))
        };
        let finding = warning("x", place()).saying("LABEL0").label(place(), "LABEL1").label(place(), "LABEL2");
        let picture = drawn(&sources, &finding);
        for label in ["LABEL0", "LABEL1", "LABEL2"] {
            let spans: Vec<_> = finding.labels.iter().map(|label| label.at.span).collect();
            assert!(picture.contains(label), "{label} of {text:?} {spans:?}\n{picture}");
        }
    }
}

#[test]
fn a_thousand_findings_in_a_large_file_are_drawn_at_once() {
    let text = "  FR shall deploy force to ukraine within 30 days of ceasefire.\n".repeat(80_000);
    let sources = sources(&[("a.decl", &text)]);
    let findings: Vec<Finding> =
        (0..1000).map(|i| warning("x", bytes(i * 5120 + 10, i * 5120 + 20)).saying("this").help("that")).collect();
    let shown = findings.iter().map(|finding| Shown { sources: &sources, finding }).collect();
    let report = Report { shown, ..Report::default() };
    let started = Instant::now();
    let drawn = render(&report, Format::Full, Style::default());
    assert_eq!(drawn.matches("× ").count() + drawn.matches("⚠ ").count(), 1000);
    // Twenty times what it takes, so that a busy machine does not fail; the handler's own source would take seconds.
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn accepted_findings_are_counted_and_only_shown_when_asked_for() {
    let sources = sources(&[("a.decl", "party FR\n")]);
    let mut finding = warning("x", bytes(0, 5));
    finding.accepted = Some("settled in the annex".into());
    for format in [Format::Full, Format::Concise, Format::Narrated] {
        assert_eq!(shown(&sources, &finding, format), "");
        let report = Report { shown: vec![Shown { sources: &sources, finding: &finding }], ..Report::default() };
        let all = render(&report, format, Style { accepted: true, ..Style::default() });
        assert!(all.contains("settled in the annex"), "{all}");
    }
    assert!(shown(&sources, &finding, Format::Json).contains("\"accepted\":\"settled in the annex\""));
}

#[test]
fn the_closing_line_counts_in_words_that_agree() {
    let summary = Summary { files: 1, errors: 1, warnings: 2, accepted: 3, ..Summary::default() };
    assert_eq!(summary.line(Duration::from_millis(12)), "1 file: 1 error, 2 warnings, 3 accepted (12 ms)");
    let nothing = Summary { files: 2, ..Summary::default() };
    assert_eq!(nothing.line(Duration::ZERO), "2 files: no findings (0 ms)");
}

#[test]
fn the_json_is_what_its_schema_says() {
    let schema = json::schema();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(SCHEMA_FILE, &schema).unwrap();
    }
    let file = std::fs::read_to_string(SCHEMA_FILE).unwrap_or_default();
    assert!(file == schema, "grammar/findings.schema.json is out of date; UPDATE=1 cargo test --test render");

    let sources = sources(&[("a.decl", "party é FR\n")]);
    let finding =
        warning("\u{1b} \"x\"", at(&sources, 0, "FR")).about("FR").fix("write `GB`", true, bytes(9, 11), "GB");
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("findings.json", serde_json::from_str(&schema).unwrap()).unwrap();
    let index = compiler.compile("findings.json", &mut schemas).unwrap();
    let document: serde_json::Value = serde_json::from_str(&shown(&sources, &finding, Format::Json)).unwrap();
    schemas.validate(&document, index).map_err(|error| format!("{error:#}")).unwrap();
    assert_eq!(document["schema"], "rapporteur-findings/1");
    assert_eq!(document["findings"][0]["span"]["column"], 9);
    assert_eq!(document["findings"][0]["span"]["start"], 9);

    let lines = shown(&sources, &finding, Format::Ndjson);
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["code"], "time/test");
    assert_eq!(lines[1]["summary"]["warnings"], 1);
}
