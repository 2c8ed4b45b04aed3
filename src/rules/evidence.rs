//! What in a draft makes up for a field that is absent: `met-by` of the vocabulary against the norms.

use super::{Draft, ask};
use crate::model::clause::{ValueKind, What};
use crate::model::entity::Item;
use crate::model::norm::{Mode, Norm, RoleKind};
use crate::model::time::TimePhraseKind;
use crate::model::vocabulary::{Action, ActionId, Evidence, FieldSpec};
use crate::model::{Entity, MentionRole, NormId, Symbol};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a draft says, as far as it may make a field unnecessary.
pub(super) struct Shown {
    /// The kinds of clause that it has.
    kinds: FxHashSet<Symbol>,
    /// The norms that speak of an item, and whether it is their object.
    about: FxHashMap<Entity, Vec<(NormId, bool)>>,
    /// Each verb with the more general ones that it is a kind of.
    general: Vec<Vec<Symbol>>,
    /// The verbs of all norms of the draft.
    verbs: FxHashSet<Symbol>,
}

impl Shown {
    /// Looks through a draft once.
    pub(super) fn of(draft: Draft) -> Self {
        let mut about: FxHashMap<Entity, Vec<(NormId, bool)>> = FxHashMap::default();
        for mention in &draft.model.mentions {
            if let (Entity::Clause(_) | Entity::Event(_), Some(norm)) = (mention.entity, mention.norm) {
                about.entry(mention.entity).or_default().push((norm, mention.role == MentionRole::Object));
            }
        }
        let actions = &draft.model.vocabulary.actions;
        let mut shown = Self {
            kinds: draft.model.clauses.iter().map(|clause| clause.item.kind).collect(),
            about,
            general: actions.iter().map(|action| with_general(draft, action)).collect(),
            verbs: FxHashSet::default(),
        };
        let mut seen: FxHashSet<ActionId> = FxHashSet::default();
        for norm in draft.own_norms().flat_map(|(_, norm)| with_ensured(norm)) {
            match norm.action {
                Some(id) if seen.insert(id) => {
                    shown.verbs.extend(shown.general.get(id.0 as usize).into_iter().flatten());
                }
                Some(_) => {}
                None => {
                    shown.verbs.insert(norm.verb);
                }
            }
        }
        shown
    }

    /// Whether something meets a field that an item does not have.
    pub(super) fn meets(&self, draft: Draft, entity: Entity, item: &Item, spec: &FieldSpec) -> bool {
        spec.met_by.iter().any(|evidence| match evidence {
            Evidence::Field(name) => {
                item.field(*name).is_some_and(|field| field.values.iter().any(|value| value.kind != ValueKind::Open))
            }
            Evidence::Clause(kind) => self.kinds.contains(kind),
            evidence => self.in_own(draft, entity, *evidence) || self.elsewhere(draft, entity, *evidence),
        })
    }

    /// Whether a norm in the item itself shows it; in a declaration that is any norm of the draft.
    fn in_own(&self, draft: Draft, entity: Entity, evidence: Evidence) -> bool {
        match (entity, evidence) {
            (Entity::Clause(id), _) => draft.model.norms_of(id).any(|(_, norm)| self.shows(norm, evidence)),
            (Entity::Instrument(id), Evidence::Action(verb)) if Some(id) == draft.model.declaration => {
                self.verbs.contains(&verb)
            }
            _ => false,
        }
    }

    /// Whether a norm elsewhere shows it: one that speaks of the item for a verb, and for all else one that acts on it.
    fn elsewhere(&self, draft: Draft, entity: Entity, evidence: Evidence) -> bool {
        let any = matches!(evidence, Evidence::Action(_));
        let norms = self.about.get(&entity).into_iter().flatten();
        norms.filter(|(_, object)| any || *object).any(|(id, _)| self.shows(draft.model.norm(*id), evidence))
    }

    fn shows(&self, norm: &Norm, evidence: Evidence) -> bool {
        with_ensured(norm).any(|norm| match evidence {
            Evidence::Action(verb) => match norm.action {
                Some(id) => self.general.get(id.0 as usize).is_some_and(|known| known.contains(&verb)),
                None => norm.verb == verb,
            },
            evidence => shows(norm, evidence),
        })
    }
}

/// A norm, and what it promises for others.
fn with_ensured(norm: &Norm) -> impl Iterator<Item = &Norm> {
    std::iter::once(norm).chain(norm.ensures.as_deref())
}

/// A verb, and those that it is a kind of.
fn with_general(draft: Draft, action: &Action) -> Vec<Symbol> {
    let mut known = vec![action.name];
    let mut next = 0;
    while let Some(&name) = known.get(next) {
        next += 1;
        let Some(&id) = draft.model.vocabulary.action_ids.get(&name) else { continue };
        for more in &draft.model.vocabulary.action(id).is {
            if !known.contains(more) {
                known.push(*more);
            }
        }
    }
    known
}

fn shows(norm: &Norm, evidence: Evidence) -> bool {
    use TimePhraseKind as K;
    let role = |kind: RoleKind| norm.roles.iter().any(|role| role.kind == kind);
    let time = |is: fn(&K) -> bool| norm.times.iter().any(|phrase| is(&phrase.kind));
    match evidence {
        Evidence::Amount => norm.quantity.is_some(),
        Evidence::Place => role(RoleKind::Place),
        Evidence::Origin => role(RoleKind::Origin),
        Evidence::Start => time(|kind| {
            matches!(
                kind,
                K::Within(..) | K::After(_) | K::NotBefore(_) | K::Upon(_) | K::UponEach(_) | K::On(_) | K::Together(_)
            ) || matches!(kind, K::DistanceAfter(..) | K::During(_))
        }),
        Evidence::Deadline => {
            time(|kind| matches!(kind, K::Within(..) | K::By(_) | K::Before(_) | K::On(_) | K::DistanceBefore(..)))
        }
        Evidence::End => time(|kind| matches!(kind, K::Until(_) | K::For(_) | K::During(_))),
        Evidence::Actor => {
            let named = |what: &What| matches!(what, What::Entity(_) | What::TheParties | What::AllParties);
            norm.actors.list.iter().any(|actor| named(&actor.what))
        }
        Evidence::Recipient => role(RoleKind::Recipient) || role(RoleKind::Beneficiary),
        Evidence::Object => !norm.objects.list.is_empty(),
        Evidence::Under => role(RoleKind::Under),
        Evidence::Consent => role(RoleKind::Consent),
        Evidence::Means => role(RoleKind::Means),
        Evidence::Interval => time(|kind| matches!(kind, K::Every(_))),
        Evidence::Duty => ask::binds(norm),
        Evidence::Ban => norm.mode == Mode::Forbid,
        Evidence::Action(_) | Evidence::Field(_) | Evidence::Clause(_) => false,
    }
}
