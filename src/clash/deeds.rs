//! Events that are somebody's act, and the norms that forbid it: who is assumed to have broken what in a story.
//!
//! An event is taken for an act where it says who brings it about and is called by the verb: `attack`, `new-attack`.

use super::replay;
use super::{Clash, PointOf, Scale};
use crate::model::norm::{Mode, Strength};
use crate::model::vocabulary::ActionId;
use crate::model::{Entity, EventId, Model, NormId};
use rustc_hash::{FxHashMap, FxHashSet};

/// The bans on each event that is an act.
pub(super) struct Deeds(FxHashMap<EventId, Vec<NormId>>);

impl Deeds {
    /// The acts among the events of a draft.
    pub(super) fn new(model: &Model) -> Self {
        let acts: Vec<(EventId, ActionId)> = (0..model.events.len() as u32)
            .map(EventId)
            .filter_map(|id| {
                let named = !model.event(id).by.is_empty();
                let verb = model.name(Entity::Event(id)).rsplit('-').next()?;
                let action = model.vocabulary.action_ids.get(&model.names.get(verb)?)?;
                named.then_some((id, *action))
            })
            .collect();
        if acts.is_empty() {
            return Deeds(FxHashMap::default());
        }
        let mut bans: FxHashMap<ActionId, Vec<NormId>> = FxHashMap::default();
        for (number, norm) in model.norms.iter().enumerate() {
            let forbids = norm.mode == Mode::Forbid && norm.strength >= Strength::Firm && !norm.damaged;
            if let Some(action) = norm.action.filter(|_| forbids) {
                bans.entry(action).or_default().push(NormId(number as u32));
            }
        }
        let of = |(event, action): (EventId, ActionId)| {
            let actors = model.with_members(&model.named_actors(&model.event(event).by));
            let actors: FxHashSet<Entity> = actors.into_iter().collect();
            let binds = |id: &NormId| {
                let bound = model.named_actors(&model.norm(*id).actors.list);
                model.with_members(&bound).iter().any(|one| actors.contains(one))
            };
            (event, bans.get(&action).into_iter().flatten().copied().filter(binds).collect())
        };
        Deeds(acts.into_iter().map(of).collect())
    }

    /// What the story of a clash takes for broken by others than the clash itself is about.
    pub(super) fn broken(&self, model: &Model, scale: Scale, clash: &Clash) -> Vec<(PointOf, NormId)> {
        let mut found = Vec::new();
        for &(point, at) in &clash.story {
            let (PointOf::Event(event) | PointOf::Occurrence(event, _), Some(tick)) = (point, at) else { continue };
            let bans = self.0.get(&event).into_iter().flatten().copied();
            let ban = bans.filter(|&ban| ban != clash.duty && !clash.against.contains(&ban));
            found.extend(
                ban.filter(|&ban| replay::applies(model, scale, clash, ban, tick)).map(|ban| (point, ban)).next(),
            );
        }
        found
    }
}
