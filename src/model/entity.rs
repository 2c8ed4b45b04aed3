//! What a draft declares besides clauses: instruments, parties, places, things, events, phases, terms.

use super::clause::{Field, Target};
use super::time::{Length, Time};
use super::{ClauseId, Entity, InstrumentId, PartyId, PlaceId, Symbol, ThingId};
use crate::source::Loc;

/// What every declared item has.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its name as written where it is declared, an import's prefix included: `june.zones`.
    pub name: Symbol,
    /// Its label.
    pub label: Option<Box<str>>,
    /// The keyword that declares it: `party`, `troops`; also the name of its kind in the vocabulary.
    pub kind: Symbol,
    /// Its name in the text; the keyword where it has none.
    pub at: Loc,
    /// From its keyword to its closing brace.
    pub whole: Loc,
    /// Its fields in order; `when:` is resolved into the norms and not here.
    pub fields: Vec<Field>,
    /// Whether a part of it could not be read: nothing may be concluded from what is absent.
    pub damaged: bool,
    /// Whether it stands in the file under check, and not in an import or the standard library.
    pub own: bool,
}

impl Item {
    /// The first field of that name.
    pub fn field(&self, name: Symbol) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// The instrument checked, or another text that it stands beside.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    /// Name, label, fields.
    pub item: Item,
    /// Those who sign, in order, with the day of signature where each has its own.
    pub signatories: Vec<Signatory>,
    /// When it is signed.
    pub signed: Option<Time>,
    /// When it enters into force.
    pub in_force: Option<Time>,
    /// When it expires.
    pub expires: Option<Time>,
    /// Whether its term renews itself, so that it ends only when somebody ends it.
    pub renews: bool,
    /// Instruments over which it prevails.
    pub prevails_over: Vec<InstrumentId>,
}

impl Instrument {
    /// When it ends by itself.
    pub fn end(&self) -> Option<&Time> {
        self.expires.as_ref().filter(|_| !self.renews)
    }
}

/// One who signs.
#[derive(Clone, Debug, PartialEq)]
pub struct Signatory {
    /// Who: a party, or words.
    pub who: Target,
    /// When, if it is not the day of the others.
    pub on: Option<Time>,
}

/// Whoever acts.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Name, label, fields.
    pub item: Item,
    /// Its members; words where they are not named.
    pub members: Vec<Target>,
    /// What it belongs to: an armed force to its state.
    pub of: Option<PartyId>,
    /// The clauses whose duties it accepted without signing.
    pub accepts: Vec<ClauseId>,
    /// Whether it is bound: it signs, or all its members are bound, or that to which it belongs is.
    /// A party that is not bound may still have accepted a clause.
    pub bound: bool,
}

/// A territory, zone, line or site.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Name, label, fields.
    pub item: Item,
    /// Whose it is.
    pub of: Option<PartyId>,
    /// Those it lies within, directly.
    pub within: Vec<PlaceId>,
    /// Those it shares ground with without lying within.
    pub overlaps: Vec<PlaceId>,
}

/// What is moved, counted, paid, held.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// Name, label, fields.
    pub item: Item,
    /// Kinds that it is a kind of, directly.
    pub within: Vec<ThingId>,
    /// Whether it is declared, by the draft or the standard library.
    pub declared: bool,
}

/// A point in time that may or may never come.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Name, label, fields.
    pub item: Item,
    /// Who brings it about.
    pub by: Vec<Target>,
    /// What comes before it.
    pub after: Vec<Time>,
    /// The day it takes place.
    pub on: Option<Time>,
    /// The day it is expected.
    pub expected: Option<Time>,
    /// Whether it can happen more than once.
    pub recurring: bool,
    /// Events that may be the same, though no text says so.
    pub perhaps: Vec<super::EventId>,
}

/// The time between two points.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// Name, label, fields.
    pub item: Item,
    /// Where it starts.
    pub from: Option<Time>,
    /// Where it ends.
    pub until: Option<Time>,
    /// How long it lasts.
    pub lasts: Option<Length>,
}

/// A defined word.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Name, label, fields.
    pub item: Item,
    /// The names that its definition uses; prose counts as no name.
    pub means: Vec<Entity>,
}
