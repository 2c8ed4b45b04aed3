//! Windows as days counted from one point, for those who compare norms without a search.
//!
//! What hangs on two points that nobody can put in order is left out: there may be no day that it shares with anything.

use super::problem::{ORIGIN, PointId, PointOf};
use super::timeline::{Timeline, Width};
use crate::model::norm::Norm;
use crate::model::{Entity, Model, NormId};

/// How deep points are counted from points.
const DEEPEST: u32 = 32;

/// Days in a row, counted in ticks from one point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Days {
    from: PointId,
    /// The first.
    pub first: i64,
    /// The last; without end where there is none.
    pub last: Option<i64>,
    /// The last tick from the origin, where the days end by the calendar too.
    until: Option<i64>,
}

/// The days of a draft.
#[derive(Debug)]
pub(crate) struct Calendar<'m> {
    model: &'m Model,
    line: Timeline<'m>,
}

impl<'m> Calendar<'m> {
    /// The days of a draft.
    pub(crate) fn new(model: &'m Model) -> Self {
        Calendar { model, line: Timeline::new(model) }
    }

    /// The days on which a norm applies by every reading of its words, where it applies at all.
    pub(crate) fn applies(&mut self, id: NormId, norm: &Norm) -> Option<Days> {
        self.days(id, norm, Width::Narrowest)
    }

    /// The days on which a norm may apply by some reading of its words.
    pub(crate) fn may_apply(&mut self, id: NormId, norm: &Norm) -> Option<Days> {
        self.days(id, norm, Width::Widest)
    }

    /// The days from the last one of a duty on: by then it is done.
    pub(crate) fn done(&mut self, id: NormId, norm: &Norm) -> Option<Days> {
        if norm.window.ends.is_empty() {
            return None;
        }
        let days = self.days(id, norm, Width::Widest)?;
        Some(Days { first: days.last?, last: None, ..days })
    }

    fn days(&mut self, id: NormId, norm: &Norm, width: Width) -> Option<Days> {
        let window = self.line.window(id, norm, width)?;
        let mut from = ORIGIN;
        for term in window.starts.iter().filter(|term| term.point != ORIGIN) {
            if from != ORIGIN && from != term.point {
                return None;
            }
            from = term.point;
        }
        let first = window.starts.iter().filter(|term| term.point == from).map(|term| term.plus).max()?;
        // It can come after all that the calendar wants to be past, where nothing else ends by the calendar.
        let late = from != ORIGIN && window.starts.iter().any(|term| term.point == ORIGIN && term.plus > 0);
        let mut days = Days { from, first, last: None, until: None };
        for end in &window.ends {
            let slot = match end.point {
                point if point == from => &mut days.last,
                ORIGIN => &mut days.until,
                _ => return None,
            };
            *slot = Some(slot.map_or(end.plus, |known| known.min(end.plus)));
        }
        (self.some(&days) && !(late && days.until.is_some())).then_some(days)
    }

    /// Whether there is a day in them.
    fn some(&self, days: &Days) -> bool {
        days.last.is_none_or(|last| days.first <= last)
            && days.until.is_none_or(|until| self.earliest(days.from, 0) + days.first <= until)
    }

    /// The earliest tick on which a point can come.
    fn earliest(&self, point: PointId, depth: u32) -> i64 {
        if point == ORIGIN || depth > DEEPEST {
            return 0;
        }
        let after = &self.line.row(point).after;
        after.iter().map(|known| self.earliest(known.term.point, depth + 1) + known.term.plus).max().unwrap_or(0).max(0)
    }

    /// The days that two have in common; none where no day is certain to be.
    pub(crate) fn common(&self, one: &Days, other: &Days) -> Option<Days> {
        let least = |a: Option<i64>, b: Option<i64>| a.into_iter().chain(b).min();
        let both = if one.from == other.from {
            Days {
                from: one.from,
                first: one.first.max(other.first),
                last: least(one.last, other.last),
                until: least(one.until, other.until),
            }
        } else {
            let (always, counted) = if one.from == ORIGIN { (one, other) } else { (other, one) };
            if always.from != ORIGIN || always.first > 0 {
                return None;
            }
            Days { until: least(counted.until, always.last), ..*counted }
        };
        self.some(&both).then_some(both)
    }

    /// Whether they begin with the draft, so that they share days with whatever else does not come too late.
    pub(crate) fn always(&self, days: &Days) -> bool {
        days.from == ORIGIN && days.first <= 0
    }

    /// A number for the point from which days are counted: equal for equal points.
    pub(crate) fn base(&self, days: &Days) -> u32 {
        days.from.0
    }

    /// A day in words: a date, or so many days after an event; nothing where the words would say no more than "always".
    pub(crate) fn name(&self, days: &Days, tick: i64) -> String {
        let scale = self.line.scale();
        match self.line.row(days.from).of {
            PointOf::Origin => scale.date(tick).map_or_else(|| format!("day {tick}"), |(date, _)| date.to_string()),
            of => {
                let point = match of {
                    PointOf::Event(id) | PointOf::Occurrence(id, _) => self.model.name(Entity::Event(id)).to_owned(),
                    PointOf::Norm(id, _) | PointOf::Breach(id) => self.model.norm_name(id),
                    PointOf::Milestone(id, _) | PointOf::Last(id) => self.model.name(Entity::Instrument(id)).to_owned(),
                    PointOf::Clause(id, _) => self.model.name(Entity::Clause(id)).to_owned(),
                    PointOf::Origin => String::new(),
                };
                match tick * scale.tick / (24 * 60) {
                    0 => format!("the day of `{point}`"),
                    1 => format!("1 day after `{point}`"),
                    days => format!("{days} days after `{point}`"),
                }
            }
        }
    }

    /// Whether a point in time can only come once another has: whoever waits for the one has the other behind it.
    pub(crate) fn follows(&mut self, late: &crate::model::time::Time, early: &crate::model::time::Time) -> bool {
        use super::timeline::Reading;
        let norm = NormId(u32::MAX);
        let ends =
            self.line.day_start(late, Reading::Earliest, norm).zip(self.line.day_start(early, Reading::Earliest, norm));
        ends.is_some_and(|(late, early)| self.reaches(late.point, early.point, 0))
    }

    fn reaches(&self, from: PointId, to: PointId, depth: u32) -> bool {
        from == to
            || (depth < DEEPEST
                && self.line.row(from).after.iter().any(|known| self.reaches(known.term.point, to, depth + 1)))
    }
}
