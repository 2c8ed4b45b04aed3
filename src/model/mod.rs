//! What a draft means: names resolved, amounts and times with their units, norms with mode, strength, guard and window.
//!
//! Made once by [`resolve`] and only read afterwards. Broken parts are kept and marked `damaged`.

pub mod names;

pub mod clause;
pub mod entity;
pub mod norm;
pub mod quantity;
pub mod rule;
mod rule_read;
pub mod time;

pub mod standard;
pub mod vocabulary;
mod vocabulary_check;
mod vocabulary_read;

mod resolve;

pub mod calendar;
pub mod query;
pub mod suggest;

pub use names::{Names, Symbol, known};
pub use resolve::{resolve, resolve_with};
pub use suggest::listed;
pub(crate) use suggest::{closest, ticked};

use crate::source::Loc;
use clause::Clause;
use entity::{Event, Instrument, Item, Party, Phase, Place, Term, Thing};
use norm::Norm;
use std::sync::Arc;
use vocabulary::Vocabulary;

macro_rules! id {
    ($(#[$doc:meta] $name:ident),* $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);

        impl $name {
            /// As an index into the model's table.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

id! {
    /// Of [`Model::instruments`].
    InstrumentId,
    /// Of [`Model::parties`].
    PartyId,
    /// Of [`Model::places`].
    PlaceId,
    /// Of [`Model::things`].
    ThingId,
    /// Of [`Model::events`].
    EventId,
    /// Of [`Model::phases`].
    PhaseId,
    /// Of [`Model::terms`].
    TermId,
    /// Of [`Model::clauses`].
    ClauseId,
    /// Of [`Model::norms`].
    NormId,
}

/// Anything that a name can stand for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(missing_docs, reason = "each is what it is named after")]
pub enum Entity {
    Instrument(InstrumentId),
    Party(PartyId),
    Place(PlaceId),
    Thing(ThingId),
    Event(EventId),
    Phase(PhaseId),
    Term(TermId),
    Clause(ClauseId),
}

/// One mention of an entity, in the order of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// What is mentioned.
    pub entity: Entity,
    /// Where.
    pub at: Loc,
    /// The norm that mentions it, if a norm does.
    pub norm: Option<NormId>,
    /// As what.
    pub role: MentionRole,
}

/// As what an entity is mentioned.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "each is what it is named after")]
pub enum MentionRole {
    Actor,
    Object,
    Place,
    Time,
    Condition,
    Order,
    Other,
    /// In a field; the norm is absent.
    Field,
}

/// A draft with all that it imports, resolved.
#[derive(Debug, Clone)]
pub struct Model {
    /// Every name.
    pub names: Names,
    /// The words it is read with: the standard library and the draft's own.
    pub vocabulary: Arc<Vocabulary>,
    /// The instrument checked: the `declaration` of the draft itself; absent in a library.
    pub declaration: Option<InstrumentId>,
    /// Declarations and instruments; those of imported files included, as in all tables here.
    pub instruments: Vec<Instrument>,
    /// Parties.
    pub parties: Vec<Party>,
    /// Places.
    pub places: Vec<Place>,
    /// Things: those declared, those of the standard library that are used, and undeclared ones, one per spelling.
    pub things: Vec<Thing>,
    /// Events.
    pub events: Vec<Event>,
    /// Phases.
    pub phases: Vec<Phase>,
    /// Defined words.
    pub terms: Vec<Term>,
    /// Clauses of every kind, in the order of the text.
    pub clauses: Vec<Clause>,
    /// Norms, those of one clause next to each other; a sentence with several acts is several norms.
    pub norms: Vec<Norm>,
    /// Acceptances.
    pub acceptances: Vec<Acceptance>,
    /// Every mention of an entity, in the order of the text.
    pub mentions: Vec<Mention>,
    /// Whether stretches of a file could not be read at all, so that items may be missing.
    pub skipped: bool,
}

/// `accept troops/strength until 2026-12-31 because "…".`
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptance {
    /// The whole sentence.
    pub at: Loc,
    /// The codes or groups, each with its place.
    pub codes: Vec<(Box<str>, Loc)>,
    /// The last day on which it holds.
    pub until: Option<jiff::civil::Date>,
    /// The reason.
    pub because: Option<Box<str>>,
    /// The item it stands in; an acceptance in the declaration holds for the whole draft.
    pub within: Option<Entity>,
}

macro_rules! tables {
    ($($method:ident, $table:ident, $id:ident => $row:ident);* $(;)?) => {$(
        /// The row of an id; ids come from this model alone.
        #[expect(clippy::indexing_slicing, reason = "ids are handed out by the resolver for its own tables")]
        pub fn $method(&self, id: $id) -> &$row {
            &self.$table[id.index()]
        }
    )*};
}

impl Model {
    tables! {
        instrument, instruments, InstrumentId => Instrument;
        party, parties, PartyId => Party;
        place, places, PlaceId => Place;
        thing, things, ThingId => Thing;
        event, events, EventId => Event;
        phase, phases, PhaseId => Phase;
        term, terms, TermId => Term;
        clause, clauses, ClauseId => Clause;
        norm, norms, NormId => Norm;
    }

    /// What every declared item has: name, label, place, fields.
    pub fn item(&self, entity: Entity) -> &Item {
        match entity {
            Entity::Instrument(id) => &self.instrument(id).item,
            Entity::Party(id) => &self.party(id).item,
            Entity::Place(id) => &self.place(id).item,
            Entity::Thing(id) => &self.thing(id).item,
            Entity::Event(id) => &self.event(id).item,
            Entity::Phase(id) => &self.phase(id).item,
            Entity::Term(id) => &self.term(id).item,
            Entity::Clause(id) => &self.clause(id).item,
        }
    }

    /// Every declared item of every table, tables in the order of [`Model`], rows in the order of the text.
    pub fn entities(&self) -> impl Iterator<Item = Entity> + '_ {
        let count = |n: usize| 0..n as u32;
        count(self.instruments.len())
            .map(|i| Entity::Instrument(InstrumentId(i)))
            .chain(count(self.parties.len()).map(|i| Entity::Party(PartyId(i))))
            .chain(count(self.places.len()).map(|i| Entity::Place(PlaceId(i))))
            .chain(count(self.things.len()).map(|i| Entity::Thing(ThingId(i))))
            .chain(count(self.events.len()).map(|i| Entity::Event(EventId(i))))
            .chain(count(self.phases.len()).map(|i| Entity::Phase(PhaseId(i))))
            .chain(count(self.terms.len()).map(|i| Entity::Term(TermId(i))))
            .chain(count(self.clauses.len()).map(|i| Entity::Clause(ClauseId(i))))
    }

    /// The name of a symbol.
    pub fn text(&self, symbol: Symbol) -> &str {
        self.names.text(symbol)
    }

    /// The name of an item as written in code: `force`.
    pub fn name(&self, entity: Entity) -> &str {
        self.text(self.item(entity).name)
    }

    /// What a reader calls it: its label, or its name where it has none.
    pub fn label(&self, entity: Entity) -> &str {
        let item = self.item(entity);
        item.label.as_deref().unwrap_or_else(|| self.text(item.name))
    }

    /// The instrument that a norm belongs to: that of its clause, else the one checked; absent in a library.
    pub fn instrument_of(&self, norm: &Norm) -> Option<InstrumentId> {
        self.clause(norm.clause).instrument.or(self.declaration)
    }

    /// The norms of a clause with their ids.
    pub fn norms_of(&self, clause: ClauseId) -> impl Iterator<Item = (NormId, &Norm)> {
        let range = self.clause(clause).norms.clone();
        range.map(|i| (NormId(i), self.norm(NormId(i))))
    }
}
