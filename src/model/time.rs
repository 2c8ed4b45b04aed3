//! Points in time, lengths of time, and windows: as written, and by the calendar where a date is known.
//!
//! Months and years have no fixed length in days; they are kept apart and meet the calendar only at a date.

use super::clause::NormRef;
use super::quantity::{Limit, Rational};
use super::{ClauseId, EventId, InstrumentId, PhaseId, Symbol};
use crate::source::Loc;
pub use crate::syntax::tree::TimeUnit;
use jiff::civil::{Date, DateTime};
use std::cmp::Ordering;

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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// `4 times`, `at least 4 times every D`: how often at least and at most, and in what time if one is named
    Times(Option<Limit>, Option<Limit>, Option<Length>),
    /// `during PHASE`
    During(Time),
    /// `in parallel with CLAUSE`, `as CLAUSE begins`: each a precondition of the other
    Together(Time),
}

impl Offset {
    /// Nothing.
    pub const ZERO: Offset = Offset { months: 0, days: 0, minutes: 0 };

    /// So many of a unit; none where it is no whole number of minutes, days or months, or longer than any draft means.
    pub fn of(number: Rational, unit: TimeUnit) -> Option<Self> {
        // Reckoning with fractions takes its time, and most lengths are whole.
        let times = |n: i128| {
            if number.is_integer() {
                Rational::from_integer(number.numer() * n)
            } else {
                number * Rational::from_integer(n)
            }
        };
        let whole = |n: Rational, most: i128| n.is_integer().then(|| *n.numer()).filter(|n| (0..=most).contains(n));
        let days = |n: Rational| match whole(n, 4_000_000) {
            Some(days) => Some(Offset { days: days as i32, ..Offset::ZERO }),
            None => minutes(n * Rational::from_integer(24 * 60)),
        };
        fn minutes(n: Rational) -> Option<Offset> {
            let fits = n.is_integer() && (0..=10_000_000_000).contains(n.numer());
            fits.then(|| Offset { minutes: *n.numer() as i64, ..Offset::ZERO })
        }
        let months = |n: Rational| whole(n, 120_000).map(|months| Offset { months: months as i32, ..Offset::ZERO });
        match unit {
            TimeUnit::Minute => minutes(number),
            TimeUnit::Hour => minutes(times(60)),
            TimeUnit::Day => days(number),
            TimeUnit::Week => days(times(7)),
            TimeUnit::Month => months(number),
            TimeUnit::Year => months(times(12)),
        }
    }

    /// The least and the most of so many of a unit: half a month has 14 to 16 days. None as for [`Offset::of`].
    pub fn range_of(number: Rational, unit: TimeUnit) -> Option<(Self, Self)> {
        if let Some(exact) = Self::of(number, unit) {
            return Some((exact, exact));
        }
        let months = match unit {
            TimeUnit::Month => number,
            TimeUnit::Year => number * Rational::from_integer(12),
            _ => return None,
        };
        let whole = Self::of(months.trunc(), TimeUnit::Month).filter(|_| months.fract() == Rational::new(1, 2))?;
        Some((Offset { days: 14, ..whole }, Offset { days: 16, ..whole }))
    }

    /// Both together.
    pub fn plus(self, other: Offset) -> Offset {
        Offset {
            months: self.months.saturating_add(other.months),
            days: self.days.saturating_add(other.days),
            minutes: self.minutes.saturating_add(other.minutes),
        }
    }

    /// The other way in time.
    pub fn back(self) -> Offset {
        Offset {
            months: self.months.saturating_neg(),
            days: self.days.saturating_neg(),
            minutes: self.minutes.saturating_neg(),
        }
    }

    /// Whether nothing is added.
    pub fn is_zero(self) -> bool {
        self == Offset::ZERO
    }

    /// The shortest and the longest that this can be in minutes, by any calendar.
    pub fn minutes_range(self) -> (i64, i64) {
        let fixed = i64::from(self.days) * DAY + self.minutes;
        let (short, long) = months_in_days(self.months.unsigned_abs());
        let (short, long) = (short * DAY, long * DAY);
        if self.months < 0 { (fixed - long, fixed - short) } else { (fixed + short, fixed + long) }
    }

    /// Which of two is longer; none where that depends on the calendar.
    pub fn compare(self, other: Offset) -> Option<Ordering> {
        match self.plus(other.back()).minutes_range() {
            (0, 0) => Some(Ordering::Equal),
            (least, _) if least > 0 => Some(Ordering::Greater),
            (_, most) if most < 0 => Some(Ordering::Less),
            _ => None,
        }
    }
}

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// The fewest and the most days of so many months next to each other.
fn months_in_days(months: u32) -> (i64, i64) {
    const FEWEST: [i64; 12] = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];
    const MOST: [i64; 12] = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337];
    let (years, rest) = (i64::from(months / 12), (months % 12) as usize);
    // One year in four is a leap year, but for three centuries in four.
    let (fewest_leap, most_leap) = ((years / 4 - (years + 99) / 100).max(0), (years + 3) / 4);
    let at = |table: &[i64; 12]| table.get(rest).copied().unwrap_or(0);
    (365 * years + fewest_leap + at(&FEWEST), 365 * years + most_leap + at(&MOST))
}

impl Time {
    /// The same point, moved.
    pub fn moved(&self, by: Offset) -> Time {
        Time { offset: self.offset.plus(by), ..self.clone() }
    }
}

impl Length {
    /// Whether even the shortest that meets one is longer than the longest that meets the other.
    pub fn exceeds(&self, other: &Length) -> bool {
        match (self.low, other.high) {
            (Some(low), Some(high)) => low.compare(high) == Some(Ordering::Greater),
            _ => false,
        }
    }
}
