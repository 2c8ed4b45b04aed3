//! Formulas over events and differences of time, and whether they can hold.

use super::difference::{Differences, Node};
use batsat::interface::SolveResult;
use batsat::{Callbacks, Lit, Solver as Sat, SolverInterface, SolverOpts, lbool};
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::rc::Rc;

/// What can be true of a history.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Formula {
    /// Always.
    True,
    /// Never.
    False,
    /// A fact: an event happens, a ban is counted on. The caller numbers them.
    Fact(u32),
    /// `x - y <= c`
    AtMost(Node, Node, i64),
    /// Not this.
    Not(Box<Formula>),
    /// Every one.
    All(Vec<Formula>),
    /// At least one.
    Any(Vec<Formula>),
}

impl Formula {
    /// Every one of these.
    pub(super) fn all(parts: impl IntoIterator<Item = Formula>) -> Formula {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Formula::True => {}
                Formula::False => return Formula::False,
                Formula::All(inner) => kept.extend(inner),
                part => kept.push(part),
            }
        }
        match kept.len() {
            0 => Formula::True,
            1 => kept.remove(0),
            _ => Formula::All(kept),
        }
    }

    /// At least one of these.
    pub(super) fn any(parts: impl IntoIterator<Item = Formula>) -> Formula {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Formula::False => {}
                Formula::True => return Formula::True,
                Formula::Any(inner) => kept.extend(inner),
                part => kept.push(part),
            }
        }
        match kept.len() {
            0 => Formula::False,
            1 => kept.remove(0),
            _ => Formula::Any(kept),
        }
    }

    /// The other way round.
    pub(super) fn not(self) -> Formula {
        match self {
            Formula::True => Formula::False,
            Formula::False => Formula::True,
            Formula::Not(inner) => *inner,
            Formula::AtMost(x, y, c) => Formula::AtMost(y, x, -c - 1),
            formula => Formula::Not(Box::new(formula)),
        }
    }

    /// If this, then that.
    pub(super) fn implies(self, then: Formula) -> Formula {
        Formula::any([self.not(), then])
    }
}

/// What the solver says.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// They can hold together, for example so.
    Holds(Example),
    /// They cannot.
    Fails,
    /// The budget is spent.
    Unknown,
}

/// A way in which everything asserted holds.
#[derive(Clone, Debug)]
pub(super) struct Example {
    facts: FxHashMap<u32, bool>,
    /// The earliest value of each node, counted from node 0.
    values: Vec<i64>,
}

impl Example {
    /// Whether a fact is true; one that was never asked for is not.
    pub(super) fn fact(&self, fact: u32) -> bool {
        self.facts.get(&fact).copied().unwrap_or(false)
    }

    /// The time of a node.
    pub(super) fn value(&self, node: Node) -> i64 {
        self.values.get(node as usize).copied().unwrap_or(0)
    }
}

/// Steps that may still be taken. Counted, never timed, so that the answer is the same on every machine.
#[derive(Clone, Debug)]
pub(super) struct Budget(Rc<Cell<i64>>);

impl Budget {
    /// So many steps.
    pub(super) fn new(steps: i64) -> Self {
        Budget(Rc::new(Cell::new(steps)))
    }

    /// Takes steps away.
    pub(super) fn spend(&self, steps: i64) {
        self.0.set(self.0.get() - steps);
    }

    /// How many are left; negative once it is spent.
    pub(super) fn left(&self) -> i64 {
        self.0.get()
    }
}

impl Callbacks for Budget {
    fn stop(&self) -> bool {
        self.0.set(self.0.get() - 1);
        self.0.get() < 0
    }
}

/// Holds what has been asserted.
pub(super) struct Solver {
    sat: Sat<Budget>,
    times: Differences,
    nodes: u32,
    facts: FxHashMap<u32, Lit>,
    differences: FxHashMap<(Node, Node, i64), Lit>,
    always: Lit,
}

impl Solver {
    /// A solver that knows so many nodes of time.
    pub(super) fn new(nodes: u32, budget: &Budget) -> Self {
        let mut sat = Sat::new(SolverOpts::default(), budget.clone());
        let mut times = Differences::default();
        (0..nodes).for_each(|_| {
            times.node();
        });
        let always = Lit::new(sat.new_var_default(), true);
        sat.add_clause_reuse(&mut vec![always]);
        Solver { sat, times, nodes, facts: FxHashMap::default(), differences: FxHashMap::default(), always }
    }

    /// Demands that a formula holds.
    pub(super) fn assert(&mut self, formula: &Formula) {
        let mut clause = match formula {
            Formula::True => return,
            Formula::All(parts) => return parts.iter().for_each(|part| self.assert(part)),
            Formula::Any(parts) => parts.iter().map(|part| self.literal(part)).collect(),
            formula => vec![self.literal(formula)],
        };
        self.sat.add_clause_reuse(&mut clause);
    }

    /// Whether everything asserted can hold together.
    pub(super) fn solve(&mut self) -> Answer {
        let (facts, differences, nodes) = (&self.facts, &self.differences, self.nodes);
        match self.sat.solve_limited_th_full(&mut self.times, &[]) {
            SolveResult::Unsat(_) => Answer::Fails,
            SolveResult::Unknown(_) => Answer::Unknown,
            SolveResult::Sat(model) => {
                let facts = facts.iter().map(|(&fact, &lit)| (fact, model.value_lit(lit) == lbool::TRUE)).collect();
                let edges: Vec<_> = differences
                    .values()
                    .filter_map(|&lit| {
                        let lit = if model.value_lit(lit) == lbool::TRUE { lit } else { !lit };
                        model.theory().edge_of(lit)
                    })
                    .collect();
                Answer::Holds(Example { facts, values: earliest(nodes as usize, &edges) })
            }
        }
    }

    fn fresh(&mut self) -> Lit {
        Lit::new(self.sat.new_var_default(), true)
    }

    fn literal(&mut self, formula: &Formula) -> Lit {
        match formula {
            Formula::True => self.always,
            Formula::False => !self.always,
            Formula::Fact(fact) => {
                if let Some(&lit) = self.facts.get(fact) {
                    return lit;
                }
                let lit = self.fresh();
                self.facts.insert(*fact, lit);
                lit
            }
            Formula::AtMost(x, y, c) => self.difference(*x, *y, *c),
            Formula::Not(inner) => !self.literal(inner),
            // A new literal that is true just where all of them are, or one of them is (Tseitin).
            Formula::All(parts) => !self.one_of(parts, |lit| !lit),
            Formula::Any(parts) => self.one_of(parts, |lit| lit),
        }
    }

    fn one_of(&mut self, parts: &[Formula], turned: fn(Lit) -> Lit) -> Lit {
        let lits: Vec<Lit> = parts.iter().map(|part| turned(self.literal(part))).collect();
        let whole = self.fresh();
        for &lit in &lits {
            self.sat.add_clause_reuse(&mut vec![whole, !lit]);
        }
        let mut clause = lits;
        clause.push(!whole);
        self.sat.add_clause_reuse(&mut clause);
        whole
    }

    fn difference(&mut self, x: Node, y: Node, c: i64) -> Lit {
        if x == y {
            return if c >= 0 { self.always } else { !self.always };
        }
        // One variable stands for a difference and for its negation.
        if x > y {
            return !self.difference(y, x, -c - 1);
        }
        if let Some(&lit) = self.differences.get(&(x, y, c)) {
            return lit;
        }
        let lit = self.fresh();
        self.times.stands_for(lit.var(), x, y, c);
        self.differences.insert((x, y, c), lit);
        lit
    }
}

/// The earliest time of each node, none before node 0, where `value(to) <= value(from) + weight` for each edge: the longest
/// way from node 0 on the reversed graph (Bellman and Ford). The solver has made sure that there is no cycle.
fn earliest(nodes: usize, edges: &[(Node, Node, i64)]) -> Vec<i64> {
    let mut values = vec![0; nodes];
    for _ in 0..=nodes {
        let mut changed = false;
        for &(from, to, weight) in edges {
            let least = values.get(to as usize).copied().unwrap_or(0) - weight;
            if let Some(value) = values.get_mut(from as usize).filter(|value| **value < least) {
                *value = least;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    values
}
