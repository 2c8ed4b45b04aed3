//! Conditions: `if`, `unless`, `while`.

use super::Resolver;
use super::scope::{Named, Want};
use crate::model::clause::{Target, What};
use crate::model::norm::Condition;
use crate::model::{Entity, MentionRole};
use crate::syntax::tree::{self, ConditionKind, Reference};

impl Resolver<'_> {
    /// A condition as written.
    pub(super) fn condition(&mut self, condition: &tree::Condition) -> Condition {
        match &condition.kind {
            ConditionKind::And(all) => Condition::All(all.iter().map(|one| self.condition(one)).collect()),
            ConditionKind::Or(any) => Condition::Any(any.iter().map(|one| self.condition(one)).collect()),
            ConditionKind::Not(not) => Condition::Not(Box::new(self.condition(not))),
            ConditionKind::Text(text) => {
                let what = What::Prose(self.words(*text));
                Condition::Holds(Target { at: self.at(text.span), what }, None)
            }
            ConditionKind::Holds(reference, state) => {
                let target = self.holding(reference);
                let holds = Condition::Holds(target, state.map(|state| state.kind));
                match state {
                    Some(state) if state.negated => Condition::Not(Box::new(holds)),
                    _ => holds,
                }
            }
        }
    }

    /// What can hold: an event, a phase, a clause or norm, an instrument.
    fn holding(&mut self, reference: &Reference) -> Target {
        let span = reference.span;
        let what = match self.named(reference) {
            Named::Norms(norms) => {
                self.mention_norms(norms, span, MentionRole::Condition);
                What::Norms(norms)
            }
            Named::Entity(entity) => {
                self.mention(entity, span, MentionRole::Condition);
                if matches!(entity, Entity::Party(_) | Entity::Place(_) | Entity::Thing(_)) {
                    let help = "a condition is an event, a phase or a clause; or put what must hold in quotation marks";
                    self.wrong_kind(entity, span, "something that can hold", help);
                }
                What::Entity(entity)
            }
            Named::Nothing(name) => {
                self.undefined(name, span, Want::Time);
                What::Unknown(name)
            }
        };
        Target { at: self.at(span), what }
    }
}
