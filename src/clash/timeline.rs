//! Points of time: from the words of a draft to terms that can be compared, with what is known of each point.
//!
//! Time is a line of ticks. A tick is a day, or the longest part of a day that every hour and minute of the draft is a
//! multiple of. Months and hours counted from a day have no exact length; each term is read at its earliest or at its latest.

use super::problem::{Known, ORIGIN, PointId, PointOf, Term, Window};
use crate::model::clause::ValueKind;
use crate::model::names::known::TAKES;
use crate::model::norm::{Mode, Norm, Strength};
use crate::model::time::{Anchor, Edge, Instant, Milestone, Offset, Point, Time};
use crate::model::{EventId, InstrumentId, Model, NormId};
use crate::source::Loc;
use jiff::civil::{Date, Time as Clock};
use rustc_hash::FxHashMap;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Hours by which the clocks of two places differ at most.
const ZONES: i64 = 14;

/// How deep times are counted from times.
const DEEPEST: u32 = 32;

/// Which of the moments that words can mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading {
    /// The earliest.
    Earliest,
    /// The latest.
    Latest,
}

/// How a window is read where its words leave room.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Width {
    /// As wide as they allow: a duty, so that nobody is said to be unable to keep it who may be able.
    Widest,
    /// As narrow as they allow: a ban.
    Narrowest,
}

impl Width {
    /// How its start and its end are read.
    fn readings(self) -> (Reading, Reading) {
        match self {
            Width::Widest => (Reading::Earliest, Reading::Latest),
            Width::Narrowest => (Reading::Latest, Reading::Earliest),
        }
    }
}

/// What is known of a point.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is.
    pub of: PointOf,
    /// It comes only where these have come, and not before any of them.
    pub after: Vec<Known>,
    /// It comes no later than these, where they come.
    pub until: Vec<Known>,
}

/// The points of a draft.
#[derive(Debug)]
pub struct Timeline<'m> {
    model: &'m Model,
    /// Minutes of a tick.
    tick: i64,
    /// The origin, in minutes from 1970; absent where the draft knows no date.
    epoch: Option<i64>,
    /// Whether clocks of several zones are in use, so that no day is the same for all.
    many_zones: bool,
    points: Vec<Row>,
    ids: FxHashMap<PointOf, PointId>,
    /// Where the life of an instrument begins, and where it ends, by how its words are read.
    lives: FxHashMap<(InstrumentId, Width, Milestone), Known>,
    /// Points of which nothing has been read yet: a chain of clauses can be longer than a stack is deep.
    unread: Vec<PointId>,
}

/// What a tick is, and when the first one is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scale {
    /// Minutes of a tick.
    pub tick: i64,
    /// The origin, in minutes from 1970; absent where the draft knows no date.
    pub epoch: Option<i64>,
}

impl Default for Scale {
    fn default() -> Self {
        Scale { tick: DAY, epoch: None }
    }
}

impl Scale {
    /// The day of a tick, and the minute of that day; no day where the draft knows no date.
    pub fn date(self, tick: i64) -> Option<(Date, i64)> {
        let minutes = self.epoch?.checked_add(tick.checked_mul(self.tick)?)?;
        let days = jiff::Span::new().try_days(minutes.div_euclid(DAY)).ok()?;
        Some((Date::constant(1970, 1, 1).checked_add(days).ok()?, minutes.rem_euclid(DAY)))
    }
}

/// What a time is counted from, when phases and dated events are seen through.
#[derive(Debug)]
enum Base {
    /// The calendar.
    Calendar(Time),
    /// A point that no date fixes, and what is added.
    Point(PointOf, Offset),
}

impl<'m> Timeline<'m> {
    /// The timeline of a draft, with no point but the origin.
    pub fn new(model: &'m Model) -> Self {
        let origin = Row { of: PointOf::Origin, after: Vec::new(), until: Vec::new() };
        let mut line = Timeline {
            model,
            tick: DAY,
            epoch: None,
            many_zones: false,
            points: vec![origin],
            ids: FxHashMap::from_iter([(PointOf::Origin, ORIGIN)]),
            lives: FxHashMap::default(),
            unread: Vec::new(),
        };
        line.measure();
        line.begin();
        line
    }

    /// What is known of a point.
    #[expect(clippy::indexing_slicing, reason = "ids are handed out for this table")]
    pub fn row(&self, point: PointId) -> &Row {
        &self.points[point.0 as usize]
    }

    /// What a tick is.
    pub fn scale(&self) -> Scale {
        Scale { tick: self.tick, epoch: self.epoch }
    }

    /// Finds the length of a tick, and whether clocks of several zones are in use.
    fn measure(&mut self) {
        let mut zone: Option<Option<i32>> = None;
        let (mut tick, mut many) = (DAY, false);
        each_time(self.model, &mut |time: &Time| {
            tick = gcd(tick, time.offset.minutes.abs());
            if let Anchor::Instant(instant) = time.anchor {
                many |= zone.is_some_and(|known| known != instant.offset_minutes);
                zone = Some(instant.offset_minutes);
                let clock = instant.local.time();
                tick = gcd(tick, i64::from(clock.hour()) * 60 + i64::from(clock.minute()));
            }
        });
        if many {
            tick = gcd(tick, 60);
            each_time(self.model, &mut |time: &Time| {
                if let Anchor::Instant(Instant { offset_minutes: Some(minutes), .. }) = time.anchor {
                    tick = gcd(tick, i64::from(minutes.abs()));
                }
            });
        }
        (self.tick, self.many_zones) = (tick.max(1), many);
    }

    /// Finds the day from which everything is counted: the first beginning of an instrument, else a year before the first
    /// date, so that no duty is cut short by a beginning that the draft does not know.
    fn begin(&mut self) {
        let model = self.model;
        let beginnings: Vec<Time> = (0..model.instruments.len() as u32)
            .filter_map(|id| match self.base(&beginning(model, InstrumentId(id)), None, 0)? {
                Base::Calendar(time) => Some(time),
                Base::Point(..) => None,
            })
            .collect();
        let checked = model.declaration.and_then(|id| self.base(&beginning(model, id), None, 0));
        let mut dates: Vec<i64> = beginnings.iter().filter_map(|time| self.moments(time)).map(|it| it.0).collect();
        if !matches!(checked, Some(Base::Calendar(_))) {
            each_time(model, &mut |time| {
                if time.is_dated() {
                    dates.extend(self.moments(time).map(|it| it.0 - 365 * DAY));
                }
            });
        }
        // Whole days, so that a day is a whole number of ticks from the origin.
        self.epoch = dates.into_iter().min().map(|minutes| minutes.div_euclid(DAY) * DAY);
    }

    /// The window of a norm, its instrument's life included; none where a phrase of time is no point of time.
    pub fn window(&mut self, id: NormId, norm: &Norm, width: Width) -> Option<Window> {
        let bounds = self.bounds(id, norm, width)?;
        Some(window(bounds))
    }

    /// The same window, with the last day of its text as a point of its own that a question may put aside.
    pub fn lasting_window(&mut self, id: NormId, norm: &Norm, width: Width) -> Option<Window> {
        let (starts, mut ends) = self.stated(id, norm, width)?;
        if let Some((instrument, expires)) = self.expiry_of(norm) {
            // Where nobody can say when the text ends, nobody can say when the norm does.
            self.day_end(expires, Reading::Earliest, id)?;
            let point = self.point(PointOf::Last(instrument));
            ends.push(Known { term: Term { point, plus: 0 }, at: expires.at });
        }
        Some(window((starts, ends)))
    }

    /// When a text ends, if it says so.
    fn expiry(&self, instrument: InstrumentId) -> Option<&'m Time> {
        let expires = self.model.instrument(instrument).end()?;
        (!matches!(expires.anchor, Anchor::Open | Anchor::Prose(_) | Anchor::Unknown(_))).then_some(expires)
    }

    /// The text that a norm belongs to and when it ends, if it says so.
    fn expiry_of(&self, norm: &Norm) -> Option<(InstrumentId, &'m Time)> {
        let instrument = self.model.instrument_of(norm)?;
        Some((instrument, self.expiry(instrument)?))
    }

    /// The starts and the ends of a norm's window, each with the words that say so.
    pub fn bounds(&mut self, id: NormId, norm: &Norm, width: Width) -> Option<(Vec<Known>, Vec<Known>)> {
        let (starts, mut ends) = self.stated(id, norm, width)?;
        if let Some((instrument, expires)) = self.expiry_of(norm) {
            let end = width.readings().1;
            ends.push(self.of_life(
                (instrument, width, Milestone::Expiry),
                |line| line.day_end(expires, end, id),
                expires.at,
            )?);
        }
        Some((starts, ends))
    }

    /// The same without the end of its text.
    fn stated(&mut self, id: NormId, norm: &Norm, width: Width) -> Option<(Vec<Known>, Vec<Known>)> {
        let (start, end) = width.readings();
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for edge in &norm.window.starts {
            starts.push(Known { term: self.start(edge, start, id)?, at: edge.at });
        }
        for edge in &norm.window.ends {
            // Until an event that happens again: until which time?
            let again = self.recurring(&edge.time.anchor);
            if again && !norm.window.starts.iter().any(|start| start.time.anchor == edge.time.anchor) {
                match width {
                    Width::Widest => continue,
                    Width::Narrowest => return None,
                }
            }
            ends.push(Known { term: self.end(edge, end, id)?, at: edge.at });
        }
        match self.model.instrument_of(norm) {
            Some(instrument) => {
                let opening = beginning(self.model, instrument);
                let term = |line: &mut Self| line.day_start(&opening, start, id);
                starts.push(self.of_life((instrument, width, Milestone::EntryIntoForce), term, opening.at)?);
            }
            None => starts.push(Known { term: Term { point: ORIGIN, plus: 0 }, at: norm.at }),
        }
        Some((starts, ends))
    }

    /// A point in the life of an instrument, reckoned once for all norms that it bounds.
    fn of_life(
        &mut self,
        key: (InstrumentId, Width, Milestone),
        term: impl FnOnce(&mut Self) -> Option<Term>,
        at: Loc,
    ) -> Option<Known> {
        if let Some(&known) = self.lives.get(&key) {
            return Some(known);
        }
        let known = Known { term: term(self)?, at };
        // From an event that happens again each norm counts for itself.
        if !matches!(self.row(known.term.point).of, PointOf::Occurrence(..)) {
            self.lives.insert(key, known);
        }
        Some(known)
    }

    fn start(&mut self, edge: &Edge, reading: Reading, norm: NormId) -> Option<Term> {
        if edge.inclusive {
            return self.day_start(&edge.time, reading, norm);
        }
        self.day_end(&edge.time, reading, norm).map(|term| Term { plus: term.plus + 1, ..term })
    }

    fn end(&mut self, edge: &Edge, reading: Reading, norm: NormId) -> Option<Term> {
        if edge.inclusive {
            return self.day_end(&edge.time, reading, norm);
        }
        self.day_start(&edge.time, reading, norm).map(|term| Term { plus: term.plus - 1, ..term })
    }

    /// The least time that the clause of a norm says it takes, in ticks.
    pub fn takes(&self, norm: NormId) -> i64 {
        let clause = self.model.clause(self.model.norm(norm).clause);
        let field = clause.item.field(TAKES);
        let lengths = field.into_iter().flat_map(|field| &field.values).filter_map(|value| match &value.kind {
            ValueKind::Length(length) if !length.about => length.low,
            _ => None,
        });
        lengths.map(|low| low.minutes_range().0.div_euclid(self.tick)).max().unwrap_or(0)
    }

    /// The first tick of a point: of a date the first of the day.
    pub fn day_start(&mut self, time: &Time, reading: Reading, norm: NormId) -> Option<Term> {
        self.term(time, reading, norm, |first, _| first)
    }

    /// The last tick of a point: of a date the last of the day.
    pub fn day_end(&mut self, time: &Time, reading: Reading, norm: NormId) -> Option<Term> {
        self.term(time, reading, norm, |_, last| last)
    }

    fn term(&mut self, time: &Time, reading: Reading, norm: NormId, side: fn(i64, i64) -> i64) -> Option<Term> {
        match self.base(time, Some(norm), 0)? {
            Base::Calendar(time) => {
                let (first, last) = self.moments(&time)?;
                let slack = if self.many_zones && !matches!(time.anchor, Anchor::Instant(_)) { ZONES * 60 } else { 0 };
                // A whole day has a first and a last tick; hours from a day are some moment between.
                let whole = time.offset.minutes == 0 && !matches!(time.anchor, Anchor::Instant(_));
                let minutes = match (whole, reading) {
                    (true, Reading::Earliest) => side(first, last) - slack,
                    (true, Reading::Latest) => side(first, last) + slack,
                    (false, Reading::Earliest) => first - slack,
                    (false, Reading::Latest) => last + slack,
                };
                let plus = (minutes - self.epoch?).div_euclid(self.tick);
                Some(Term { point: ORIGIN, plus })
            }
            Base::Point(of, offset) => {
                let (least, most) = offset.minutes_range();
                let minutes = if reading == Reading::Earliest { least } else { most };
                Some(Term { point: self.point(of), plus: minutes.div_euclid(self.tick) })
            }
        }
    }

    /// The first and the last minute of a dated time.
    fn moments(&self, time: &Time) -> Option<(i64, i64)> {
        if let Anchor::Instant(instant) = time.anchor {
            let moved = Time { anchor: Anchor::Instant(instant), ..time.clone() };
            let date = moved.date()?;
            let clock = instant.local.time();
            let minute = i64::from(clock.hour()) * 60 + i64::from(clock.minute());
            let days = if time.offset.minutes == 0 {
                day_number(date)
            } else {
                day_number(time_without_minutes(time).date()?)
            };
            let local = days * DAY + minute + time.offset.minutes;
            if !self.many_zones {
                return Some((local, local));
            }
            return Some(match instant.offset_minutes {
                Some(ahead) => (local - i64::from(ahead), local - i64::from(ahead)),
                None => (local - ZONES * 60, local + ZONES * 60),
            });
        }
        let days = time_without_minutes(time);
        let (first, last) = (day_number(days.date()?) * DAY, day_number(days.last_date()?) * DAY + DAY - 1);
        Some((first + time.offset.minutes, last + time.offset.minutes))
    }

    /// Sees through phases, instruments and dated events to what a time is counted from.
    fn base(&self, time: &Time, norm: Option<NormId>, depth: u32) -> Option<Base> {
        if depth > DEEPEST {
            return None;
        }
        let further = |inner: &Time| self.base(&inner.moved(time.offset), norm, depth + 1);
        let model = self.model;
        match &time.anchor {
            Anchor::Date(_) | Anchor::Month(_) | Anchor::Instant(_) => Some(Base::Calendar(time.clone())),
            Anchor::Event(id) => {
                let event = model.event(*id);
                match &event.on {
                    Some(on) if !event.recurring => match further(on) {
                        Some(base @ Base::Calendar(_)) => Some(base),
                        _ => Some(Base::Point(PointOf::Event(*id), time.offset)),
                    },
                    _ if event.recurring => {
                        let of = norm.map_or(PointOf::Event(*id), |norm| PointOf::Occurrence(*id, norm));
                        Some(Base::Point(of, time.offset))
                    }
                    _ => Some(Base::Point(PointOf::Event(*id), time.offset)),
                }
            }
            Anchor::Phase(id, point) => {
                let phase = model.phase(*id);
                match point {
                    Point::Start => further(phase.from.as_ref()?),
                    Point::End | Point::Fulfilment => match (&phase.until, &phase.from, &phase.lasts) {
                        (Some(until), ..) => further(until),
                        (None, Some(from), Some(length)) => {
                            // Only a length that is known exactly makes an end.
                            let lasts = length.low.filter(|low| length.high == Some(*low) && !length.about)?;
                            further(&from.moved(lasts))
                        }
                        _ => None,
                    },
                }
            }
            Anchor::Instrument(id, milestone) => {
                let row = model.instrument(*id);
                let known = match milestone {
                    Milestone::Signature => row.signed.as_ref(),
                    Milestone::EntryIntoForce => row.in_force.as_ref().or(row.signed.as_ref()),
                    Milestone::Expiry => row.end(),
                };
                let itself = |time: &Time| time.anchor == Anchor::Instrument(*id, *milestone);
                match known {
                    Some(known) if !itself(known) => further(known),
                    // A text that says nothing of its signature is signed when time begins.
                    _ if *milestone == Milestone::Expiry => {
                        Some(Base::Point(PointOf::Milestone(*id, *milestone), time.offset))
                    }
                    _ => Some(Base::Point(PointOf::Origin, time.offset)),
                }
            }
            Anchor::Clause(id, point) => {
                let norms = model.clause(*id).norms.clone();
                let of = match norms.len() {
                    0 => return None,
                    1 => PointOf::Norm(NormId(norms.start), *point),
                    _ => PointOf::Clause(*id, *point),
                };
                Some(Base::Point(of, time.offset))
            }
            Anchor::Norms(norms, point) => {
                (norms.count == 1).then_some(Base::Point(PointOf::Norm(norms.first, *point), time.offset))
            }
            Anchor::Prose(_) | Anchor::Unknown(_) | Anchor::Open => None,
        }
    }

    /// Whether a time is counted from an event that can happen again.
    fn recurring(&self, anchor: &Anchor) -> bool {
        matches!(anchor, Anchor::Event(id) if self.model.event(*id).recurring)
    }

    /// The point of an event as a norm speaks of it.
    pub fn event(&mut self, id: EventId, norm: NormId) -> PointId {
        let recurring = self.model.event(id).recurring;
        self.point(if recurring { PointOf::Occurrence(id, norm) } else { PointOf::Event(id) })
    }

    /// The id of a point, with what is known of it.
    pub fn point(&mut self, of: PointOf) -> PointId {
        if let Some(&id) = self.ids.get(&of) {
            return id;
        }
        let id = PointId(self.points.len() as u32);
        self.ids.insert(of, id);
        self.points.push(Row { of, after: Vec::new(), until: Vec::new() });
        self.unread.push(id);
        id
    }

    /// Reads what is known of all points named so far. To be called before their rows are looked at.
    pub fn read(&mut self) {
        while let Some(id) = self.unread.pop() {
            self.fill(id, self.row(id).of);
        }
    }

    fn fill(&mut self, id: PointId, of: PointOf) {
        let (mut after, mut until) = (Vec::new(), Vec::new());
        match of {
            PointOf::Event(event) | PointOf::Occurrence(event, _) => {
                let row = self.model.event(event);
                let norm = if let PointOf::Occurrence(_, norm) = of { norm } else { NormId(u32::MAX) };
                let known = |line: &mut Self, time: &Time| {
                    let term = line.day_start(time, Reading::Earliest, norm)?;
                    Some(Known { term, at: time.at })
                };
                after.extend(row.after.iter().filter_map(|time| known(self, time)));
                if let Some(on) = row.on.as_ref().filter(|_| !row.recurring) {
                    after.extend(known(self, on));
                    let end = self.day_end(on, Reading::Latest, norm);
                    until.extend(end.map(|term| Known { term, at: on.at }));
                }
            }
            PointOf::Norm(norm, point) => {
                if let Some((starts, ends)) = self.bounds(norm, self.model.norm(norm), Width::Widest) {
                    match point {
                        // What is fulfilled takes its time, and is fulfilled in time.
                        Point::Fulfilment => {
                            let takes = self.takes(norm);
                            after.extend(starts.iter().map(|known| known.later(takes)));
                            until.extend(ends);
                        }
                        Point::End => {
                            after.extend(&starts);
                            after.extend(ends.iter().map(|known| known.later(1)));
                        }
                        Point::Start => {
                            after.extend(&starts);
                            if let [only] = starts.as_slice() {
                                until.push(*only);
                            }
                        }
                    }
                }
            }
            PointOf::Clause(clause, Point::Fulfilment) => {
                // Fulfilled when the last of its duties is.
                for norm in self.model.clause(clause).norms.clone().map(NormId) {
                    let row = self.model.norm(norm);
                    let takes = self.takes(norm);
                    if row.mode == Mode::Oblige
                        && row.strength >= Strength::Firm
                        && let Some((starts, _)) = self.bounds(norm, row, Width::Widest)
                    {
                        after.extend(starts.iter().map(|known| known.later(takes)));
                    }
                }
            }
            PointOf::Clause(..) => {}
            PointOf::Breach(norm) => {
                if let Some((starts, _)) = self.bounds(norm, self.model.norm(norm), Width::Widest) {
                    after.extend(starts);
                }
            }
            PointOf::Last(instrument) => {
                if let Some(expires) = self.expiry(instrument) {
                    let term = self.day_end(expires, Reading::Earliest, NormId(u32::MAX));
                    after.extend(term.map(|term| Known { term, at: expires.at }));
                    until.clone_from(&after);
                }
            }
            PointOf::Origin | PointOf::Milestone(..) => {}
        }
        if let Some(row) = self.points.get_mut(id.0 as usize) {
            (row.after, row.until) = (after, until);
        }
    }
}

/// When the duties of an instrument begin.
pub fn beginning(model: &Model, id: InstrumentId) -> Time {
    let row = model.instrument(id);
    let milestone = if row.in_force.is_some() { Milestone::EntryIntoForce } else { Milestone::Signature };
    Time { at: row.item.at, anchor: Anchor::Instrument(id, milestone), offset: Offset::ZERO }
}

/// Every time that bears on when something applies.
fn each_time(model: &Model, see: &mut dyn FnMut(&Time)) {
    for norm in &model.norms {
        norm.window.starts.iter().chain(&norm.window.ends).for_each(|edge| see(&edge.time));
    }
    for event in &model.events {
        event.after.iter().chain(&event.on).for_each(&mut *see);
    }
    for phase in &model.phases {
        phase.from.iter().chain(&phase.until).for_each(&mut *see);
        if let (Some(from), Some(low)) = (&phase.from, phase.lasts.as_ref().and_then(|length| length.low)) {
            see(&from.moved(low));
        }
    }
    for row in &model.instruments {
        row.signed.iter().chain(&row.in_force).chain(&row.expires).for_each(&mut *see);
    }
}

/// A window of bounds.
fn window((starts, ends): (Vec<Known>, Vec<Known>)) -> Window {
    let mut window = Window::default();
    starts.iter().for_each(|known| add(&mut window.starts, known.term));
    ends.iter().for_each(|known| add(&mut window.ends, known.term));
    // Nothing comes before the origin, so that it bounds no window that waits for something else.
    let waits = |term: &Term| term.point != ORIGIN && term.plus >= 0;
    if window.starts.iter().any(waits) {
        window.starts.retain(|term| term.point != ORIGIN || term.plus > 0);
    }
    window
}

fn add<const N: usize>(terms: &mut smallvec::SmallVec<[Term; N]>, term: Term) {
    if !terms.contains(&term) {
        terms.push(term);
    }
}

fn time_without_minutes(time: &Time) -> Time {
    let anchor = match time.anchor {
        Anchor::Instant(instant) => Anchor::Date(instant.local.date()),
        ref anchor => anchor.clone(),
    };
    Time { anchor, offset: Offset { minutes: 0, ..time.offset }, ..time.clone() }
}

/// Days from 1970.
fn day_number(date: Date) -> i64 {
    let at = |date: Date| {
        date.to_datetime(Clock::midnight()).duration_since(Date::constant(1970, 1, 1).to_datetime(Clock::midnight()))
    };
    at(date).as_secs() / (24 * 60 * 60)
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
