//! Conditions: in disjunctive form, each part a list of facts that change once or hold for a time.

use super::problem::{ORIGIN, PointId, PointOf, Term, Window};
use super::solver::Formula;
use super::timeline::{Reading, Timeline};
use crate::model::clause::{NormRef, Target, What};
use crate::model::norm::{Condition, Norm, StateKind};
use crate::model::time::{Anchor, Offset, Point, Time};
use crate::model::{Entity, Model, NormId};
use crate::source::Loc;
use crate::syntax::tree::Lead;
use smallvec::SmallVec;

/// Parts that a condition may fall into; beyond that its norm is left out.
const MOST_PARTS: usize = 16;

/// One fact, or its opposite.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Literal {
    /// From when it is true.
    pub from: Term,
    /// From when it is not true any more.
    pub to: Option<Term>,
    /// Whether the opposite is wanted.
    pub not: bool,
}

/// Facts that must hold together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// The facts.
    pub literals: SmallVec<[Literal; 2]>,
    /// Norms whose breach is presupposed.
    pub presupposes: SmallVec<[NormId; 1]>,
}

/// The conditions of a norm in disjunctive form; none where a part of them is nothing that a history decides, or they fall
/// into too many parts.
pub fn parts(line: &mut Timeline, model: &Model, id: NormId, norm: &Norm) -> Option<Vec<Part>> {
    let mut all = vec![Part::default()];
    for guard in &norm.guard {
        let not = guard.lead == Lead::Unless;
        let these = disjuncts(line, model, id, &guard.condition, not)?;
        all = both(&all, &these)?;
    }
    Some(all)
}

fn disjuncts(line: &mut Timeline, model: &Model, id: NormId, condition: &Condition, not: bool) -> Option<Vec<Part>> {
    match condition {
        Condition::Not(inner) => disjuncts(line, model, id, inner, !not),
        Condition::Holds(target, state) => {
            let (literal, presupposes) = literal(line, model, id, target, *state)?;
            let presupposes = if not { SmallVec::new() } else { presupposes };
            let literals = SmallVec::from_iter([Literal { not, ..literal }]);
            Some(vec![Part { literals, presupposes }])
        }
        // De Morgan: the opposite of all is any of the opposites.
        Condition::All(inner) | Condition::Any(inner) => {
            let conjoined = matches!(condition, Condition::All(_)) != not;
            let mut found = if conjoined { vec![Part::default()] } else { Vec::new() };
            for one in inner {
                let these = disjuncts(line, model, id, one, not)?;
                if conjoined {
                    found = both(&found, &these)?;
                } else {
                    found.extend(these);
                }
            }
            (found.len() <= MOST_PARTS).then_some(found)
        }
    }
}

fn both(one: &[Part], other: &[Part]) -> Option<Vec<Part>> {
    if one.len() * other.len() > MOST_PARTS {
        return None;
    }
    let mut found = Vec::with_capacity(one.len() * other.len());
    for a in one {
        for b in other {
            let mut part = a.clone();
            part.literals.extend(b.literals.iter().copied());
            part.presupposes.extend(b.presupposes.iter().copied());
            found.push(part);
        }
    }
    Some(found)
}

fn literal(
    line: &mut Timeline,
    model: &Model,
    id: NormId,
    target: &Target,
    state: Option<StateKind>,
) -> Option<(Literal, SmallVec<[NormId; 1]>)> {
    let none = SmallVec::new();
    let once = |from: PointId| Literal { from: Term { point: from, plus: 0 }, to: None, not: false };
    let norms = match &target.what {
        What::Entity(Entity::Event(event)) => {
            let recurring = model.event(*event).recurring;
            // That an event which can happen again has not happened is no single fact.
            let from = dated(line, Anchor::Event(*event), target.at, id)?;
            let point = line.event(*event, id);
            let from = if recurring { Term { point, plus: 0 } } else { from };
            return Some((Literal { from, to: None, not: false }, none));
        }
        What::Entity(Entity::Phase(phase)) => {
            let from = dated(line, Anchor::Phase(*phase, Point::Start), target.at, id)?;
            let row = model.phase(*phase);
            let ends = row.until.is_some() || row.lasts.is_some();
            let to = if ends { Some(dated(line, Anchor::Phase(*phase, Point::End), target.at, id)?) } else { None };
            return Some((Literal { from, to, not: false }, none));
        }
        What::Entity(Entity::Clause(clause)) => {
            let norms = model.clause(*clause).norms.clone();
            NormRef { first: NormId(norms.start), count: norms.end - norms.start }
        }
        What::Norms(norms) => *norms,
        _ => return None,
    };
    // A clause of one norm is that norm; a clause of none is never anything.
    let of = |point: Point| match (norms.count, &target.what) {
        (0, _) => None,
        (1, _) => Some(PointOf::Norm(norms.first, point)),
        (_, What::Entity(Entity::Clause(clause))) => Some(PointOf::Clause(*clause, point)),
        _ => None,
    };
    match state.unwrap_or(StateKind::Fulfilled) {
        StateKind::Broken => {
            let presupposes: SmallVec<[NormId; 1]> = norms.ids().collect();
            Some((once(line.point(PointOf::Breach(norms.first))), presupposes))
        }
        StateKind::Fulfilled => Some((once(line.point(of(Point::Fulfilment)?)), none)),
        StateKind::Due | StateKind::InForce => {
            let from = Term { point: line.point(of(Point::Start)?), plus: 0 };
            let to = Term { point: line.point(of(Point::End)?), plus: 0 };
            Some((Literal { from, to: Some(to), not: false }, none))
        }
    }
}

fn dated(line: &mut Timeline, anchor: Anchor, at: Loc, id: NormId) -> Option<Term> {
    line.day_start(&Time { at, anchor, offset: Offset::ZERO }, Reading::Earliest, id)
}

impl Part {
    /// The windows in which a norm holds while this part is true, each part of the opposite of a phase one of its own; none
    /// where it names the opposite of something that can happen again.
    pub fn windows(&self, line: &Timeline, window: &Window) -> Option<Vec<Window>> {
        let mut all = vec![window.clone()];
        for literal in &self.literals {
            if literal.not && matches!(line.row(literal.from.point).of, PointOf::Occurrence(..)) {
                return None;
            }
            let ended = |window: &Window, term: Term| {
                let mut window = window.clone();
                window.ends.push(Term { plus: term.plus - 1, ..term });
                window
            };
            let started = |window: &Window, term: Term| {
                let mut window = window.clone();
                window.starts.push(term);
                window
            };
            all = all
                .iter()
                .flat_map(|window| match (literal.not, literal.to) {
                    (false, None) => vec![started(window, literal.from)],
                    (false, Some(to)) => vec![ended(&started(window, literal.from), to)],
                    (true, None) => vec![ended(window, literal.from)],
                    (true, Some(to)) => vec![ended(window, literal.from), started(window, to)],
                })
                .collect();
            if all.len() > MOST_PARTS {
                return None;
            }
        }
        Some(all)
    }

    /// The window of a duty that is to be done once while this part is true when the duty begins, and what else must be true
    /// of the history for it to apply.
    pub fn duty(&self, line: &Timeline, window: &Window) -> Option<(Window, Formula)> {
        let mut window = window.clone();
        for literal in self.literals.iter().filter(|literal| !literal.not) {
            window.starts.push(literal.from);
        }
        let mut needs = Vec::new();
        for literal in &self.literals {
            if literal.not && matches!(line.row(literal.from.point).of, PointOf::Occurrence(..)) {
                return None;
            }
            match (literal.not, literal.to) {
                (false, None) => {}
                // It still holds when the duty begins, at the latest of its starts.
                (false, Some(to)) => {
                    let before = window.starts.iter().map(|start| at_most(*start, Term { plus: to.plus - 1, ..to }));
                    needs.push(Formula::any([happens(to.point).not(), Formula::all(before)]));
                }
                (true, to) => needs.push(never_within(&window, literal.from, to)),
            }
        }
        Some((window, Formula::all(needs)))
    }
}

/// What begins at one point and ends at the other is not the case on any day of the window.
fn never_within(window: &Window, from: Term, to: Option<Term>) -> Formula {
    let later = window
        .ends
        .iter()
        .map(|end| Formula::all([happens(end.point), at_most(Term { plus: end.plus + 1, ..*end }, from)]));
    let over = to.map(|to| {
        let after = window.starts.iter().map(|start| at_most(to, *start));
        // What ends before it begins is never the case.
        Formula::all([happens(to.point), Formula::any(after.chain([at_most(to, from)]))])
    });
    Formula::any([happens(from.point).not()].into_iter().chain(later).chain(over))
}

/// That a point comes.
pub(super) fn happens(point: PointId) -> Formula {
    if point == ORIGIN { Formula::True } else { Formula::Fact(point.0) }
}

/// That one term is not later than another.
pub(super) fn at_most(one: Term, other: Term) -> Formula {
    if one.point == other.point {
        return if one.plus <= other.plus { Formula::True } else { Formula::False };
    }
    Formula::AtMost(one.point.0, other.point.0, other.plus - one.plus)
}
