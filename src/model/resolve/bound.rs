//! Who is bound: those who sign, those all of whose members are bound, and what belongs to them.

use super::Resolver;
use crate::model::clause::What;
use crate::model::{Entity, PartyId};

impl Resolver<'_> {
    /// Marks the parties that the declaration binds. Members of a coalition that signs are not bound by that alone.
    pub(super) fn bind(&mut self) {
        let Some(declaration) = self.model.declaration else { return };
        let parties = &self.model.parties;
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
        let signatories = &self.model.instrument(declaration).signatories;
        let mut bound: Vec<usize> =
            signatories.iter().filter_map(|one| signer(&one.who.what)).map(PartyId::index).collect();
        while let Some(index) = bound.pop() {
            match self.model.parties.get_mut(index) {
                Some(party) if !party.bound => party.bound = true,
                _ => continue,
            }
            bound.extend(holds.get(index).into_iter().flatten());
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

fn signer(what: &What) -> Option<PartyId> {
    match what {
        What::Entity(Entity::Party(id)) => Some(*id),
        _ => None,
    }
}
