//! The command as a wrapper sees it: exit codes, streams, and every kind of input.

#![expect(clippy::unwrap_used, reason = "these are tests")]

#[path = "support/output.rs"]
mod output;

use output::{err, out};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A draft without an error, and one that cannot be read.
const GOOD: &str = "party FR \"France\"\n";
const BROKEN: &str = "party FR {\n";
const FORMATS: [&str; 10] =
    ["full", "concise", "narrated", "json", "ndjson", "sarif", "github", "gitlab", "junit", "markdown"];

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    for variable in ["NO_GRAPHICS", "NO_COLOR", "CLICOLOR_FORCE", "GITHUB_STEP_SUMMARY"] {
        command.env_remove(variable);
    }
    command.current_dir(folder).stdin(Stdio::null());
    command
}

fn run(folder: &TempDir, args: &[&str]) -> Output {
    command(folder.path()).args(args).output().unwrap()
}

fn code(folder: &TempDir, args: &[&str]) -> i32 {
    run(folder, args).status.code().unwrap()
}

fn with_input(folder: &TempDir, args: &[&str], input: &[u8]) -> Output {
    let mut child = command(folder.path())
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn exit_codes_are_the_same_for_every_format() {
    let drafts = folder(&[("good.decl", GOOD.as_bytes()), ("broken.decl", BROKEN.as_bytes()), ("sub/a.txt", b"")]);
    for format in FORMATS {
        let ends = |args: &[&str]| code(&drafts, &[&["check", "--format", format], args].concat());
        assert_eq!(ends(&["good.decl"]), 0, "{format}");
        assert_eq!(ends(&["broken.decl"]), 1, "{format}");
        assert_eq!(ends(&["broken.decl", "--exit-zero"]), 0, "{format}");
        assert_eq!(ends(&["broken.decl", "--fail-on", "never"]), 0, "{format}");
        assert_eq!(ends(&["good.decl", "--no-such-option"]), 2, "{format}");
        assert_eq!(ends(&["sub"]), 3, "{format}");
        assert_eq!(ends(&["sub", "--allow-no-input"]), 0, "{format}");
        assert_eq!(ends(&["missing.decl"]), 4, "{format}");
        assert_eq!(ends(&["missing.decl", "--exit-zero"]), 4, "{format}");
        assert_eq!(ends(&["broken.decl", "--fail-on", "undecided"]), 1, "{format}");
    }
}

#[test]
fn every_kind_of_input_ends_the_same_way_in_every_format() {
    let drafts = folder(&[
        ("good.decl", GOOD.as_bytes()),
        ("empty.decl", b""),
        ("binary.decl", b"\x7FELF\0\0"),
        ("latin.decl", b"caf\xE9\n"),
        ("utf16.decl", b"\xFF\xFEp\0"),
        ("folder.decl/a.txt", b""),
    ]);
    let huge = std::fs::File::create(drafts.path().join("huge.decl")).unwrap();
    let mut unread = vec!["missing.decl", "binary.decl", "latin.decl", "utf16.decl"];
    // A disk without sparse files cannot hold the example.
    if huge.set_len(5 << 30).is_ok() {
        unread.push("huge.decl");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("circle.decl", drafts.path().join("circle.decl")).unwrap();
        std::os::unix::fs::symlink("nowhere.txt", drafts.path().join("dangling.decl")).unwrap();
        std::os::unix::fs::symlink("..", drafts.path().join("folder.decl/up")).unwrap();
        unread.extend(["circle.decl", "dangling.decl"]);
    }
    for format in FORMATS {
        let run = |paths: &[&str]| run(&drafts, &[&["check", "--format", format], paths].concat());
        assert_eq!(run(&["empty.decl"]).status.code(), Some(0), "{format}");
        // A link to a folder above leads nowhere new, and no draft is found.
        assert_eq!(run(&["folder.decl"]).status.code(), Some(3), "{format}");
        for file in &unread {
            let output = run(&[file, "good.decl"]);
            assert_eq!(output.status.code(), Some(4), "{format} {file}");
            let said = err(&output);
            let line = said.lines().find(|line| line.starts_with(&format!("rapporteur: {file}: ")));
            assert!(line.is_some_and(|line| !line.contains("os error")), "{format} {file}: {said}");
        }
        let whole = run(&["."]);
        assert_eq!(whole.status.code(), Some(4), "{format}");
        for file in unread.iter().filter(|file| **file != "missing.decl") {
            assert!(err(&whole).contains(file), "{format} {file}: {}", err(&whole));
        }
    }
}

/// A rule that compares everything with everything, over a draft without an error.
fn undecided() -> String {
    let mut text = "party FR \"France\"\nrule own-rule \"A rule\" {\n  for: a1 in norms, a2 in norms, a3 in norms, a4 in norms\n  \
                    expect: a1.position < 1 or a2.position >= a3.position or a4.position >= 0\n  message: \"m\"\n}\n"
        .to_owned();
    for number in 0..300 {
        text.push_str(&format!("clause c{number} \"C\" {{ FR may train guards by 2027-05-01. }}\n"));
    }
    text
}

#[test]
fn a_search_that_gave_up_has_a_code_of_its_own_in_every_format() {
    let drafts = folder(&[("undecided.decl", undecided().as_bytes())]);
    for format in FORMATS {
        let ends = |args: &[&str]| {
            code(&drafts, &[&["check", "undecided.decl", "--effort", "low", "--format", format], args].concat())
        };
        assert_eq!(ends(&["--fail-on", "undecided"]), 5, "{format}");
        if format == "concise" {
            assert_eq!(ends(&["--fail-on", "undecided", "--exit-zero"]), 0);
            assert_eq!(ends(&[]), 0);
        }
    }
}

#[test]
#[cfg(unix)]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let drafts = folder(&[("secret.decl", GOOD.as_bytes())]);
    let path = drafts.path().join("secret.decl");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        return; // The superuser may read everything.
    }
    for format in FORMATS {
        let output = run(&drafts, &["check", "--format", format, "secret.decl"]);
        assert_eq!(output.status.code(), Some(4), "{format}");
        assert!(err(&output).contains("secret.decl: it may not be read"), "{format}: {}", err(&output));
    }
}

#[test]
fn services_learn_what_could_not_be_read() {
    let drafts = folder(&[("good.decl", GOOD.as_bytes())]);
    for format in ["sarif", "github", "junit", "markdown"] {
        let output = run(&drafts, &["check", "--format", format, "good.decl", "lost.decl"]);
        assert!(out(&output).contains("lost.decl"), "{format}: {}", out(&output));
    }
}

#[test]
fn the_summary_of_a_job_is_added_to_its_file() {
    let drafts = folder(&[("broken.decl", BROKEN.as_bytes()), ("summary.md", b"before\n")]);
    let summary = drafts.path().join("summary.md");
    for (args, times) in
        [(&["--format", "concise"][..], 0), (&["--format", "github"], 1), (&["--output", "github=a"], 2)]
    {
        let output =
            command(drafts.path()).arg("check").args(args).env("GITHUB_STEP_SUMMARY", &summary).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let text = std::fs::read_to_string(&summary).unwrap();
        assert!(text.starts_with("before\n"), "{text}");
        assert_eq!(text.matches("### rapporteur: 1 error").count(), times, "{text}");
    }
}

#[test]
fn services_are_told_where_a_file_lies_in_the_repository() {
    let drafts = folder(&[(".git/HEAD", b""), ("drafts/broken.decl", BROKEN.as_bytes())]);
    let below = drafts.path().join("drafts");
    for format in ["sarif", "github", "gitlab", "junit", "markdown"] {
        let output = command(&below).args(["check", "--format", format]).output().unwrap();
        assert!(out(&output).contains("drafts/broken.decl"), "{format}: {}", out(&output));
    }
}

#[test]
fn the_vocabulary_of_a_draft_explains_its_codes_to_services() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = command(here).args(["check", "--format", "sarif", "examples/fisheries.decl"]).output().unwrap();
    let log: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let quota = rules.iter().find(|rule| rule["id"] == "fishery/quota").unwrap();
    assert!(quota["help"]["markdown"].as_str().unwrap().contains("each fleet takes what it finds first"));
}

#[test]
fn the_level_that_fails_can_be_chosen() {
    let drafts = folder(&[("a.decl", b"declaration paris { signatories: FR }\nparty FR \"France\"\n")]);
    assert_eq!(code(&drafts, &["check", "--fail-on", "warning"]), 1);
    assert_eq!(code(&drafts, &["check", "--fail-on", "advice"]), 1);
    assert_eq!(code(&drafts, &["check"]), 0);
}

#[test]
fn findings_go_to_standard_output_and_the_rest_to_standard_error() {
    let drafts = folder(&[("broken.decl", BROKEN.as_bytes())]);
    let output = run(&drafts, &["check"]);
    assert!(out(&output).starts_with("broken.decl:"), "{}", out(&output));
    assert!(out(&output).contains("error[syntax/"), "{}", out(&output));
    assert!(err(&output).starts_with("1 file: 1 error"), "{}", err(&output));
    let json = run(&drafts, &["check", "--format", "json"]);
    assert_eq!(err(&json), "");
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["summary"]["errors"], 1);
}

#[test]
fn one_run_writes_several_formats() {
    let drafts = folder(&[("broken.decl", BROKEN.as_bytes())]);
    let args = ["check", "--output", "json=a.json", "--output", "full=a.txt", "--color", "always"];
    assert_eq!(code(&drafts, &args), 1);
    let json = std::fs::read(drafts.path().join("a.json")).unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&json).is_ok());
    let full = std::fs::read_to_string(drafts.path().join("a.txt")).unwrap();
    assert!(full.contains("╭─[broken.decl:") && !full.contains('\u{1b}'), "{full}");
    let outputs: Vec<String> = FORMATS.iter().map(|format| format!("--output={format}=out.{format}")).collect();
    let args: Vec<&str> = std::iter::once("check").chain(outputs.iter().map(String::as_str)).collect();
    assert_eq!(code(&drafts, &args), 1);
    for format in FORMATS {
        let alone = run(&drafts, &["check", "--format", format]);
        let beside = std::fs::read(drafts.path().join(format!("out.{format}"))).unwrap();
        assert_eq!(alone.stdout, beside, "{format}");
    }
    assert_eq!(code(&drafts, &["check", "--output", "json=no/such/folder/a.json"]), 4);
    assert_eq!(code(&drafts, &["check", "--output", "json"]), 2);
}

#[test]
fn colour_and_drawing_follow_the_environment() {
    let drafts = folder(&[("broken.decl", BROKEN.as_bytes())]);
    let full = |extra: &[&str]| out(&run(&drafts, &[&["check", "--format", "full"], extra].concat()));
    assert!(!full(&[]).contains('\u{1b}'));
    assert!(full(&["--color", "always"]).contains('\u{1b}'));
    let told = command(drafts.path()).arg("check").env("NO_GRAPHICS", "1").output().unwrap();
    assert!(out(&told).starts_with("Error syntax/"), "{}", out(&told));
    assert!(full(&["--width", "60"]).lines().all(|line| line.chars().count() <= 60), "{}", full(&["--width", "60"]));
}

#[test]
fn standard_input_is_a_draft_too() {
    let empty = folder(&[]);
    let output = with_input(&empty, &["check", "-"], BROKEN.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).starts_with("<stdin>:"), "{}", out(&output));
    let markdown = b"# Title\n\n```decl\nparty FR {\n```\n";
    let output = with_input(&empty, &["check", "-", "--stdin-name", "a.md"], markdown);
    assert!(out(&output).starts_with("a.md:"), "{}", out(&output));
}

#[test]
fn folders_are_walked_as_git_would() {
    let drafts = folder(&[
        (".gitignore", b"ignored\n"),
        ("b.decl", BROKEN.as_bytes()),
        ("a/a.decl", BROKEN.as_bytes()),
        ("ignored/c.decl", BROKEN.as_bytes()),
        ("plain.md", b"# no draft here\n"),
        ("latin.md", b"caf\xE9\n"),
        ("draft.md", b"# A draft\n```decl\nparty FR {\n```\n"),
        ("notes.txt", b"party FR {\n"),
    ]);
    let output = run(&drafts, &["check"]);
    let files: Vec<String> = out(&output).lines().map(|line| line.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(files, ["a/a.decl", "b.decl", "draft.md"]);
    assert!(err(&output).starts_with("3 files: 3 errors"), "{}", err(&output));
}

#[test]
fn what_is_no_draft_is_named_and_said() {
    let drafts = folder(&[
        ("binary.decl", b"\x7FELF\0\0"),
        ("latin.decl", b"party FR\n// caf\xE9\n"),
        ("utf16.decl", b"\xFF\xFEp\0"),
        ("empty.decl", b""),
        ("bom.decl", b"\xEF\xBB\xBFparty FR \"France\"\n"),
        ("good.decl", GOOD.as_bytes()),
    ]);
    for (file, words) in [("binary.decl", "no text"), ("latin.decl", "line 2"), ("utf16.decl", "UTF-16")] {
        let output = run(&drafts, &["check", file]);
        assert_eq!(output.status.code(), Some(4), "{file}");
        assert!(err(&output).contains(file) && err(&output).contains(words), "{}", err(&output));
    }
    for file in ["empty.decl", "bom.decl"] {
        let output = run(&drafts, &["check", file]);
        assert_eq!(output.status.code(), Some(0), "{file}: {}", out(&output));
    }
    // One bad file does not keep the others from being checked.
    let output = run(&drafts, &["check", "good.decl", "binary.decl"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(err(&output).contains("1 file: "), "{}", err(&output));
    assert_eq!(code(&drafts, &["check", "."]), 4);
}

#[test]
fn a_file_larger_than_any_draft_is_refused_unread() {
    let drafts = folder(&[]);
    let file = std::fs::File::create(drafts.path().join("huge.decl")).unwrap();
    if file.set_len(5 << 30).is_err() {
        return; // A disk without sparse files cannot hold the example.
    }
    let output = run(&drafts, &["check", "huge.decl"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(err(&output).contains("huge.decl") && err(&output).contains("4 GiB"), "{}", err(&output));
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_ends_quietly() {
    let text = BROKEN.repeat(5000);
    let drafts = folder(&[("a.decl", text.as_bytes())]);
    for args in [&["check", "--format", "json"][..], &["rules"], &["--help"], &["completions", "bash"]] {
        let mut child =
            command(drafts.path()).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{args:?} {:?}", output.status);
        assert!(!err(&output).contains("panic") && !err(&output).contains("pipe"), "{}", err(&output));
    }
}

#[test]
fn acceptances_hide_findings_and_are_judged() {
    let draft = |acceptance: &str| {
        format!(
            "declaration d {{ signatories: FR }}\nparty FR\ntroops force {{\n  {acceptance}\n  FR shall deploy force.\n}}\n"
        )
    };
    let checked = |acceptance: &str| {
        let drafts = folder(&[("a.decl", draft(acceptance).as_bytes())]);
        out(&run(&drafts, &["check", "--today", "2026-06-01"]))
    };
    assert!(checked("").contains("[troops/strength]"));
    let accepted = checked("accept troops/strength because \"set in the annex\".");
    assert!(!accepted.contains("[troops/strength]") && !accepted.contains("acceptance"), "{accepted}");
    let expired = checked("accept troops/strength until 2026-05-31 because \"set in the annex\".");
    assert!(expired.contains("[troops/strength]") && expired.contains("[structure/expired-acceptance]"), "{expired}");
    let today = checked("accept troops/strength until 2026-06-01 because \"set in the annex\".");
    assert!(!today.contains("[troops/strength]"), "{today}");
    assert!(checked("accept hub/owner because \"x\".").contains("[structure/unused-acceptance]"));
    assert!(checked("accept syntax because \"x\".").contains("[structure/unacceptable]"));
}

#[test]
fn drafts_are_laid_out_in_place_and_broken_ones_left_alone() {
    let drafts = folder(&[("a.decl", b"party   FR   \"France\"\n"), ("broken.decl", BROKEN.as_bytes())]);
    let read = |name: &str| std::fs::read_to_string(drafts.path().join(name)).unwrap();
    let before = read("a.decl");
    assert_eq!(code(&drafts, &["fmt", "--check", "a.decl"]), 1);
    let diff = run(&drafts, &["fmt", "--diff", "a.decl"]);
    assert!(out(&diff).contains("-party   FR") && out(&diff).contains("+party FR"), "{}", out(&diff));
    assert_eq!(read("a.decl"), before);
    let broken = run(&drafts, &["fmt", "broken.decl"]);
    assert_eq!((broken.status.code(), read("broken.decl").as_str()), (Some(1), BROKEN));
    assert!(err(&broken).contains("broken.decl:"), "{}", err(&broken));
    assert_eq!(code(&drafts, &["fmt", "a.decl"]), 0);
    assert_eq!(read("a.decl"), "party FR \"France\"\n");
    assert_eq!(code(&drafts, &["fmt", "--check", "a.decl"]), 0);
    assert_eq!(out(&with_input(&drafts, &["fmt", "-"], b"party  FR\n")), "party FR\n");
    assert_eq!(out(&with_input(&drafts, &["fmt", "-"], b"party FR\n")), "party FR\n");
}

#[test]
#[cfg(unix)]
fn a_laid_out_file_keeps_its_permissions_and_its_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let drafts = folder(&[("real/a.decl", b"party   FR\n")]);
    let real = drafts.path().join("real/a.decl");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, drafts.path().join("link.decl")).unwrap();
    assert_eq!(code(&drafts, &["fmt", "link.decl"]), 0);
    assert!(drafts.path().join("link.decl").is_symlink());
    assert_eq!(std::fs::read_to_string(&real).unwrap(), "party FR\n");
    assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn everything_can_be_explained() {
    let here = folder(&[]);
    for (what, words) in [
        ("troops/strength", "Not like this:"),
        ("structure/unused-name", "Why: "),
        ("troops", "strength (warning)"),
        ("deploy", "deployed"),
        ("deployed", "deploying"),
        ("kinds", "monitoring"),
        ("actions", "withdraw"),
        ("checklists", "ceasefire-agreement"),
        ("ceasefire-agreement", "a provision of each of these kinds: `ceasefire`, `monitoring`, `body`"),
        ("rule-language", "n.action is deploy"),
        ("provision/monitoring", "Like this:"),
        ("structure", "structure/unused-name"),
        ("", "codes"),
    ] {
        let output = run(&here, &["explain", what]);
        assert!(output.status.success() && out(&output).contains(words), "{what}: {}{}", out(&output), err(&output));
        let json = run(&here, &["explain", what, "--format", "json"]);
        assert!(serde_json::from_slice::<serde_json::Value>(&json.stdout).is_ok(), "{what}");
    }
    let unknown = run(&here, &["explain", "troops/strenght"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("did you mean `troops/strength`?"), "{}", err(&unknown));
}

#[test]
fn every_code_is_listed_three_ways() {
    let here = folder(&[]);
    assert!(out(&run(&here, &["rules"])).contains("structure/unused-name"));
    assert!(
        out(&run(&here, &["rules", "--format", "markdown"]))
            .contains("| [`troops/strength`](#troopsstrength) | warning |")
    );
    let json = run(&here, &["rules", "--format", "json", "--checklist", "ceasefire-agreement"]);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).unwrap();
    let level = |code: &str| rows.iter().find(|row| row["code"] == code).unwrap()["level"].clone();
    assert_eq!(level("vague/time"), "error");
    assert_eq!(level("declaration/depositary"), serde_json::Value::Null);
    assert_eq!(code(&here, &["rules", "--checklist", "nonsense"]), 2);
}

#[test]
fn the_rules_of_a_library_are_listed_with_their_place_and_tried_on_their_examples() {
    let library = "rule no-exit \"A force that never leaves\" {\n  for: t in troops\n  expect: has t.exit\n  message: \"`{t}` has no exit\"\n  \
        bad: \"\"\"\ntroops force \"Force\" {   //~ force\n}\n\"\"\"\n  good: \"\"\"\ntroops force \"Force\" { exit: \"peace\" }\n\"\"\"\n}\n\
        rule host-consent { level: advice }\n";
    let wrong = library.replace("has t.exit", "has t.area").replace("//~ force", "//~ nobody");
    let slip = library.replace("t.exit", "t.exitt");
    let here = folder(&[
        ("house.decl", library.as_bytes()),
        ("wrong.decl", wrong.as_bytes()),
        ("slip.decl", slip.as_bytes()),
        ("bare.decl", b"rule some \"Some\" {\n  for: t in troops\n  expect: has t.area\n  message: \"m\"\n}\n"),
        ("user.decl", b"import \"slip.decl\"\ndeclaration d \"D\" { signatories: FR }\nparty FR \"France\"\n"),
        ("draft.decl", b"import \"house.decl\"\ndeclaration d \"D\" { signatories: FR }\nparty FR \"France\"\n"),
    ]);
    let listed = out(&run(&here, &["rules", "--draft", "draft.decl"]));
    assert!(
        listed.lines().any(|line| line.starts_with("house/no-exit ") && line.ends_with("(house.decl:1)")),
        "{listed}"
    );
    assert!(
        listed
            .lines()
            .any(|line| line.starts_with("role/host-consent ") && line.contains(" advice ") && line.ends_with(")"))
    );
    let good = run(&here, &["test", "house.decl"]);
    assert!(good.status.success() && out(&good).contains("all as they should be"), "{}{}", out(&good), err(&good));
    let bad = run(&here, &["test", "wrong.decl", "--format", "concise"]);
    assert_eq!(bad.status.code(), Some(1));
    let said = out(&bad);
    assert!(said.contains("wrong.decl:1:6: error[structure/example]: `wrong/no-exit`: "), "{said}");
    assert!(said.contains("at `nobody`") && said.contains("the good draft has it"), "{said}");
    let slip = run(&here, &["test", "slip.decl", "--format", "concise"]);
    assert_eq!(slip.status.code(), Some(1));
    assert!(out(&slip).contains("slip.decl:3:17: error[structure/rule]: a `troops` has no `exitt`"), "{}", out(&slip));
    assert!(err(&run(&here, &["rules", "--draft", "slip.decl"])).contains("structure/rule"));
    // Whoever imports it sees the same, at the same place.
    let imported = run(&here, &["check", "user.decl", "--format", "concise"]);
    assert!(out(&imported).contains("slip.decl:3:17: error[structure/rule]: "), "{}", out(&imported));
    let bare = run(&here, &["test", "bare.decl"]);
    assert!(bare.status.success() && out(&bare).contains("without a bad draft that shows what they find: `bare/some`"));
    assert_eq!(code(&here, &["test", "nowhere.decl"]), 4);
    assert_eq!(code(&folder(&[]), &["test"]), 3);
}

#[test]
fn the_cost_of_each_rule_can_be_asked_for() {
    let here = folder(&[("a.decl", GOOD.as_bytes())]);
    let output = run(&here, &["check", "--timings", "a.decl"]);
    assert!(
        err(&output).contains(" ms  role/host-consent") && err(&output).contains(" ms  contradictions"),
        "{}",
        err(&output)
    );
}

#[test]
fn a_new_draft_is_written_once() {
    let here = folder(&[]);
    assert_eq!(code(&here, &["new", "talks", "--checklist", "ceasefire-agreement"]), 0);
    assert_eq!(code(&here, &["new", "talks"]), 4);
    let checked = out(&run(&here, &["check", "talks"]));
    assert!(checked.contains("[ceasefire/") && !checked.contains("[syntax/"), "{checked}");
    assert_eq!(code(&here, &["new", "other", "--checklist", "nonsense"]), 2);
}

#[test]
fn a_draft_is_exported_as_json() {
    let drafts = folder(&[("a.decl", GOOD.as_bytes())]);
    let output = run(&drafts, &["export"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["parties"][0]["name"], "FR");
    std::fs::write(drafts.path().join("b.decl"), GOOD).unwrap();
    assert_eq!(code(&drafts, &["export"]), 2);
    assert_eq!(code(&drafts, &["export", "missing.decl"]), 4);
}

#[test]
fn completions_are_printed_for_every_shell() {
    let here = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(out(&run(&here, &["completions", shell])).contains("rapporteur"), "{shell}");
    }
}

#[test]
fn the_order_of_the_files_changes_no_finding() {
    let draft = |name: &str, import: &str| {
        format!(
            "{import}declaration {name} \"Draft\" {{ signatories: FR, GB }}\nparty FR \"France\"\nparty GB \"Britain\"\n\
             clause do \"Do\" {{ FR shall deploy tanks by 2027-01-01. }}\nclause ban \"Ban\" {{ FR shall not deploy tanks. }}\n"
        )
    };
    let library = "event one \"One\"\n";
    let two =
        [draft("a", "import \"x.decl\"\nimport \"y.decl\"\n"), draft("a", "import \"y.decl\"\nimport \"x.decl\"\n")];
    let said = two.map(|first| {
        let second = draft("b", "");
        let folder = folder(&[
            ("a.decl", first.as_bytes()),
            ("b.decl", second.as_bytes()),
            ("x.decl", library.as_bytes()),
            ("y.decl", "event two \"Two\"\n".as_bytes()),
        ]);
        let orders = [["a.decl", "b.decl", "x.decl"], ["b.decl", "x.decl", "a.decl"], ["x.decl", "b.decl", "a.decl"]];
        let outputs = orders.map(|names| {
            let output = run(&folder, &[&["check", "--format", "concise"], &names[..]].concat());
            assert_eq!(output.status.code(), Some(1));
            let text = out(&output);
            let mut lines: Vec<String> =
                text.lines().filter(|line| line.contains(".decl:")).map(str::to_owned).collect();
            lines.sort();
            lines
        });
        assert_eq!(outputs[0], outputs[1]);
        assert_eq!(outputs[0], outputs[2]);
        assert!(outputs[0].iter().any(|line| line.contains("contradiction/duty-against-ban")), "{outputs:?}");
        outputs[0].clone()
    });
    assert_eq!(said[0], said[1], "imports in another order");
}
