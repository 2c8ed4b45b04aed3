//! Who is bound: those who sign, those all of whose members are bound, and what belongs to them.

use super::Resolver;
use crate::model::clause::{ValueKind, What};
use crate::model::entity::Party;
use crate::model::{Entity, PartyId, Symbol, known};

impl Resolver<'_> {
    /// Marks the parties that the declaration binds. An organisation that signs binds itself alone; a coalition is its members.
    pub(super) fn bind(&mut self) {
        let Some(declaration) = self.ground.model.declaration else { return };
        let coalition = self.ground.model.names.get("coalition");
        let parties = &self.ground.model.parties;
        let mut missing: Vec<usize> = vec![usize::MAX; parties.len()];
        let mut member_of: Vec<Vec<usize>> = vec![Vec::new(); parties.len()];
        let mut holds: Vec<Vec<usize>> = vec![Vec::new(); parties.len()];
        for (index, party) in parties.iter().enumerate() {
            if let Some(above) = party.of.and_then(|of| holds.get_mut(of.index())) {
                above.push(index);
            }
            let members: Vec<Option<PartyId>> = party.members.iter().map(|member| signer(&member.what)).collect();
            // Words for members stand for somebody who may not be bound.
            if members.is_empty() || members.contains(&None) {
                continue;
            }
            if let Some(count) = missing.get_mut(index) {
                *count = members.len();
            }
            for member in members.into_iter().flatten() {
                if let Some(above) = member_of.get_mut(member.index()) {
                    above.push(index);
                }
            }
        }
        let signatories = &self.ground.model.instrument(declaration).signatories;
        let mut bound: Vec<usize> =
            signatories.iter().filter_map(|one| signer(&one.who.what)).map(PartyId::index).collect();
        while let Some(index) = bound.pop() {
            match self.own().model.parties.get_mut(index) {
                Some(party) if !party.bound => party.bound = true,
                _ => continue,
            }
            bound.extend(holds.get(index).into_iter().flatten());
            if let Some(party) = self.ground.model.parties.get(index).filter(|party| is_coalition(party, coalition)) {
                bound.extend(party.members.iter().filter_map(|member| signer(&member.what)).map(PartyId::index));
            }
            for &above in member_of.get(index).into_iter().flatten() {
                if let Some(count) = missing.get_mut(above) {
                    *count -= 1;
                    if *count == 0 {
                        bound.push(above);
                    }
                }
            }
        }
    }
}

fn is_coalition(party: &Party, coalition: Option<Symbol>) -> bool {
    let kind = party.item.field(known::KIND).and_then(|field| field.values.first());
    kind.is_some_and(|value| coalition.is_some_and(|word| value.kind == ValueKind::Word(word)))
}

fn signer(what: &What) -> Option<PartyId> {
    match what {
        What::Entity(Entity::Party(id)) => Some(*id),
        _ => None,
    }
}
