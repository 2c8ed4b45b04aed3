//! A rule once its names are settled: what is to be looked at, and by which tables.

use super::table;
use super::types::Type;
use super::world::Ground;
use crate::finding::Level;
use crate::model::Symbol;
use crate::model::quantity::Quantity;
use crate::model::rule::{Comparison, Quantifier};
use crate::model::time::{Length, Time};
use crate::model::vocabulary::ActionId;

/// A rule ready to run.
#[derive(Debug)]
pub struct Plan {
    /// Its code.
    pub code: String,
    /// How bad it is.
    pub level: Level,
    /// Over what it ranges, the first outermost.
    pub loops: Vec<Loop>,
    /// What must hold, all of it, and what is missing where it does not.
    pub expect: Vec<(Test, Option<Template>)>,
    /// What is said of it.
    pub message: Template,
    /// What to write instead.
    pub help: Option<Template>,
    /// The words to underline.
    pub marks: Vec<(Members, Template)>,
    /// How many variables it has.
    pub slots: usize,
}

/// One variable and what it ranges over.
#[derive(Debug)]
pub struct Loop {
    /// The variable.
    pub slot: usize,
    /// What it ranges over.
    pub set: Path,
    /// What must hold of it.
    pub test: Option<Test>,
    /// Equalities by which candidates are found without trying all.
    pub keys: Vec<Key>,
}

/// Everything of a sort by the values of a path.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// Of what.
    pub of: Ground,
    /// The path.
    pub steps: Vec<Step>,
    /// Whether a verb stands for the more general ones too.
    pub general: bool,
    /// Whether of what has no value at all it is not known either: all of nothing may be anywhere.
    pub all: bool,
    /// Only what may have these values, each by a table of its own.
    pub only: Vec<(usize, Vec<Fixed>)>,
}

/// A value that a rule itself names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fixed {
    /// A verb.
    Action(ActionId),
    /// A word.
    Word(Symbol),
}

/// An equality between a path of the variable and something that does not depend on it.
#[derive(Debug)]
pub struct Key {
    /// Of [`Pool::tables`].
    pub table: usize,
    /// What the path is compared with: one of these is enough. None where the table itself holds what is wanted.
    pub outer: Vec<Operand>,
}

/// What holds or does not.
#[derive(Debug)]
pub enum Test {
    /// The first does not hold or the second does.
    Implies(Box<(Test, Test)>),
    /// One of these holds.
    Any(Vec<Test>),
    /// All of these hold.
    All(Vec<Test>),
    /// It does not hold.
    Not(Box<Test>),
    /// So many of a set.
    Quantified(Quantifier, Box<Loop>),
    /// Something is stated.
    Has(Path),
    /// Two values compare.
    Compare(Box<(Operand, Operand)>, Comparison),
    /// A yes or no.
    Holds(Path),
}

/// Something to compare.
#[derive(Debug)]
pub enum Operand {
    /// Values of the draft.
    Path(Path),
    /// How many there are.
    Count(Members),
    /// The sum of amounts.
    Sum(Path, Box<Loop>),
    /// An amount.
    Amount(Box<Quantity>),
    /// A length of time.
    Length(Box<Length>),
    /// A point in time.
    Time(Box<Time>),
    /// A verb.
    Action(ActionId),
    /// A word, or the name of something that the draft declares.
    Word(Symbol),
    /// Words to look for, lower case.
    Text(Box<str>),
}

/// Several values.
#[derive(Debug)]
pub enum Members {
    /// Those of a path.
    Path(Path),
    /// Those of which something holds.
    Where(Box<Loop>),
}

/// A value and what is asked of it.
#[derive(Clone, Debug)]
pub struct Path {
    /// Where it begins.
    pub head: Head,
    /// What is asked, one after the other.
    pub steps: Vec<Step>,
    /// What it gives.
    pub gives: Type,
}

/// Where a path begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Head {
    /// At a variable.
    Slot(usize),
    /// At everything of a sort.
    Ground(Ground),
}

/// One name behind a dot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The rows of [`table::PATHS`] that answer to it.
    pub rows: Vec<usize>,
    /// The field that answers where none of them does.
    pub field: Option<Symbol>,
}

impl Step {
    /// The row that answers for a type.
    pub fn row(&self, of: Type) -> Option<&'static table::Path> {
        self.rows.iter().filter_map(|row| table::PATHS.get(*row)).find(|row| row.of.meets(of))
    }
}

/// A text with values in it.
#[derive(Debug, Default)]
pub struct Template {
    /// Its parts.
    pub parts: Vec<Part>,
}

/// A part of a text.
#[derive(Debug)]
pub enum Part {
    /// Words as they stand.
    Text(String),
    /// What a value is called.
    Value(Path, Called),
    /// The one word or the other, as the number of values wants it.
    Number(Path, String, String),
    /// What is missing: the words of the expectations that do not hold.
    Missing,
}

/// How a value is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Called {
    /// As a reader calls it: its label.
    Label,
    /// As the draft writes it, between backticks of its own: `` `{t}` ``.
    Name,
    /// As the draft writes it, among other words between backticks: `` `consent: {h}` ``.
    Code,
}

/// All rules of a vocabulary, and what is wrong with those that cannot run.
#[derive(Debug, Default)]
pub struct Pool {
    /// Those that can run.
    pub plans: Vec<Plan>,
    /// The tables by which candidates are found.
    pub tables: Vec<Table>,
    /// What is wrong.
    pub findings: Vec<crate::finding::Finding>,
}

impl Plan {
    /// Looks nothing up any more: all candidates are tried.
    pub fn forget_keys(&mut self) {
        self.loops.iter_mut().for_each(in_loop);
        self.expect.iter_mut().for_each(|(test, _)| in_test(test));
        self.marks.iter_mut().for_each(|(members, _)| in_members(members));
    }
}

fn in_loop(of: &mut Loop) {
    of.keys.clear();
    if let Some(test) = &mut of.test {
        in_test(test);
    }
}

fn in_members(members: &mut Members) {
    if let Members::Where(of) = members {
        in_loop(of);
    }
}

fn in_test(test: &mut Test) {
    match test {
        Test::Implies(both) => {
            in_test(&mut both.0);
            in_test(&mut both.1);
        }
        Test::Any(all) | Test::All(all) => all.iter_mut().for_each(in_test),
        Test::Not(inner) => in_test(inner),
        Test::Quantified(_, of) => in_loop(of),
        Test::Compare(both, _) => {
            in_operand(&mut both.0);
            in_operand(&mut both.1);
        }
        Test::Has(_) | Test::Holds(_) => {}
    }
}

fn in_operand(operand: &mut Operand) {
    match operand {
        Operand::Count(members) => in_members(members),
        Operand::Sum(_, of) => in_loop(of),
        _ => {}
    }
}
