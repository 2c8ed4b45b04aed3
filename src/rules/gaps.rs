//! Days on which nobody watches what is to be watched without a break.

use super::acts::{Acts, Row, is_repeated};
use super::ask::binds;
use super::structure::clause_name;
use super::{Draft, Rule, read};
use crate::clash::{Calendar, Days};
use crate::finding::{Finding, Level};
use crate::model::clause::ValueKind;
use crate::model::norm::{Mode, Norm};
use crate::model::vocabulary::Nature;
use crate::model::{ClauseId, Entity, NormId};
use crate::source::Loc;
use rustc_hash::{FxHashMap, FxHashSet};

/// The rows of this family.
pub const RULES: &[Rule] = &[read("time/gap", Level::Warning, "days on which nobody watches")];

/// What is watched, with all who watch it.
struct Watch<'r> {
    watchers: Vec<(&'r Row<'r>, Days)>,
    /// Whether all that bears on it can be counted in days from one point.
    counted: bool,
}

/// Looks for them.
pub(super) fn look(acts: &Acts, calendar: &mut Calendar, found: &mut Vec<Finding>) {
    let draft = acts.draft;
    let model = draft.model;
    let monitoring = draft.own_clauses().any(|(_, clause)| draft.text(clause.item.kind) == "monitoring");
    if !monitoring {
        return;
    }
    let mut watched: FxHashMap<ClauseId, Watch> = FxHashMap::default();
    for row in &acts.rows {
        let clause = model.clause(row.norm.clause);
        let watches = draft.text(clause.item.kind) == "monitoring" && clause.item.own && binds(row.norm);
        let lasts = model.vocabulary.action(row.act.verb).nature == Nature::Maintain;
        for entity in row.act.entities() {
            let Entity::Clause(of) = entity else { continue };
            let duration = (watches && lasts).then(|| calendar.may_apply(row.id, row.norm)).flatten();
            let watch = watched.entry(of).or_insert_with(|| Watch { watchers: Vec::new(), counted: true });
            match duration.filter(|_| row.norm.guard.is_empty() && row.act.is_certain() && !is_repeated(row.norm)) {
                Some(days) => watch.watchers.push((row, days)),
                None if watches && lasts => watch.counted = false,
                None => {}
            }
        }
    }
    // A clause that watches by a field, and norms of it that name nothing or leave words, may fill any gap.
    let plain_norms: FxHashSet<NormId> = acts.rows.iter().map(|row| row.id).collect();
    let mut unclear: FxHashSet<ClauseId> = FxHashSet::default();
    for (id, clause) in draft.own_clauses().filter(|(_, clause)| draft.text(clause.item.kind) == "monitoring") {
        let plain = model.norms_of(id).all(|(norm, _)| plain_norms.contains(&norm));
        for value in clause.item.fields.iter().flat_map(|field| &field.values) {
            if let ValueKind::Entity(Entity::Clause(of), _) = value.kind {
                let by_norm =
                    watched.get(&of).is_some_and(|it| it.watchers.iter().any(|(row, _)| row.norm.clause == id));
                if !by_norm || !plain {
                    unclear.insert(of);
                }
            }
        }
    }
    let mut all: Vec<(ClauseId, Watch)> = watched.into_iter().collect();
    all.sort_by_key(|(id, _)| *id);
    for (of, watch) in all {
        if !watch.counted || watch.watchers.is_empty() || unclear.contains(&of) {
            continue;
        }
        tell(draft, calendar, of, watch.watchers, found);
    }
}

/// The days on which a clause is in force: from the first to the last day of its duties and bans that last.
fn in_force(draft: Draft, calendar: &mut Calendar, id: ClauseId) -> Vec<Days> {
    let model = draft.model;
    let lasts = |norm: &Norm| {
        norm.guard.is_empty()
            && match norm.mode {
                Mode::Forbid => true,
                Mode::Oblige => draft.action(norm).is_some_and(|action| action.nature != Nature::Achieve),
                _ => false,
            }
    };
    let norms: Vec<(NormId, &Norm)> = model.norms_of(id).filter(|(_, norm)| !norm.damaged && lasts(norm)).collect();
    norms.into_iter().filter_map(|(id, norm)| calendar.applies(id, norm)).collect()
}

fn tell(
    draft: Draft,
    calendar: &mut Calendar,
    of: ClauseId,
    mut watchers: Vec<(&Row, Days)>,
    found: &mut Vec<Finding>,
) {
    let model = draft.model;
    let force = in_force(draft, calendar, of);
    let Some((_, first)) = watchers.first() else { return };
    let base = calendar.base(first);
    // Only what is counted from one point can be laid side by side.
    if watchers.iter().any(|(_, days)| calendar.base(days) != base) {
        return;
    }
    watchers.sort_by_key(|(row, days)| (days.first, row.id));
    let needed = |from: i64, to: i64| {
        // On every day of the gap some norm of what is watched applies.
        force.iter().any(|days| {
            let counted = calendar.base(days) == base || calendar.always(days);
            counted && days.first <= from && days.last.is_none_or(|last| to <= last)
        })
    };
    let continuous = |row: &Row| {
        let clause = model.clause(row.norm.clause);
        let field = model.names.get("continuous").and_then(|name| clause.item.field(name));
        field.is_some_and(|field| field.values.iter().any(|value| value.kind == ValueKind::Yes)).then_some(())
    };
    let mut until: Option<(i64, &Row)> = None;
    for (row, days) in &watchers {
        let gap = match until {
            None => None,
            Some((last, before)) => (last + 1 < days.first).then_some((last + 1, days.first - 1, Some(before))),
        };
        // The first comes late only where the watch is to be continuous.
        let late = force.iter().filter(|it| calendar.base(it) == base && it.first < days.first);
        let late = late.map(|it| it.first).min().filter(|_| until.is_none() && continuous(row).is_some());
        let gap = gap.or_else(|| late.map(|from| (from, days.first - 1, None)));
        if let Some((from, to, before)) = gap.filter(|&(from, to, _)| needed(from, to)) {
            let name = |tick| calendar.name(days, tick);
            let when = if from == to { name(from) } else { format!("{} to {}", name(from), name(to)) };
            let at = start_of(row.norm);
            let mut finding = Finding::new(
                "time/gap",
                Level::Warning,
                format!("nobody watches {} from {when}", draft.called(Entity::Clause(of))),
                at,
            )
            .saying("begins only here …");
            if let Some(before) = before {
                finding = finding.label(end_of(before.norm), "… and the watch before ends here");
                finding.clauses = vec![model.norm_name(before.id), model.norm_name(row.id)];
            }
            found.push(
                finding
                    .help("let the next watch begin on the day on which the last one ends, or the last one stay longer")
                    .about(clause_name(draft, row.norm)),
            );
        }
        match (days.last, until) {
            (None, _) => return,
            (Some(last), Some((known, _))) if known >= last => {}
            (Some(last), _) => until = Some((last, row)),
        }
    }
}

/// The words by which a norm begins, else all of it.
fn start_of(norm: &Norm) -> Loc {
    norm.window.starts.first().map_or(norm.at, |edge| edge.at)
}

fn end_of(norm: &Norm) -> Loc {
    norm.window.ends.first().map_or(norm.at, |edge| edge.at)
}
