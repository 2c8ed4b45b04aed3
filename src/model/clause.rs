//! Clauses and the typed values of fields.

use super::entity::Item;
use super::norm::Norm;
use super::quantity::Quantity;
use super::time::{Length, Time};
use super::{Entity, InstrumentId, NormId, Symbol};
use crate::source::{Loc, Span};
use std::ops::Range;

/// A provision: facts about it, and norms.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Name, label, fields.
    pub item: Item,
    /// Its norms in [`Model::norms`](super::Model::norms), those of nested versions not among them.
    pub norms: Range<u32>,
    /// The instrument it belongs to; the one checked where it names none.
    pub instrument: Option<InstrumentId>,
    /// Norms of other authentic versions of its text, compared with these and never added.
    pub versions: Vec<Version>,
}

/// The same norms as another authentic text has them.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its name, a language mostly.
    pub name: Symbol,
    /// Its place.
    pub at: Loc,
    /// Its norms.
    pub norms: Vec<Norm>,
}

/// A fact about an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Symbol,
    /// The name in the text.
    pub name_at: Loc,
    /// Name and values.
    pub at: Loc,
    /// The values in order.
    pub values: Vec<Value>,
    /// Whether it could not be read to its end.
    pub damaged: bool,
}

/// One value of a field. There are more of these than of anything else, so that what is large stands apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Its words.
    pub at: Loc,
    /// What it is.
    pub kind: ValueKind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind {
    /// `open`: left open on purpose.
    Open,
    /// `yes`
    Yes,
    /// `no`
    No,
    /// `none`
    None,
    /// Quoted words, unescaped.
    Prose(Box<str>),
    /// A declared item, with its share (`UNC 5`).
    Entity(Entity, Option<Box<Quantity>>),
    /// One or several norms of a clause: `force(a)`.
    Norms(NormRef),
    /// A word that names nothing declared: `treaty`, `unanimity`, or an undefined name where a declared one belongs.
    Word(Symbol),
    /// `troops/strength`
    Code(Box<str>),
    /// An amount.
    Quantity(Box<Quantity>),
    /// A length of time.
    Length(Box<Length>),
    /// A point in time.
    Time(Box<Time>),
    /// `quantity of personnel`
    Of(Symbol, Symbol),
}

/// Norms of one clause, next to each other in [`Model::norms`](super::Model::norms).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NormRef {
    /// The first.
    pub first: NormId,
    /// How many; at least one.
    pub count: u32,
}

impl NormRef {
    /// Their ids.
    pub fn ids(self) -> impl Iterator<Item = NormId> {
        (self.first.0..self.first.0 + self.count).map(NormId)
    }
}

/// Who or what a name or description in a norm stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The words.
    pub at: Loc,
    /// What they stand for.
    pub what: What,
}

/// What a [`Target`] stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A declared item, or an undeclared thing.
    Entity(Entity),
    /// Norms of a clause.
    Norms(NormRef),
    /// Quoted words, unescaped: nobody knows what they are.
    Prose(Box<str>),
    /// `the parties`: all signatories.
    TheParties,
    /// `all parties`: every declared party.
    AllParties,
    /// `no party`, `nobody`
    Nobody,
    /// `anyone except X`
    AnyoneExcept(Vec<Target>),
    /// A name that nothing declares.
    Unknown(Symbol),
}

impl Target {
    /// The declared item it stands for, if it is one.
    pub fn entity(&self) -> Option<Entity> {
        match self.what {
            What::Entity(entity) => Some(entity),
            _ => None,
        }
    }

    /// The span in its file.
    pub fn span(&self) -> Span {
        self.at.span
    }
}
