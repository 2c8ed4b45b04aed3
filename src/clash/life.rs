//! Duties that outlast what they belong to: a deadline beyond its phase, a duty after the body that is to carry it out has ended.
//!
//! Two ends are compared only where both are counted from the same point, so that what is found holds in every history.

use super::lower::Reader;
use super::problem::{Known, Term};
use super::timeline::Reading;
use crate::model::clause::{Value, ValueKind};
use crate::model::norm::{Mode, Norm};
use crate::model::time::{Anchor, Offset, Point, Time, TimePhraseKind};
use crate::model::vocabulary::Nature;
use crate::model::{ClauseId, Entity, NormId, PhaseId};
use crate::source::Loc;

/// A duty that goes on when what it belongs to has ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlasting {
    /// The duty.
    pub norm: NormId,
    /// What has ended by then.
    pub ended: Ended,
    /// The words that say when the duty is due.
    pub due_at: Loc,
    /// The words that say when the other ends.
    pub end_at: Loc,
    /// By how many ticks.
    pub by: i64,
}

/// What ends before a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The phase in which it is to be kept.
    Phase(PhaseId),
    /// The clause that creates whoever is to keep it.
    Clause(ClauseId),
}

/// The duties of a draft that outlast their phase or whoever is to keep them.
pub(super) fn outlasting(reader: &mut Reader) -> Vec<Outlasting> {
    let model = reader.model;
    let mut found = Vec::new();
    for (number, norm) in model.norms.iter().enumerate() {
        let id = NormId(number as u32);
        if norm.mode != Mode::Oblige || norm.window.ends.is_empty() || !reader.counts(norm) {
            continue;
        }
        found.extend(beyond_phase(reader, id, norm).or_else(|| beyond_actor(reader, id, norm)));
    }
    found
}

fn beyond_phase(reader: &mut Reader, id: NormId, norm: &Norm) -> Option<Outlasting> {
    let phases: Vec<(PhaseId, Loc)> = norm
        .times
        .iter()
        .filter_map(|phrase| match &phrase.kind {
            TimePhraseKind::During(Time { anchor: Anchor::Phase(phase, _), .. }) => Some((*phase, phrase.at)),
            _ => None,
        })
        .collect();
    for (phase, at) in phases {
        let end = Time { at, anchor: Anchor::Phase(phase, Point::End), offset: Offset::ZERO };
        let Some(end) = reader.line.day_start(&end, Reading::Latest, id) else { continue };
        for edge in norm.window.ends.iter().filter(|edge| edge.at != at) {
            let Some(due) = reader.line.day_start(&edge.time, Reading::Earliest, id) else { continue };
            if let Some(by) = later(due, end) {
                return Some(Outlasting { norm: id, ended: Ended::Phase(phase), due_at: edge.at, end_at: at, by });
            }
        }
    }
    None
}

fn beyond_actor(reader: &mut Reader, id: NormId, norm: &Norm) -> Option<Outlasting> {
    let model = reader.model;
    let lasts = norm.action.is_some_and(|action| model.vocabulary.action(action).nature == Nature::Maintain);
    let clauses = norm.actors.list.iter().filter_map(|target| match target.entity() {
        Some(Entity::Clause(clause)) => Some(clause),
        _ => None,
    });
    for clause in clauses.collect::<Vec<_>>() {
        let Some(end) = end_of(reader, clause, id) else { continue };
        // What is to be done once can be done earlier, unless it begins too late.
        let edges = if lasts { &norm.window.ends } else { &norm.window.starts };
        for edge in edges {
            let Some(due) = reader.line.day_start(&edge.time, Reading::Earliest, id) else { continue };
            if let Some(by) = later(due, end.term) {
                return Some(Outlasting {
                    norm: id,
                    ended: Ended::Clause(clause),
                    due_at: edge.at,
                    end_at: end.at,
                    by,
                });
            }
        }
    }
    None
}

/// When a clause says that what it creates ends: a point of time, or a length from its start.
fn end_of(reader: &mut Reader, clause: ClauseId, norm: NormId) -> Option<Known> {
    let model = reader.model;
    let item = &model.clause(clause).item;
    let value = |name: &str| -> Option<&Value> {
        let field = item.field(model.names.get(name)?)?;
        field.values.first()
    };
    let said = value("until").or_else(|| value("expires")).or_else(|| value("duration"))?;
    let time = match &said.kind {
        ValueKind::Time(time) => Time::clone(time),
        ValueKind::Entity(Entity::Event(event), None) => {
            Time { at: said.at, anchor: Anchor::Event(*event), offset: Offset::ZERO }
        }
        ValueKind::Entity(Entity::Phase(phase), None) => {
            Time { at: said.at, anchor: Anchor::Phase(*phase, Point::End), offset: Offset::ZERO }
        }
        ValueKind::Length(length) if !length.about => {
            let start = match &value("start")?.kind {
                ValueKind::Time(time) => Time::clone(time),
                ValueKind::Entity(Entity::Event(event), None) => {
                    Time { at: said.at, anchor: Anchor::Event(*event), offset: Offset::ZERO }
                }
                _ => return None,
            };
            start.moved(length.high?)
        }
        _ => return None,
    };
    let term = reader.line.day_end(&time, Reading::Latest, norm)?;
    Some(Known { term, at: said.at })
}

/// By how much one term is later than another, if both are counted from the same point.
fn later(one: Term, other: Term) -> Option<i64> {
    (one.point == other.point && one.plus > other.plus).then_some(one.plus - other.plus)
}
