//! Least amounts that are to stay, and withdrawals after which less stays.

use super::acts::{Act, Acts, Row, is_presence, is_repeated, undoes};
use super::amounts::{counts, in_unit, owed_by, stated};
use super::ask::binds;
use super::limits::removals;
use super::structure::clause_name;
use super::{Draft, Rule, read};
use crate::clash::{Calendar, Days};
use crate::finding::{Finding, Level};
use crate::model::Entity;
use crate::model::norm::RoleKind;
use crate::model::quantity::{Limit, Measure, Quantity};
use crate::model::query::Range;
use num_rational::Ratio;
use rustc_hash::FxHashMap;

/// The rows of this family.
pub const RULES: &[Rule] = &[read("contradiction/floor", Level::Error, "less than a minimum demands")];

/// Looks for them.
pub(super) fn look(acts: &Acts, calendar: &mut Calendar, found: &mut Vec<Finding>) {
    let draft = acts.draft;
    let model = draft.model;
    let mut withdrawals: FxHashMap<Entity, Vec<&Row>> = FxHashMap::default();
    let whole: Vec<&Row> = removals(acts)
        .into_iter()
        .filter(|row| binds(row.norm) && row.norm.guard.is_empty() && row.act.is_certain() && !is_repeated(row.norm))
        .collect();
    if whole.is_empty() {
        return;
    }
    for row in &whole {
        for entity in row.act.entities().chain(row.norm.quantity.as_ref().and_then(|it| it.of)) {
            let list = withdrawals.entry(entity).or_default();
            if list.last().is_none_or(|last| last.id != row.id) {
                list.push(row);
            }
        }
    }
    for row in &acts.rows {
        let Some(floor) = row.norm.quantity.as_ref().filter(|it| counts(it) && binds(row.norm)) else { continue };
        let kept = is_presence(&model.vocabulary, row.act.verb) && row.norm.guard.is_empty() && row.act.is_certain();
        if !kept || floor.measure == Measure::Share || is_repeated(row.norm) {
            continue;
        }
        let Some((_, Range { low: Some(least), .. })) = model.range(floor) else { continue };
        let Some(days) = calendar.applies(row.id, row.norm) else { continue };
        for entity in row.act.entities().chain(floor.of) {
            let Some(list) = withdrawals.get(&entity) else { continue };
            // Those that take from what is to stay: the same actors, out of the same place.
            let mut taken: Vec<(&Row, Days)> = Vec::new();
            for other in list {
                let same = other.act.actors == row.act.actors
                    && undoes(&model.vocabulary, other.act.verb, row.act.verb)
                    && from_here(draft, &other.act, &row.act)
                    && !acts.settled(other.id, row.id)
                    && acts.own(other.id, row.id);
                let done = if same { calendar.done(other.id, other.norm) } else { None };
                taken.extend(done.and_then(|done| calendar.common(&days, &done)).map(|both| (*other, both)));
            }
            if let Some(finding) = below(acts, calendar, row, entity, floor, least, &mut taken) {
                found.push(finding);
                break;
            }
        }
    }
}

/// Whether a withdrawal is out of the place where something is to stay: from it, from within it or from all around it, or
/// without a word of where from.
fn from_here(draft: Draft, withdrawal: &Act, stay: &Act) -> bool {
    let from: Vec<Entity> = withdrawal.places(RoleKind::Origin).collect();
    let stays: Vec<Entity> = stay.places(RoleKind::Place).collect();
    from.is_empty()
        || stays.is_empty()
        || from.iter().any(|from| match (from, stays.as_slice()) {
            (Entity::Place(from), [Entity::Place(stays)]) => {
                draft.model.place_covers(*from, *stays) && (from == stays || withdrawal.objects == stay.objects)
            }
            _ => false,
        })
}

fn below(
    acts: &Acts,
    calendar: &Calendar,
    stay: &Row,
    entity: Entity,
    floor: &Quantity,
    least: Limit,
    taken: &mut Vec<(&Row, Days)>,
) -> Option<Finding> {
    let draft = acts.draft;
    let model = draft.model;
    taken.sort_by_key(|(row, days)| (days.first, row.id));
    let (zero, one) = (Ratio::from_integer(0), Ratio::from_integer(1));
    let there = stated(draft, entity);
    let initial = there.and_then(|(_, quantity)| {
        let (_, whole) = model.comparable(floor, quantity).filter(|_| !quantity.about)?;
        whole.high.map(|limit| limit.value)
    });
    let base = taken.first().map(|(_, days)| calendar.base(days))?;
    let (mut share, mut number, mut used) = (zero, zero, Vec::new());
    for (row, days) in taken.iter().filter(|(_, days)| calendar.base(days) == base) {
        used.push(*row);
        match &row.norm.quantity {
            None => share = one,
            Some(quantity) if !counts(quantity) => return None,
            Some(quantity) if quantity.measure == Measure::Share => share += quantity.low.map_or(zero, |low| low.value),
            Some(quantity) => {
                let low = model.comparable(quantity, floor).and_then(|(range, _)| range.low);
                number += low.map_or(zero, |low| low.value) * owed_by(row.norm, &row.act);
            }
        }
        let left = if share >= one { Some(zero) } else { initial.map(|all| all * (one - share) - number) };
        let Some(left) = left.map(|left| left.max(zero)) else { continue };
        if left > least.value || (left == least.value && !least.strict) {
            continue;
        }
        if left == least.value {
            continue;
        }
        let off = in_unit(draft, least.value - left, floor);
        let day = calendar.name(days, days.first);
        let message = format!(
            "on {day} {} of {} are left, {off} less than `{}` demands",
            in_unit(draft, left, floor),
            draft.called(entity),
            model.norm_name(stay.id)
        );
        let mut finding = Finding::new("contradiction/floor", Level::Error, message, floor.at)
            .saying("to stay until the end of this duty");
        for row in &used {
            finding = finding.label(row.norm.verb_at, "taken away here");
        }
        if let Some((at, _)) = there.filter(|_| share < one) {
            finding = finding.label(at, "all that there is");
        }
        let mut finding = finding
            .help(format!(
                "withdraw {off} less, lower the minimum, or let the duty of `{}` end before",
                model.norm_name(stay.id)
            ))
            .about(clause_name(draft, stay.norm));
        finding.clauses =
            std::iter::once(stay.id).chain(used.iter().map(|row| row.id)).map(|id| model.norm_name(id)).collect();
        return Some(finding);
    }
    None
}
