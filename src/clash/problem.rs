//! What the search works on: points of time, windows between them, what is claimed and what is banned.

use super::solver::Formula;
use crate::model::norm::RoleKind;
use crate::model::quantity::Quantity;
use crate::model::time::{Milestone, Point};
use crate::model::vocabulary::ActionId;
use crate::model::{ClauseId, Entity, EventId, InstrumentId, NormId, Symbol};
use crate::source::Loc;
use smallvec::SmallVec;

/// Of [`Timeline::points`](super::timeline::Timeline); also its node in the solver, and its fact "it happens".
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct PointId(pub u32);

/// The day from which everything is counted. It always happens.
pub const ORIGIN: PointId = PointId(0);

/// What a point of time is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PointOf {
    /// The day from which everything is counted.
    Origin,
    /// An event.
    Event(EventId),
    /// One occurrence of an event that can happen again: the one that a norm speaks of.
    Occurrence(EventId, NormId),
    /// A point in the life of an instrument.
    Milestone(InstrumentId, Milestone),
    /// A point of a norm: its start, its end, its fulfilment.
    Norm(NormId, Point),
    /// A point of a clause of several norms.
    Clause(ClauseId, Point),
    /// The breach of a norm.
    Breach(NormId),
    /// The last day of a text, as far as it cuts the windows of its norms.
    Last(InstrumentId),
}

/// A point and what is added to it, in ticks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Term {
    /// The point.
    pub point: PointId,
    /// Ticks after it.
    pub plus: i64,
}

/// A term, and the words that say so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Known {
    /// The term.
    pub term: Term,
    /// The words.
    pub at: Loc,
}

impl Known {
    /// The same, so many ticks later.
    pub fn later(self, ticks: i64) -> Known {
        Known { term: Term { plus: self.term.plus + ticks, ..self.term }, ..self }
    }
}

/// From the latest start to the earliest end, both included.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Window {
    /// All of these have come.
    pub starts: SmallVec<[Term; 3]>,
    /// None of these is past; one whose point never comes bounds nothing.
    pub ends: SmallVec<[Term; 2]>,
}

/// The words or the thing that an act is about.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Object {
    /// Something declared, or a thing by its spelling.
    Entity(Entity),
    /// Norms, by the first.
    Norm(NormId),
    /// Quoted words, folded.
    Words(Box<str>),
    /// A name that nothing declares.
    Unknown(Symbol),
}

/// What a norm is about besides actor and verb.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Scope {
    /// What is acted on.
    pub object: Option<Object>,
    /// Where, to whom, with whom: each with its target.
    pub roles: SmallVec<[(RoleKind, Object); 2]>,
    /// How much.
    pub amount: Option<Box<Quantity>>,
}

/// What keeping a claim looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Done once within the window.
    Achieve,
    /// Done throughout the window.
    Maintain,
    /// May be done within the window.
    Permit,
}

/// One thing that one norm wants done, by one actor or by any of several, on one object or on any of several.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The norm.
    pub norm: NormId,
    /// What keeping it looks like.
    pub kind: Kind,
    /// The verb, and the more general verbs a ban on which is a ban on it.
    pub verbs: Vec<ActionId>,
    /// When.
    pub window: Window,
    /// Other windows in which it holds as well, and which must be covered with this one.
    pub also: Vec<Window>,
    /// The text that goes on for it, and for all bans in that text: what is to be done once is not due because its text ends,
    /// and a right is not empty because it does.
    pub text: Option<InstrumentId>,
    /// What else must be true of the history for it to apply.
    pub needs: Formula,
    /// Norms whose breach it presupposes.
    pub presupposes: SmallVec<[NormId; 1]>,
    /// Who may do it; nobody in particular where a passive names nobody.
    pub actors: SmallVec<[Option<Entity>; 2]>,
    /// What about: each is enough.
    pub scopes: SmallVec<[Scope; 1]>,
}

/// Where a ban comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Origin {
    /// It is said.
    Said,
    /// `only X may`: for all others.
    Others,
    /// `need not`: no ban, but no duty either.
    Release,
    /// A duty to do the opposite, throughout or by not doing it.
    Opposite,
    /// Another does what only one can do.
    Exclusive,
}

/// One thing that one norm lets nobody do, or somebody not do, within its window.
#[derive(Clone, Debug)]
pub struct Ban {
    /// The norm.
    pub norm: NormId,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether it is only a recommendation or an intent.
    pub soft: bool,
    /// The verb; kinds of it are banned with it.
    pub action: ActionId,
    /// When.
    pub window: Window,
    /// Norms whose breach it presupposes.
    pub presupposes: SmallVec<[NormId; 1]>,
    /// What about; each is banned. One without an object bans every object.
    pub scopes: SmallVec<[Scope; 1]>,
    /// Actors, objects and places that are exempt.
    pub exempt: SmallVec<[Entity; 1]>,
}
