//! How fast a draft is read and checked, in milliseconds and as multiples of reading its bytes and of a bare tokenizer,
//! because machines differ.
//!
//! A clause of the generated draft has some 400 bytes with its share of the parties, places and events. In the real drafts
//! among the examples it is 250 to 900 bytes; the clause alone has 130 to 500.
//!
//! `cargo bench --bench speed` for all figures, `cargo bench --bench speed -- --quick` for one run on a small draft.

#![allow(missing_docs, clippy::expect_used, reason = "a program for those who work on this one")]

#[path = "../examples/generate.rs"]
mod generate;

use rapporteur::finding::Finding;
use rapporteur::load::{NoFiles, load};
use rapporteur::policy::Options;
use rapporteur::render::{self, Format, Report, Shown, Style};
use rapporteur::source::{FileId, SourceFile};
use rapporteur::syntax::{Arena, lex, parse};
use rapporteur::{Checked, check, model};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

const SEED: u64 = 1;

/// As the command has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--peak") {
        return peak_of_a_check(arguments.get(at + 1).map_or("", String::as_str));
    }
    let quick = arguments.iter().any(|argument| argument == "--quick");
    let (clauses, runs) = if quick { (500, 1) } else { (10_000, 15) };
    let text = generate::draft(clauses, SEED);
    let megabytes = text.len() as f64 / 1e6;
    println!("{clauses} clauses, {megabytes:.2} MB, medians of {runs} runs\n");

    let folder = std::env::temp_dir().join(format!("rapporteur-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the draft");
    let path = folder.join("draft.decl");
    std::fs::write(&path, &text).expect("the draft");
    let read = median(runs, || String::from_utf8(std::fs::read(&path).expect("the draft")).expect("text"));
    let file = SourceFile::new("draft.decl", text.clone());
    let tokens = median(runs, || lex::lex(FileId(0), file.code(), 0));
    let row = |what: &str, took: Duration| {
        let (ms, per) = (took.as_secs_f64() * 1e3, |base: Duration| took.as_secs_f64() / base.as_secs_f64());
        let speed = megabytes / took.as_secs_f64();
        println!(
            "{what:<34} {ms:>9.2} ms {speed:>8.0} MB/s {:>8.1} × reading {:>7.2} × tokens",
            per(read),
            per(tokens)
        );
    };
    row("read the bytes", read);
    row("tokens", tokens);
    row(
        "parse, on one core",
        median(runs, || {
            let arena = Arena::new();
            black_box(parse(FileId(0), &file, &arena));
        }),
    );
    row(
        "parse and resolve, on all cores",
        median(runs, || {
            let arena = Arena::new();
            let loaded = load(Path::new("draft.decl"), text.clone(), &NoFiles::default(), &arena);
            model::resolve(&loaded)
        }),
    );
    let whole = median(runs, || whole(&text));
    row("whole check, text to JSON", whole);
    row("format", median(runs, || rapporteur::syntax::print::format(FileId(0), &file)));

    let large = generate::draft(clauses * 10, SEED);
    let ten = median(if quick { 1 } else { 5 }, || self::whole(&large));
    println!(
        "\n{} clauses, {:.1} MB: whole check {:.1} ms, {:.2} × ten times {clauses}",
        clauses * 10,
        large.len() as f64 / 1e6,
        ten.as_secs_f64() * 1e3,
        ten.as_secs_f64() / whole.as_secs_f64() / 10.0
    );
    let path = folder.join("large.decl");
    std::fs::write(&path, &large).expect("the large draft");
    memory(&path, large.len());
    pictures(&large, if quick { 1 } else { 5 });
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

/// The median time of some work. To give back what it made is not part of it: the command leaves that to its end.
fn median<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            let made = black_box(work());
            let took = start.elapsed();
            drop(made);
            took
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn checked(text: &str) -> Checked {
    check(Path::new("draft.decl"), text, &NoFiles::default(), &Options::default())
}

fn report<'a>(checked: &'a Checked, findings: &'a [Finding]) -> Report<'a> {
    let mut report = Report::default();
    for finding in findings {
        report.summary.count(finding);
        report.shown.push(Shown { sources: &checked.sources, finding });
    }
    report
}

fn json(checked: &Checked) -> String {
    render::render(&report(checked, &checked.findings), Format::Json, Style::default())
}

/// A draft checked, and what is said of it.
fn whole(text: &str) -> (Checked, String) {
    let checked = checked(text);
    let said = json(&checked);
    (checked, said)
}

/// The most memory that a check in a process of its own takes, against the size of its input.
fn memory(path: &Path, bytes: usize) {
    let program = std::env::current_exe().expect("this program");
    let output =
        std::process::Command::new(program).arg("--peak").arg(path).output().expect("a second run of this program");
    match String::from_utf8_lossy(&output.stdout).trim().parse::<f64>() {
        Ok(peak) if peak > 0.0 => {
            println!("peak memory {:.0} MB, {:.1} × the input", peak / 1e6, peak / bytes as f64);
        }
        _ => println!("peak memory: this system does not tell"),
    }
}

fn peak_of_a_check(path: &str) {
    let text = std::fs::read_to_string(path).expect("the draft");
    black_box(json(&checked(&text)));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: f64 = peak.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0.0);
    println!("{}", kilobytes * 1024.0);
}

/// A thousand findings drawn over a file of several megabytes.
fn pictures(text: &str, runs: usize) {
    let checked = checked(text);
    let step = (checked.findings.len() / 1000).max(1);
    let thousand: Vec<Finding> = checked.findings.iter().step_by(step).take(1000).cloned().collect();
    let report = report(&checked, &thousand);
    let took = median(runs, || render::render(&report, Format::Full, Style::default()));
    println!(
        "{} findings drawn in full over {:.1} MB: {:.1} ms",
        thousand.len(),
        text.len() as f64 / 1e6,
        took.as_secs_f64() * 1e3
    );
}
