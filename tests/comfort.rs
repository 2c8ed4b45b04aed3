//! What makes the command pleasant every day: watching, statistics, timings, colours, links, manual pages.

#![expect(clippy::unwrap_used, reason = "these are tests")]

#[path = "support/output.rs"]
mod output;

use output::{err, out};
use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;
use tempfile::TempDir;

const GOOD: &str = "party FR \"France\"\n";
const BROKEN: &str = "party FR {\n";
const OPEN: &str = "declaration d \"D\" { signatories: FR }\nparty FR \"France\"\nhub h \"H\" { }\nhub g \"G\" { }\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn command(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    for variable in ["NO_GRAPHICS", "NO_COLOR", "CLICOLOR_FORCE", "FORCE_HYPERLINK"] {
        command.env_remove(variable);
    }
    command.args(args).current_dir(folder).stdin(Stdio::null());
    command
}

fn run(folder: &TempDir, args: &[&str]) -> Output {
    command(folder, args).output().unwrap()
}

/// A process that ends with the test, however that ends.
struct Running(std::process::Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_change_is_checked_at_once() {
    let drafts = folder(&[("a.decl", GOOD), ("lib.decl", GOOD)]);
    let child = command(&drafts, &["check", "--watch"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut child = Running(child);
    let (sender, lines) = channel();
    let stream = child.0.stderr.take().unwrap();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    // Long enough for a busy machine; a watch that tells nothing must fail and not hang.
    let until = |wanted: &str| {
        while let Ok(line) = lines.recv_timeout(Duration::from_secs(60)) {
            if line.contains(wanted) {
                return;
            }
        }
        panic!("`{wanted}` was never said");
    };
    until("2 files: no findings");
    until("waiting for a change");
    std::fs::write(drafts.path().join("a.decl"), BROKEN).unwrap();
    until("2 files: 1 error");
    until("waiting for a change");
    std::fs::write(drafts.path().join("b.decl"), GOOD).unwrap();
    until("3 files: 1 error");
    until("waiting for a change");
    std::fs::write(drafts.path().join("rapporteur.toml"), "nonsense = 1\n").unwrap();
    until("`nonsense` is no key");
    until("waiting for a change");
    std::fs::remove_file(drafts.path().join("rapporteur.toml")).unwrap();
    until("3 files: 1 error");
}

#[test]
fn codes_are_counted() {
    let drafts = folder(&[("a.decl", OPEN)]);
    let output = run(&drafts, &["check", "--statistics"]);
    let first = out(&output).lines().next().unwrap().to_owned();
    assert!(first.starts_with("2  "), "{}", out(&output));
    assert!(out(&output).lines().any(|line| line.starts_with("2  warning  hub/")), "{}", out(&output));
    let json: serde_json::Value =
        serde_json::from_slice(&run(&drafts, &["check", "--statistics", "--format", "json"]).stdout).unwrap();
    assert_eq!(json[0]["count"], 2);
    assert_eq!(run(&drafts, &["check", "--statistics", "--format", "junit"]).status.code(), Some(2));
}

#[test]
fn timings_are_told_and_quiet_is_quiet() {
    let drafts = folder(&[("a.decl", OPEN)]);
    let told = err(&run(&drafts, &["check", "--timings"]));
    for part in ["finding drafts", "checking", "  syntax", "  model", "  rules", "  policy", "writing", "in all"] {
        assert!(told.lines().any(|line| line.ends_with(&format!(" ms  {part}"))), "{part}: {told}");
    }
    let quiet = run(&drafts, &["check", "--quiet"]);
    assert_eq!(err(&quiet), "");
    assert!(!out(&quiet).is_empty());
    let lost = run(&drafts, &["check", "-q", "lost.decl"]);
    assert!(err(&lost).contains("lost.decl"), "what fails is told all the same");
}

#[test]
fn colours_follow_the_command_line_then_the_environment() {
    let drafts = folder(&[("a.decl", BROKEN)]);
    let coloured = |args: &[&str], variables: &[(&str, &str)]| {
        let args = [&["check", "--format", "full"], args].concat();
        let output = command(&drafts, &args).envs(variables.iter().copied()).output().unwrap();
        out(&output).contains('\u{1b}')
    };
    let (force, none) = (("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1"));
    assert!(!coloured(&[], &[]), "a pipe is no terminal");
    assert!(coloured(&[], &[force]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!coloured(&[], &[force, none]));
    assert!(coloured(&["--color", "always"], &[none]));
    assert!(!coloured(&["--color", "never"], &[force]));
}

#[test]
fn codes_lead_to_their_pages() {
    let url = "https://example.org/rules";
    let drafts = folder(&[("a.decl", OPEN), ("rapporteur.toml", &format!("rules-url = \"{url}\"\n"))]);
    let linked = |variable: &str| {
        let mut command = command(&drafts, &["check", "--format", "full", "--color", "always", "--width", "70"]);
        out(&command.env("FORCE_HYPERLINK", variable).output().unwrap())
    };
    let text = linked("1");
    let link = format!("\u{1b}]8;;{url}#hubowner\u{1b}\\hub/owner\u{1b}]8;;\u{1b}\\");
    assert!(text.contains(&link), "{text}");
    assert!(!linked("0").contains("\u{1b}]8;;"));
    let json: serde_json::Value = serde_json::from_slice(&run(&drafts, &["check", "--format", "json"]).stdout).unwrap();
    let first = &json["findings"][0];
    let anchor = first["code"].as_str().unwrap().replace('/', "");
    assert_eq!(first["url"], format!("{url}#{anchor}"));
    assert!(out(&run(&drafts, &["check", "--format", "sarif"])).contains("\"helpUri\":\"https://example.org/rules#"));
    std::fs::write(drafts.path().join("rapporteur.toml"), "rules-url = \"rules.md\"\n").unwrap();
    assert!(err(&run(&drafts, &["check"])).contains("rapporteur.toml:1:13: `rules.md` is no address"));
}

#[test]
fn manual_pages_are_written() {
    let here = folder(&[]);
    let page = out(&run(&here, &["man"]));
    assert!(page.contains(".TH rapporteur 1") && page.contains("check"), "{page}");
    assert!(run(&here, &["man", "--out", "man"]).status.success());
    for name in ["rapporteur.1", "rapporteur-check.1", "rapporteur-fmt.1", "rapporteur-config.1"] {
        let page = std::fs::read_to_string(here.path().join("man").join(name)).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{name}");
    }
    let check = std::fs::read_to_string(here.path().join("man/rapporteur-check.1")).unwrap();
    assert!(check.contains("rapporteur") && check.contains("fail\\-on"), "{check}");
}

#[test]
fn completions_know_the_options() {
    let here = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = out(&run(&here, &["completions", shell]));
        for word in ["check", "watch", "fail-on"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}
