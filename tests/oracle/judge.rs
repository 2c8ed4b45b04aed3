//! Brute force: what clashes in a draft, found by looking at every history and every day of it.
//!
//! Written from the reading of the language and from nothing of the engine. No test points, no search: each event is tried on
//! every day up to a small horizon and never, and each duty is looked at on every day of its window.
//!
//! Where the reading leaves something open, this is what is decided here:
//!
//! * A norm ends with its text. Only what is to be done once is not due because the text ends, nor is a right empty because it
//!   does: for them, and for the bans that stand in the same text, the text goes on.
//! * Weak is `should` and `intends to` alone. A ban said with `may not` or `nobody may` is as firm as any other.
//! * A phase begins and ends at the points that its fields say, and one that ends before it begins is none. A duty to achieve if
//!   it runs starts with it, and is none if it is over by then; one to achieve unless it runs is none if it runs on a day of the
//!   window.
//! * A condition with `or` makes several duties to maintain and several bans, one for each way of meeting it. What starts a duty
//!   or a ban, and so is not late, is what must have happened in that way. A permission holds in every way together; what starts
//!   it is that of a way that is met on some day.
//! * What a late event waits for is late too. One with a fixed day is as early as it can be on that day, and so is one where a
//!   day sooner there would be no duty or permission any more: what ends the duty as well is no excuse for the ban.
//! * A duty is a trap only where it clashes in no other way, and a right is cut only where it is not empty. What has a date, what
//!   starts a duty and what those who owe it bring about themselves is no surprise to them.
//! * Two sentences of one clause limit each other as they stand, and so do two of which one names the other. A cap leaves a right
//!   whole below it.
//! * Releases stand to a duty as bans do, and are never mixed with bans. Nobody waits for a release to end, so one that may last
//!   too long is not reported; neither is one from what is only a wish.
//! * A clash with weak bans is one only where the firm bans do not clash even with late events.
//! * Each actor and object of a norm is judged for itself: one may clash in every history, another only in a late one.
//! * `may` with an upper bound and no lower one bans what is above, as the language says; the same norm is still a permission.
//! * `except X` also exempts what is done to, with or for X.
//! * `anyone except X` leaves out groups with X in them; their other members are meant.
//! * A role of a ban other than a place needs a role of the same kind with the same target, each one of them.
//! * A norm with no actor that is a party has no option, and then is no duty.

mod says;
mod time;

use jiff::civil::Date;
use rapporteur::model::clause::What;
use rapporteur::model::norm::{Mode, Norm, Strength};
use rapporteur::model::time::{Anchor, Edge, Milestone, Point, Time};
use rapporteur::model::{EventId, InstrumentId, Model, NormId, PartyId, PhaseId};

/// The day of every event; none where it never happens.
pub type History = Vec<Option<i64>>;

/// First and last day; no last day where nothing ends it.
pub type Window = (i64, Option<i64>);

/// What a norm is held against.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    Bans,
    Releases,
}

/// Which bans count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grade {
    /// Those that are not weak.
    Firm,
    /// All.
    Any,
}

/// Which histories count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// Those in which the late events of each ban used happen as early as they can.
    Tight,
    /// All.
    Loose,
}

/// A duty or permission that every history can be asked about; one norm is several of these.
struct Duty {
    norm: NormId,
    how: How,
    /// One of the conditions that the norm joins with `or`.
    literals: Vec<Literal>,
    options: Vec<Choice>,
    /// For each ban: which options it covers on a day on which it holds; none where order or `replaces` drops it.
    covered: Vec<Option<Vec<bool>>>,
    /// For each ban: its late events.
    late: Vec<Vec<EventId>>,
    /// For each ban: whether it takes a part of a right on a day on which it holds, and nothing says which yields.
    touched: Vec<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum How {
    Achieve,
    Maintain,
    Permit,
}

/// That something has happened, or that it has not.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Literal {
    what: Mark,
    holds: bool,
}

/// What a condition can ask about. That a phase runs on a day is that it has begun and is not over.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Mark {
    Event(EventId),
    Begin(PhaseId),
    Over(PhaseId),
    /// A phase runs on a day of the window of a duty to achieve.
    Runs(PhaseId),
}

/// One way to do it.
#[derive(Clone, Debug)]
struct Choice {
    actor: PartyId,
    object: Option<What>,
}

/// A ban or a release, on one of the conditions that its norm joins with `or`.
struct Ban {
    norm: NormId,
    family: Family,
    actors: Vec<PartyId>,
    literals: Vec<Literal>,
    /// The events that must have come for it to hold.
    starts: Vec<EventId>,
    /// Whether it bans what is more than its norm permits.
    excess: bool,
}

/// A history, with what follows from it for every ban.
pub struct Scene {
    history: History,
    /// Where the text of each ban goes on, and where it ends.
    lasting: Vec<Option<Window>>,
    ending: Vec<Option<Window>>,
    /// A day behind everything that happens.
    far: i64,
}

/// Whether a norm clashes with all bans together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub firm_tight: bool,
    pub firm_loose: bool,
    pub any_tight: bool,
    pub any_loose: bool,
}

/// Of the judge's duties.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DutyId(usize);

/// What is found of one duty or permission. A norm is several where each of several owes it or each of several things is owed.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub duty: DutyId,
    pub norm: NormId,
    pub permits: bool,
    pub weak: bool,
    pub bans: Found,
    pub releases: Found,
    /// Whether somebody who has not acted when something happens can be caught by it.
    pub trap: bool,
    /// The bans that take a part of a right on some day.
    pub cuts: Vec<NormId>,
}

pub struct Judge<'m> {
    model: &'m Model,
    duties: Vec<Duty>,
    bans: Vec<Ban>,
    origin: Option<Date>,
    /// More than all lengths that the draft adds to a point.
    reach: i64,
}

impl<'m> Judge<'m> {
    pub fn new(model: &'m Model) -> Self {
        let mut judge = Judge { model, duties: Vec::new(), bans: Vec::new(), origin: None, reach: 0 };
        judge.origin = model.declaration.and_then(|id| judge.beginning_time(id)?.date());
        judge.reach = judge.longest();
        let replaced = judge.replaced();
        let ids = || (0..model.norms.len() as u32).map(NormId).filter(|id| !replaced.contains(id));
        for id in ids() {
            judge.add_bans(id);
        }
        for id in ids() {
            judge.add_duties(id);
        }
        judge
    }

    /// The first minute of day 0, from 1970; none where the draft gives it no date.
    pub fn day_0(&self) -> Option<i64> {
        let date = self.origin?;
        Some(i64::from((date - Date::constant(1970, 1, 1)).get_days()) * 24 * 60)
    }

    /// The point at which day 0 begins.
    pub fn beginning_point(&self) -> Option<(InstrumentId, Milestone)> {
        let id = self.model.declaration?;
        let in_force = self.model.instrument(id).in_force.is_some();
        Some((id, if in_force { Milestone::EntryIntoForce } else { Milestone::Signature }))
    }

    /// What clashes, if no event happens later than on day `last`.
    pub fn verdicts(&self, last: i64) -> Vec<Verdict> {
        let mut verdicts: Vec<Verdict> = (0..self.duties.len()).map(|duty| self.nothing_found(DutyId(duty))).collect();
        self.every_history(last, &vec![None; self.model.events.len()], &mut |history| {
            let scene = self.scene(history);
            for verdict in &mut verdicts {
                for (family, found) in [(Family::Bans, &mut verdict.bans), (Family::Releases, &mut verdict.releases)] {
                    let ask = |known: &mut bool, grade, level| {
                        *known = *known || self.clashes_with_all(verdict.duty, family, grade, level, &scene);
                    };
                    ask(&mut found.any_loose, Grade::Any, Level::Loose);
                    // Nothing clashes more than all bans do in every history.
                    if found.any_loose {
                        ask(&mut found.firm_loose, Grade::Firm, Level::Loose);
                        ask(&mut found.any_tight, Grade::Any, Level::Tight);
                        ask(&mut found.firm_tight, Grade::Firm, Level::Tight);
                    }
                }
                verdict.trap = verdict.trap || self.traps(verdict.duty, None, &scene).is_some();
                self.add_cuts(verdict, &scene);
            }
            true
        });
        verdicts
    }

    fn nothing_found(&self, duty: DutyId) -> Verdict {
        let norm = self.duties[duty.0].norm;
        let permits = self.model.norm(norm).mode == Mode::Permit;
        Verdict {
            duty,
            norm,
            permits,
            weak: self.is_weak(norm),
            bans: Found::default(),
            releases: Found::default(),
            trap: false,
            cuts: Vec::new(),
        }
    }

    /// Whether a set clashes in a history.
    pub fn set_clashes(&self, duty: DutyId, set: &[NormId], family: Family, level: Level, scene: &Scene) -> bool {
        let duty = &self.duties[duty.0];
        let mut used = self.used(set, family);
        for (ban, used) in used.iter_mut().enumerate() {
            *used &= level == Level::Loose || self.is_tight(duty, ban, scene);
        }
        self.clashes(duty, &used, scene)
    }

    fn used(&self, set: &[NormId], family: Family) -> Vec<bool> {
        self.bans.iter().map(|ban| ban.family == family && set.contains(&ban.norm)).collect()
    }

    /// A history that tells these days and makes the set clash; events after day `last` that are not told are not tried.
    pub fn set_clashes_somewhere(
        &self,
        duty: DutyId,
        set: &[NormId],
        family: Family,
        level: Level,
        told: &[Option<Option<i64>>],
        last: i64,
    ) -> Option<Scene> {
        let mut found = None;
        self.every_history(last, told, &mut |history| {
            let scene = self.scene(history);
            if self.set_clashes(duty, set, family, level, &scene) {
                found = Some(scene);
            }
            found.is_none()
        });
        found
    }

    /// A proper part of a set that clashes as well.
    pub fn smaller(
        &self,
        duty: DutyId,
        set: &[NormId],
        family: Family,
        level: Level,
        last: i64,
    ) -> Option<Vec<NormId>> {
        let nothing_told = vec![None; self.model.events.len()];
        (0..(1_usize << set.len()) - 1)
            .map(|bits| (0..set.len()).filter(|i| bits & (1 << i) != 0).map(|i| set[i]).collect::<Vec<_>>())
            .find(|part| self.set_clashes_somewhere(duty, part, family, level, &nothing_told, last).is_some())
    }

    /// Whether these are the days of a duty in a history; of one to maintain the first is a day on which the set bans it.
    pub fn is_due(&self, duty: DutyId, set: &[NormId], family: Family, (first, last): Window, scene: &Scene) -> bool {
        let duty = &self.duties[duty.0];
        let window = self.window_of(duty, &scene.history);
        let within = |day: i64| window.is_some_and(|window| window.0 <= day && window.1.is_none_or(|last| day <= last));
        match duty.how {
            How::Achieve => window == Some((first, last)),
            How::Maintain => {
                within(first)
                    && self.all_hold(&duty.literals, first, &scene.history)
                    && self.is_forbidden(duty, &self.used(set, family), first, scene)
            }
            How::Permit => {
                let held = |day: &i64| within(*day) && self.all_hold(&duty.literals, *day, &scene.history);
                let ends = last.is_none_or(|last| held(&last) && !held(&(last + 1)));
                held(&first) && !held(&(first - 1)) && ends
            }
        }
    }

    /// Whether a norm bans from a first to a last day and neither before nor behind, on one of its conditions at least; in a text
    /// that ends, or that goes on for a duty.
    pub fn bans_on(&self, duty: Option<DutyId>, norm: NormId, (first, last): Window, scene: &Scene) -> bool {
        let goes_on = |ban: usize| duty.is_some_and(|duty| self.goes_on(&self.duties[duty.0], ban));
        (0..self.bans.len()).filter(|ban| self.bans[*ban].norm == norm).any(|ban| {
            let holds = |day: i64| self.ban_holds(ban, goes_on(ban), day, scene);
            let end = last.unwrap_or(scene.far.max(first));
            first <= end && (first..=end).all(holds) && !holds(first - 1) && last.is_none_or(|last| !holds(last + 1))
        })
    }

    /// Whether a norm is no more than an effort or an intention.
    pub fn is_weak(&self, norm: NormId) -> bool {
        matches!(self.model.norm(norm).strength, Strength::Effort | Strength::Intent)
    }

    fn clashes_with_all(&self, duty: DutyId, family: Family, grade: Grade, level: Level, scene: &Scene) -> bool {
        let duty = &self.duties[duty.0];
        let counts = |ban: usize| {
            self.bans[ban].family == family
                && (grade == Grade::Any || !self.is_weak(self.bans[ban].norm))
                && (level == Level::Loose || self.is_tight(duty, ban, scene))
        };
        let used: Vec<bool> = (0..self.bans.len()).map(counts).collect();
        self.clashes(duty, &used, scene)
    }
}

/// Traps and limits.
impl Judge<'_> {
    /// An event of a history on which one who has not yet done a duty can no longer do it: every day from then on is banned by
    /// these norms, or by all; nothing that starts their bans comes later; and some day would be free but for the bans that
    /// the event starts.
    pub fn traps(&self, duty: DutyId, set: Option<&[NormId]>, scene: &Scene) -> Option<EventId> {
        let duty = &self.duties[duty.0];
        if duty.how != How::Achieve || self.is_weak(duty.norm) {
            return None;
        }
        let (first, last) = self.window_of(duty, &scene.history)?;
        let last = last?;
        let norm = self.model.norm(duty.norm);
        let starting = self.starting_events(norm, &duty.literals);
        let firm: Vec<bool> =
            self.bans.iter().map(|ban| ban.family == Family::Bans && !self.is_weak(ban.norm)).collect();
        (0..self.model.events.len() as u32).map(EventId).find(|&event| {
            let Some(day) = scene.history[event.index()].filter(|day| (first..=last).contains(day)) else {
                return false;
            };
            let row = self.model.event(event);
            let own = row.by.iter().flat_map(|by| self.parties(by)).flat_map(|party| self.leaves(party));
            let own = own.into_iter().any(|party| duty.options.iter().any(|option| option.actor == party));
            if !self.bans.iter().any(|ban| ban.starts.contains(&event)) {
                return false;
            }
            if row.on.is_some() || starting.contains(&event) || own {
                return false;
            }
            let known = |ban: usize| {
                let is_known = |start: &EventId| {
                    let dated = self.model.event(*start).on.is_some();
                    dated || scene.history[start.index()].is_some_and(|start| start <= day)
                };
                self.bans[ban].starts.iter().all(is_known)
            };
            let used: Vec<bool> = (0..self.bans.len())
                .map(|ban| {
                    let asked = set.is_none_or(|set| set.contains(&self.bans[ban].norm));
                    firm[ban] && asked && known(ban) && self.is_tight_from(duty, ban, scene, Some(event))
                })
                .collect();
            let others: Vec<bool> =
                (0..self.bans.len()).map(|ban| firm[ban] && !self.bans[ban].starts.contains(&event)).collect();
            (day..=last).all(|day| self.is_forbidden(duty, &used, day, scene))
                && (day..=last).any(|day| !self.is_forbidden(duty, &others, day, scene))
        })
    }

    /// Whether a ban takes a part of a right on a day.
    pub fn cuts_on(&self, duty: DutyId, norm: NormId, day: i64, scene: &Scene) -> bool {
        let duty = &self.duties[duty.0];
        let right = self.model.norm(duty.norm);
        let within = |(first, last): Window| first <= day && last.is_none_or(|last| day <= last);
        duty.how == How::Permit
            && self.window(right, true, &scene.history).is_some_and(within)
            && self.condition_holds(right, day, &scene.history)
            && (0..self.bans.len()).any(|ban| {
                let row = &self.bans[ban];
                let limits = row.norm == norm && row.family == Family::Bans && !self.is_weak(norm) && duty.touched[ban];
                limits && self.ban_holds(ban, false, day, scene)
            })
    }

    fn add_cuts(&self, verdict: &mut Verdict, scene: &Scene) {
        let duty = &self.duties[verdict.duty.0];
        if duty.how != How::Permit || !duty.touched.contains(&true) {
            return;
        }
        let mut norms: Vec<NormId> = self.bans.iter().map(|ban| ban.norm).collect();
        norms.dedup();
        for norm in norms {
            let cut = |day| self.cuts_on(verdict.duty, norm, day, scene);
            if !verdict.cuts.contains(&norm) && (0..=scene.far).any(cut) {
                verdict.cuts.push(norm);
            }
        }
    }

    /// The events that must have come for a norm to apply in one of its ways.
    fn starting_events(&self, norm: &Norm, literals: &[Literal]) -> Vec<EventId> {
        let edges = norm.window.starts.iter().filter_map(|edge| self.event_of(&edge.time));
        let literals = literals.iter().filter(|literal| literal.holds);
        edges.chain(literals.filter_map(|literal| self.event_of_mark(literal.what))).collect()
    }
}

/// Clashes.
impl Judge<'_> {
    /// Whether a duty clashes with the bans marked, in a history.
    fn clashes(&self, duty: &Duty, used: &[bool], scene: &Scene) -> bool {
        let Some((first, last)) = self.window_of(duty, &scene.history) else { return false };
        let norm = self.model.norm(duty.norm);
        // Behind `far` every day is like the one before.
        let mut days = first..=last.unwrap_or(scene.far.max(first));
        let forbidden = |day: i64| self.is_forbidden(duty, used, day, scene);
        match duty.how {
            How::Achieve => days.all(forbidden),
            How::Maintain => days.filter(|day| self.all_hold(&duty.literals, *day, &scene.history)).any(forbidden),
            How::Permit => {
                let is_met = days.clone().any(|day| self.all_hold(&duty.literals, day, &scene.history));
                is_met && days.filter(|day| self.condition_holds(norm, *day, &scene.history)).all(forbidden)
            }
        }
    }

    /// Whether every option of a duty is banned on a day.
    fn is_forbidden(&self, duty: &Duty, used: &[bool], day: i64, scene: &Scene) -> bool {
        let covers = |ban: usize, option: usize| duty.covered[ban].as_ref().is_some_and(|covered| covered[option]);
        (0..duty.options.len()).all(|option| {
            (0..self.bans.len())
                .any(|ban| used[ban] && covers(ban, option) && self.ban_holds(ban, self.goes_on(duty, ban), day, scene))
        })
    }

    /// Whether the text of a duty goes on for it, and so for a ban in the same text.
    fn goes_on(&self, duty: &Duty, ban: usize) -> bool {
        let text = |norm: NormId| self.instrument_of(self.model.norm(norm));
        duty.how != How::Maintain && text(self.bans[ban].norm) == text(duty.norm)
    }

    fn ban_holds(&self, ban: usize, goes_on: bool, day: i64, scene: &Scene) -> bool {
        let windows = if goes_on { &scene.lasting } else { &scene.ending };
        let within = windows[ban].is_some_and(|(first, last)| first <= day && last.is_none_or(|last| day <= last));
        within && self.all_hold(&self.bans[ban].literals, day, &scene.history)
    }

    /// Whether every late event of a ban happens as early as it can.
    fn is_tight(&self, duty: &Duty, ban: usize, scene: &Scene) -> bool {
        self.is_tight_from(duty, ban, scene, None)
    }

    /// The same for a duty that is looked at from an event on.
    fn is_tight_from(&self, duty: &Duty, ban: usize, scene: &Scene, from: Option<EventId>) -> bool {
        duty.late[ban].iter().filter(|id| Some(**id) != from).all(|&id| {
            let event = self.model.event(id);
            let Some(day) = scene.history[id.index()] else { return false };
            day == 0
                || event.on.is_some()
                || event.after.iter().any(|after| self.day(after, &scene.history) == Some(day))
                || !self.applies_if_sooner(duty, id, &scene.history, from)
        })
    }

    /// Whether a duty is owed, or a permission given, on some day if an event happens a day sooner.
    fn applies_if_sooner(&self, duty: &Duty, event: EventId, history: &History, from: Option<EventId>) -> bool {
        let mut sooner = history.clone();
        sooner[event.index()] = sooner[event.index()].map(|day| day - 1);
        let Some((mut first, last)) = self.window_of(duty, &sooner) else { return false };
        first = first.max(from.and_then(|from| sooner[from.index()]).unwrap_or(first));
        let far = sooner.iter().flatten().copied().max().unwrap_or(0) + self.reach;
        let norm = self.model.norm(duty.norm);
        (first..=last.unwrap_or(far.max(first))).any(|day| match duty.how {
            How::Achieve => true,
            How::Maintain => self.all_hold(&duty.literals, day, &sooner),
            How::Permit => self.condition_holds(norm, day, &sooner),
        })
    }

    /// The events that end a ban and start neither it nor the duty, and what they wait for.
    fn late_events(&self, ban: &Ban, duty: &Norm, literals: &[Literal]) -> Vec<EventId> {
        let banned = self.model.norm(ban.norm);
        let of_edges = |edges: &[Edge]| edges.iter().filter_map(|edge| self.event_of(&edge.time)).collect::<Vec<_>>();
        let of_literals = |literals: &[Literal], holds: bool| {
            let literals = literals.iter().filter(|literal| literal.holds == holds);
            literals.filter_map(|literal| self.event_of_mark(literal.what)).collect::<Vec<_>>()
        };
        let starts = [
            of_edges(&banned.window.starts),
            of_literals(&ban.literals, true),
            of_edges(&duty.window.starts),
            of_literals(literals, true),
        ];
        let ends = [of_edges(&banned.window.ends), of_literals(&ban.literals, false)];
        let (mut late, starts) = (ends.concat(), starts.concat());
        let mut next = 0;
        late.retain(|event| !starts.contains(event));
        while let Some(&event) = late.get(next) {
            next += 1;
            let awaited = self.model.event(event).after.iter().filter_map(|after| self.event_of(after));
            let new: Vec<EventId> = awaited.filter(|one| !starts.contains(one) && !late.contains(one)).collect();
            late.extend(new);
        }
        late
    }

    fn event_of_mark(&self, mark: Mark) -> Option<EventId> {
        match mark {
            Mark::Event(event) => Some(event),
            Mark::Begin(id) | Mark::Runs(id) => self.event_of(self.model.phase(id).from.as_ref()?),
            Mark::Over(id) => {
                let phase = self.model.phase(id);
                self.event_of(phase.until.as_ref().or(phase.from.as_ref())?)
            }
        }
    }

    /// The event that a point is counted from.
    fn event_of(&self, time: &Time) -> Option<EventId> {
        match time.anchor {
            Anchor::Event(event) => Some(event),
            Anchor::Phase(id, point) => {
                self.event_of_mark(if point == Point::Start { Mark::Begin(id) } else { Mark::Over(id) })
            }
            _ => None,
        }
    }
}
