//! One act that is owed in any case by one clause, and only on a condition by another.

use super::acts::{Act, Acts, Meant, Row, is_known, is_repeated, names_a_breach, same_condition};
use super::amounts::is_one_lot;
use super::repeated::same_amount;
use super::structure::clause_name;
use super::{Draft, Rule, read};
use crate::clash::Calendar;
use crate::finding::{Certainty, Finding, Level};
use crate::model::clause::{NormRef, Target, What};
use crate::model::norm::{Norm, RoleKind};
use crate::model::time::{Anchor, Edge, Time, TimePhraseKind};
use crate::model::vocabulary::ActionId;
use crate::model::{Entity, Model, NormId, Symbol};
use crate::source::Loc;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;

/// The rows of this family.
pub const RULES: &[Rule] = &[read("contradiction/condition", Level::Warning, "owed in any case, and on a condition")];

/// Duties of one act that one duty is compared with.
const MOST: usize = 16;

/// Looks for them.
pub(super) fn look(acts: &Acts, calendar: &mut Calendar, found: &mut Vec<Finding>) {
    let draft = acts.draft;
    let model = draft.model;
    let verbs = verbs_that_end_a_state(acts);
    let counts = |row: &&Row| {
        draft.achieves(row.norm)
            && row.act.is_certain()
            && !is_repeated(row.norm)
            && verbs.contains(&row.act.verb)
            && is_one_thing(draft, &row.act)
    };
    // Duties with a latest day, by who owes what.
    let mut firm: FxHashMap<(ActionId, Entity, Entity), Vec<&Row>> = FxHashMap::default();
    for row in acts.rows.iter().filter(counts).filter(|row| !row.norm.window.ends.is_empty()) {
        for &actor in &row.act.actors {
            for object in row.act.entities() {
                let list = firm.entry((row.act.verb, actor, object)).or_default();
                if list.len() < MOST {
                    list.push(row);
                }
            }
        }
    }
    for row in acts.rows.iter().filter(counts) {
        let waits = preconditions(model, row.norm);
        if waits.is_empty() {
            continue;
        }
        let covering = row.act.entities().flat_map(|object| kinds(model, object));
        let objects: Vec<Entity> = covering.collect();
        let keys = row.act.actors.iter().flat_map(|&actor| objects.iter().map(move |&object| (actor, object)));
        let candidates = keys.filter_map(|(actor, object)| firm.get(&(row.act.verb, actor, object))).flatten();
        let other = candidates.copied().find_map(|other| {
            if other.norm.clause == row.norm.clause
                || !same_place(&other.act, &row.act)
                || !acts.own(other.id, row.id)
                || acts.settled(other.id, row.id)
                || speaks_of(model, other.norm, row.id)
                || speaks_of(model, row.norm, other.id)
                || !acts.same_setting(other.norm.clause, row.norm.clause)
                || !same_amount(model, other.norm, row.norm)
            {
                return None;
            }
            let open = waits.iter().find(|wait| !is_behind(model, calendar, other.norm, wait))?;
            // It is owed on a condition of its own, which is not the same.
            let known = |edge: &Edge| {
                matches!(
                    edge.time.anchor,
                    Anchor::Date(_) | Anchor::Month(_) | Anchor::Instant(_) | Anchor::Instrument(..)
                ) || row.norm.window.starts.iter().any(|own| own.time.anchor == edge.time.anchor)
            };
            // Within one text two events may start two cases; another text that lets the act wait for other acts means this one.
            let later_text = !acts.same_instrument(other.id, row.id) && !open.is_event();
            let free = other.norm.guard.is_empty()
                && (later_text || other.norm.window.starts.iter().all(known))
                && !other.norm.window.starts.iter().any(|edge| is_recurring(model, &edge.time));
            free.then_some((other, open.at))
        });
        if let Some((other, at)) = other {
            found.push(finding(acts, other, row, at));
        }
    }
}

fn finding(acts: &Acts, firm: &Row, row: &Row, at: Loc) -> Finding {
    let draft = acts.draft;
    let model = draft.model;
    let (owed, waits) = (model.norm_name(firm.id), model.norm_name(row.id));
    let words = draft.words(at).split_whitespace().collect::<Vec<_>>().join(" ");
    let object = row.norm.objects.list.first().map_or_else(String::new, |it| format!(" {}", draft.target(it)));
    let message =
        format!("the duty to {}{object} waits in `{waits}` for what `{owed}` does not wait for", draft.verb(row.norm));
    let due = firm.norm.window.ends.first().map_or(firm.norm.at, |edge| edge.at);
    let mut finding = Finding::new("contradiction/condition", Level::Warning, message, at)
        .saying("owed on this condition here …")
        .label(due, "… and by this day in any case here")
        .help(format!(
            "write `{words}` in `{owed}` too, or say which prevails: `subject to {waits}` in `{owed}`, or `without prejudice to {owed}` in `{waits}`"
        ))
        .about(clause_name(draft, row.norm));
    finding.clauses = vec![owed, waits];
    finding.certainty = Certainty::Conditional;
    finding
}

/// Verbs that change a state which others change back: to disarm, to withdraw, to release, to dissolve. What is supplied or
/// reported may be owed twice.
fn verbs_that_end_a_state(acts: &Acts) -> FxHashSet<ActionId> {
    let model = acts.draft.model;
    let vocabulary = &model.vocabulary;
    let undone: FxHashSet<Symbol> =
        vocabulary.actions.iter().flat_map(|action| action.opposites.iter().copied()).collect();
    let has_opposite = |verb: ActionId| {
        let action = vocabulary.action(verb);
        !action.opposites.is_empty() || undone.contains(&action.name)
    };
    // Of those in the draft: the vocabulary has many more than a small draft uses.
    let all: FxHashSet<ActionId> = acts.rows.iter().map(|row| row.act.verb).collect();
    // What is handed over is gone as well.
    let transfer = model.names.get("transfer").and_then(|name| vocabulary.action_ids.get(&name)).copied();
    let ends = |verb: ActionId| has_opposite(verb) || Some(verb) == transfer;
    all.into_iter().filter(|&verb| vocabulary.general(verb).into_iter().any(ends)).collect()
}

/// Whether it is done to one thing, or to all of a kind in a place, so that it cannot be done twice.
fn is_one_thing(draft: Draft, act: &Act) -> bool {
    let model = draft.model;
    let one = |entity: Entity| match entity {
        Entity::Clause(_) => true,
        Entity::Thing(id) => is_one_lot(draft, id) || (model.thing(id).declared && model.thing(id).item.own),
        _ => false,
    };
    act.entities().all(one) || act.places(RoleKind::Origin).next().is_some()
}

/// What a duty waits for.
struct Wait<'n> {
    at: Loc,
    what: Waited<'n>,
}

enum Waited<'n> {
    Point(&'n Time),
    Guard(&'n crate::model::norm::Guard),
}

impl Wait<'_> {
    /// Whether it waits for an event, and not for what others do.
    fn is_event(&self) -> bool {
        matches!(self.what, Waited::Point(Time { anchor: Anchor::Event(_), .. }))
    }
}

fn preconditions<'n>(model: &Model, norm: &'n Norm) -> Vec<Wait<'n>> {
    use TimePhraseKind as K;
    let undated = |time: &Time| match &time.anchor {
        Anchor::Event(id) => model.event(*id).on.is_none() && !model.event(*id).recurring,
        Anchor::Clause(..) | Anchor::Norms(..) => true,
        Anchor::Phase(id, _) => model.phase(*id).from.as_ref().is_some_and(|from| !from.is_dated()),
        _ => false,
    };
    let points = norm.times.iter().filter_map(|phrase| match &phrase.kind {
        K::After(time) | K::NotBefore(time) | K::DistanceAfter(_, time) | K::Together(time) => Some((phrase.at, time)),
        _ => None,
    });
    // With a latest day counted from it, it is what the duty answers to.
    let answers = |time: &Time| norm.window.ends.iter().any(|edge| edge.time.anchor == time.anchor);
    let points = points.filter(|(_, time)| undated(time) && !answers(time));
    let points = points.map(|(at, time)| Wait { at, what: Waited::Point(time) });
    let known = |guard: &&crate::model::norm::Guard| is_known(&guard.condition) && !names_a_breach(&guard.condition);
    let guards = norm.guard.iter().filter(known).map(|guard| Wait { at: guard.at, what: Waited::Guard(guard) });
    points.chain(guards).collect()
}

/// Whether what one duty waits for is behind the other too, or due by the time that the other is due.
fn is_behind(model: &Model, calendar: &mut Calendar, other: &Norm, wait: &Wait) -> bool {
    let time = match &wait.what {
        Waited::Guard(guard) => {
            if other.guard.iter().any(|it| it.lead == guard.lead && same_condition(&it.condition, &guard.condition)) {
                return true;
            }
            let mut targets = Vec::new();
            super::ask::condition_targets(&guard.condition, &mut targets);
            return targets.iter().all(|target| target_is_due(model, target, other) || is_dated(model, target));
        }
        Waited::Point(time) => *time,
    };
    let due = match time.anchor {
        Anchor::Clause(id, _) => {
            let range = model.clause(id).norms.clone();
            are_due(model, range.map(NormId), other)
        }
        Anchor::Norms(norms, _) => are_due(model, NormRef::ids(norms), other),
        _ => false,
    };
    due || other.window.starts.iter().any(|edge| calendar.follows(&edge.time, time))
}

fn is_dated(model: &Model, target: &Target) -> bool {
    match target.what {
        What::Entity(Entity::Event(id)) => model.event(id).on.is_some(),
        What::Entity(Entity::Phase(id)) => model.phase(id).from.as_ref().is_some_and(Time::is_dated),
        _ => false,
    }
}

fn target_is_due(model: &Model, target: &Target, other: &Norm) -> bool {
    match target.what {
        What::Entity(Entity::Clause(id)) => are_due(model, model.clause(id).norms.clone().map(NormId), other),
        What::Norms(norms) => are_due(model, norms.ids(), other),
        _ => false,
    }
}

/// Whether all of some duties are due no later than another.
fn are_due(model: &Model, norms: impl Iterator<Item = NormId>, other: &Norm) -> bool {
    let mut any = false;
    for id in norms {
        any = true;
        let ends = &model.norm(id).window.ends;
        let in_time = ends.iter().any(|edge| {
            other
                .window
                .ends
                .iter()
                .all(|end| matches!(edge.time.compare(&end.time), Some(Ordering::Less | Ordering::Equal)))
        });
        if !in_time {
            return false;
        }
    }
    any
}

/// A thing and the kinds that cover it; anything else alone.
fn kinds(model: &Model, object: Entity) -> Vec<Entity> {
    let mut all = vec![object];
    let mut next = 0;
    while let Some(&one) = all.get(next) {
        next += 1;
        let Entity::Thing(id) = one else { continue };
        for &kind in &model.thing(id).within {
            if !all.contains(&Entity::Thing(kind)) {
                all.push(Entity::Thing(kind));
            }
        }
    }
    all
}

/// Whether two acts are done in one place, to one recipient, with one partner; what one of them waits for apart.
fn same_place(one: &Act, other: &Act) -> bool {
    let of = |act: &Act| -> Vec<(RoleKind, Meant)> {
        act.roles.iter().filter(|(kind, _)| *kind != RoleKind::Parallel).cloned().collect()
    };
    let known = |(_, it): &(RoleKind, Meant)| matches!(it, Meant::Entity(_));
    let (one, other) = (of(one), of(other));
    one == other && one.iter().all(known)
}

/// Whether a point comes again and again.
fn is_recurring(model: &Model, time: &Time) -> bool {
    matches!(time.anchor, Anchor::Event(id) if model.event(id).recurring)
}

/// Whether a norm says how it stands to another.
fn speaks_of(model: &Model, norm: &Norm, other: NormId) -> bool {
    norm.orders.iter().any(|order| match order.target.what {
        What::Norms(norms) => norms.ids().any(|id| id == other),
        What::Entity(Entity::Clause(id)) => model.clause(id).norms.contains(&other.0),
        _ => false,
    })
}
