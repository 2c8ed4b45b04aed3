//! What rules cost: each rule of the standard library over a large draft, and rules over pairs of its clauses, in milliseconds
//! of one thread.
//!
//! `cargo bench --bench rules` for the figures, `cargo bench --bench rules -- --quick` for one run on a small draft.

#![allow(missing_docs, clippy::expect_used, reason = "a program for those who work on this one")]

#[path = "../examples/generate.rs"]
mod generate;

use rapporteur::load::{NoFiles, load};
use rapporteur::model::{self, Model};
use rapporteur::rules::Draft;
use rapporteur::rules::language::Rules;
use rapporteur::source::Sources;
use rapporteur::syntax::Arena;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// As the command has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rules over pairs, each with the number of pairs that a search without tables would look at.
const PAIRS: &[(&str, &str)] = &[
    (
        "one act, two strengths",
        r#"rule pair-strengths "One act, two strengths" {
  for: n in norms where n.strength is duty
  for: m in norms where m.strength is firm and m.action = n.action and m.actors is n.actors
  expect: n.clause != m.clause
  message: "`{n}` and `{m}`"
}"#,
    ),
    (
        "one actor in two places",
        r#"rule pair-places "One actor in two places" {
  for: n in norms where n.action is deploy and n.binds
  for: m in norms where m.action is deploy and m.actors is n.actors and n.position < m.position
  expect: n.places is m.places or n.clause is m.clause
  message: "`{n}` and `{m}`"
}"#,
    ),
    (
        "watched by somebody",
        r#"rule pair-watch "Watched by somebody" {
  for: c in withdrawal
  expect: some n in norms where n.objects is c and n.action is verify
  message: "`{c}`"
}"#,
    ),
    (
        "clauses that wait for one event",
        r#"rule pair-events "Clauses that wait for one event" {
  for: n in norms where has n.triggers
  expect: no m in norms where m.triggers is n.triggers and m.action = n.action and m.mode is forbid
  message: "`{n}`"
}"#,
    ),
];

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let (clauses, runs) = if quick { (500, 1) } else { (10_000, 9) };
    let text = generate::draft(clauses, 1);
    println!("{clauses} clauses, medians of {runs} runs, one thread\n");
    rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread").install(|| {
        let standard = with(&text, "");
        let own: Vec<_> = PAIRS.iter().map(|(_, rule)| with(&text, rule)).collect();
        let mut all = each(&standard.0, &standard.1, runs);
        let sum: Duration = all.iter().map(|(_, took, _)| *took).sum();
        all.sort_by_key(|(_, took, _)| std::cmp::Reverse(*took));
        for (code, took, found) in all {
            row(&code, took, found);
        }
        row("all of them", sum, 0);
        println!("\nover pairs of {} norms", standard.0.norms.len());
        for ((what, _), (model, sources)) in PAIRS.iter().zip(&own) {
            let own = each(model, sources, runs).into_iter().find(|(code, ..)| code.contains("/pair-"));
            let (_, took, found) = own.expect("the rule can be used");
            row(what, took, found);
        }
    });
}

fn row(what: &str, took: Duration, found: usize) {
    println!("{what:<34} {:>9.3} ms {found:>6} found", took.as_secs_f64() * 1e3);
}

/// A draft with one more rule.
fn with(text: &str, rule: &str) -> (Model, Sources) {
    let arena = Arena::new();
    let loaded = load(Path::new("draft.decl"), format!("{text}\n{rule}\n"), &NoFiles::default(), &arena);
    let (model, _) = model::resolve(&loaded);
    (model, loaded.sources)
}

/// The time of each rule, the making of its tables included, and how much it finds.
fn each(model: &Model, sources: &Sources, runs: usize) -> Vec<(String, Duration, usize)> {
    let rules = Rules::of(Draft { model, sources, effort: Default::default() });
    let one = |code: &str| {
        let mut times: Vec<Duration> = (0..runs)
            .map(|_| {
                let start = Instant::now();
                black_box(rules.run_one(code));
                start.elapsed()
            })
            .collect();
        times.sort();
        (code.to_owned(), times[times.len() / 2], rules.run_one(code).len())
    };
    rules.codes().map(one).collect()
}
