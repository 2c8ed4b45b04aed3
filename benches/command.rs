//! How long the command takes from its start to its end: on one real draft against `rapporteur --version`, and on a folder of
//! two thousand small drafts against reading their bytes with one thread.
//!
//! `cargo bench --bench command`, or with `-- --quick` for few runs.

#![allow(missing_docs, clippy::expect_used, reason = "a program for those who work on this one")]

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many small drafts the folder holds.
const DRAFTS: usize = 2_000;

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let runs = if quick { 5 } else { 41 };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paris = root.join("examples/paris-2026.decl");

    let version = median(runs, || run(root, &["--version"]));
    let check = median(runs, || run(root, &["check", paris.to_str().expect("a path"), "--exit-zero"]));
    println!("rapporteur --version      {:>8.2} ms", ms(version));
    println!("check of paris-2026.decl  {:>8.2} ms, {:.2} × --version (aim: 2)", ms(check), ratio(check, version));

    let folder = tempfile::tempdir().expect("a folder");
    for i in 0..DRAFTS {
        let path = folder.path().join(format!("{:02}/{i:04}.decl", i % 20));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, small(i)).expect("a draft");
    }
    let read = median(runs.min(15), || read_all(folder.path()));
    let mut said = Vec::new();
    let whole = median(runs.min(15), || {
        let output = output(folder.path(), &["check", "--format", "concise", "--exit-zero"]);
        assert!(said.is_empty() || said == output, "the order of the findings changes");
        said = output;
    });
    println!(
        "{DRAFTS} small drafts: {:.1} ms, {:.2} × reading them with one thread, {:.1} ms (aim: 3)",
        ms(whole),
        ratio(whole, read),
        ms(read)
    );
}

/// A draft of a few lines, each with other numbers.
fn small(i: usize) -> String {
    format!(
        "declaration draft-{i} \"Draft {i}\" {{\n  signatories: FR, GB\n  in-force: signature\n}}\n\nparty FR \"France\"\n\
         party GB \"United Kingdom\"\n\nsupport help \"Support\" {{\n  amount: EUR {} million\n  \
         FR shall pay EUR {} million to GB by 2027-{:02}-01.\n}}\n",
        i + 1,
        i + 1,
        i % 12 + 1
    )
}

fn read_all(folder: &Path) {
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                _ => drop(black_box(std::fs::read(entry.path()).expect("a draft"))),
            }
        }
    }
}

fn output(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    let output = command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().expect("the command");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn run(folder: &Path, arguments: &[&str]) {
    black_box(output(folder, arguments));
}

fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn ratio(time: Duration, base: Duration) -> f64 {
    time.as_secs_f64() / base.as_secs_f64()
}
