//! Baselines: a run is green until a new defect appears, whatever moves.

#![expect(clippy::unwrap_used, reason = "these are tests")]

#[path = "support/output.rs"]
mod output;

use output::{err, out};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const DRAFT: &str = r#"declaration paris "Paris" { signatories: FR, GB }
party FR "France"
party GB "United Kingdom"
event truce "The truce" { means: "no shot for 72 hours"  certified-by: FR }
troops force "Force" {
  (a) FR shall deploy force "as soon as possible" after truce.
  (b) GB shall deploy force after truce.
}
"#;

const STRICT: &str = "fail-on = \"advice\"\nbaseline = \"known.json\"\n";

fn folder(draft: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join(".git")).unwrap();
    std::fs::create_dir_all(folder.path().join("drafts")).unwrap();
    write(&folder, "rapporteur.toml", STRICT);
    write(&folder, "drafts/a.decl", draft);
    folder
}

fn write(folder: &TempDir, name: &str, text: &str) {
    std::fs::write(folder.path().join(name), text).unwrap();
}

fn read(folder: &TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

fn run(folder: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.arg("check").args(args).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

fn code(folder: &TempDir, args: &[&str]) -> i32 {
    run(folder, args).status.code().unwrap()
}

#[test]
fn a_run_is_green_until_a_new_defect_appears() {
    let drafts = folder(DRAFT);
    let first = run(&drafts, &[]);
    assert_eq!(first.status.code(), Some(2));
    assert!(err(&first).contains("known.json: there is no such file"), "{}", err(&first));
    assert!(err(&first).contains("`--update-baseline` makes it"), "{}", err(&first));
    let recorded = run(&drafts, &["--update-baseline"]);
    assert_eq!(recorded.status.code(), Some(0), "{}", err(&recorded));
    assert!(err(&recorded).contains("findings recorded"), "{}", err(&recorded));
    let known = run(&drafts, &["--strict-baseline"]);
    assert_eq!((known.status.code(), out(&known).as_str()), (Some(0), ""));
    assert!(err(&known).contains(" known ("), "{}", err(&known));

    write(
        &drafts,
        "drafts/a.decl",
        &DRAFT.replace(
            "(b) GB shall deploy force after truce.",
            "(b) GB shall deploy force after truce.\n  (c) GB shall deploy tanks \"in due course\".",
        ),
    );
    let new = run(&drafts, &["--format", "concise"]);
    assert_eq!(new.status.code(), Some(1));
    assert!(out(&new).contains("[vague/"), "{}", out(&new));
    assert!(out(&new).lines().all(|line| line.starts_with("drafts/a.decl:8:")), "{}", out(&new));
}

#[test]
fn what_moves_stays_known() {
    let drafts = folder(DRAFT);
    run(&drafts, &["--update-baseline"]);
    let lines: Vec<&str> = DRAFT.lines().collect();
    let moved = format!("// a new line\n\n{}\n", lines.join("\n\n"));
    let renumbered = DRAFT.replace("  (b) GB", "  (b) GB may meet FR.\n  (c) GB");
    let turned = {
        let mut lines = lines.clone();
        lines.swap(1, 2);
        lines.join("\n") + "\n"
    };
    for (draft, what) in
        [(moved, "moved"), (turned, "turned"), (DRAFT.replace("shall deploy", "shall  deploy"), "spaced")]
    {
        write(&drafts, "drafts/a.decl", &draft);
        let output = run(&drafts, &["--strict-baseline"]);
        assert_eq!(output.status.code(), Some(0), "{what}: {}{}", out(&output), err(&output));
    }
    write(&drafts, "drafts/a.decl", &renumbered);
    let text = out(&run(&drafts, &["--format", "concise"]));
    assert!(!text.contains("time/no-deadline"), "{text}");
}

#[test]
fn stale_entries_are_reported_and_pruned() {
    let drafts = folder(DRAFT);
    run(&drafts, &["--update-baseline"]);
    let before = read(&drafts, "known.json");
    write(&drafts, "drafts/a.decl", &DRAFT.replace("\"as soon as possible\" after truce", "within 30 days of truce"));
    let output = run(&drafts, &[]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    assert!(
        err(&output).contains("known.json: stale: drafts/a.decl: vague/time in `force` is no longer found"),
        "{}",
        err(&output)
    );
    assert_eq!(code(&drafts, &["--strict-baseline"]), 1);
    assert_eq!(read(&drafts, "known.json"), before, "a check writes nothing");
    assert_eq!(code(&drafts, &["--prune-baseline"]), 0);
    let after = read(&drafts, "known.json");
    assert!(before.contains("vague/time") && !after.contains("vague/time"), "{after}");
    assert_eq!(code(&drafts, &["--strict-baseline"]), 0);

    // A draft that is not looked at is not judged; one that is gone is.
    write(&drafts, "drafts/b.decl", DRAFT);
    run(&drafts, &["--update-baseline", "drafts/b.decl"]);
    assert!(read(&drafts, "known.json").contains("drafts/a.decl"));
    assert_eq!(code(&drafts, &["--strict-baseline", "drafts/b.decl"]), 0);
    std::fs::remove_file(drafts.path().join("drafts/b.decl")).unwrap();
    assert_eq!(code(&drafts, &["--strict-baseline"]), 1);
}

#[test]
fn each_record_answers_for_one_finding() {
    let twice = DRAFT.replace("(b) GB shall deploy force", "(b) GB shall deploy force \"as soon as possible\"");
    let drafts = folder(&twice);
    run(&drafts, &["--update-baseline"]);
    assert!(read(&drafts, "known.json").contains("\"count\":2"), "{}", read(&drafts, "known.json"));
    let thrice = twice.replace("\n}\n", "\n  (c) FR shall deploy hubs after truce.\n}\n");
    write(&drafts, "drafts/a.decl", &thrice);
    let text = out(&run(&drafts, &["--format", "concise"]));
    assert_eq!(text.matches("[time/no-deadline]").count(), 1, "{text}");
}

#[test]
fn what_cannot_be_read_is_never_known() {
    let drafts = folder("party FR {\n");
    assert_eq!(code(&drafts, &["--update-baseline"]), 1);
    assert!(!read(&drafts, "known.json").contains("syntax/"));
}

#[test]
fn every_format_leaves_known_findings_out_and_json_marks_them() {
    let drafts = folder(DRAFT);
    run(&drafts, &["--update-baseline"]);
    for format in ["full", "concise", "narrated", "sarif", "github", "gitlab", "junit", "markdown"] {
        let text = out(&run(&drafts, &["--format", format]));
        assert!(!text.contains("vague/time"), "{format}: {text}");
    }
    let json: serde_json::Value = serde_json::from_slice(&run(&drafts, &["--format", "json"]).stdout).unwrap();
    let findings = json["findings"].as_array().unwrap();
    assert!(!findings.is_empty() && findings.iter().all(|finding| finding["known"] == true));
    assert_eq!(json["summary"]["baseline"], findings.len());
}

#[test]
fn a_baseline_is_found_from_anywhere_and_its_mistakes_are_told() {
    let drafts = folder(DRAFT);
    run(&drafts, &["--update-baseline"]);
    let below = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["check", "a.decl"])
        .current_dir(drafts.path().join("drafts"))
        .output()
        .unwrap();
    assert_eq!(below.status.code(), Some(0), "{}", err(&below));
    write(&drafts, "known.json", "{\n  \"schema\": 3\n}\n");
    let broken = run(&drafts, &[]);
    assert_eq!(broken.status.code(), Some(2));
    assert!(
        err(&broken).contains("known.json: this is no baseline") && err(&broken).contains("line 2"),
        "{}",
        err(&broken)
    );
    write(&drafts, "rapporteur.toml", "");
    assert_eq!(code(&drafts, &["--update-baseline"]), 2);
    assert_eq!(code(&drafts, &["--update-baseline", "--baseline", "other.json"]), 0);
    assert_eq!(code(&drafts, &["--baseline", "other.json", "--fail-on", "advice"]), 0);
}
