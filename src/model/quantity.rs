//! Amounts: exact numbers with units.

use super::{Entity, Symbol};
use crate::source::Loc;
use num_rational::Ratio;

/// An exact number. Numbers in a draft have at most 15 digits, so products of two of them with a unit's factor fit.
pub type Rational = Ratio<i128>;

/// How many or how much, of what.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The words.
    pub at: Loc,
    /// The least that meets it.
    pub low: Option<Limit>,
    /// The most that meets it.
    pub high: Option<Limit>,
    /// Whether it says `about`: it makes no error.
    pub about: bool,
    /// Whether it says `up to`, so that zero meets it.
    pub up_to: bool,
    /// Whether it says `a further`: on top of what is there.
    pub further: bool,
    /// What is measured.
    pub measure: Measure,
    /// `per month`, `per hub`.
    pub per: Option<Symbol>,
    /// What the share or the number is of.
    pub of: Option<Entity>,
}

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The number, in the unit as written.
    pub value: Rational,
    /// Whether the number itself is out: `more than n`, `fewer than n`.
    pub strict: bool,
}

/// What a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// A bare number.
    Number,
    /// A unit of the vocabulary, by its singular name.
    Unit(Symbol),
    /// A declared thing or clause counted by its own name: `3 hubs`.
    Counted(Entity),
    /// A word that is neither.
    Unknown(Symbol),
    /// A part of a whole, 1 is all of it: `40%`, `2/3`.
    Share,
    /// Money, by its ISO 4217 code.
    Money(Symbol),
    /// `equal shares`
    EqualShares,
    /// `the remaining`
    Remaining,
}

impl Quantity {
    /// The number where it is one exact number.
    pub fn exact(&self) -> Option<Rational> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high && !low.strict && !self.about => Some(low.value),
            _ => None,
        }
    }
}
