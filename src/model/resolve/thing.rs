//! Actors and objects.

use super::Resolver;
use super::amount::AmountPlace;
use super::scope::{Named, Want};
use crate::model::clause::{NormRef, Target, What};
use crate::model::quantity::{Measure, Quantity};
use crate::model::{ClauseId, Entity, MentionRole, NormId};
use crate::source::Span;
use crate::syntax::tree::{Reference, Thing, ThingKind, Things};

/// Targets, and how many or how much of them, where a number says so.
#[derive(Default, Clone)]
pub(super) struct Several {
    pub(super) list: Vec<Target>,
    pub(super) quantity: Option<Box<Quantity>>,
}

impl Resolver<'_> {
    /// Those who act.
    pub(super) fn actors(&mut self, things: &Things) -> Several {
        let mut several = Several { list: Vec::with_capacity(things.list.len()), quantity: None };
        for thing in things.list {
            let what = match &thing.kind {
                ThingKind::Name(reference) => self.actor(reference),
                ThingKind::Amount((amount, of)) => {
                    let what = match of {
                        Some(reference) => self.actor(reference),
                        None => What::Prose(self.text(thing.span).into()),
                    };
                    let of = entity_of(&what);
                    let quantity = self.quantity(amount, of, AmountPlace::Norm);
                    several.quantity.get_or_insert_with(|| Box::new(quantity));
                    what
                }
                _ => self.several_parties(thing),
            };
            several.list.push(Target { at: self.at(thing.span), what });
        }
        several
    }

    fn actor(&mut self, reference: &Reference) -> What {
        let span = reference.span;
        match self.named(reference) {
            Named::Entity(entity) => {
                self.mention(entity, span, MentionRole::Actor);
                // A text can enter into force, or expire.
                if !matches!(entity, Entity::Party(_) | Entity::Clause(_) | Entity::Instrument(_)) {
                    let help = "only a party, or a body, force or hub that the draft creates, can act; \
                                for what is done to something write `shall be …`";
                    self.wrong_kind(entity, span, "a party", help);
                }
                What::Entity(entity)
            }
            Named::Norms(norms) => {
                let message = format!("`{}` is a sentence, and a party belongs here", self.text(span));
                let help =
                    format!("write `{}` for those who deploy it, lead it or make it up", self.text(reference.path()));
                self.error("structure/wrong-kind", message, span, "a party belongs here".into(), help);
                What::Norms(norms)
            }
            Named::Nothing(name) => {
                self.undefined(name, span, Want::Actor);
                What::Unknown(name)
            }
        }
    }

    /// What is acted on.
    pub(super) fn objects(&mut self, things: &Things) -> Several {
        let mut several = Several { list: Vec::with_capacity(things.list.len()), quantity: None };
        for thing in things.list {
            match &thing.kind {
                ThingKind::Name(reference) => {
                    let what = self.object(reference, MentionRole::Object);
                    several.list.push(Target { at: self.at(reference.span), what });
                }
                ThingKind::Amount((amount, of)) => {
                    let whole = of.as_ref().map(|of| (of.span, self.object(of, MentionRole::Object)));
                    let of = whole.as_ref().and_then(|(_, what)| entity_of(what));
                    let quantity = self.quantity(amount, of, AmountPlace::Norm);
                    let counted = match (quantity.measure, quantity.of) {
                        (Measure::Counted(entity), _) | (_, Some(entity)) => Some(What::Entity(entity)),
                        _ => None,
                    };
                    if let Some((span, what)) = whole {
                        several.list.push(Target { at: self.at(span), what });
                    } else if let Some(what) = counted {
                        several.list.push(Target { at: self.at(thing.span), what });
                    }
                    several.quantity.get_or_insert_with(|| Box::new(quantity));
                }
                _ => {
                    let what = self.several_parties(thing);
                    several.list.push(Target { at: self.at(thing.span), what });
                }
            }
        }
        several
    }

    /// A name as object or means: a name that nothing declares is a thing of its own.
    pub(super) fn object(&mut self, reference: &Reference, role: MentionRole) -> What {
        let span = reference.span;
        match self.named(reference) {
            Named::Entity(entity) => {
                self.mention(entity, span, role);
                What::Entity(entity)
            }
            Named::Norms(norms) => {
                self.mention_norms(norms, span, role);
                What::Norms(norms)
            }
            Named::Nothing(name) if self.scenario => {
                if let Some(entity) = self.standard_thing(name, span) {
                    return What::Entity(entity);
                }
                self.undefined(name, span, Want::Any);
                What::Unknown(name)
            }
            Named::Nothing(name) => {
                let entity = self.undeclared_thing(name, span);
                self.mention(entity, span, role);
                What::Entity(entity)
            }
        }
    }

    /// The words that stand for several parties, and quoted ones.
    pub(super) fn several_parties(&mut self, thing: &Thing) -> What {
        match &thing.kind {
            ThingKind::Text(text) => What::Prose(self.words(*text)),
            ThingKind::TheParties => What::TheParties,
            ThingKind::AllParties => What::AllParties,
            ThingKind::Nobody => What::Nobody,
            ThingKind::AnyoneExcept(exempt) => What::AnyoneExcept(self.actors(exempt).list),
            ThingKind::Name(reference) => self.actor(reference),
            ThingKind::Amount(..) => What::Prose(self.text(thing.span).into()),
        }
    }

    /// A mention of norms is one of their clause.
    pub(super) fn mention_norms(&mut self, norms: NormRef, span: Span, role: MentionRole) {
        if let Some(clause) = self.clause_of(norms.first) {
            self.mention(Entity::Clause(clause), span, role);
        }
    }

    fn clause_of(&self, norm: NormId) -> Option<ClauseId> {
        let index = self.ground.model.clauses.partition_point(|clause| clause.norms.end <= norm.0);
        (index < self.ground.model.clauses.len()).then_some(ClauseId(index as u32))
    }
}

fn entity_of(what: &What) -> Option<Entity> {
    match what {
        What::Entity(entity) => Some(*entity),
        _ => None,
    }
}
