//! Whether the oracle would notice: bugs are sown into copies of the engine, one each (`mutations/engine.txt`), and every copy is
//! asked about the drafts of the oracle beside the engine as it is. Each bug must be caught, and the engine itself must not.
//!
//! The copies are real code: `src/clash` with one line changed, compiled and run. The engine carries no switch for it.

#![allow(clippy::expect_used, clippy::panic, reason = "a failure here is a failed test")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// Drafts of each profile that a copy is asked about until it is caught, and that the engine itself must stand.
const DRAFTS: u64 = 300;

struct Bug {
    what: &'static str,
    file: &'static str,
    old: &'static str,
    new: &'static str,
}

fn bugs() -> Vec<Bug> {
    let lines: Vec<&str> = include_str!("mutations/engine.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert!(lines.len().is_multiple_of(4), "a bug is four lines");
    let bug = |lines: &[&'static str]| {
        let [what, file, old, new] = lines else { panic!("chunks of four") };
        let strip = |line: &'static str, mark| line.strip_prefix(mark).expect("its mark");
        Bug { what, file, old: strip(old, "- "), new: strip(new, "+ ") }
    };
    lines.chunks(4).map(bug).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn engine_file(name: &str) -> String {
    fs::read_to_string(root().join("src/clash").join(name)).expect("a file of the engine")
}

#[test]
fn each_bug_fits_the_engine_as_it_is() {
    let bugs = bugs();
    assert!(bugs.len() >= 6, "{} bugs", bugs.len());
    for bug in bugs {
        assert_eq!(engine_file(bug.file).matches(bug.old).count(), 1, "{}: `{}` in {}", bug.what, bug.old, bug.file);
    }
}

/// Copies the engine, with one bug or none, and the part of the oracle that asks it.
fn copy_engine(to: &Path, bug: Option<&Bug>) {
    let clash = to.join("clash");
    fs::create_dir_all(&clash).expect("a folder for a copy");
    for entry in fs::read_dir(root().join("src/clash")).expect("the engine") {
        let name = entry.expect("a file").file_name().into_string().expect("a plain name");
        let text = engine_file(&name);
        let text = match bug {
            Some(bug) if bug.file == name => text.replacen(bug.old, bug.new, 1),
            _ => text,
        };
        fs::write(clash.join(name), text).expect("a copied file");
    }
    let asks = fs::read_to_string(root().join("tests/oracle/engine.rs")).expect("the oracle");
    fs::write(to.join("engine.rs"), asks.replace("rapporteur::clash", "super::clash")).expect("a copied file");
}

/// Copies a file, or a folder and all in it.
fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let name = entry.expect("a file").file_name();
            copy(&from.join(&name), &to.join(&name));
        }
    } else {
        fs::copy(from, to).expect("a copied file");
    }
}

/// What of the tests makes drafts and judges answers.
const ORACLE: [&str; 6] =
    ["support/random.rs", "oracle/draft.rs", "oracle/draft", "oracle/judge.rs", "oracle/judge", "oracle/check.rs"];

/// A program that asks every copy about the drafts of the oracle, and prints a line for each.
fn program(bugs: usize) -> String {
    let mut text = String::from(
        "#![allow(warnings)]\npub use rapporteur::{model, source, syntax};\nmod check;\nmod draft;\nmod judge;\nmod random;\n",
    );
    for copy in 0..=bugs {
        text += &format!("mod copy_{copy} {{ pub mod clash; pub mod engine; }}\n");
    }
    let answers: Vec<String> = (0..=bugs).map(|copy| format!("copy_{copy}::engine::answers")).collect();
    text += &format!(
        r#"
use check::{{Answer, check, last_day}};
use rapporteur::model::Model;

type Engine = fn(&Model) -> Result<Vec<Answer>, String>;
const ENGINES: &[Engine] = &[{}];

fn main() {{
    std::panic::set_hook(Box::new(|_| {{}}));
    let mut caught: Vec<Option<String>> = vec![None; ENGINES.len()];
    let mut asked = vec![0; ENGINES.len()];
    for seed in 0..{DRAFTS} {{
        for profile in draft::PROFILES {{
            let text = draft::draft(profile, seed).to_string();
            let arena = rapporteur::syntax::Arena::new();
            let loaded = rapporteur::load::load("draft.decl".as_ref(), &text, &rapporteur::load::NoFiles::default(), &arena);
            let (model, _) = rapporteur::model::resolve(&loaded);
            let judge = judge::Judge::new(&model);
            let verdicts = judge.verdicts(last_day(&model));
            for (number, answers) in ENGINES.iter().enumerate() {{
                if caught[number].is_some() {{
                    continue;
                }}
                asked[number] += 1;
                let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {{
                    answers(&model).and_then(|answers| check(&model, &judge, &verdicts, &answers))
                }}));
                caught[number] = match outcome {{
                    Ok(Ok(_)) => None,
                    Ok(Err(fault)) => Some(fault.lines().next().unwrap_or("").to_owned()),
                    Err(_) => Some("a panic".to_owned()),
                }};
            }}
        }}
    }}
    for (number, fault) in caught.iter().enumerate() {{
        println!("{{number}}\t{{}}\t{{}}", asked[number], fault.as_deref().unwrap_or("not caught"));
    }}
}}
"#,
        answers.join(", ")
    );
    text
}

/// The dependencies of the program, as its own manifest has them.
fn manifest() -> String {
    let own = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let dependencies = own.split("\n[dependencies]\n").nth(1).and_then(|rest| rest.split("\n[").next());
    let dependencies = dependencies.expect("dependencies");
    format!(
        "[package]\nname = \"seeded\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [profile.dev]\nopt-level = 1\ndebug = false\n\n[profile.dev.package.\"*\"]\nopt-level = 2\ndebug = false\n\n\
         [dependencies]\nrapporteur = {{ path = {:?} }}\n{dependencies}\n",
        root()
    )
}

#[test]
#[ignore = "compiles the engine once for each bug: some minutes"]
fn the_oracle_catches_every_bug_sown_into_the_engine() {
    let bugs = bugs();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("seeded");
    let _ = fs::remove_dir_all(folder.join("src"));
    fs::create_dir_all(folder.join("src")).expect("a folder for the copies");
    fs::write(folder.join("Cargo.toml"), manifest()).expect("a manifest");
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the same versions");
    for part in ORACLE.map(Path::new) {
        copy(&root().join("tests").join(part), &folder.join("src").join(part.file_name().expect("a name")));
    }
    copy_engine(&folder.join("src/copy_0"), None);
    for (number, bug) in bugs.iter().enumerate() {
        copy_engine(&folder.join(format!("src/copy_{}", number + 1)), Some(bug));
    }
    fs::write(folder.join("src/main.rs"), program(bugs.len())).expect("a program");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).expect("plain text");
    let lines: Vec<Vec<&str>> = printed.lines().map(|line| line.splitn(3, '\t').collect()).collect();
    assert_eq!(lines.len(), bugs.len() + 1, "every copy has answered:\n{printed}");
    let all = (DRAFTS * 7).to_string();
    assert_eq!(lines[0][1..], [all.as_str(), "not caught"], "the engine as it is");
    let mut missed = String::new();
    for (bug, line) in bugs.iter().zip(&lines[1..]) {
        println!("{}: after {} drafts, {}", bug.what, line[1], line[2]);
        if line[2] == "not caught" {
            missed += &format!("{}\n", bug.what);
        }
    }
    assert!(missed.is_empty(), "not caught after {all} drafts:\n{missed}");
}
