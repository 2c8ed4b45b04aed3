//! Difference constraints `x - y <= c` as a theory of the SAT solver.
//!
//! Each true literal is an edge of a graph; a set of them can hold together unless the graph has a cycle of negative weight.
//! A potential that meets every edge is kept and mended when an edge comes in (Cotton and Maler, "Fast and Flexible
//! Difference Constraint Propagation for DPLL(T)", SAT 2006, section 4.2); a cycle found on the way is the conflict.

use batsat::theory::TheoryArg;
use batsat::{Lit, Theory, Var};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A time variable, by its place in the tables here.
pub(super) type Node = u32;

/// `x - y <= c`
#[derive(Clone, Copy, Debug)]
struct Atom {
    x: Node,
    y: Node,
    c: i64,
}

/// `value(to) <= value(from) + weight`, because of a literal.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: Node,
    to: Node,
    weight: i64,
    because: Lit,
}

/// How far a node is while the potential is mended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Visit {
    Untouched,
    Open,
    Done,
}

/// What is known of a node.
#[derive(Clone, Debug)]
struct Row {
    /// Its value in the potential.
    value: i64,
    /// Edges that leave it, by their place in `edges`.
    out: Vec<u32>,
    visit: Visit,
    /// By how much its value has to fall; while open.
    fall: i64,
    /// The edge through which it has to fall.
    through: u32,
}

/// The theory.
#[derive(Debug, Default)]
pub(super) struct Differences {
    rows: Vec<Row>,
    edges: Vec<Edge>,
    /// The atom that a variable of the solver stands for.
    atoms: Vec<Option<Atom>>,
    /// Edges and literals read when each level was opened.
    levels: Vec<(usize, usize)>,
    read: usize,
    heap: BinaryHeap<Reverse<(i64, Node)>>,
    touched: Vec<Node>,
    conflict: Vec<Lit>,
}

impl Differences {
    /// A new time variable.
    pub(super) fn node(&mut self) -> Node {
        self.rows.push(Row { value: 0, out: Vec::new(), visit: Visit::Untouched, fall: 0, through: 0 });
        (self.rows.len() - 1) as Node
    }

    /// Makes a variable of the solver stand for `x - y <= c`.
    pub(super) fn stands_for(&mut self, var: Var, x: Node, y: Node, c: i64) {
        let index = var.idx() as usize;
        if self.atoms.len() <= index {
            self.atoms.resize(index + 1, None);
        }
        if let Some(slot) = self.atoms.get_mut(index) {
            *slot = Some(Atom { x, y, c });
        }
    }

    /// The edge of a literal, if it stands for a difference: `(from, to, weight)`.
    pub(super) fn edge_of(&self, lit: Lit) -> Option<(Node, Node, i64)> {
        let Atom { x, y, c } = (*self.atoms.get(lit.var().idx() as usize)?)?;
        // The negation of `x - y <= c` is `y - x <= -c - 1`.
        Some(if lit.sign() { (y, x, c) } else { (x, y, -c - 1) })
    }

    #[expect(clippy::indexing_slicing, reason = "nodes and edges are handed out for these tables")]
    fn add(&mut self, edge: Edge) -> bool {
        let id = self.edges.len() as u32;
        self.edges.push(edge);
        self.rows[edge.from as usize].out.push(id);
        if edge.from == edge.to {
            self.conflict = vec![edge.because];
            return edge.weight >= 0;
        }
        let fall = self.rows[edge.from as usize].value + edge.weight - self.rows[edge.to as usize].value;
        if fall >= 0 {
            return true;
        }
        self.heap.clear();
        self.touched.clear();
        self.open(edge.to, fall, id);
        let mut sound = true;
        'falling: while let Some(Reverse((fall, node))) = self.heap.pop() {
            let row = &mut self.rows[node as usize];
            if row.visit == Visit::Done || row.fall != fall {
                continue;
            }
            row.visit = Visit::Done;
            let value = row.value + fall;
            for at in 0..self.rows[node as usize].out.len() {
                let id = self.rows[node as usize].out[at];
                let Edge { to, weight, .. } = self.edges[id as usize];
                let next = &self.rows[to as usize];
                let fall = value + weight - next.value;
                if next.visit == Visit::Done || fall >= next.fall {
                    continue;
                }
                if to == edge.from {
                    self.rows[to as usize].through = id;
                    self.blame(edge.from);
                    sound = false;
                    break 'falling;
                }
                self.open(to, fall, id);
            }
        }
        for node in std::mem::take(&mut self.touched) {
            let row = &mut self.rows[node as usize];
            if sound && row.visit == Visit::Done {
                row.value += row.fall;
            }
            (row.visit, row.fall) = (Visit::Untouched, 0);
        }
        sound
    }

    #[expect(clippy::indexing_slicing, reason = "nodes are handed out for this table")]
    fn open(&mut self, node: Node, fall: i64, through: u32) {
        let row = &mut self.rows[node as usize];
        if row.visit == Visit::Untouched {
            self.touched.push(node);
        }
        (row.visit, row.fall, row.through) = (Visit::Open, fall, through);
        self.heap.push(Reverse((fall, node)));
    }

    /// The literals of the cycle that leads back to a node.
    #[expect(clippy::indexing_slicing, reason = "nodes and edges are handed out for these tables")]
    fn blame(&mut self, start: Node) {
        self.conflict.clear();
        let mut node = start;
        loop {
            let edge = self.edges[self.rows[node as usize].through as usize];
            self.conflict.push(edge.because);
            node = edge.from;
            if node == start {
                return;
            }
        }
    }
}

impl Theory for Differences {
    fn final_check(&mut self, acts: &mut TheoryArg) {
        self.partial_check(acts);
    }

    fn create_level(&mut self) {
        self.levels.push((self.edges.len(), self.read));
    }

    fn pop_levels(&mut self, n: usize) {
        let keep = self.levels.len().saturating_sub(n);
        let Some(&(edges, read)) = self.levels.get(keep) else { return };
        self.levels.truncate(keep);
        for edge in self.edges.drain(edges..) {
            if let Some(row) = self.rows.get_mut(edge.from as usize) {
                row.out.pop();
            }
        }
        self.read = read;
    }

    fn n_levels(&self) -> usize {
        self.levels.len()
    }

    fn partial_check(&mut self, acts: &mut TheoryArg) {
        while let Some(&lit) = acts.model().get(self.read) {
            self.read += 1;
            let Some((from, to, weight)) = self.edge_of(lit) else { continue };
            if !self.add(Edge { from, to, weight, because: lit }) {
                let clause: Vec<Lit> = self.conflict.iter().map(|&lit| !lit).collect();
                acts.raise_conflict(&clause, true);
                return;
            }
        }
    }

    fn explain_propagation(&mut self, _: Lit) -> &[Lit] {
        // Nothing is ever propagated.
        &[]
    }
}
