//! Everything that the README shows is so: commands print what stands below them, drafts are the examples, sentences can be
//! read, codes have a page.

#![allow(missing_docs, reason = "tests")]
#![expect(clippy::unwrap_used, reason = "these are tests")]

use rapporteur::check;
use rapporteur::load::NoFiles;
use rapporteur::model::standard::Standard;
use rapporteur::policy::Options;
use rapporteur::rules::pages;
use std::path::Path;
use std::process::{Command, Output};

const README: &str = include_str!("../README.md");
const FIRST: &str = include_str!("../examples/first.decl");

/// The blocks of the README behind a fence with that word.
fn blocks(language: &str) -> Vec<&'static str> {
    let open = format!("```{language}\n");
    README.split(&open).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

/// What stands between backticks outside the blocks.
fn ticked() -> Vec<&'static str> {
    let prose = README.split("```").step_by(2);
    prose.flat_map(|text| text.split('`').skip(1).step_by(2)).collect()
}

/// Runs a command line as a reader would, in a copy of the repository.
fn run(line: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_rapporteur")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(program.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    Command::new("sh")
        .args(["-c", line])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", path.unwrap())
        .env_remove("NO_GRAPHICS")
        .output()
        .unwrap()
}

/// Whether an output is what is shown; `…` on a line of its own stands for lines left out.
fn is_shown(output: &str, shown: &str) -> bool {
    if !shown.lines().any(|line| line == "…") {
        return output.trim_end() == shown.trim_end();
    }
    let mut rest = output;
    let lines: Vec<&str> = shown.lines().collect();
    lines.split(|line| *line == "…").filter(|part| !part.is_empty()).all(|part| {
        let part = part.join("\n");
        let found = rest.find(&part).map(|at| at + part.len());
        rest = found.and_then(|until| rest.get(until..)).unwrap_or("");
        found.is_some()
    })
}

#[test]
fn every_output_is_what_the_command_prints() {
    let mut commands = 0;
    for block in blocks("console") {
        for one in block.split("$ ").skip(1) {
            let (command, shown) = one.split_once('\n').unwrap();
            let output = String::from_utf8(run(command).stdout).unwrap();
            assert!(is_shown(&output, shown), "{command}\n{output}");
            commands += 1;
        }
    }
    assert_eq!(commands, 7);
}

#[test]
fn the_two_commands_work() {
    let lines: Vec<&str> = blocks("sh").into_iter().flat_map(str::lines).collect();
    // Cargo itself cannot be run from within a test; what it runs can.
    assert_eq!(lines, ["cargo run --release -- check examples/paris-2026.decl", "cargo test"]);
    let output = run("rapporteur check examples/paris-2026.decl");
    assert_eq!(output.status.code(), Some(1), "there is much to find");
}

#[test]
fn the_commands_in_the_text_are_commands() {
    let mut seen = 0;
    for line in ticked().into_iter().filter(|line| line.starts_with("rapporteur ")) {
        // What writes files, or reads those of the reader's own, is asked for its help.
        let dry = match line {
            line if line.starts_with("rapporteur explain") => line.to_owned(),
            line => format!("{line} --help"),
        };
        let output = run(&dry);
        assert!(output.status.success(), "{dry}: {}", String::from_utf8_lossy(&output.stderr));
        seen += 1;
    }
    assert!(seen >= 7, "{seen}");
}

#[test]
fn the_drafts_shown_are_the_examples() {
    let drafts = blocks("decl");
    assert_eq!(drafts[0], FIRST.trim_end());
    // The others are parts of the library, in their order.
    let mut rest = include_str!("../examples/library/fisheries.decl");
    for shown in &drafts[1..] {
        let part = shown.trim_end();
        let found = rest.find(part).map(|at| at + part.len());
        assert!(found.is_some(), "{part}");
        rest = found.and_then(|until| rest.get(until..)).unwrap_or("");
    }
    assert_eq!(drafts.len(), 6);
}

/// The codes of what is found in a draft.
fn codes(text: &str) -> Vec<String> {
    let checked = check("first.decl".as_ref(), text, &NoFiles::default(), &Options::default());
    checked.findings.iter().filter(|it| it.accepted.is_none()).map(|it| it.code.to_string()).collect()
}

#[test]
fn five_minutes_lead_where_they_say() {
    let before = codes(FIRST);
    let mended = FIRST
        .replace("signatories: FR\n", "signatories: FR, GB\n")
        .replace("\"as soon as possible\" after ceasefire", "within 30 days of ceasefire");
    let after = codes(&mended);
    assert!(after.iter().all(|code| before.contains(code)), "{after:?}");
    let gone: Vec<&str> = before.iter().filter(|code| !after.contains(code)).map(String::as_str).collect();
    assert_eq!(gone, ["declaration/depositary", "vague/time", "time/no-deadline", "role/unbound-party"]);

    // The steps come one after the other, on the draft that the last one has left.
    let signed = FIRST.replace("signatories: FR\n", "signatories: FR, GB\n");
    let with =
        |line: &str| codes(&signed.replace("signatories: FR, GB\n", &format!("signatories: FR, GB\n  {line}\n")));
    assert!(with("suspension: open").contains(&"declaration/suspension".to_owned()));
    let accepted = with(ticked().into_iter().find(|text| text.starts_with("accept ")).unwrap());
    assert!(!accepted.contains(&"declaration/suspension".to_owned()));
    assert!(!accepted.contains(&"structure/unused-acceptance".to_owned()));
}

#[test]
fn the_configuration_shown_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let library = include_str!("../examples/library/fisheries.decl");
    std::fs::write(folder.path().join("fisheries.decl"), library).unwrap();
    std::fs::create_dir(folder.path().join("early")).unwrap();
    let shown = blocks("toml");
    assert_eq!(shown.len(), 1);
    std::fs::write(folder.path().join("rapporteur.toml"), shown[0]).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur")).arg("config").current_dir(&folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_sentence_shown_can_be_read() {
    let shown = blocks("text").into_iter().flat_map(str::lines);
    let in_tables = ticked().into_iter().filter(|text| text.ends_with('.') && text.contains(" shall "));
    let mut seen = 0;
    for sentence in shown.chain(in_tables) {
        let text = format!("clause c \"C\" {{\n  {sentence}\n}}\n");
        let unread: Vec<String> = codes(&text).into_iter().filter(|code| code.starts_with("syntax/")).collect();
        assert!(unread.is_empty(), "{sentence}: {unread:?}");
        seen += 1;
    }
    assert!(seen >= 11, "{seen}");
}

#[test]
fn every_code_and_keyword_named_exists() {
    let standard = Standard::embedded();
    let is_code = |text: &&str| {
        let word = |part: &str| part.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !part.is_empty();
        text.split_once('/').is_some_and(|(group, name)| word(group) && word(name))
            && *text != "examples/generate"
            && !Path::new(env!("CARGO_MANIFEST_DIR")).join(text).exists()
    };
    for code in ticked().into_iter().filter(is_code) {
        assert!(pages::page(&standard.vocabulary, &standard.names, code).is_some(), "{code}");
    }
    let items = README.lines().find(|line| line.starts_with("| `troops`")).unwrap();
    for kind in items.split('`').skip(1).step_by(2) {
        let name = standard.names.get(kind).unwrap();
        assert!(standard.vocabulary.kind(name).is_some(), "{kind}");
    }
    for file in
        ticked().into_iter().filter(|text| text.ends_with(".decl") || text.ends_with(".md") || text.ends_with(".ebnf"))
    {
        if !file.contains(' ') && !file.starts_with('.') {
            assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(file).exists(), "{file}");
        }
    }
}
