//! The configuration: where it is found, what it says, and what is said of its mistakes.

#![expect(clippy::unwrap_used, reason = "these are tests")]

#[path = "support/output.rs"]
mod output;

use output::{err, out};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const SCHEMA_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/rapporteur.schema.json");

/// A draft with warnings and without an error.
const DRAFT: &str = "declaration d \"D\" { signatories: FR }\nparty FR \"France\"\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [(".git/HEAD", "")].iter().chain(files) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.args(args).current_dir(folder).env_remove("NO_GRAPHICS").stdin(Stdio::null());
    command
}

fn run(folder: &TempDir, args: &[&str]) -> Output {
    command(folder.path(), args).output().unwrap()
}

fn code(folder: &TempDir, args: &[&str]) -> i32 {
    run(folder, args).status.code().unwrap()
}

/// The files that something is found in, each once, in their order.
fn files(output: &Output) -> Vec<String> {
    let text = out(output);
    let mut files: Vec<String> = text.lines().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect();
    files.dedup();
    files
}

fn check_stdin(folder: &TempDir, args: &[&str]) -> Output {
    let mut child = command(folder.path(), &[&["check", "-"], args].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Where standard input is left out nobody reads it.
    let _ = child.stdin.take().unwrap().write_all(DRAFT.as_bytes());
    child.wait_with_output().unwrap()
}

#[test]
fn every_mistake_is_told_with_its_place_and_what_was_meant() {
    let config = r#"exclude = ["old/"]
checklist = "ceasefire-agrement"
libraries = ["lib.delc"]
fail-on = "wrning"
effrt = "low"
baseline = "no/such/folder/known.json"
include = "drafts"
[levels]
"vague/tiem" = "error"
vague = "errr"
syntax = "off"
[[overrides]]
files = ["drafts/"]
level = 3
[[overrides]]
checklist = 3
"#;
    let drafts = folder(&[("rapporteur.toml", config), ("a.decl", DRAFT), ("lib.decl", "")]);
    let output = run(&drafts, &["check"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(out(&output), "");
    assert_eq!(
        err(&output),
        "rapporteur: the configuration cannot be read
rapporteur.toml:2:13: `ceasefire-agrement` is no checklist; did you mean `ceasefire-agreement`?
rapporteur.toml:3:14: `lib.delc`: there is no such file or folder; did you mean `lib.decl`?
rapporteur.toml:4:11: `wrning` is no value of `fail-on`; did you mean `warning`?
rapporteur.toml:5:1: `effrt` is no key; did you mean `effort`?
rapporteur.toml:6:12: `no/such/folder/known.json` cannot be a baseline: its folder is not there
rapporteur.toml:7:11: `include` is a list of texts: `include = [\"…\", \"…\"]`
rapporteur.toml:9:1: `vague/tiem` is no code or group; did you mean `vague/time`?
rapporteur.toml:10:9: `errr` is no level; did you mean `error`?
rapporteur.toml:11:1: `syntax` keeps a text from being read; its level is fixed
rapporteur.toml:14:1: `level` is no key of an override; did you mean `levels`?
rapporteur.toml:15:1: say with `files` for which drafts this holds
rapporteur.toml:16:13: `checklist` is a text in quotation marks
"
    );
    let broken = folder(&[("rapporteur.toml", "exclude = [\"a\"\nchecklist =\n"), ("a.decl", DRAFT)]);
    for args in [&["check"][..], &["fmt"], &["config"], &["export"]] {
        let output = run(&broken, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(err(&output).contains("rapporteur.toml:"), "{args:?}: {}", err(&output));
    }
    assert_eq!(code(&broken, &["check", "--no-config"]), 0);
    std::fs::write(broken.path().join("rapporteur.toml"), b"# caf\xE9\n").unwrap();
    assert!(err(&run(&broken, &["check"])).contains("not UTF-8"));
}

#[test]
fn the_nearest_file_above_each_input_counts() {
    let drafts = folder(&[
        ("rapporteur.toml", "[levels]\ndeclaration = \"error\"\n"),
        ("a.decl", DRAFT),
        ("deep/er/b.decl", DRAFT),
        ("other/rapporteur.toml", "[levels]\ndeclaration = \"off\"\n"),
        ("other/c.decl", DRAFT),
    ]);
    let output = run(&drafts, &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(files(&output), ["a.decl", "deep/er/b.decl"]);
    assert!(!out(&output).contains("warning["), "{}", out(&output));
    let below = command(&drafts.path().join("deep"), &["check", "er/b.decl"]).output().unwrap();
    assert_eq!(below.status.code(), Some(1));
    assert_eq!(code(&drafts, &["check", "--no-config"]), 0);
    assert_eq!(code(&drafts, &["check", "--config", "other/rapporteur.toml", "--fail-on", "advice"]), 0);
    assert_eq!(code(&drafts, &["check", "--config", "missing.toml"]), 2);
    // What lies above the repository is another project's.
    let inner = folder(&[("rapporteur.toml", "nonsense = 1\n"), ("repo/.git/HEAD", ""), ("repo/a.decl", DRAFT)]);
    assert_eq!(code(&inner, &["check", "repo"]), 0);
}

#[test]
fn what_is_left_out_is_the_same_on_every_way_in() {
    let config = "exclude = [\"old/\", \"*-notes.decl\", \"!kept-notes.decl\"]\n";
    let all = ["a.decl", "old/b.decl", "sub/old/c.decl", "my-notes.decl", "kept-notes.decl"];
    let texts: Vec<(&str, &str)> = all.iter().map(|name| (*name, DRAFT)).chain([("rapporteur.toml", config)]).collect();
    let drafts = folder(&texts);
    let kept = ["a.decl", "kept-notes.decl"];
    assert_eq!(files(&run(&drafts, &["check"])), kept);
    for file in all {
        let is_kept = kept.contains(&file);
        assert_eq!(files(&run(&drafts, &["check", file])), [file], "a path that is named is read");
        let forced = run(&drafts, &["check", "--force-exclude", file]);
        assert_eq!(!files(&forced).is_empty(), is_kept, "{file}");
        assert_eq!(forced.status.code(), Some(0), "{file}");
        let piped = check_stdin(&drafts, &["--stdin-filename", file]);
        assert_eq!(!files(&piped).is_empty(), is_kept, "{file}");
        assert_eq!(piped.status.code(), Some(0), "{file}");
    }
    assert_eq!(code(&drafts, &["fmt", "--check", "--force-exclude", "old/b.decl"]), 0);
    assert_eq!(files(&run(&drafts, &["check", "--no-config"])).len(), all.len());
}

#[test]
fn what_is_a_draft_can_be_said() {
    let drafts = folder(&[
        ("rapporteur.toml", "include = [\"/texts/\", \"*.accord\"]\n"),
        ("a.decl", DRAFT),
        ("b.accord", DRAFT),
        ("texts/c.decl", DRAFT),
        ("texts/plain.md", "# no draft\n"),
    ]);
    assert_eq!(files(&run(&drafts, &["check"])), ["b.accord", "texts/c.decl"]);
    assert_eq!(files(&run(&drafts, &["check", "a.decl"])), ["a.decl"]);
}

#[test]
fn standard_input_has_the_configuration_of_its_file() {
    let drafts = folder(&[("drafts/rapporteur.toml", "[levels]\ndeclaration = \"error\"\n")]);
    assert_eq!(check_stdin(&drafts, &["--stdin-filename", "drafts/new.decl"]).status.code(), Some(1));
    assert_eq!(check_stdin(&drafts, &["--stdin-filename", "new.decl"]).status.code(), Some(0));
    assert_eq!(check_stdin(&drafts, &[]).status.code(), Some(0));
}

#[test]
fn the_command_line_outdoes_the_draft_and_the_draft_the_configuration() {
    let drafts = folder(&[
        ("rapporteur.toml", "checklist = \"ceasefire-agreement\"\nfail-on = \"advice\"\n"),
        ("a.decl", "event truce \"Truce\" { means: \"as soon as possible\" }\n"),
        (
            "b.decl",
            "declaration d \"D\" { checklist: communique }\nevent truce \"Truce\" { means: \"as soon as possible\" }\n",
        ),
    ]);
    let level = |args: &[&str]| {
        let text = out(&run(&drafts, &[&["check", "--format", "concise"], args].concat()));
        let line = text.lines().find(|line| line.contains("[vague/time]")).map(str::to_owned);
        line.and_then(|line| line.split(['[', ' ']).nth(1).map(str::to_owned))
    };
    assert_eq!(level(&["a.decl"]).as_deref(), Some("error"));
    assert_ne!(level(&["b.decl"]).as_deref(), Some("error"));
    assert_eq!(level(&["b.decl", "--checklist", "ceasefire-agreement"]).as_deref(), Some("error"));
    assert_eq!(code(&drafts, &["check", "b.decl"]), 1);
    assert_eq!(code(&drafts, &["check", "b.decl", "--fail-on", "never"]), 0);
    let unknown = run(&drafts, &["check", "--checklist", "ceasefire-agrement"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("did you mean `ceasefire-agreement`?"), "{}", err(&unknown));
}

#[test]
fn some_drafts_can_be_read_otherwise() {
    let config = "[levels]\ndeclaration = \"error\"\n\n[[overrides]]\nfiles = [\"early/\"]\n\
                  levels = { declaration = \"off\" }\n\n[[overrides]]\nfiles = [\"early/late.decl\"]\n\
                  levels = { \"declaration/disputes\" = \"warning\" }\n";
    let drafts =
        folder(&[("rapporteur.toml", config), ("a.decl", DRAFT), ("early/b.decl", DRAFT), ("early/late.decl", DRAFT)]);
    let output = run(&drafts, &["check", "--format", "concise"]);
    assert_eq!(files(&output), ["a.decl", "early/late.decl"]);
    let late: Vec<String> = out(&output).lines().filter(|line| line.starts_with("early/")).map(str::to_owned).collect();
    assert_eq!(late.len(), 1, "{late:?}");
    assert!(late[0].contains("warning[declaration/disputes]"), "{late:?}");
}

#[test]
fn libraries_are_taken_over_by_every_draft() {
    let library = include_str!("../examples/library/fisheries.decl");
    let draft = "fishery spring \"Spring\" { FR shall catch herring by 2027-01-01. }\nparty FR \"France\"\n";
    let config = "libraries = [\"lib/fisheries.decl\"]\n[levels]\n\"fishery/quota\" = \"advice\"\n";
    let drafts = folder(&[("rapporteur.toml", config), ("lib/fisheries.decl", library), ("drafts/a.decl", draft)]);
    let output = run(&drafts, &["check", "drafts", "--format", "concise"]);
    assert!(out(&output).contains("advice[fishery/quota]"), "{}", out(&output));
    assert!(run(&drafts, &["explain", "fishery/quota"]).status.success());
    let imported = format!("import \"../lib/fisheries.decl\"\n{draft}");
    std::fs::write(drafts.path().join("drafts/a.decl"), imported).unwrap();
    let again = run(&drafts, &["check", "drafts", "--format", "concise"]);
    assert_eq!(out(&again).replace(":2:", ":1:"), out(&output), "taking it over twice changes nothing");
    let alone = run(&drafts, &["check", "lib/fisheries.decl"]);
    assert_eq!(alone.status.code(), Some(0), "{}", out(&alone));
}

#[test]
fn what_is_in_force_is_shown_with_the_line_that_says_so() {
    let config = "exclude = [\"old/\"]\nchecklist = \"memorandum\"\n[levels]\n\"vague/time\" = \"error\"\n\
                  [[overrides]]\nfiles = [\"drafts/\"]\neffort = \"high\"\nlevels = { vague = \"off\" }\n";
    let drafts = folder(&[("rapporteur.toml", config)]);
    let output = run(&drafts, &["config", "drafts/a.decl"]);
    assert_eq!(
        out(&output),
        r#"# for drafts/a.decl, by rapporteur.toml
include = ["*.decl", "*.md", "*.markdown"]  # default
exclude = ["old/"]                          # rapporteur.toml:1
checklist = "memorandum"                    # rapporteur.toml:2
effort = "high"                             # rapporteur.toml:7
fail-on = "error"                           # default
libraries = []                              # default

[levels]
"vague" = "off"         # rapporteur.toml:8
"vague/time" = "error"  # rapporteur.toml:4
"#
    );
    let none = folder(&[]);
    assert!(out(&run(&none, &["config"])).starts_with("# for .; there is no `rapporteur.toml` above it\n"));
    // What is shown is itself a configuration, and says the same.
    std::fs::write(none.path().join("rapporteur.toml"), out(&output)).unwrap();
    let value = |text: String| -> Vec<String> {
        text.lines().skip(1).map(|line| line.split("  #").next().unwrap_or("").trim_end().to_owned()).collect()
    };
    assert_eq!(value(out(&run(&none, &["config"]))), value(out(&output)));
}

#[test]
fn the_schema_says_what_is_read() {
    let none = folder(&[]);
    let schema = out(&run(&none, &["config", "--schema"]));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(SCHEMA_FILE, &schema).unwrap();
    }
    let file = std::fs::read_to_string(SCHEMA_FILE).unwrap_or_default();
    assert!(file == schema, "grammar/rapporteur.schema.json is out of date; UPDATE=1 cargo test --test config");

    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("config.json", serde_json::from_str(&schema).unwrap()).unwrap();
    let index = compiler.compile("config.json", &mut schemas).unwrap();
    for (text, good) in [
        ("", true),
        (
            "include = [\"*.decl\"]\nexclude = []\nchecklist = \"memorandum\"\neffort = \"low\"\nfail-on = \"never\"",
            true,
        ),
        (
            "baseline = \"known.json\"\nlibraries = []\n[levels]\nvague = \"off\"\n\"time/no-deadline\" = \"advice\"",
            true,
        ),
        ("[[overrides]]\nfiles = [\"a\"]\nchecklist = \"memorandum\"\neffort = \"high\"\nlibraries = []", true),
        ("[[overrides]]\nfiles = [\"a\"]\nlevels = { vague = \"error\" }", true),
        ("include = \"*.decl\"", false),
        ("exclude = [1]", false),
        ("effort = \"much\"", false),
        ("fail-on = true", false),
        ("nonsense = 1", false),
        ("levels = []", false),
        ("[levels]\nvague = \"bad\"", false),
        ("[[overrides]]\nchecklist = \"memorandum\"", false),
        ("[[overrides]]\nfiles = [\"a\"]\nfail-on = \"never\"", false),
        ("overrides = 1", false),
    ] {
        std::fs::write(none.path().join("rapporteur.toml"), text).unwrap();
        assert_eq!(code(&none, &["config"]) == 0, good, "{text}");
        let value: serde_json::Value = toml::from_str(text).unwrap();
        assert_eq!(schemas.validate(&value, index).is_ok(), good, "{text}");
    }
    // What holds, as JSON, has the shape of the file.
    std::fs::write(none.path().join("rapporteur.toml"), "[levels]\nvague = \"off\"\n").unwrap();
    let shown: serde_json::Value = serde_json::from_str(&out(&run(&none, &["config", "--format", "json"]))).unwrap();
    schemas.validate(&shown, index).map_err(|error| format!("{error:#}")).unwrap();
    assert_eq!(shown["levels"]["vague"], "off");
}
