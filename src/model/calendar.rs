//! Points in time by the calendar: what can be said about two of them without knowing what will happen.

use super::time::{Anchor, Instant, Time};
use jiff::civil::{Date, DateTime, Time as Clock};
use jiff::{Span, SpanRelativeTo};
use std::cmp::Ordering;

/// The first and the last moment that a dated point can mean, in minutes of one common clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Moments {
    first: i64,
    last: i64,
}

/// Hours that local clocks may differ by at most.
const FARTHEST_ZONES: i64 = 14;

impl Time {
    /// The day of a point counted from a date; of a month its first day.
    pub fn date(&self) -> Option<Date> {
        let base = match self.anchor {
            Anchor::Date(date) | Anchor::Month(date) => date,
            Anchor::Instant(instant) => return moved(instant.local, self).map(DateTime::date),
            _ => return None,
        };
        moved(base.to_datetime(Clock::midnight()), self).map(DateTime::date)
    }

    /// The last day that it can mean: of a month its last day.
    pub fn last_date(&self) -> Option<Date> {
        match self.anchor {
            Anchor::Month(date) => {
                let last = date.last_of_month().to_datetime(Clock::midnight());
                moved(last, self).map(DateTime::date)
            }
            _ => self.date(),
        }
    }

    /// Whether it is counted from a date.
    pub fn is_dated(&self) -> bool {
        matches!(self.anchor, Anchor::Date(_) | Anchor::Month(_) | Anchor::Instant(_))
    }

    /// Which of two points is earlier: by the calendar where both are dated, by what is added where both have the same
    /// anchor; none where that cannot be known.
    pub fn compare(&self, other: &Time) -> Option<Ordering> {
        if self.anchor == other.anchor && !matches!(self.anchor, Anchor::Prose(_) | Anchor::Unknown(_) | Anchor::Open) {
            let by_calendar = if self.is_dated() { compare_dated(self, other) } else { None };
            return by_calendar.or_else(|| self.offset.compare(other.offset));
        }
        if self.is_dated() && other.is_dated() { compare_dated(self, other) } else { None }
    }
}

impl Instant {
    /// The moment in minutes from 1970 by UTC; a clock whose zone is not said is taken for UTC.
    pub fn minutes(self) -> i64 {
        minutes(self.local) - i64::from(self.offset_minutes.unwrap_or(0))
    }
}

fn compare_dated(one: &Time, other: &Time) -> Option<Ordering> {
    let whole_day = |time: &Time| matches!(time.anchor, Anchor::Date(_)) && time.offset.minutes == 0;
    if whole_day(one) && whole_day(other) {
        return Some(one.date()?.cmp(&other.date()?));
    }
    let (a, b) = (moments(one)?, moments(other)?);
    if a.last < b.first {
        Some(Ordering::Less)
    } else if a.first > b.last {
        Some(Ordering::Greater)
    } else if a == b && a.first == a.last {
        Some(Ordering::Equal)
    } else {
        None
    }
}

/// The first and last moment of a dated point. A day without a zone, or a clock without one, may be that of any place.
fn moments(time: &Time) -> Option<Moments> {
    const DAY: i64 = 24 * 60;
    match time.anchor {
        Anchor::Instant(instant) => {
            let local = minutes(moved(instant.local, time)?);
            let slack = if instant.offset_minutes.is_some() { 0 } else { FARTHEST_ZONES * 60 };
            let at = local - i64::from(instant.offset_minutes.unwrap_or(0));
            Some(Moments { first: at - slack, last: at + slack })
        }
        Anchor::Date(date) => {
            let start = minutes(moved(date.to_datetime(Clock::midnight()), time)?);
            Some(Moments { first: start, last: start + DAY - 1 })
        }
        Anchor::Month(date) => {
            let start = minutes(moved(date.to_datetime(Clock::midnight()), time)?);
            let last = minutes(moved(date.last_of_month().to_datetime(Clock::midnight()), time)?);
            Some(Moments { first: start, last: last + DAY - 1 })
        }
        _ => None,
    }
}

fn moved(base: DateTime, time: &Time) -> Option<DateTime> {
    let offset = time.offset;
    let span = Span::new()
        .try_months(offset.months)
        .and_then(|span| span.try_days(offset.days))
        .and_then(|span| span.try_minutes(offset.minutes))
        .ok()?;
    base.checked_add(span).ok()
}

fn minutes(at: DateTime) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    let days = (at.date() - epoch).total((jiff::Unit::Day, SpanRelativeTo::days_are_24_hours())).unwrap_or(0.0) as i64;
    days * 24 * 60 + i64::from(at.hour()) * 60 + i64::from(at.minute())
}

/// Reads `2026-01-06`; none where the calendar has no such day.
pub fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Reads `2001-10` as its first day.
pub fn month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

/// Reads `2026-01-06T04:00+02:00`, with seconds or without, with `Z` or no zone; `24:00` is midnight of the next day.
pub fn instant(text: &str) -> Option<Instant> {
    let (day, rest) = text.split_once('T')?;
    let (clock, offset_minutes) = match rest.find(['Z', 'z', '+', '-']) {
        Some(at) => (rest.get(..at)?, Some(zone(rest.get(at..)?)?)),
        None => (rest, None),
    };
    let mut parts = clock.split(':').map(str::parse::<i8>);
    let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let second = parts.next().transpose().ok()?.unwrap_or(0);
    let day = date(day)?;
    let local = if (hour, minute, second) == (24, 0, 0) {
        day.tomorrow().ok()?.to_datetime(Clock::midnight())
    } else {
        day.to_datetime(Clock::new(hour, minute, second, 0).ok()?)
    };
    Some(Instant { local, offset_minutes })
}

/// `Z`, `+02:00`
fn zone(text: &str) -> Option<i32> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..=14).contains(&hours) && (0..60).contains(&minutes)).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventId;
    use crate::model::time::Offset;
    use crate::source::Loc;

    fn time(anchor: Anchor, months: i32, days: i32) -> Time {
        Time { at: Loc::default(), anchor, offset: Offset { months, days, minutes: 0 } }
    }

    #[test]
    fn a_month_after_the_last_of_january_is_the_last_of_february() {
        let january = Anchor::Date(Date::constant(2026, 1, 31));
        assert_eq!(time(january, 1, 0).date(), Some(Date::constant(2026, 2, 28)));
    }

    #[test]
    fn a_month_against_thirty_days_depends_on_the_calendar() {
        let event = || Anchor::Event(EventId(0));
        assert_eq!(time(event(), 1, 0).compare(&time(event(), 0, 30)), None);
        assert_eq!(time(event(), 1, 0).compare(&time(event(), 0, 27)), Some(Ordering::Greater));
        assert_eq!(time(event(), 12, 0).compare(&time(event(), 0, 367)), Some(Ordering::Less));
        let may = || Anchor::Date(Date::constant(2026, 5, 1));
        assert_eq!(time(may(), 1, 0).compare(&time(may(), 0, 31)), Some(Ordering::Equal));
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        assert_eq!(date("2026-02-30"), None);
        assert_eq!(month("2026-13"), None);
        assert_eq!(instant("2026-01-06T25:00Z"), None);
    }

    #[test]
    fn midnight_may_be_written_as_twenty_four_hundred() {
        let late = instant("2026-01-06T24:00+02:00").unwrap();
        let early = instant("2026-01-07T00:00+02:00").unwrap();
        assert_eq!(late, early);
        assert_eq!(late.minutes(), instant("2026-01-06T22:00Z").unwrap().minutes());
    }

    #[test]
    fn an_instant_lies_within_its_day() {
        let day = time(Anchor::Date(Date::constant(2026, 1, 6)), 0, 0);
        let noon = time(Anchor::Instant(instant("2026-01-06T12:00Z").unwrap()), 0, 0);
        assert_eq!(day.compare(&noon), None);
        let later = time(Anchor::Instant(instant("2026-01-07T12:00Z").unwrap()), 0, 0);
        assert_eq!(day.compare(&later), Some(Ordering::Less));
    }
}
