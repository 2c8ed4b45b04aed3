//! What stands in a rule besides its plain fields: over what it ranges, what it expects, and which words it marks.

use super::{Amount, Duration, Text, TimePoint};
use crate::source::Span;

/// `for: t in troops`, `expect: has t.area`, `mark: t, "words"`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line<'a> {
    /// From its name to its end.
    pub span: Span,
    /// The name without its colon.
    pub name: Span,
    /// What it says.
    pub kind: LineKind<'a>,
}

/// What a line of a rule says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LineKind<'a> {
    /// Over what the rule ranges.
    For(&'a [Binding<'a>]),
    /// What must hold, and what is missing where it does not.
    Expect(Expression<'a>, Option<Text>),
    /// Words to underline, and what to say of them.
    Mark(Set<'a>, Option<Text>),
}

/// `x in SET where P`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binding<'a> {
    /// All of it.
    pub span: Span,
    /// The variable.
    pub name: Span,
    /// What it ranges over: a name or a path.
    pub set: Span,
    /// What must hold of it.
    pub condition: Option<&'a Expression<'a>>,
}

/// Several values: those of a path, or those of a set for which something holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Set<'a> {
    /// `t.places`
    Path(Span),
    /// `n in norms where n.clause = t`
    Where(&'a Binding<'a>),
}

/// What holds or does not, or a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expression<'a> {
    /// All its words.
    pub span: Span,
    /// What it is.
    pub kind: ExpressionKind<'a>,
}

/// What an expression is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ExpressionKind<'a> {
    /// `P implies Q`
    Implies(&'a (Expression<'a>, Expression<'a>)),
    /// Joined by `or`.
    Any(&'a [Expression<'a>]),
    /// Joined by `and`.
    All(&'a [Expression<'a>]),
    /// `not P`
    Not(&'a Expression<'a>),
    /// `some x in SET where P`
    Quantified(Quantifier, &'a Binding<'a>),
    /// `has x.area`
    Has(Span),
    /// `x.area within zone`
    Compare(&'a (Expression<'a>, Expression<'a>), Comparison),
    /// A variable, a name, a path.
    Path(Span),
    /// `count(x in SET where P)`
    Count(Set<'a>),
    /// `sum(x.amount for x in SET where P)`
    Sum(Span, &'a Binding<'a>),
    /// `5_000 personnel`, `EUR 3 million`, `40%`
    Amount(&'a Amount),
    /// `30 days`
    Duration(Duration),
    /// `2026-01-06`
    Time(&'a TimePoint<'a>),
    /// `"guarantee"`
    Text(Text),
}

/// How many of a set.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Quantifier {
    /// At least one.
    Some,
    /// All.
    Every,
    /// None.
    No,
}

impl Quantifier {
    /// All there are.
    pub const ALL: [Quantifier; 3] = [Quantifier::Some, Quantifier::Every, Quantifier::No];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Quantifier::Some => "some",
            Quantifier::Every => "every",
            Quantifier::No => "no",
        }
    }

    /// What it says of a set.
    pub const fn about(self) -> &'static str {
        match self {
            Quantifier::Some => "there is at least one",
            Quantifier::Every => "all of them are so",
            Quantifier::No => "there is none",
        }
    }
}

/// How two values are compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `is`
    Is,
    /// `is not`
    IsNot,
    /// `in`
    In,
    /// `not in`
    NotIn,
    /// `covers`
    Covers,
    /// `within`
    Within,
    /// `says`
    Says,
}

impl Comparison {
    /// All there are.
    pub const ALL: [Comparison; 13] = [
        Comparison::Equal,
        Comparison::Unequal,
        Comparison::Less,
        Comparison::AtMost,
        Comparison::Greater,
        Comparison::AtLeast,
        Comparison::Is,
        Comparison::IsNot,
        Comparison::In,
        Comparison::NotIn,
        Comparison::Covers,
        Comparison::Within,
        Comparison::Says,
    ];

    /// Its words.
    pub const fn words(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::Unequal => "!=",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::Greater => ">",
            Comparison::AtLeast => ">=",
            Comparison::Is => "is",
            Comparison::IsNot => "is not",
            Comparison::In => "in",
            Comparison::NotIn => "not in",
            Comparison::Covers => "covers",
            Comparison::Within => "within",
            Comparison::Says => "says",
        }
    }
}
