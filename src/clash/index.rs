//! Bans by whom and what they bind, and which of them cover an act.

use super::lower::{Bound, Reader, ordered};
use super::problem::{Ban, Claim, Object, Origin, Scope, Term, Window};
use crate::model::norm::RoleKind;
use crate::model::vocabulary::ActionId;
use crate::model::{Entity, InstrumentId, Model, NormId};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::ops::Range;

/// What a ban is about, as far as it is looked up by it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum About {
    /// It names no object and bans every one.
    Anything,
    /// Something declared.
    This(Entity),
    /// Words, names and norms.
    Other,
}

impl About {
    fn of(scope: &Scope) -> About {
        match &scope.object {
            None => About::Anything,
            Some(Object::Entity(entity)) => About::This(*entity),
            Some(_) => About::Other,
        }
    }

    /// What a ban that covers a scope can be about.
    fn covering(model: &Model, scope: &Scope) -> SmallVec<[About; 4]> {
        let mut all = SmallVec::from_iter([About::Anything]);
        match About::of(scope) {
            About::Anything => {}
            About::Other => all.push(About::Other),
            About::This(entity) => all.extend(above(model, entity).into_iter().map(About::This)),
        }
        all
    }
}

/// Something declared and all that it is a kind of or lies in.
fn above(model: &Model, entity: Entity) -> SmallVec<[Entity; 4]> {
    let mut all = SmallVec::from_iter([entity]);
    let mut next = 0;
    while let Some(&one) = all.get(next) {
        next += 1;
        let mut take = |over: Entity| {
            if !all.contains(&over) {
                all.push(over);
            }
        };
        match one {
            Entity::Place(id) => model.place(id).within.iter().for_each(|over| take(Entity::Place(*over))),
            Entity::Thing(id) => model.thing(id).within.iter().for_each(|over| take(Entity::Thing(*over))),
            _ => {}
        }
    }
    all
}

/// All bans of a draft.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// In the order of the norms that make them.
    pub(super) bans: Vec<Ban>,
    by_actor: FxHashMap<(ActionId, Entity, About), Vec<u32>>,
    /// Those that bind everybody.
    on_all: FxHashMap<(ActionId, About), Vec<u32>>,
    /// Those whom a ban that binds everybody exempts, by the number of the ban.
    exempt: FxHashMap<u32, FxHashSet<Entity>>,
    /// What the bans on a verb are about, each once.
    abouts: FxHashMap<ActionId, Vec<About>>,
    /// What is banned and lies in something, or is a kind of it.
    below: FxHashMap<Entity, Vec<Entity>>,
    /// Verbs that some ban is on, with whether one of them is only a recommendation, and whether one is a release.
    actions: FxHashMap<ActionId, (bool, bool)>,
    /// Norms that each norm is put in order with.
    orders: FxHashMap<NormId, SmallVec<[Range<u32>; 2]>>,
    /// Instruments that prevail over others.
    prevails: FxHashSet<(InstrumentId, InstrumentId)>,
}

impl Index {
    /// Reads the bans of all norms.
    pub(super) fn new(reader: &mut Reader) -> Self {
        let mut index = Index::default();
        let model = reader.model;
        let (mut known, mut lies) = (FxHashSet::default(), FxHashSet::default());
        for (number, norm) in model.norms.iter().enumerate() {
            let id = NormId(number as u32);
            let orders = ordered(model, norm);
            if !orders.is_empty() {
                index.orders.insert(id, orders);
            }
            for (ban, bound) in reader.bans(id, norm) {
                let number = index.bans.len() as u32;
                let (soft, release) = index.actions.entry(ban.action).or_default();
                *soft |= ban.soft;
                *release |= ban.origin == Origin::Release;
                let mut abouts: SmallVec<[About; 2]> = SmallVec::new();
                for about in ban.scopes.iter().map(About::of) {
                    if !abouts.contains(&about) {
                        abouts.push(about);
                    }
                }
                for &about in &abouts {
                    if known.insert((ban.action, about)) {
                        index.abouts.entry(ban.action).or_default().push(about);
                    }
                    let About::This(entity) = about else { continue };
                    if lies.insert(entity) {
                        for over in above(model, entity).into_iter().skip(1) {
                            index.below.entry(over).or_default().push(entity);
                        }
                    }
                }
                match bound {
                    Bound::AllBut(exempt) => {
                        for &about in &abouts {
                            index.on_all.entry((ban.action, about)).or_default().push(number);
                        }
                        index.exempt.insert(number, exempt);
                    }
                    Bound::These(actors) => {
                        let mut bound: Vec<Entity> = actors.into_iter().flat_map(|actor| reader.reach(actor)).collect();
                        bound.sort_unstable();
                        bound.dedup();
                        for actor in bound {
                            for &about in &abouts {
                                index.by_actor.entry((ban.action, actor, about)).or_default().push(number);
                            }
                        }
                    }
                }
                index.bans.push(ban);
            }
        }
        for (number, row) in model.instruments.iter().enumerate() {
            let id = InstrumentId(number as u32);
            index.prevails.extend(row.prevails_over.iter().map(|over| (id, *over)));
        }
        // The broadest first: where only some can be looked at, they are the ones that cover most.
        let breadth = |ban: u32| index.bans.get(ban as usize).map_or((true, i64::MIN), breadth);
        for list in index.by_actor.values_mut().chain(index.on_all.values_mut()) {
            list.sort_by_cached_key(|&ban| (breadth(ban), ban));
        }
        index
    }

    /// The ban of a number.
    #[expect(clippy::indexing_slicing, reason = "numbers are handed out for this table")]
    pub(super) fn ban(&self, number: u32) -> &Ban {
        &self.bans[number as usize]
    }

    /// Whether any ban is on one of these verbs.
    pub(super) fn any_on(&self, actions: &[ActionId]) -> bool {
        actions.iter().any(|action| self.actions.contains_key(action))
    }

    /// Whether a ban on one of these verbs is only a recommendation.
    pub(super) fn any_soft(&self, actions: &[ActionId]) -> bool {
        actions.iter().any(|action| self.actions.get(action).is_some_and(|(soft, _)| *soft))
    }

    /// Whether one of these verbs is something that somebody need not do.
    pub(super) fn any_release(&self, actions: &[ActionId]) -> bool {
        actions.iter().any(|action| self.actions.get(action).is_some_and(|(_, release)| *release))
    }

    /// The bans that cover what one actor would do, sorted; at most so many are looked at, and whether that was too few.
    pub(super) fn covering(
        &self,
        model: &Model,
        claim: &Claim,
        (actor, scope): (Option<Entity>, &Scope),
        pool: impl Fn(&Ban) -> bool,
        most: usize,
    ) -> (Vec<u32>, bool) {
        let abouts = About::covering(model, scope);
        let keys = claim.verbs.iter().flat_map(|&verb| abouts.iter().map(move |&about| (verb, about)));
        let mut candidates = self.binding(keys, actor);
        let mut found: Vec<u32> = candidates
            .by_ref()
            .take(most)
            .filter(|&number| {
                let ban = self.ban(number);
                pool(ban)
                    && self.compared(model, claim, ban)
                    && covers(model, ban, actor, scope)
                    && can_meet(claim, ban)
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        (found, candidates.next().is_some())
    }

    /// The bans that cover or limit what one actor would do.
    pub(super) fn limiting(
        &self,
        model: &Model,
        claim: &Claim,
        (actor, scope): (Option<Entity>, &Scope),
    ) -> impl Iterator<Item = u32> {
        let mut keys: Vec<(ActionId, About)> = Vec::new();
        for &verb in &claim.verbs {
            match About::of(scope) {
                About::Anything => {
                    keys.extend(self.abouts.get(&verb).into_iter().flatten().map(|&about| (verb, about)));
                }
                own => {
                    keys.extend(About::covering(model, scope).into_iter().map(|about| (verb, about)));
                    if let About::This(entity) = own {
                        let below = self.below.get(&entity).into_iter().flatten();
                        keys.extend(below.map(|&below| (verb, About::This(below))));
                    }
                }
            }
        }
        self.binding(keys.into_iter(), actor)
    }

    /// The bans on these verbs and objects that bind an actor.
    fn binding(
        &self,
        keys: impl Iterator<Item = (ActionId, About)> + Clone,
        actor: Option<Entity>,
    ) -> impl Iterator<Item = u32> {
        let named = keys.clone().filter_map(move |(verb, about)| self.by_actor.get(&(verb, actor?, about))).flatten();
        let all = keys.filter_map(|key| self.on_all.get(&key)).flatten();
        // Where somebody is exempt, somebody can do what nobody in particular is to do.
        let binds = move |ban: &&u32| {
            let exempt = self.exempt.get(ban);
            exempt.is_none_or(|exempt| actor.map_or(exempt.is_empty(), |actor| !exempt.contains(&actor)))
        };
        named.chain(all.filter(binds)).copied()
    }

    /// Whether a claim and a ban are compared: two norms, neither of which yields to the other or presupposes its breach.
    pub(super) fn compared(&self, model: &Model, claim: &Claim, ban: &Ban) -> bool {
        let yields = |one: NormId, other: NormId| {
            self.orders.get(&one).is_some_and(|ranges| ranges.iter().any(|range| range.contains(&other.0)))
        };
        let instrument = |norm: NormId| model.instrument_of(model.norm(norm));
        let prevails = || match (instrument(claim.norm), instrument(ban.norm)) {
            (Some(one), Some(other)) => self.prevails.contains(&(one, other)) || self.prevails.contains(&(other, one)),
            _ => false,
        };
        claim.norm != ban.norm
            && !yields(claim.norm, ban.norm)
            && !yields(ban.norm, claim.norm)
            && !claim.presupposes.contains(&ban.norm)
            && !ban.presupposes.contains(&claim.norm)
            && (self.prevails.is_empty() || !prevails())
    }
}

/// Unconditional bans before others, long ones before short ones.
fn breadth(ban: &Ban) -> (bool, i64) {
    (ban.window.starts.len() > 1, -length(&ban.window))
}

/// How long a window looks: what hangs on two points can be as long as time.
pub(super) fn length(window: &Window) -> i64 {
    let lengths = window.ends.iter().flat_map(|end| {
        window.starts.iter().map(move |start| {
            let fixed = end.plus - start.plus;
            if start.point == end.point { fixed } else { i64::from(u16::MAX) + fixed }
        })
    });
    lengths.min().unwrap_or(i64::MAX)
}

/// Whether a ban leaves nobody free to do what the scope says.
pub(super) fn covers(model: &Model, ban: &Ban, actor: Option<Entity>, scope: &Scope) -> bool {
    !exempts(model, ban, actor, scope) && ban.scopes.iter().any(|banned| within(model, scope, banned, ban.origin))
}

/// Whether a ban exempts an actor, or what he would do.
pub(super) fn exempts(model: &Model, ban: &Ban, actor: Option<Entity>, scope: &Scope) -> bool {
    let touches = |object: &Object| match object {
        Object::Entity(entity) => {
            ban.exempt.iter().any(|exempt| part_of(model, *entity, *exempt) || part_of(model, *exempt, *entity))
        }
        _ => false,
    };
    let exempt =
        actor.map_or(ban.exempt.iter().any(|it| matches!(it, Entity::Party(_))), |actor| ban.exempt.contains(&actor));
    exempt || scope.object.as_ref().is_some_and(touches) || scope.roles.iter().any(|(_, object)| touches(object))
}

/// Whether everything that meets one scope lies within another.
fn within(model: &Model, scope: &Scope, banned: &Scope, origin: Origin) -> bool {
    let object = match (&scope.object, &banned.object) {
        (_, None) => true,
        (Some(object), Some(banned)) => is_within(model, object, banned),
        (None, Some(_)) => false,
    };
    let roles = || {
        banned.roles.iter().all(|(kind, banned)| {
            // One leaves the place where one would otherwise stay.
            let kinds: &[RoleKind] = match (origin, kind) {
                (Origin::Opposite, RoleKind::Place | RoleKind::Origin) => &[RoleKind::Place, RoleKind::Origin],
                _ => std::slice::from_ref(kind),
            };
            scope.roles.iter().any(|(kind, object)| kinds.contains(kind) && is_within(model, object, banned))
        })
    };
    // Who keeps weapons, wherever that is, may still withdraw them from a zone.
    let of = |scope: &Scope, wanted: &[RoleKind]| scope.roles.iter().any(|(kind, _)| wanted.contains(kind));
    let elsewhere = || {
        origin == Origin::Opposite
            && of(scope, &[RoleKind::Origin])
            && !of(banned, &[RoleKind::Place, RoleKind::Origin])
    };
    // Last, because to compare amounts takes longest.
    let amount = || match (&scope.amount, &banned.amount) {
        (_, None) => true,
        (Some(amount), Some(banned)) if !amount.about && !banned.about => {
            model.comparable(amount, banned).is_some_and(|(amount, banned)| {
                (amount.low.is_some() || amount.high.is_some()) && banned.contains(&amount)
            })
        }
        _ => false,
    };
    object && !elsewhere() && roles() && amount()
}

/// Whether one object is another, a kind of it, or lies in it.
pub(super) fn is_within(model: &Model, one: &Object, other: &Object) -> bool {
    match (one, other) {
        (Object::Entity(one), Object::Entity(other)) => part_of(model, *one, *other),
        _ => one == other,
    }
}

/// Whether one is the other, a kind of it, or lies in it.
fn part_of(model: &Model, one: Entity, other: Entity) -> bool {
    match (one, other) {
        _ if one == other => true,
        (Entity::Place(one), Entity::Place(other)) => model.place_covers(other, one),
        (Entity::Thing(one), Entity::Thing(other)) => model.thing_covers(other, one),
        _ => false,
    }
}

/// Whether two windows can share a day, as far as points tell that both are counted from.
pub(super) fn can_meet(claim: &Claim, ban: &Ban) -> bool {
    let apart = |one: &Window, other: &Window| {
        let before = |end: &Term| other.starts.iter().any(|start| start.point == end.point && start.plus > end.plus);
        // An end whose point may never come bounds nothing.
        one.ends.iter().any(|end| one.starts.iter().chain(&other.starts).any(|it| it.point == end.point) && before(end))
    };
    !apart(&claim.window, &ban.window) && !apart(&ban.window, &claim.window)
}
