//! What a rule of a vocabulary says: over what it ranges, what it expects, how it is told.
//!
//! Names in it are as written; which set, path or word each is, `rules` settles once all vocabulary is read.

use super::Symbol;
use super::quantity::Rational;
use super::time::{Length, Time};
use crate::finding::Level;
use crate::source::Loc;
pub use crate::syntax::tree::rule::{Comparison, Quantifier};

/// The code of what is wrong with a rule.
pub const CODE: &str = "structure/rule";

/// The lines that a rule can have, and what each says.
pub const LINES: &[(&str, &str)] = &[
    ("level", "`error`, `warning` or `advice`; `none` switches it off"),
    ("for", "over what it ranges: `x in SET`, `x in SET where P`, several with commas or on lines of their own"),
    (
        "expect",
        "what must hold of each; where it does not, a finding is reported. There may be several, and each may say what is \
         missing otherwise, for `{missing}` in the message: `expect: has b.chair, \"who leads it\"`",
    ),
    ("message", "the sentence that tells of the defect, with values between braces"),
    (
        "mark",
        "the words to underline and what to say of them: `t.places, \"here\"`; the first is where the finding stands",
    ),
    ("help", "what to write instead"),
    ("what", "what it detects, in a sentence for its page"),
    ("why", "why it matters"),
    ("source", "the practice or text behind it"),
    ("bad", "a draft that has the defect; `//~ words` at the end of a line says what is underlined there"),
    ("good", "a draft that has not"),
];

/// A rule over what a draft says.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name: the second part of its code.
    pub name: Symbol,
    /// The first part of its code: the name of the file that holds it.
    pub group: Box<str>,
    /// The defect in a few words.
    pub label: Box<str>,
    /// How bad it is; absent where it is switched off.
    pub level: Option<Level>,
    /// Over what it ranges, the first outermost.
    pub bindings: Vec<Binding>,
    /// What must hold of each: all of this.
    pub expect: Vec<Expectation>,
    /// The sentence that tells of the defect.
    pub message: Words,
    /// The words to underline, the first first.
    pub marks: Vec<Mark>,
    /// What to write instead.
    pub help: Words,
    /// What it detects, in a sentence; may be empty.
    pub what: Box<str>,
    /// Why it matters.
    pub why: Box<str>,
    /// The practice or text behind it.
    pub source: Box<str>,
    /// Drafts that have the defect.
    pub bad: Vec<Box<str>>,
    /// Drafts that do not.
    pub good: Vec<Box<str>>,
    /// Its conditions as written, for those who read its page.
    pub shown: Box<str>,
    /// Where it is defined.
    pub at: Loc,
    /// Whether a part of it could not be read, so that it cannot be used.
    pub damaged: bool,
}

/// `expect: has t.area, "an area"`
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// What must hold.
    pub must: Expression,
    /// What is missing where it does not, for `{missing}`.
    pub words: Option<Words>,
}

/// A text with values between braces: `` `{t}` stands in {t.places} ``.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Words {
    /// It, unescaped; empty where there is none.
    pub text: Box<str>,
    /// Its place, quotation marks included.
    pub at: Loc,
}

/// Words to underline.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What they stand for.
    pub set: Set,
    /// What to say of them.
    pub words: Words,
}

/// `x in SET where P`
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// The variable.
    pub name: Symbol,
    /// Its place.
    pub at: Loc,
    /// What it ranges over.
    pub set: Path,
    /// What must hold of it.
    pub condition: Option<Expression>,
}

/// Several values.
#[derive(Clone, Debug, PartialEq)]
pub enum Set {
    /// `t.places`
    Path(Path),
    /// `n in norms where n.clause = t`
    Where(Box<Binding>),
}

/// `t.places.of`
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// All of it.
    pub at: Loc,
    /// Its first name and the place of that.
    pub head: (Symbol, Loc),
    /// The names behind dots.
    pub steps: Vec<(Symbol, Loc)>,
}

/// What holds or does not, or a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// All its words.
    pub at: Loc,
    /// What it is.
    pub kind: ExpressionKind,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    /// `P implies Q`
    Implies(Box<(Expression, Expression)>),
    /// At least one of these.
    Any(Vec<Expression>),
    /// All of these.
    All(Vec<Expression>),
    /// `not P`
    Not(Box<Expression>),
    /// `some x in SET where P`
    Quantified(Quantifier, Box<Binding>),
    /// `has x.area`
    Has(Path),
    /// `x.area within zone`
    Compare(Box<(Expression, Expression)>, Comparison),
    /// A variable, a name, a path.
    Path(Path),
    /// `count(x in SET where P)`
    Count(Set),
    /// `sum(x.amount for x in SET where P)`
    Sum(Path, Box<Binding>),
    /// `5_000 personnel`
    Amount(Rational, Unit),
    /// `30 days`
    Length(Length),
    /// `2026-01-06`
    Time(Time),
    /// `"guarantee"`
    Text(Box<str>),
}

/// What stands beside a number in a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nothing.
    None,
    /// `%`
    Percent,
    /// `EUR`
    Currency(Symbol),
    /// A unit or a thing.
    Word(Symbol, Loc),
}
