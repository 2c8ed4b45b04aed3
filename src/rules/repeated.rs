//! Norms that say again what another says: the same, or a part of it.

use super::acts::{Act, Acts, Meant, Row, print, same_guard, same_time, time_print};
use super::contradiction::words;
use super::structure::clause_name;
use super::{Rule, read};
use crate::finding::{Finding, Level};
use crate::model::clause::ValueKind;
use crate::model::norm::{Manner, Mode, Norm, RoleKind};
use crate::model::vocabulary::ActionId;
use crate::model::{ClauseId, Entity, Model};
use rustc_hash::FxHashMap;

/// The rows of this family.
pub const RULES: &[Rule] = &[
    read("structure/duplicate", Level::Advice, "the same norm twice"),
    read("structure/subsumed", Level::Advice, "a norm that another already contains"),
    read("undecided/comparison", Level::Warning, "norms that could not all be compared"),
];

/// Norms of one act and one time that one norm is compared with.
const MOST: usize = 32;

/// Looks for what is said twice.
pub(super) fn look(acts: &Acts, found: &mut Vec<Finding>) {
    duplicate(acts, found);
    subsumed(acts, found);
}

fn duplicate(acts: &Acts, found: &mut Vec<Finding>) {
    let draft = acts.draft;
    let model = draft.model;
    let mut seen: FxHashMap<(Mode, &Act, u64), Vec<&Row>> = FxHashMap::default();
    let mut open = Vec::new();
    for row in acts.rows.iter().filter(|row| model.clause(row.norm.clause).item.own && says_enough(row)) {
        let (Some(time), Some(amount)) = (time_print(row.norm), amount_print(model, row.norm)) else { continue };
        let around = (row.norm.strength, model.instrument_of(row.norm));
        let earlier = seen.entry((row.norm.mode, &row.act, print(&(time, amount, around)))).or_default();
        let same = earlier.iter().find(|other| {
            other.norm.strength == row.norm.strength
                && same_amount(model, other.norm, row.norm)
                && same_time(other.norm, row.norm)
                && same_guard(other.norm, row.norm)
                && stand_together(acts, other, row)
        });
        if let Some(other) = same {
            let (first, second) = (model.norm_name(other.id), model.norm_name(row.id));
            let again = if first == second { String::new() } else { format!(" as `{first}`") };
            let finding = Finding::new(
                "structure/duplicate",
                Level::Advice,
                format!("`{second}` says the same{again} again"),
                words(row.norm),
            )
            .saying("said here again …")
            .label(words(other.norm), "… after here")
            .help("leave one of them out, or say in what they differ: the day, the place, the amount")
            .about(clause_name(draft, row.norm));
            found.push(finding);
        } else if earlier.len() < MOST {
            earlier.push(row);
        } else {
            open.push(row.id);
        }
    }
    acts.leave_open("says again what another norm says", &open, found);
}

/// Whether a norm says enough to be known again: what is acted on, or where or with whom. Two who are to consult may be
/// meant to consult about two things.
fn says_enough(row: &Row) -> bool {
    !row.act.objects.is_empty() && row.norm.orders.is_empty()
}

/// Whether two norms state the same amount, or none.
pub(super) fn same_amount(model: &Model, one: &Norm, other: &Norm) -> bool {
    match (&one.quantity, &other.quantity) {
        (None, None) => true,
        (Some(one), Some(other)) => {
            (one.about, one.up_to, one.further, one.of) == (other.about, other.up_to, other.further, other.of)
                && model.comparable(one, other).is_some_and(|(one, other)| one == other)
        }
        _ => false,
    }
}

/// A number that norms with the same amount have in common; none where an amount is the same as no other.
fn amount_print(model: &Model, norm: &Norm) -> Option<u64> {
    let Some(amount) = &norm.quantity else { return Some(0) };
    let words = (amount.about, amount.up_to, amount.further, amount.of, amount.per);
    model.range(amount).map(|range| print(&(range, words)))
}

/// Whether nothing around two norms sets them apart: neither their instruments nor the facts of their clauses.
fn stand_together(acts: &Acts, one: &Row, other: &Row) -> bool {
    let model = acts.draft.model;
    let (a, b) = (one.norm.clause, other.norm.clause);
    let placed = |row: &Row| row.act.roles.iter().any(|(kind, _)| matches!(kind, RoleKind::Place | RoleKind::Origin));
    acts.same_instrument(one.id, other.id)
        && !acts.settled(one.id, other.id)
        && (a == b || (acts.same_setting(a, b) && (placed(one) || (!has_place(model, a) && !has_place(model, b)))))
}

/// Whether a clause says where all that stands in it applies.
fn has_place(model: &Model, clause: ClauseId) -> bool {
    let values = model.clause(clause).item.fields.iter().flat_map(|field| &field.values);
    values.into_iter().any(|value| matches!(value.kind, ValueKind::Entity(Entity::Place(_), _)))
}

/// What a norm is looked up by: its mode and verb, one of its actors and one of its objects, and all in which two norms are
/// alike of which one contains the other.
type Key = (Mode, ActionId, Entity, Option<Meant>, u64);

fn subsumed(acts: &Acts, found: &mut Vec<Finding>) {
    let draft = acts.draft;
    let model = draft.model;
    let counts = |row: &&Row| {
        let plain = row.act.is_certain() && row.norm.orders.is_empty() && row.norm.quantity.is_none();
        let mode = matches!(row.norm.mode, Mode::Oblige | Mode::Forbid);
        plain && mode && row.act.manner.1 != Some(Manner::Jointly) && model.clause(row.norm.clause).item.own
    };
    let alike = |row: &Row| Some(print(&(time_print(row.norm)?, &row.act.roles, model.instrument_of(row.norm))));
    let mut index: FxHashMap<Key, Vec<&Row>> = FxHashMap::default();
    let mut open = Vec::new();
    for row in acts.rows.iter().filter(counts) {
        let Some(alike) = alike(row) else { continue };
        for &actor in &row.act.actors {
            for object in objects(&row.act) {
                let list = index.entry((row.norm.mode, row.act.verb, actor, object, alike)).or_default();
                // What is said twice contains no more than what is said once.
                let again = |it: &&Row| {
                    it.act == row.act && it.norm.strength == row.norm.strength && stand_together(acts, it, row)
                };
                if list.iter().any(again) {
                    continue;
                }
                if list.len() < MOST {
                    list.push(row);
                } else if open.last() != Some(&row.id) {
                    open.push(row.id);
                }
            }
        }
    }
    for row in acts.rows.iter().filter(counts).filter(|row| !row.act.objects.is_empty()) {
        let (Some(&actor), Some(alike)) = (row.act.actors.first(), alike(row)) else { continue };
        // A ban on weapons is a ban on tanks, and one without an object is one on everything.
        let wider: Vec<Option<Meant>> = match (row.norm.mode, row.act.objects.first()) {
            (Mode::Forbid, Some(object)) => kinds(model, object).into_iter().map(Some).chain([None]).collect(),
            (_, object) => vec![object.cloned()],
        };
        let candidates =
            wider.into_iter().filter_map(|object| index.get(&(row.norm.mode, row.act.verb, actor, object, alike)));
        let wider = candidates.flatten().find(|other| {
            // What sets most of them apart comes first: a draft has many norms of one verb and object.
            other.id != row.id
                && other.act.roles == row.act.roles
                && other.norm.strength >= row.norm.strength
                && (other.norm.strength > row.norm.strength || other.act != row.act)
                && contains(model, other, row)
                && same_time(other.norm, row.norm)
                && same_guard(other.norm, row.norm)
                && stand_together(acts, other, row)
        });
        if let Some(other) = wider {
            let (wide, narrow) = (model.norm_name(other.id), model.norm_name(row.id));
            let finding = Finding::new("structure/subsumed", Level::Advice, format!("`{narrow}` adds nothing to `{wide}`"), words(row.norm))
                .saying("contained …")
                .label(words(other.norm), "… in this")
                .help(format!(
                    "leave `{narrow}` out, or say what it adds: a day, a place, an amount; a reader may conclude that `{wide}` does not reach it"
                ))
                .about(clause_name(draft, row.norm));
            found.push(finding);
        }
    }
    acts.leave_open("adds nothing to another norm", &open, found);
}

/// The objects of an act, each a key; none at all is a key too.
fn objects(act: &Act) -> Vec<Option<Meant>> {
    if act.objects.is_empty() { vec![None] } else { act.objects.iter().cloned().map(Some).collect() }
}

/// A thing and the kinds that cover it, and a place or anything else alone.
fn kinds(model: &Model, object: &Meant) -> Vec<Meant> {
    let mut all = vec![object.clone()];
    let mut next = 0;
    while let Some(one) = all.get(next).cloned() {
        next += 1;
        let Meant::Entity(Entity::Thing(id)) = one else { continue };
        for &kind in &model.thing(id).within {
            let kind = Meant::Entity(Entity::Thing(kind));
            if !all.contains(&kind) {
                all.push(kind);
            }
        }
    }
    all
}

/// Whether all that a norm wants is wanted by another with the same phrases, of the same actors or more.
fn contains(model: &Model, wide: &Row, narrow: &Row) -> bool {
    let actors = narrow.act.actors.iter().all(|actor| wide.act.actors.contains(actor));
    let objects = narrow.act.objects.iter().all(|object| {
        wide.act.objects.contains(object)
            || (narrow.norm.mode == Mode::Forbid
                && (wide.act.objects.is_empty()
                    || kinds(model, object).iter().any(|kind| wide.act.objects.contains(kind))))
    });
    // A duty without an object is another duty than one with it.
    let same_kind = narrow.norm.mode == Mode::Forbid || !wide.act.objects.is_empty();
    actors && objects && same_kind
}
