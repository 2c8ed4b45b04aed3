//! Plays the story of a clash through the norms themselves, day by day, before anybody is told of it.
//!
//! Reads the model alone and shares no code with the search: what the one gets wrong the other is unlikely to get wrong in
//! the same way. A clash whose story does not hold is never reported as one.

use super::{CUT, Clash, PointOf, Scale};
use crate::model::clause::{Target, What};
use crate::model::norm::{ActForm, Condition, Manner, Mode, Norm, OrderKind, Role, RoleKind, StateKind};
use crate::model::quantity::{Limit, Quantity};
use crate::model::time::{Anchor, Edge, Milestone, Point, Time};
use crate::model::vocabulary::Nature;
use crate::model::{Entity, Model, NormId, PartyId};
use crate::syntax::tree::Lead;
use jiff::civil::Date;

const DAY: i64 = 24 * 60;

/// Whether the story of a clash holds: on every tick of the duty, or on the one on which what is to last is banned, each way
/// to keep the duty is banned by one of the norms against it.
pub(super) fn holds(model: &Model, scale: Scale, clash: &Clash) -> bool {
    let story = Story { model, scale, clash };
    let duty = model.norm(clash.duty);
    let mut ticks: Vec<i64> = vec![clash.days.0];
    ticks.extend(clash.days.1);
    for (_, first, last) in &clash.banned {
        ticks.extend([*first, first - 1]);
        ticks.extend(last.iter().flat_map(|last| [*last, last + 1]));
    }
    ticks.extend(clash.story.iter().filter_map(|(_, at)| *at).flat_map(|at| [at - 1, at, at + 1]));
    // Nothing changes later than the last of these.
    ticks.push(ticks.iter().copied().max().unwrap_or(0) + 1);
    ticks.sort_unstable();
    ticks.dedup();
    let kept = |tick: i64| story.ways(duty).iter().any(|group| group.iter().all(|way| story.banned(way, tick)));
    if clash.code == CUT {
        let day = clash.days.0;
        let mut ways = story.ways(duty).into_iter().flatten();
        return story.holds_on(clash.duty, duty, day, Reading::Wide) && ways.any(|way| story.limits(&way, day));
    }
    let nature = duty.action.map(|id| model.vocabulary.action(id).nature);
    if duty.mode == Mode::Oblige && nature == Some(Nature::Maintain) {
        return story.holds_on(clash.duty, duty, clash.days.0, Reading::Wide) && kept(clash.days.0);
    }
    let Some((first, last)) = story.window(clash.duty, duty, Reading::Wide) else { return false };
    let inside = |tick: &&i64| **tick >= first && last.is_none_or(|last| **tick <= last);
    // Which group cannot act must be the same on all days.
    let all_banned = |days: &[i64]| {
        let banned = |group: &Vec<Way>| days.iter().all(|&tick| group.iter().all(|way| story.banned(way, tick)));
        !days.is_empty() && story.ways(duty).iter().any(banned)
    };
    if duty.mode == Mode::Permit {
        let days: Vec<i64> = ticks.iter().filter(inside).copied().collect();
        let holds: Vec<i64> =
            days.into_iter().filter(|&tick| story.holds_on(clash.duty, duty, tick, Reading::Wide)).collect();
        return all_banned(&holds);
    }
    let days: Vec<i64> = ticks.iter().filter(inside).copied().filter(|tick| *tick >= clash.days.0).collect();
    if let Some(cut) = clash.cut {
        // It comes within the window, and whatever starts the bans has come by then.
        let come = matches!(story.happened(cut), At::Ticks(tick, _) if tick == clash.days.0 && first <= tick);
        let starts =
            clash.against.iter().flat_map(|&id| model.norm(id).window.starts.iter().map(move |edge| (id, edge)));
        let known = |(id, edge): (NormId, &Edge)| {
            let offset = Default::default();
            let time = Time { offset, ..edge.time.clone() };
            story.has_date(&time, 32)
                || matches!(story.at(&time, id, true, 32), At::Ticks(tick, _) if tick <= clash.days.0)
        };
        // The condition has come true before, whether or not it still is.
        let before = ticks.iter().copied().filter(|tick| (first..=clash.days.0).contains(tick)).chain([first]);
        let begun = before.into_iter().any(|tick| story.condition_holds(clash.duty, duty, tick, last));
        return come && last.is_some() && begun && starts.into_iter().all(known) && all_banned(&days);
    }
    let begun = days.first().is_some_and(|&tick| story.condition_holds(clash.duty, duty, tick, last));
    begun && all_banned(&days)
}

/// Whether a norm applies on a tick of the story of a clash, whatever its words leave open.
pub(super) fn applies(model: &Model, scale: Scale, clash: &Clash, norm: NormId, tick: i64) -> bool {
    Story { model, scale, clash }.holds_on(norm, model.norm(norm), tick, Reading::Narrow)
}

/// How words that leave room are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// For the one who has to act.
    Wide,
    /// As a ban.
    Narrow,
}

/// One actor doing it to one object.
struct Way<'m> {
    actor: Option<Entity>,
    object: Option<&'m Target>,
    norm: &'m Norm,
}

struct Story<'m> {
    model: &'m Model,
    scale: Scale,
    clash: &'m Clash,
}

/// A point of time in a story.
enum At {
    /// From its first to its last tick; the same unless it is a day of several ticks or of uncertain length.
    Ticks(i64, i64),
    /// It never comes.
    Never,
    /// Words that are no point of time.
    Unknown,
}

impl<'m> Story<'m> {
    fn happened(&self, point: PointOf) -> At {
        match self.clash.story.iter().find(|(known, _)| *known == point) {
            Some((_, Some(at))) => At::Ticks(*at, *at),
            // What the story does not tell of plays no part in it.
            Some((_, None)) | None => At::Never,
        }
    }

    /// The first and the last tick of a time, each at its earliest or its latest.
    fn at(&self, time: &Time, norm: NormId, latest: bool, depth: u32) -> At {
        if depth == 0 {
            return At::Unknown;
        }
        let inner = |inner: &Time| self.at(&inner.moved(time.offset), norm, latest, depth - 1);
        let after = |at: At| match at {
            At::Ticks(first, last) => {
                let (least, most) = time.offset.minutes_range();
                let by = if latest { most } else { least }.div_euclid(self.scale.tick);
                At::Ticks(first + by, last + by)
            }
            at => at,
        };
        match &time.anchor {
            Anchor::Date(_) | Anchor::Month(_) | Anchor::Instant(_) => self.dated(time, latest),
            Anchor::Event(id) => {
                let event = self.model.event(*id);
                match (&event.on, event.recurring) {
                    (Some(on), false) if on.is_dated() => inner(on),
                    (_, true) => after(self.happened(PointOf::Occurrence(*id, norm))),
                    _ => after(self.happened(PointOf::Event(*id))),
                }
            }
            Anchor::Phase(id, point) => {
                let phase = self.model.phase(*id);
                let from = phase.from.as_ref();
                match (point, &phase.until, &phase.lasts) {
                    (Point::Start, ..) => from.map_or(At::Unknown, inner),
                    (_, Some(until), _) => inner(until),
                    (_, None, Some(lasts)) => match (from, lasts.low) {
                        (Some(from), Some(low)) => inner(&from.moved(low)),
                        _ => At::Unknown,
                    },
                    _ => At::Unknown,
                }
            }
            Anchor::Instrument(id, milestone) => {
                let row = self.model.instrument(*id);
                let said = match milestone {
                    Milestone::Signature => row.signed.as_ref(),
                    Milestone::EntryIntoForce => row.in_force.as_ref().or(row.signed.as_ref()),
                    Milestone::Expiry => row.end(),
                };
                match said {
                    Some(said) if said.anchor != time.anchor => inner(said),
                    _ if *milestone == Milestone::Expiry => after(self.happened(PointOf::Milestone(*id, *milestone))),
                    _ => after(At::Ticks(0, 0)),
                }
            }
            Anchor::Norms(norms, point) => after(self.happened(PointOf::Norm(norms.first, *point))),
            Anchor::Clause(id, point) => {
                let norms = &self.model.clause(*id).norms;
                let single = PointOf::Norm(NormId(norms.start), *point);
                after(self.happened(if norms.len() == 1 { single } else { PointOf::Clause(*id, *point) }))
            }
            Anchor::Prose(_) | Anchor::Unknown(_) | Anchor::Open => At::Unknown,
        }
    }

    /// Whether the calendar knows a time, whatever happens.
    fn has_date(&self, time: &Time, depth: u32) -> bool {
        let inner = |time: &Option<Time>| time.as_ref().is_some_and(|time| depth > 0 && self.has_date(time, depth - 1));
        match &time.anchor {
            Anchor::Event(id) => inner(&self.model.event(*id).on),
            Anchor::Phase(id, Point::Start) => inner(&self.model.phase(*id).from),
            Anchor::Phase(id, _) if self.model.phase(*id).until.is_some() => inner(&self.model.phase(*id).until),
            Anchor::Phase(id, _) => inner(&self.model.phase(*id).from),
            Anchor::Instrument(..) => true,
            _ => time.is_dated(),
        }
    }

    fn dated(&self, time: &Time, latest: bool) -> At {
        let epoch = self.scale.epoch.unwrap_or(0);
        let (Some(first), Some(last)) = (time.date(), time.last_date()) else { return At::Unknown };
        let day = |date: Date| i64::from((date - Date::constant(1970, 1, 1)).get_days()) * DAY;
        let tick = |minute: i64| (minute - epoch).div_euclid(self.scale.tick);
        if let Anchor::Instant(instant) = time.anchor {
            // The date of an instant moved by minutes is that of the moved clock.
            let clock = i64::from(instant.local.hour()) * 60 + i64::from(instant.local.minute());
            let whole = Time { anchor: Anchor::Date(instant.local.date()), ..time.clone() };
            let whole = Time { offset: crate::model::time::Offset { minutes: 0, ..whole.offset }, ..whole };
            let Some(date) = whole.date() else { return At::Unknown };
            let at = tick(day(date) + clock + time.offset.minutes);
            return At::Ticks(at, at);
        }
        if time.offset.minutes == 0 {
            return At::Ticks(tick(day(first)), tick(day(last) + DAY - 1));
        }
        // Hours counted from a day are counted from some hour of it.
        let whole = Time { offset: crate::model::time::Offset { minutes: 0, ..time.offset }, ..time.clone() };
        let (Some(first), Some(last)) = (whole.date(), whole.last_date()) else { return At::Unknown };
        let base = if latest { day(last) + DAY - 1 } else { day(first) };
        let at = tick(base + time.offset.minutes);
        At::Ticks(at, at)
    }

    /// First and last tick of a norm's window; none where it does not apply.
    fn window(&self, id: NormId, norm: &Norm, reading: Reading) -> Option<(i64, Option<i64>)> {
        let wide = reading == Reading::Wide;
        let instrument = self.model.instrument_of(norm);
        let mut first = 0;
        if let Some(instrument) = instrument {
            let row = self.model.instrument(instrument);
            let opening = row.in_force.as_ref().or(row.signed.as_ref());
            first = match opening.map(|time| self.at(time, id, !wide, 32)) {
                Some(At::Ticks(first, _)) => first,
                Some(At::Never | At::Unknown) => return None,
                None => 0,
            };
        }
        for edge in &norm.window.starts {
            first = first.max(match self.at(&edge.time, id, !wide, 32) {
                At::Ticks(first, last) => {
                    if edge.inclusive {
                        first
                    } else {
                        last + 1
                    }
                }
                At::Never | At::Unknown => return None,
            });
        }
        let mut last: Option<i64> = None;
        let mut bound = |tick: i64| last = Some(last.map_or(tick, |known| known.min(tick)));
        for edge in &norm.window.ends {
            match self.at(&edge.time, id, wide, 32) {
                At::Ticks(first, last) => bound(if edge.inclusive { last } else { first - 1 }),
                At::Never => {}
                At::Unknown => return None,
            }
        }
        // For what is to be done once, and for rights, their text goes on, and so do the bans in it.
        let duty = self.model.norm(self.clash.duty);
        let lasts = self.clash.code == CUT
            || duty.mode == Mode::Oblige
                && duty.action.is_some_and(|id| self.model.vocabulary.action(id).nature == Nature::Maintain);
        let text = self.model.instrument_of(duty);
        let cut = instrument.filter(|_| lasts || instrument != text);
        let expires = cut.and_then(|id| self.model.instrument(id).end());
        if let Some(At::Ticks(_, last)) = expires.map(|time| self.at(time, id, wide, 32)) {
            bound(last);
        }
        (last.is_none_or(|last| first <= last)).then_some((first, last))
    }

    /// Whether a norm holds on a tick: in its window, and its condition true.
    fn holds_on(&self, id: NormId, norm: &Norm, tick: i64, reading: Reading) -> bool {
        let inside = self
            .window(id, norm, reading)
            .is_some_and(|(first, last)| tick >= first && last.is_none_or(|last| tick <= last));
        inside && self.condition_holds(id, norm, tick, Some(tick))
    }

    /// Whether the condition of a norm is true on a tick; what must not have happened must not happen until another tick.
    fn condition_holds(&self, id: NormId, norm: &Norm, tick: i64, until: Option<i64>) -> bool {
        norm.guard.iter().all(|guard| {
            let turned = guard.lead == Lead::Unless;
            self.is_true(id, &guard.condition, tick, until, turned)
        })
    }

    fn is_true(&self, id: NormId, condition: &Condition, tick: i64, until: Option<i64>, turned: bool) -> bool {
        let part = |inner: &Condition| self.is_true(id, inner, tick, until, turned);
        match condition {
            Condition::Not(inner) => self.is_true(id, inner, tick, until, !turned),
            Condition::All(inner) if turned => inner.iter().any(part),
            Condition::Any(inner) if turned => inner.iter().all(part),
            Condition::All(inner) => inner.iter().all(part),
            Condition::Any(inner) => inner.iter().any(part),
            Condition::Holds(target, state) => {
                let (from, to) = self.lasts(id, target, *state);
                let begun = |by: Option<i64>| matches!(from, At::Ticks(first, _) if by.is_none_or(|by| first <= by));
                let over = |by: i64| matches!(to, At::Ticks(first, _) if first <= by);
                // What ends before it begins never runs.
                let empty = matches!((&from, &to), (At::Ticks(from, _), At::Ticks(to, _)) if to <= from);
                if turned { empty || !begun(until) || over(tick) } else { begun(Some(tick)) && !over(tick) }
            }
        }
    }

    /// From when and until when a fact is true.
    fn lasts(&self, id: NormId, target: &Target, state: Option<StateKind>) -> (At, At) {
        let time = |anchor: Anchor| self.at(&Time { at: target.at, anchor, offset: Default::default() }, id, false, 32);
        let norm = match &target.what {
            What::Entity(Entity::Clause(clause))
                if self.model.clause(*clause).norms.len() > 1 && state != Some(StateKind::Broken) =>
            {
                let point = |point: Point| self.happened(PointOf::Clause(*clause, point));
                return match state {
                    None | Some(StateKind::Fulfilled) => (point(Point::Fulfilment), At::Never),
                    _ => (point(Point::Start), point(Point::End)),
                };
            }
            What::Entity(Entity::Event(event)) => return (time(Anchor::Event(*event)), At::Never),
            What::Entity(Entity::Phase(phase)) => {
                return (time(Anchor::Phase(*phase, Point::Start)), time(Anchor::Phase(*phase, Point::End)));
            }
            What::Entity(Entity::Clause(clause)) => NormId(self.model.clause(*clause).norms.start),
            What::Norms(norms) => norms.first,
            _ => return (At::Unknown, At::Unknown),
        };
        match state {
            Some(StateKind::Broken) => (self.happened(PointOf::Breach(norm)), At::Never),
            None | Some(StateKind::Fulfilled) => (self.happened(PointOf::Norm(norm, Point::Fulfilment)), At::Never),
            Some(StateKind::Due | StateKind::InForce) => {
                (self.happened(PointOf::Norm(norm, Point::Start)), self.happened(PointOf::Norm(norm, Point::End)))
            }
        }
    }

    /// The ways to keep a norm: all ways of one group must be banned for it to fail.
    fn ways(&self, norm: &'m Norm) -> Vec<Vec<Way<'m>>> {
        let model = self.model;
        let named = model.named_actors(&norm.actors.list);
        let leaves = |actor: Entity| -> Vec<Entity> {
            let all = model.with_members(&[actor]);
            let has_members = |entity: &Entity| matches!(entity, Entity::Party(id) if model.party(*id).members.iter().any(|it| it.entity().is_some()));
            all.into_iter().filter(|entity| !has_members(entity)).collect()
        };
        let each = norm.actors.manner == Some(Manner::Each);
        let any = norm.actors.any || norm.actors.manner == Some(Manner::Jointly) || (norm.quantity.is_some() && !each);
        let leaves = |actor: Entity| leaves(actor).into_iter().map(Some);
        let actors: Vec<Vec<Option<Entity>>> = match (any, each) {
            _ if norm.actors.list.is_empty() && norm.form == ActForm::Passive => vec![vec![None]],
            (true, _) => vec![named.into_iter().flat_map(leaves).collect()],
            (false, true) => named.into_iter().flat_map(leaves).map(|leaf| vec![leaf]).collect(),
            (false, false) => named.into_iter().map(|actor| leaves(actor).collect()).collect(),
        };
        let objects: Vec<Vec<Option<&Target>>> = match norm.objects.list.as_slice() {
            [] => vec![vec![None]],
            list if norm.objects.any => vec![list.iter().map(Some).collect()],
            list => list.iter().map(|target| vec![Some(target)]).collect(),
        };
        let mut groups = Vec::new();
        for actors in actors.iter().filter(|actors| !actors.is_empty()) {
            for objects in &objects {
                let pairs = actors.iter().flat_map(|actor| objects.iter().map(move |object| (*actor, *object)));
                groups.push(pairs.map(|(actor, object)| Way { actor, object, norm }).collect());
            }
        }
        groups
    }

    /// Whether one of the norms against the duty bans a way to keep it on a tick.
    fn banned(&self, way: &Way, tick: i64) -> bool {
        self.clash.against.iter().any(|&id| {
            let ban = self.model.norm(id);
            self.holds_on(id, ban, tick, Reading::Narrow) && self.bans(ban, way)
        })
    }

    /// Whether one of the norms against a right bans part of a way to use it on a tick.
    fn limits(&self, way: &Way, tick: i64) -> bool {
        self.clash.against.iter().any(|&id| {
            let ban = self.model.norm(id);
            self.holds_on(id, ban, tick, Reading::Narrow) && self.binds(ban, way) && self.touches(ban, way)
        })
    }

    fn bans(&self, ban: &Norm, way: &Way) -> bool {
        self.binds(ban, way) && self.about_the_same(ban, way) && !self.exempt(ban, way)
    }

    /// Whether a ban is on the verb, for the actor.
    fn binds(&self, ban: &Norm, way: &Way) -> bool {
        let vocabulary = &self.model.vocabulary;
        let (Some(banned), Some(done)) = (ban.action, way.norm.action) else { return false };
        let (banned, done) = (vocabulary.action(banned), vocabulary.action(done));
        // What nobody in particular is to do is banned only for all.
        let all = |target: &Target| matches!(target.what, What::AllParties | What::Nobody);
        let named = match way.actor {
            Some(actor) => self.named(&ban.actors.list, actor),
            None => ban.mode == Mode::Forbid && ban.actors.list.iter().any(all),
        };
        let same_verb = banned.name == done.name || self.is_kind_of(done.name, banned.name, 32);
        let opposite = banned.opposites.contains(&done.name) || done.opposites.contains(&banned.name);
        let (bound, verb) = match ban.mode {
            Mode::Forbid if ban.actors.list.is_empty() => (true, same_verb),
            Mode::Forbid | Mode::Release => (named, same_verb),
            Mode::Permit | Mode::Oblige if way.actor.is_none() => (false, false),
            Mode::Permit if ban.only => (!named, same_verb),
            Mode::Permit => (named && ban.quantity.is_some(), same_verb),
            Mode::Oblige if self.clash.code == "contradiction/exclusive-role" => {
                (!named, same_verb && banned.exclusive)
            }
            Mode::Oblige => (named, opposite || same_verb && banned.exclusive && !named),
        };
        bound && verb
    }

    /// Whether something that a way can be is what a ban is about.
    fn touches(&self, ban: &Norm, way: &Way) -> bool {
        let meet = |one: &Target, other: &Target| self.within(one, other) || self.within(other, one);
        let objects = match (way.object, ban.objects.list.as_slice()) {
            (Some(own), banned @ [_, ..]) => banned.iter().any(|banned| meet(own, banned)),
            _ => true,
        };
        let roles = ban.roles.iter().all(|banned| {
            let mut same = way.norm.roles.iter().filter(|role| role.kind == banned.kind).peekable();
            same.peek().is_none() || same.any(|role| meet(&role.target, &banned.target))
        });
        objects && roles && !self.exempt(ban, way)
    }

    fn is_kind_of(&self, verb: crate::model::Symbol, other: crate::model::Symbol, depth: u32) -> bool {
        let vocabulary = &self.model.vocabulary;
        let Some(&id) = vocabulary.action_ids.get(&verb) else { return false };
        depth > 0
            && vocabulary.action(id).is.iter().any(|&above| above == other || self.is_kind_of(above, other, depth - 1))
    }

    /// Whether a list of actors names one: itself, what it is a member of, or what it belongs to.
    fn named(&self, list: &[Target], actor: Entity) -> bool {
        self.model.named_actors(list).into_iter().any(|one| match (one, actor) {
            (Entity::Party(one), Entity::Party(actor)) => one == actor || self.belongs(actor, one, 32),
            (one, actor) => one == actor,
        })
    }

    fn belongs(&self, one: PartyId, to: PartyId, depth: u32) -> bool {
        let owner = self.model.party(one).of;
        let member = self.model.party(to).members.iter().filter_map(Target::entity).any(|member| match member {
            Entity::Party(id) => id == one || depth > 0 && self.belongs(one, id, depth - 1),
            _ => false,
        });
        member || owner.is_some_and(|owner| owner == to || depth > 0 && self.belongs(owner, to, depth - 1))
    }

    fn about_the_same(&self, ban: &Norm, way: &Way) -> bool {
        let counted = |norm: &Norm| norm.quantity.as_ref().and_then(|amount| self.model.counted(amount));
        let object = match (ban.objects.list.as_slice(), way.object) {
            ([], object) => counted(ban).is_none_or(|banned| {
                let own = object.and_then(Target::entity).or_else(|| counted(way.norm));
                own.is_some_and(|own| self.lies_in(own, banned))
            }),
            (banned, Some(object)) => banned.iter().any(|banned| self.within(object, banned)),
            (banned, None) => counted(way.norm)
                .is_some_and(|own| banned.iter().filter_map(Target::entity).any(|banned| self.lies_in(own, banned))),
        };
        let roles = ban.roles.iter().all(|banned| {
            let place = |role: &Role| matches!(role.kind, RoleKind::Place | RoleKind::Origin);
            let alike =
                |role: &&Role| role.kind == banned.kind || ban.mode == Mode::Oblige && place(role) && place(banned);
            way.norm.roles.iter().filter(alike).any(|role| self.within(&role.target, &banned.target))
        });
        let amount = match (&way.norm.quantity, &ban.quantity) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(own), Some(banned)) => {
                let excess = |amount: &Quantity| Quantity {
                    low: amount.high.map(|high| Limit { strict: !high.strict, ..high }),
                    high: None,
                    ..amount.clone()
                };
                let banned = if ban.mode == Mode::Permit { excess(banned) } else { Quantity::clone(banned) };
                self.model.comparable(own, &banned).is_some_and(|(own, banned)| banned.contains(&own))
            }
        };
        object && roles && amount
    }

    fn within(&self, one: &Target, other: &Target) -> bool {
        let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
        match (&one.what, &other.what) {
            (What::Prose(one), What::Prose(other)) => words(one) == words(other),
            (What::Entity(Entity::Place(one)), What::Entity(Entity::Place(other))) => {
                self.model.place_covers(*other, *one)
            }
            (What::Entity(Entity::Thing(one)), What::Entity(Entity::Thing(other))) => {
                self.model.thing_covers(*other, *one)
            }
            (What::Entity(one), _) => what_entities(self.model, other).contains(one),
            (What::Norms(one), What::Norms(other)) => one.first == other.first,
            (What::Unknown(one), What::Unknown(other)) => one == other,
            _ => what_entities(self.model, one).iter().any(|it| what_entities(self.model, other).contains(it)),
        }
    }

    fn lies_in(&self, one: Entity, other: Entity) -> bool {
        match (one, other) {
            (Entity::Place(one), Entity::Place(other)) => self.model.place_covers(other, one),
            (Entity::Thing(one), Entity::Thing(other)) => self.model.thing_covers(other, one),
            _ => one == other,
        }
    }

    fn exempt(&self, ban: &Norm, way: &Way) -> bool {
        let exempt = ban.orders.iter().filter(|order| order.kind == OrderKind::Except);
        exempt.into_iter().any(|order| {
            let touched = |target: &Target| self.within(target, &order.target) || self.within(&order.target, target);
            way.actor.is_some_and(|actor| self.named(std::slice::from_ref(&order.target), actor))
                || way.object.is_some_and(touched)
                || way.norm.roles.iter().any(|role| touched(&role.target))
        })
    }
}

fn what_entities(model: &Model, target: &Target) -> Vec<Entity> {
    match target.what {
        What::Entity(entity) => vec![entity],
        _ => model.named_actors(std::slice::from_ref(target)),
    }
}
