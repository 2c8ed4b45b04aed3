//! The solver of the engine against another one (`aries-solver`, clauses and a difference logic of its own) on random formulas: both
//! say of each whether it can hold, and what holds holds in the example that is given for it.
//!
//! The two files of the solver are compiled into this test as they are; nothing else of the program is.

#![allow(clippy::expect_used, clippy::panic, reason = "a failure here is a failed test")]

#[path = "../src/clash/difference.rs"]
#[warn(clippy::indexing_slicing)]
#[allow(dead_code, reason = "the program uses all of it")]
mod difference;
#[path = "support/random.rs"]
#[allow(dead_code, reason = "other tests use all of it")]
mod random;
#[path = "../src/clash/solver.rs"]
#[allow(dead_code, reason = "the program uses all of it")]
mod solver;

use aries_solver::prelude::{Conjunction, Disjunction, IntCst, Lit, Model, SearchLimit, Var, leq};
use random::Random;
use solver::{Answer, Budget, Example, Formula, Solver};

/// A formula as it was made, before either solver has seen it.
#[derive(Clone, Debug)]
enum Said {
    Fact(u32),
    AtMost(u32, u32, i64),
    Not(Box<Said>),
    All(Vec<Said>),
    Any(Vec<Said>),
}

/// How large a formula may be.
struct Size {
    nodes: usize,
    facts: usize,
    /// The largest difference.
    most: usize,
}

fn formula(random: &mut Random, size: &Size, depth: usize) -> Said {
    let kind = if depth == 0 { random.below(3) } else { random.below(9) };
    let parts = |random: &mut Random| {
        let count = random.below(4);
        (0..count).map(|_| formula(random, size, depth - 1)).collect()
    };
    match kind {
        0 => Said::Fact(random.below(size.facts) as u32),
        1 | 2 => {
            let difference = random.below(2 * size.most + 1) as i64 - size.most as i64;
            Said::AtMost(random.below(size.nodes) as u32, random.below(size.nodes) as u32, difference)
        }
        3 | 4 => Said::Not(Box::new(formula(random, size, depth - 1))),
        5 | 6 => Said::All(parts(random)),
        _ => Said::Any(parts(random)),
    }
}

fn ours(said: &Said) -> Formula {
    match said {
        Said::Fact(fact) => Formula::Fact(*fact),
        Said::AtMost(x, y, c) => Formula::AtMost(*x, *y, *c),
        Said::Not(inner) => ours(inner).not(),
        Said::All(parts) => Formula::all(parts.iter().map(ours)),
        Said::Any(parts) => Formula::any(parts.iter().map(ours)),
    }
}

/// The same formula for the other solver.
struct Theirs {
    model: Model,
    facts: Vec<Lit>,
    nodes: Vec<Var>,
}

impl Theirs {
    fn new(size: &Size, formulas: usize) -> Self {
        let mut model = Model::new();
        let facts = (0..size.facts).map(|_| model.new_variable(0, 1).geq(1)).collect();
        // What can hold at all can hold with no node farther out than all differences together.
        let far = (size.nodes * (size.most + 1) + formulas) as IntCst;
        let nodes = (0..size.nodes).map(|node| model.new_variable(0, if node == 0 { 0 } else { far })).collect();
        Theirs { model, facts, nodes }
    }

    fn literal(&mut self, said: &Said) -> Lit {
        match said {
            Said::Fact(fact) => self.facts[*fact as usize],
            Said::AtMost(x, y, c) => {
                let (x, y) = (self.nodes[*x as usize], self.nodes[*y as usize]);
                if x == y {
                    return if *c >= 0 { Lit::TRUE } else { Lit::FALSE };
                }
                self.model.reify(leq(x, y + *c as IntCst))
            }
            Said::Not(inner) => !self.literal(inner),
            Said::All(parts) => {
                let parts: Vec<Lit> = parts.iter().map(|part| self.literal(part)).collect();
                self.model.reify(Conjunction::from_iter(parts))
            }
            Said::Any(parts) => {
                let parts: Vec<Lit> = parts.iter().map(|part| self.literal(part)).collect();
                self.model.reify(Disjunction::from_iter(parts))
            }
        }
    }

    fn can_hold(mut self, all: &[Said]) -> bool {
        for said in all {
            let literal = self.literal(said);
            self.model.enforce(literal);
        }
        let answer = aries_solver::prelude::Solver::new(self.model).solve(SearchLimit::None);
        answer.expect("a search without a limit comes to an end").is_some()
    }
}

fn holds(said: &Said, example: &Example) -> bool {
    match said {
        Said::Fact(fact) => example.fact(*fact),
        Said::AtMost(x, y, c) => example.value(*x) - example.value(*y) <= *c,
        Said::Not(inner) => !holds(inner, example),
        Said::All(parts) => parts.iter().all(|part| holds(part, example)),
        Said::Any(parts) => parts.iter().any(|part| holds(part, example)),
    }
}

/// Nothing is earlier than the first node, as in every question of the engine.
fn grounded(solver: &mut Solver, size: &Size) {
    (1..size.nodes as u32).for_each(|node| solver.assert(&Formula::AtMost(0, node, 0)));
}

/// How many formulas could hold and how many could not.
fn compare(seeds: std::ops::Range<u64>, size: &Size, most_formulas: usize, depth: usize) -> (usize, usize) {
    let (mut held, mut failed) = (0, 0);
    for seed in seeds {
        let mut random = Random::new(seed);
        let count = 1 + random.below(most_formulas);
        let all: Vec<Said> = (0..count).map(|_| formula(&mut random, size, depth)).collect();
        let mut solver = Solver::new(size.nodes as u32, &Budget::new(i64::MAX));
        grounded(&mut solver, size);
        // In two steps: the engine adds to what it has asked.
        let (first, rest) = all.split_at(random.below(count + 1));
        first.iter().for_each(|said| solver.assert(&ours(said)));
        let early = solver.solve();
        rest.iter().for_each(|said| solver.assert(&ours(said)));
        let expected = Theirs::new(size, count).can_hold(&all);
        match solver.solve() {
            Answer::Holds(example) => {
                assert!(expected, "seed {seed}: they cannot hold\n{all:?}");
                let broken = all.iter().find(|said| !holds(said, &example));
                assert!(broken.is_none(), "seed {seed}: {broken:?} does not hold in {example:?}");
                held += 1;
            }
            Answer::Fails => {
                assert!(!expected, "seed {seed}: they can hold\n{all:?}");
                failed += 1;
            }
            Answer::Unknown => panic!("seed {seed}: a search without a limit gave up"),
        }
        assert!(!matches!(early, Answer::Fails) || !expected, "seed {seed}: part of it cannot hold, all of it can");
    }
    (held, failed)
}

#[test]
fn both_solvers_say_the_same_of_small_formulas() {
    let size = Size { nodes: 4, facts: 3, most: 4 };
    let (held, failed) = compare(0..4_000, &size, 8, 3);
    assert!(held > 500 && failed > 500, "{held} hold, {failed} do not");
}

#[test]
fn both_solvers_say_the_same_of_long_chains_of_differences() {
    let size = Size { nodes: 12, facts: 2, most: 9 };
    let (held, failed) = compare(0..1_500, &size, 60, 1);
    assert!(held > 100 && failed > 100, "{held} hold, {failed} do not");
}

#[test]
fn both_solvers_say_the_same_of_deep_formulas() {
    let size = Size { nodes: 6, facts: 5, most: 6 };
    let (held, failed) = compare(0..800, &size, 24, 5);
    assert!(held > 100 && failed > 100, "{held} hold, {failed} do not");
}

/// A search that gives up says so; it never says of what holds that it fails, nor the reverse.
#[test]
fn a_small_budget_gives_no_wrong_answer() {
    let size = Size { nodes: 6, facts: 4, most: 5 };
    let (mut decided, mut given_up) = (0, 0);
    for seed in 0..1_000 {
        let mut random = Random::new(seed);
        let all: Vec<Said> = (0..12).map(|_| formula(&mut random, &size, 3)).collect();
        let expected = Theirs::new(&size, all.len()).can_hold(&all);
        for steps in [0, 1, 3, 10, 40] {
            let mut solver = Solver::new(size.nodes as u32, &Budget::new(steps));
            grounded(&mut solver, &size);
            all.iter().for_each(|said| solver.assert(&ours(said)));
            match solver.solve() {
                Answer::Unknown => given_up += 1,
                Answer::Holds(_) => assert!(expected, "seed {seed}, {steps} steps"),
                Answer::Fails => assert!(!expected, "seed {seed}, {steps} steps"),
            }
            decided += 1;
        }
    }
    assert!(given_up > 50 && decided > given_up, "{given_up} of {decided}");
}
