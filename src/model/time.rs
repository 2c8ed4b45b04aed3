//! Points in time, lengths of time, and windows: as written, and by the calendar where a date is known.
//!
//! Months and years have no fixed length in days; they are kept apart and meet the calendar only at a date.

use super::clause::NormRef;
use super::{ClauseId, EventId, InstrumentId, PhaseId, Symbol};
use crate::source::Loc;
pub use crate::syntax::tree::TimeUnit;
use jiff::civil::{Date, DateTime};

/// A point in time: an anchor and what is added to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// The words.
    pub at: Loc,
    /// What it is counted from.
    pub anchor: Anchor,
    /// What is added.
    pub offset: Offset,
}

/// What a point in time is counted from.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchor {
    /// A whole day.
    Date(Date),
    /// A whole month: its first day.
    Month(Date),
    /// An instant.
    Instant(Instant),
    /// An event.
    Event(EventId),
    /// A point of a clause.
    Clause(ClauseId, Point),
    /// A point of one or more norms.
    Norms(NormRef, Point),
    /// A point of a phase.
    Phase(PhaseId, Point),
    /// A point in the life of an instrument.
    Instrument(InstrumentId, Milestone),
    /// Quoted words, unescaped.
    Prose(Box<str>),
    /// A name that is no time: undefined, or a party, place or thing.
    Unknown(Symbol),
    /// `open` in a field that holds a time.
    Open,
}

/// A point of something that lasts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Point {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
    /// When all its duties to achieve are done.
    Fulfilment,
}

/// A point in the life of an instrument.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Milestone {
    /// Its signature.
    Signature,
    /// Its entry into force.
    EntryIntoForce,
    /// Its expiry.
    Expiry,
}

/// A date with an hour; `24:00` is midnight of the next day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Instant {
    /// As written, without the offset.
    pub local: DateTime,
    /// Minutes ahead of UTC; absent where the text does not say.
    pub offset_minutes: Option<i32>,
}

/// What is added to an anchor; each part may be negative.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord)]
pub struct Offset {
    /// Months; a year is twelve.
    pub months: i32,
    /// Days; a week is seven.
    pub days: i32,
    /// Minutes.
    pub minutes: i64,
}

/// A length of time: `at least 6 months`, `28..31 days`.
#[derive(Clone, Debug, PartialEq)]
pub struct Length {
    /// The words.
    pub at: Loc,
    /// The shortest that meets it.
    pub low: Option<Offset>,
    /// The longest that meets it.
    pub high: Option<Offset>,
    /// Whether it says `about`.
    pub about: bool,
}

/// When an act may or must take place. No edge: no bound on that side but the instrument's own.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Window {
    /// The window starts at the latest of these.
    pub starts: Vec<Edge>,
    /// It ends at the earliest of these.
    pub ends: Vec<Edge>,
}

/// One bound of a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The point.
    pub time: Time,
    /// Whether the point itself is in the window.
    pub inclusive: bool,
    /// Whether there is no duty until the anchor has come; otherwise an anchor that never comes bounds nothing.
    pub required: bool,
    /// The phrase that says so.
    pub at: Loc,
}

/// A phrase of time as written, in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct TimePhrase {
    /// The whole phrase.
    pub at: Loc,
    /// What it says.
    pub kind: TimePhraseKind,
}

/// What a phrase of time says.
#[derive(Clone, Debug, PartialEq)]
pub enum TimePhraseKind {
    /// `within D of T`; without T an anchor is missing
    Within(Length, Option<Time>),
    /// `by T`, `no later than T`
    By(Time),
    /// `before T`
    Before(Time),
    /// `after T`, `from T`
    After(Time),
    /// `no earlier than T`
    NotBefore(Time),
    /// `upon T`
    Upon(Time),
    /// `upon each E`
    UponEach(Time),
    /// `D after T`: exactly, or with its bound
    DistanceAfter(Length, Time),
    /// `D before T`
    DistanceBefore(Length, Time),
    /// `until T`
    Until(Time),
    /// `on T`, `at INSTANT`
    On(Time),
    /// `for D`
    For(Length),
    /// `every D`
    Every(Length),
    /// `during PHASE`
    During(Time),
    /// `in parallel with CLAUSE`, `as CLAUSE begins`: each a precondition of the other
    Together(Time),
}
