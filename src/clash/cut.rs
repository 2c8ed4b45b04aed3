//! Bans that take part of a right and leave the rest: nobody wrote which of the two yields.

use super::index::{can_meet, exempts, is_within};
use super::problem::{Claim, Kind, Origin, Scope};
use super::search::{Covered, Limit, Search, options};
use super::solver::{Budget, Formula};
use crate::model::clause::{Target, What};
use crate::model::norm::OrderKind;
use crate::model::{Entity, Model, NormId};
use rustc_hash::FxHashSet;

impl Search<'_> {
    /// For each norm that forbids part of what a claim permits a day on which it does, up to where the search gives up.
    pub(super) fn cuts(&self, claim: &Claim) -> (Vec<Covered>, Result<(), Limit>) {
        let right = self.model.norm(claim.norm);
        // Words that nobody can test, or an exemption, say that it gives way to something.
        let excepted = right.orders.iter().any(|order| order.kind == OrderKind::Except);
        if !right.words.is_empty() || right.purpose.is_some() || excepted {
            return (Vec::new(), Ok(()));
        }
        let budget = Budget::new(self.effort.steps);
        // On a single day of its text, not on all.
        let day = Claim { kind: Kind::Maintain, also: Vec::new(), needs: Formula::True, text: None, ..claim.clone() };
        let mut found: Vec<Covered> = Vec::new();
        let mut seen: FxHashSet<NormId> = FxHashSet::default();
        for (actor, scope) in options(claim) {
            for number in self.index.limiting(self.model, claim, (actor, scope)) {
                let ban = self.index.ban(number);
                let forbids = matches!(ban.origin, Origin::Said | Origin::Others) && !ban.soft;
                if !forbids
                    || seen.contains(&ban.norm)
                    || !self.index.compared(self.model, claim, ban)
                    || exempts(self.model, ban, actor, scope)
                    || !ban.scopes.iter().any(|banned| meets(self.model, scope, banned))
                    || !can_meet(claim, ban)
                    || settled(self.model, claim.norm, ban.norm)
                {
                    continue;
                }
                match self.shared(&day, number, &budget) {
                    Ok(Some(covered)) => {
                        seen.insert(ban.norm);
                        found.push(covered);
                    }
                    Ok(None) => {}
                    Err(limit) => return (found, Err(limit)),
                }
            }
        }
        (found, Ok(()))
    }
}

/// Whether the text itself says how a right and a ban stand to each other: they are two sentences of one clause, or one of
/// them names the other.
fn settled(model: &Model, right: NormId, ban: NormId) -> bool {
    let same = model.norm(right).clause == model.norm(ban).clause;
    same || names(model, right, ban) || names(model, ban, right)
}

/// Whether a norm says how it stands to another.
fn names(model: &Model, norm: NormId, other: NormId) -> bool {
    let meant = |target: &Target| match &target.what {
        What::Norms(norms) => norms.ids().any(|id| id == other),
        What::Entity(Entity::Clause(id)) => *id == model.norm(other).clause,
        _ => false,
    };
    model.norm(norm).orders.iter().any(|order| meant(&order.target))
}

/// Whether something meets a scope and what is banned alike.
fn meets(model: &Model, scope: &Scope, banned: &Scope) -> bool {
    let touch = |one, other| is_within(model, one, other) || is_within(model, other, one);
    let objects = match (&scope.object, &banned.object) {
        (Some(object), Some(banned)) => touch(object, banned),
        _ => true,
    };
    let roles = banned.roles.iter().all(|(kind, banned)| {
        let mut own = scope.roles.iter().filter(|(own, _)| own == kind).peekable();
        own.peek().is_none() || own.any(|(_, object)| touch(object, banned))
    });
    // A cap leaves a right whole below it.
    objects && roles && banned.amount.is_none()
}
