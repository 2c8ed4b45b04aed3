//! What a clause on monitoring watches: forces on a line, or an election, rights, the spending of funds.

use super::Draft;
use crate::model::clause::{Target, ValueKind, What};
use crate::model::{ClauseId, Entity, Symbol, ThingId, known};
use rustc_hash::FxHashSet;

/// Kinds of clause about forces.
const ARMED: [&str; 4] = ["ceasefire", "withdrawal", "troops", "hub"];

/// Things that are armed or carry arms, each with all that is within it.
const ARMS: [&str; 5] = ["arms", "forces", "equipment", "personnel", "mercenaries"];

/// Whether a clause has forces to watch: where it names nothing at all it may. `kinds` are the kinds of clause in the draft;
/// where it names only an event, or speaks in words, one about forces decides.
pub(super) fn has_forces(draft: Draft, id: ClauseId, kinds: &FxHashSet<Symbol>) -> bool {
    let armed = |kind: Symbol| ARMED.contains(&draft.text(kind));
    let mut watched = watched(draft, id).peekable();
    if watched.peek().is_none() {
        return true;
    }
    watched.any(|what| match what {
        Some(Entity::Place(_)) => true,
        Some(Entity::Clause(clause)) => armed(draft.model.clause(clause).item.kind),
        Some(Entity::Thing(thing)) => is_arms(draft, thing),
        None | Some(Entity::Event(_) | Entity::Phase(_)) => kinds.iter().any(|&kind| armed(kind)),
        Some(Entity::Party(party)) => {
            let kind = draft.word(&draft.model.party(party).item, "kind");
            matches!(kind, Some("armed-force" | "non-state-group"))
        }
        _ => false,
    })
}

/// What it is about: its `scope:` and the objects and places of its sentences; nothing for what stands in words.
fn watched(draft: Draft, id: ClauseId) -> impl Iterator<Item = Option<Entity>> {
    let clause = draft.model.clause(id);
    let scope = draft.model.names.get("scope").and_then(|name| clause.item.field(name));
    let scope = scope.into_iter().flat_map(|field| &field.values).map(move |value| match value.kind {
        ValueKind::Entity(entity, _) => Some(entity),
        ValueKind::Norms(norms) => Some(Entity::Clause(draft.model.norm(norms.first).clause)),
        _ => None,
    });
    let what = move |target: &Target| match target.what {
        What::Norms(norms) => Some(Entity::Clause(draft.model.norm(norms.first).clause)),
        _ => target.entity(),
    };
    let norms = draft.model.norms_of(id).map(|(_, norm)| norm);
    let objects = norms.flat_map(move |norm| {
        let places =
            norm.roles.iter().map(|role| &role.target).filter(|it| matches!(it.entity(), Some(Entity::Place(_))));
        norm.objects.list.iter().chain(places).map(what)
    });
    scope.chain(objects)
}

/// Whether a thing is, or is a kind of, what forces have.
fn is_arms(draft: Draft, thing: ThingId) -> bool {
    let mut around = vec![thing];
    let mut next = 0;
    while let Some(&id) = around.get(next) {
        next += 1;
        let row = draft.model.thing(id);
        if row.item.kind == known::THING && ARMS.contains(&draft.text(row.item.name)) {
            return true;
        }
        let wider: Vec<ThingId> = row.within.iter().copied().filter(|id| !around.contains(id)).collect();
        around.extend(wider);
    }
    false
}
