//! The same questions to our engine, to z3 and to clingo: can bans cover a duty on every day of its window in some history?
//!
//! `benches/peers/run` sets the two others up in a virtual environment of Python and starts this. All three must give the same
//! verdicts; what is printed is the time each took for all questions, and how many times ours that is.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a measurement, not the program"
)]

use rapporteur::clash::{Effort, clashes};
use rapporteur::load::{NoFiles, load};
use rapporteur::model::{Model, resolve};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

#[path = "../../tests/support/random.rs"]
#[allow(dead_code, reason = "other programs use all of it")]
mod random;
use random::Random;

const QUESTIONS: u64 = 200;
const EVENTS: usize = 3;
/// The last day on which an event is tried by those who try days; behind all that the lengths below can tell apart.
const LAST: usize = 40;

/// Days counted from an event: the first, and the first behind the last.
struct Span {
    event: usize,
    from: usize,
    until: usize,
}

/// A duty and bans on it.
struct Question {
    duty: Span,
    bans: Vec<Span>,
}

fn question(seed: u64) -> Question {
    let mut random = Random::new(seed);
    let length = 3 + random.below(8);
    let duty = Span { event: 0, from: 0, until: length + 1 };
    let count = 2 + random.below(5);
    let bans = (0..count).map(|_| {
        let event = random.below(EVENTS);
        let from = if event == 0 { random.below(length) } else { 0 };
        Span { event, from, until: from + 1 + random.below(6) }
    });
    Question { duty, bans: bans.collect() }
}

fn draft(question: &Question) -> String {
    let mut text = String::from("declaration d \"D\" { signatories: FR }\nparty FR \"FR\"\n");
    for event in 0..EVENTS {
        writeln!(text, "event e{event} \"e{event}\"").unwrap();
    }
    text += "action act \"act\" { nature: achieve }\n";
    let Span { event, until, .. } = question.duty;
    writeln!(text, "clause duty \"Duty\" {{ FR shall act within {} days of e{event}. }}", until - 1).unwrap();
    for (number, Span { event, from, until }) in question.bans.iter().enumerate() {
        let span = format!("from e{event} + {from} days until e{event} + {until} days");
        writeln!(text, "clause ban{number} \"Ban\" {{ FR shall not act {span}. }}").unwrap();
    }
    text
}

/// One line a question, for the others: `length; event from until; …`
fn line(question: &Question) -> String {
    let bans = question.bans.iter().map(|ban| format!("{} {} {}", ban.event, ban.from, ban.until));
    let bans: Vec<String> = bans.collect();
    format!("{};{}", question.duty.until, bans.join(";"))
}

fn read(text: &str) -> Model {
    let arena = rapporteur::syntax::Arena::new();
    let loaded = load(Path::new("draft.decl"), text, &NoFiles::default(), &arena);
    resolve(&loaded).0
}

fn ours(models: &[Model]) -> (String, Duration) {
    let start = Instant::now();
    let mut verdicts = String::new();
    for model in models {
        let all = clashes(model, Effort::NORMAL);
        assert!(all.undecided.is_empty(), "ours left something open");
        let clash = all
            .found
            .iter()
            .any(|one| matches!(one.code, "contradiction/duty-against-ban" | "time/unbounded-prerequisite"));
        verdicts.push(if clash { '1' } else { '0' });
    }
    (verdicts, start.elapsed())
}

/// The verdicts of another solver and the seconds that it took, without the start of Python.
fn theirs(python: &Path, solver: &str, questions: &Path) -> (String, Duration) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/ask.py");
    let output = Command::new(python).arg(script).arg(solver).arg(questions).arg(LAST.to_string()).output();
    let output = output.expect("Python starts");
    assert!(output.status.success(), "{solver}: {}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).expect("plain text");
    let (verdicts, seconds) = printed.trim().split_once(' ').expect("verdicts and seconds");
    (verdicts.to_owned(), Duration::from_secs_f64(seconds.parse().expect("seconds")))
}

fn main() {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/.venv/bin/python");
    if !python.exists() {
        println!("z3 and clingo are not set up: start `benches/peers/run` instead");
        return;
    }
    let questions: Vec<Question> = (0..QUESTIONS).map(question).collect();
    let models: Vec<Model> = questions.iter().map(|question| read(&draft(question))).collect();
    ours(&models);
    let (verdicts, time) = ours(&models);
    let clashes = verdicts.bytes().filter(|verdict| *verdict == b'1').count();
    println!("{QUESTIONS} questions, {clashes} of them a clash");
    println!("ours    {time:>12.3?}");
    let file = tempfile::NamedTempFile::new().expect("a file");
    let lines: Vec<String> = questions.iter().map(line).collect();
    std::fs::write(file.path(), lines.join("\n")).expect("a file");
    for solver in ["z3", "clingo"] {
        let (said, taken) = theirs(&python, solver, file.path());
        assert_eq!(said.len(), verdicts.len(), "{solver} answers every question");
        let differ = said.bytes().zip(verdicts.bytes()).position(|(theirs, ours)| theirs != ours);
        if let Some(at) = differ {
            panic!("{solver} differs on question {at}:\n{}", draft(&questions[at]));
        }
        println!(
            "{solver:<7} {taken:>12.3?}, {:.0} times ours, the same verdicts",
            taken.as_secs_f64() / time.as_secs_f64()
        );
    }
}
