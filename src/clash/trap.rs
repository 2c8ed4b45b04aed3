//! Traps: duties that can be kept with foresight, but not any more by one who has not yet acted when something happens.
//!
//! Up to some point everything is kept and can still be kept; then an event comes of which nobody had notice, starts a ban, and
//! what is left of the time is forbidden. (Post, Hoenicke and Podelski, 2011, call such requirements rt-inconsistent.) What the
//! actor himself brings about, what has a date, and what starts the duty is no surprise.

use super::problem::{Ban, Claim, Kind, ORIGIN, PointId, PointOf, Term};
use super::search::{Covered, Limit, Question, Search, options};
use super::solver::Budget;
use crate::model::time::Point;
use crate::model::{Entity, NormId};

impl Search<'_> {
    /// A point that leaves a claim which nobody has yet met no way to be met, and the bans that do so.
    pub(super) fn trap(&self, claim: &Claim, pool: fn(&Ban) -> bool) -> Result<Option<(PointId, Covered)>, Limit> {
        let is_deadline = |end: &Term| !matches!(self.line.row(end.point).of, PointOf::Last(_));
        if claim.kind != Kind::Achieve || !claim.window.ends.iter().any(is_deadline) {
            return Ok(None);
        }
        let points = self.surprises(claim, pool);
        let budget = Budget::new(self.effort.steps);
        for &point in points.iter().take(self.effort.alone) {
            let (late, question) = shut(claim, pool, point);
            if let Some(covered) = self.covered_within(&late, question, &budget)? {
                return self.smallest_trap(claim, pool, &points, (point, covered), &budget).map(Some);
            }
        }
        if points.len() > self.effort.alone { Err(Limit::Bans) } else { Ok(None) }
    }

    /// The trap, or one that needs fewer of its bans because another point shuts it.
    fn smallest_trap(
        &self,
        claim: &Claim,
        pool: fn(&Ban) -> bool,
        points: &[PointId],
        mut trap: (PointId, Covered),
        budget: &Budget,
    ) -> Result<(PointId, Covered), Limit> {
        if trap.1.bans.len() == 1 {
            return Ok(trap);
        }
        for &point in points.iter().take(self.effort.alone) {
            let (late, question) = shut(claim, pool, point);
            match self.covered_by(&late, question, &trap.1.bans, budget)? {
                Some(fewer) if fewer.bans.len() < trap.1.bans.len() => trap = (point, fewer),
                _ => {}
            }
        }
        Ok(trap)
    }

    /// The points that start bans on an option of a claim and may come without notice, sorted.
    fn surprises(&self, claim: &Claim, pool: fn(&Ban) -> bool) -> Vec<PointId> {
        let mut found: Vec<PointId> = Vec::new();
        for option in options(claim) {
            let (bans, _) = self.index.covering(self.model, claim, option, pool, self.effort.bans);
            let starts = bans.iter().flat_map(|&number| &self.index.ban(number).window.starts);
            found.extend(starts.map(|start| start.point));
        }
        found.sort_unstable();
        found.dedup();
        let again = |of: PointOf| match of {
            PointOf::Occurrence(event, _) => Some(event),
            _ => None,
        };
        found.retain(|&point| {
            // Another occurrence of what starts the duty is no surprise either.
            let of = self.line.row(point).of;
            let starts = claim.window.starts.iter().any(|start| {
                let own = self.line.row(start.point).of;
                start.point == point || (again(own).is_some() && again(own) == again(of))
            });
            point != ORIGIN && !starts && self.line.row(point).until.is_empty() && !self.is_own_act(claim, point)
        });
        found
    }

    /// Whether one of those who may act brings the point about, or nobody can but by the calendar.
    fn is_own_act(&self, claim: &Claim, point: PointId) -> bool {
        let own = |entity: Entity| claim.actors.contains(&Some(entity));
        let acts = |id: NormId| {
            let actors = self.model.named_actors(&self.model.norm(id).actors.list);
            self.model.with_members(&actors).into_iter().any(own)
        };
        match self.line.row(point).of {
            PointOf::Event(id) | PointOf::Occurrence(id, _) => {
                let by = self.model.named_actors(&self.model.event(id).by);
                self.model.with_members(&by).into_iter().any(own)
            }
            PointOf::Norm(id, Point::Fulfilment) | PointOf::Breach(id) => acts(id),
            PointOf::Clause(id, Point::Fulfilment) => self.model.clause(id).norms.clone().map(NormId).any(acts),
            PointOf::Norm(..) | PointOf::Clause(..) | PointOf::Origin | PointOf::Milestone(..) | PointOf::Last(_) => {
                true
            }
        }
    }
}

/// The claim of one who has not acted when a point comes, and what is asked of it.
fn shut(claim: &Claim, pool: fn(&Ban) -> bool, point: PointId) -> (Claim, Question) {
    let mut late = claim.clone();
    late.window.starts.push(Term { point, plus: 0 });
    (late, Question { pool, prompt: true, cut: Some(point) })
}
