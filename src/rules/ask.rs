//! Questions about a draft that several families ask. Finds nothing itself.

use super::Draft;
use crate::finding::{Finding, Label};
use crate::model::clause::{Clause, Target, What};
use crate::model::entity::Item;
use crate::model::norm::{Condition, Mode, Norm, Strength};
use crate::model::time::{Anchor, Time, TimePhrase, TimePhraseKind};
use crate::model::vocabulary::{Action, Nature};
use crate::model::{ClauseId, Entity, EventId, NormId, PartyId, Symbol};
use crate::source::Loc;
use std::borrow::Cow;

impl<'a> Draft<'a> {
    /// The clauses of the file under check.
    pub(super) fn own_clauses(self) -> impl Iterator<Item = (ClauseId, &'a Clause)> {
        let clauses = self.model.clauses.iter().enumerate();
        clauses.map(|(i, clause)| (ClauseId(i as u32), clause)).filter(|(_, clause)| clause.item.own)
    }

    /// The norms of the file under check that could be read to their end.
    pub(super) fn own_norms(self) -> impl Iterator<Item = (NormId, &'a Norm)> {
        self.own_clauses().flat_map(move |(id, _)| self.model.norms_of(id)).filter(|(_, norm)| !norm.damaged)
    }

    /// The items of the file under check that are declared, of every kind.
    pub(super) fn own_items(self) -> impl Iterator<Item = (Entity, &'a Item)> {
        self.model.entities().filter_map(move |entity| {
            let item = self.model.item(entity);
            let declared = match entity {
                Entity::Thing(id) => self.model.thing(id).declared,
                _ => true,
            };
            (item.own && declared).then_some((entity, item))
        })
    }

    /// The words of a name.
    pub(super) fn text(self, symbol: Symbol) -> &'a str {
        self.model.text(symbol)
    }

    /// The name of an item for a message, in backticks; the keyword where it has no name.
    pub(super) fn called(self, entity: Entity) -> String {
        match self.model.name(entity) {
            "" => format!("this {}", self.kind(entity)),
            name => format!("`{name}`"),
        }
    }

    /// The keyword of an item.
    pub(super) fn kind(self, entity: Entity) -> &'a str {
        self.text(self.model.item(entity).kind)
    }

    /// The verb of a norm, if the vocabulary has it.
    pub(super) fn action(self, norm: &Norm) -> Option<&'a Action> {
        norm.action.map(|id| self.model.vocabulary.action(id))
    }

    /// The verb of a norm as it is printed: `hand over`.
    pub(super) fn verb(self, norm: &Norm) -> &'a str {
        match self.action(norm) {
            Some(action) => &action.label,
            None => self.text(norm.verb),
        }
    }

    /// Whether a norm is a duty that is done once and for all.
    pub(super) fn achieves(self, norm: &Norm) -> bool {
        binds(norm) && self.action(norm).is_some_and(|action| action.nature == Nature::Achieve)
    }

    /// What a target is called in a message: its name in backticks, or its own words in quotation marks.
    pub(super) fn target(self, target: &Target) -> String {
        match &target.what {
            What::Entity(entity) => self.called(*entity),
            _ => format!("`{}`", self.words(target.at).split_whitespace().collect::<Vec<_>>().join(" ")),
        }
    }

    /// The words at a place as they stand in the text.
    pub(super) fn words(self, at: Loc) -> &'a str {
        self.sources.slice(at)
    }

    /// A party, its members and theirs, each once.
    pub(super) fn with_members(self, party: PartyId) -> Vec<PartyId> {
        let mut all = vec![party];
        if self.model.party(party).members.is_empty() {
            return all;
        }
        let mut seen = vec![false; self.model.parties.len()];
        let mut is_new = |id: PartyId| seen.get_mut(id.index()).is_some_and(|seen| !std::mem::replace(seen, true));
        is_new(party);
        let mut next = 0;
        while let Some(&id) = all.get(next) {
            next += 1;
            all.extend(entities(&self.model.party(id).members).filter_map(|member| match member {
                Entity::Party(member) if is_new(member) => Some(member),
                _ => None,
            }));
        }
        all
    }

    /// Whoever a target stands for, members included; a clause that acts stands for itself.
    pub(super) fn stands_for(self, target: &Target) -> Vec<Entity> {
        let parties = |ids: Vec<PartyId>| ids.into_iter().map(Entity::Party).collect();
        match &target.what {
            What::Entity(Entity::Party(id)) => parties(self.with_members(*id)),
            What::Entity(entity) => vec![*entity],
            What::TheParties => {
                let who = self.signatories().flat_map(|id| self.with_members(id)).collect();
                parties(who)
            }
            What::AllParties | What::Nobody | What::AnyoneExcept(_) => {
                (0..self.model.parties.len() as u32).map(|i| Entity::Party(PartyId(i))).collect()
            }
            What::Norms(_) | What::Prose(_) | What::Unknown(_) => Vec::new(),
        }
    }

    /// The parties that sign the instrument checked.
    pub(super) fn signatories(self) -> impl Iterator<Item = PartyId> {
        let declaration = self.model.declaration.map(|id| self.model.instrument(id));
        declaration.into_iter().flat_map(|it| &it.signatories).filter_map(|who| match who.who.what {
            What::Entity(Entity::Party(id)) => Some(id),
            _ => None,
        })
    }

    /// The value of the word in a field: `state` of `kind: state`.
    pub(super) fn word(self, item: &Item, field: &str) -> Option<&'a str> {
        use crate::model::clause::ValueKind;
        let field = item.field(self.model.names.get(field)?)?;
        field.values.iter().find_map(|value| match value.kind {
            ValueKind::Word(word) => Some(self.text(word)),
            _ => None,
        })
    }

    /// Whether an item has a field of that name.
    pub(super) fn has_field(self, item: &Item, field: &str) -> bool {
        self.model.names.get(field).is_some_and(|name| item.field(name).is_some())
    }
}

/// Whether a norm is an obligation that counts: `will` or more.
pub(super) fn binds(norm: &Norm) -> bool {
    norm.mode == Mode::Oblige && norm.strength >= Strength::Firm
}

/// The point in time that a phrase names.
pub(super) fn time_of(phrase: &TimePhrase) -> Option<&Time> {
    use TimePhraseKind as K;
    match &phrase.kind {
        K::Within(_, time) => time.as_ref(),
        K::DistanceAfter(_, time) | K::DistanceBefore(_, time) => Some(time),
        K::By(time) | K::Before(time) | K::After(time) | K::NotBefore(time) | K::Upon(time) => Some(time),
        K::UponEach(time) | K::Until(time) | K::On(time) | K::During(time) | K::Together(time) => Some(time),
        K::For(_) | K::Every(_) | K::Times(..) => None,
    }
}

/// The events that must have come before a norm applies, each with the phrase that says so.
pub(super) fn triggers(norm: &Norm) -> impl Iterator<Item = (&TimePhrase, EventId)> {
    use TimePhraseKind as K;
    norm.times.iter().filter_map(|phrase| {
        let starts = matches!(
            phrase.kind,
            K::Within(..)
                | K::After(_)
                | K::NotBefore(_)
                | K::Upon(_)
                | K::UponEach(_)
                | K::DistanceAfter(..)
                | K::On(_)
        );
        match time_of(phrase)?.anchor {
            Anchor::Event(event) if starts => Some((phrase, event)),
            _ => None,
        }
    })
}

/// Whether a norm says when its act must be done at the latest.
pub(super) fn has_latest(norm: &Norm) -> bool {
    use TimePhraseKind as K;
    norm.times.iter().any(|phrase| {
        matches!(
            phrase.kind,
            K::Within(..) | K::By(_) | K::Before(_) | K::On(_) | K::DistanceBefore(..) | K::Until(_) | K::During(_)
        )
    })
}

/// Every target that a condition names.
pub(super) fn condition_targets<'c>(condition: &'c Condition, found: &mut Vec<&'c Target>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| condition_targets(part, found));
        }
        Condition::Not(part) => condition_targets(part, found),
        Condition::Holds(target, _) => found.push(target),
    }
}

/// The entities of a list of targets.
pub(super) fn entities(targets: &[Target]) -> impl Iterator<Item = Entity> + '_ {
    targets.iter().filter_map(Target::entity)
}

/// How many places one finding shows at most; the reader has understood by then.
const MOST_PLACES: usize = 8;

/// Adds a place to a finding that holds for several, up to what a reader wants to see.
pub(super) fn add(finding: &mut Finding, at: Loc, text: &'static str) {
    if finding.labels.len() < MOST_PLACES {
        finding.labels.push(Label { at, text: Cow::Borrowed(text), role: "" });
    }
}
