//! Days: histories, points in time, windows and conditions.

use super::{Duty, History, How, Judge, Literal, Mark, Scene, Window};
use rapporteur::model::norm::{Condition, Lead, Norm};
use rapporteur::model::time::{Anchor, Milestone, Offset, Point, Time};
use rapporteur::model::{Entity, InstrumentId, PhaseId};

/// Histories.
impl Judge<'_> {
    /// Goes through every history up to a day, with the days that are told; stops where `see` says no.
    pub fn every_history(&self, last: i64, told: &[Option<Option<i64>>], see: &mut dyn FnMut(&History) -> bool) {
        let days: Vec<Vec<Option<i64>>> = (0..self.model.events.len())
            .map(|event| match (&self.model.events[event].on, told[event]) {
                (_, Some(day)) => vec![day],
                (Some(on), None) => vec![self.day(on, &Vec::new())],
                (None, None) => std::iter::once(None).chain((0..=last).map(Some)).collect(),
            })
            .collect();
        let mut turn = vec![0; days.len()];
        loop {
            let history: History = turn.iter().zip(&days).map(|(&turn, days)| days[turn]).collect();
            if self.is_possible(&history) && !see(&history) {
                return;
            }
            let Some(next) = (0..days.len()).find(|&event| turn[event] + 1 < days[event].len()) else { return };
            turn[next] += 1;
            turn[..next].fill(0);
        }
    }

    /// Whether the fields of the events allow it.
    pub(super) fn is_possible(&self, history: &History) -> bool {
        self.model.events.iter().zip(history).all(|(event, day)| {
            let Some(day) = *day else { return event.on.is_none() };
            day >= 0
                && event.on.as_ref().is_none_or(|on| self.day(on, history) == Some(day))
                && event.after.iter().all(|after| self.day(after, history).is_some_and(|earliest| earliest <= day))
        })
    }

    pub fn scene(&self, history: &History) -> Scene {
        let windows = |ends: bool| {
            self.bans.iter().map(move |ban| self.window(self.model.norm(ban.norm), ends, history)).collect()
        };
        let latest = history.iter().flatten().copied().max().unwrap_or(0);
        Scene { history: history.clone(), lasting: windows(false), ending: windows(true), far: latest + self.reach }
    }

    /// Longer than any length in the draft, and later than any date.
    pub(super) fn longest(&self) -> i64 {
        let mut reach = 1;
        let mut see = |time: &Time| {
            let date = self.date_day(time).unwrap_or(0);
            reach = reach.max(offset(time.offset).abs() + date.abs() + 2);
        };
        for norm in &self.model.norms {
            norm.window.starts.iter().chain(&norm.window.ends).for_each(|edge| see(&edge.time));
        }
        self.model.events.iter().flat_map(|event| event.after.iter().chain(&event.on)).for_each(&mut see);
        let mut longest = 0;
        for phase in &self.model.phases {
            phase.from.iter().chain(&phase.until).for_each(&mut see);
            longest += phase.lasts.as_ref().and_then(|lasts| lasts.high).map_or(0, offset);
        }
        let instruments = self.model.instruments.iter();
        instruments.flat_map(|one| one.signed.iter().chain(&one.in_force).chain(&one.expires)).for_each(&mut see);
        // A point of a phase adds the phase's own lengths, those of an instrument its dates.
        3 * reach + longest
    }

    /// The day of a point, if it comes.
    pub(super) fn day(&self, time: &Time, history: &History) -> Option<i64> {
        let anchor = match time.anchor {
            Anchor::Date(_) => return self.date_day(time),
            Anchor::Event(event) => history.get(event.index()).copied().expect("an event counted from an event")?,
            Anchor::Phase(phase, Point::Start) => self.phase_start(phase, history)?,
            Anchor::Phase(phase, _) => self.phase_end(phase, history)?,
            Anchor::Instrument(instrument, milestone) => self.milestone(instrument, milestone)?,
            ref other => panic!("no reading of {other:?}"),
        };
        Some(anchor + offset(time.offset))
    }

    fn date_day(&self, time: &Time) -> Option<i64> {
        let Anchor::Date(date) = time.anchor else { return None };
        let origin = self.origin.expect("dates need the date of the instrument");
        Some(i64::from((date - origin).get_days()) + offset(time.offset))
    }

    fn phase_start(&self, phase: PhaseId, history: &History) -> Option<i64> {
        self.day(self.model.phase(phase).from.as_ref().expect("a phase begins"), history)
    }

    fn phase_end(&self, phase: PhaseId, history: &History) -> Option<i64> {
        let row = self.model.phase(phase);
        match (&row.until, &row.lasts) {
            (Some(until), _) => self.day(until, history),
            (None, Some(lasts)) => {
                Some(self.phase_start(phase, history)? + offset(lasts.high.expect("a length has an end")))
            }
            (None, None) => None,
        }
    }

    pub(super) fn beginning_time(&self, instrument: InstrumentId) -> Option<&Time> {
        let row = self.model.instrument(instrument);
        row.in_force.as_ref().or(row.signed.as_ref())
    }

    /// The beginning of an instrument; of the one checked it is day 0.
    pub(super) fn beginning(&self, instrument: InstrumentId) -> i64 {
        let time = self.beginning_time(instrument);
        let dated = time.and_then(|time| self.origin.and(self.date_day(time)));
        match dated {
            Some(day) => day,
            None => {
                assert_eq!(Some(instrument), self.model.declaration, "no reading of an instrument without a date");
                0
            }
        }
    }

    pub(super) fn milestone(&self, instrument: InstrumentId, milestone: Milestone) -> Option<i64> {
        let row = self.model.instrument(instrument);
        match milestone {
            Milestone::EntryIntoForce => Some(self.beginning(instrument)),
            Milestone::Signature => match &row.signed {
                Some(time) if self.origin.is_some() => self.date_day(time),
                _ => Some(self.beginning(instrument)),
            },
            Milestone::Expiry => row.expires.as_ref().and_then(|time| match time.anchor {
                Anchor::Instrument(of, _) if of == instrument => Some(self.beginning(of) + offset(time.offset)),
                _ => self.date_day(time),
            }),
        }
    }
}

/// When norms apply.
impl Judge<'_> {
    pub(super) fn instrument_of(&self, norm: &Norm) -> Option<InstrumentId> {
        self.model.clause(norm.clause).instrument.or(self.model.declaration)
    }

    /// The window of a norm, its condition left aside, in a text that ends or goes on; none where it does not apply.
    pub(super) fn window(&self, norm: &Norm, ends: bool, history: &History) -> Option<Window> {
        let instrument = self.instrument_of(norm);
        let mut first = instrument.map_or(0, |id| self.beginning(id));
        let mut last = instrument.filter(|_| ends).and_then(|id| self.milestone(id, Milestone::Expiry));
        for edge in &norm.window.starts {
            let day = self.day(&edge.time, history)?;
            first = first.max(if edge.inclusive { day } else { day + 1 });
        }
        for edge in &norm.window.ends {
            let Some(day) = self.day(&edge.time, history) else { continue };
            let day = if edge.inclusive { day } else { day - 1 };
            last = Some(last.map_or(day, |last| last.min(day)));
        }
        last.is_none_or(|last| first <= last).then_some((first, last))
    }

    /// The window of a duty or permission; that of a duty to achieve knows its condition.
    pub(super) fn window_of(&self, duty: &Duty, history: &History) -> Option<Window> {
        let (mut first, last) = self.window(self.model.norm(duty.norm), duty.how == How::Maintain, history)?;
        if duty.how != How::Achieve {
            return Some((first, last));
        }
        for literal in duty.literals.iter().filter(|literal| literal.holds) {
            first = first.max(self.day_of(literal.what, history)?);
        }
        let is_so = |literal: &Literal| match literal.what {
            Mark::Runs(phase) => self.overlaps(phase, (first, last), history) == literal.holds,
            what => {
                let day = self.day_of(what, history);
                day.is_some_and(|day| last.is_none_or(|last| day <= last)) == literal.holds
            }
        };
        (last.is_none_or(|last| first <= last) && duty.literals.iter().all(is_so)).then_some((first, last))
    }

    /// Whether a phase runs on a day of a window.
    fn overlaps(&self, phase: PhaseId, (first, last): Window, history: &History) -> bool {
        let Some(start) = self.phase_start(phase, history) else { return false };
        let end = self.phase_end(phase, history);
        end.is_none_or(|end| start < end && first < end) && last.is_none_or(|last| start <= last)
    }

    fn day_of(&self, mark: Mark, history: &History) -> Option<i64> {
        match mark {
            Mark::Event(event) => history[event.index()],
            Mark::Begin(phase) | Mark::Runs(phase) => self.phase_start(phase, history),
            Mark::Over(phase) => self.phase_end(phase, history),
        }
    }

    /// Whether all of these are so on a day.
    pub(super) fn all_hold(&self, literals: &[Literal], day: i64, history: &History) -> bool {
        let happened = |mark| self.day_of(mark, history).is_some_and(|on| on <= day);
        literals.iter().all(|literal| happened(literal.what) == literal.holds)
    }

    /// Whether every condition of a norm is true on a day.
    pub(super) fn condition_holds(&self, norm: &Norm, day: i64, history: &History) -> bool {
        norm.guard.iter().all(|guard| self.is_true(&guard.condition, day, history) != (guard.lead == Lead::Unless))
    }

    fn is_true(&self, condition: &Condition, day: i64, history: &History) -> bool {
        match condition {
            Condition::All(all) => all.iter().all(|one| self.is_true(one, day, history)),
            Condition::Any(any) => any.iter().any(|one| self.is_true(one, day, history)),
            Condition::Not(not) => !self.is_true(not, day, history),
            Condition::Holds(target, state) => {
                assert!(state.is_none(), "no reading of the state of a clause");
                match target.entity() {
                    Some(Entity::Event(event)) => history[event.index()].is_some_and(|happened| happened <= day),
                    Some(Entity::Phase(phase)) => {
                        self.phase_start(phase, history).is_some_and(|start| start <= day)
                            && self.phase_end(phase, history).is_none_or(|end| day < end)
                    }
                    other => panic!("no reading of {other:?} as a condition"),
                }
            }
        }
    }
}

/// In days.
fn offset(offset: Offset) -> i64 {
    assert!(offset.months == 0 && offset.minutes == 0, "no reading of {offset:?} in whole days");
    i64::from(offset.days)
}
