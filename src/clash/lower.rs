//! From norms to claims and bans.

use super::condition::{self, Part};
use super::problem::{Ban, Claim, Kind, Object, Origin, Scope, Window};
use super::solver::Formula;
use super::timeline::{Timeline, Width};
use crate::model::clause::{NormRef, Target, ValueKind, What};
use crate::model::norm::{ActForm, Manner, Mode, Norm, OrderKind, RoleKind, Strength};
use crate::model::quantity::{Limit, Quantity};
use crate::model::vocabulary::{ActionId, Nature};
use crate::model::{ClauseId, Entity, Model, NormId, PartyId};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::ops::Range;

/// Who a ban binds.
#[derive(Clone, Debug)]
pub(super) enum Bound {
    /// These, each with all that belongs to it.
    These(SmallVec<[Entity; 2]>),
    /// Every party but these.
    AllBut(FxHashSet<Entity>),
}

/// Reads the norms of a draft.
#[derive(Debug)]
pub(super) struct Reader<'m> {
    pub(super) model: &'m Model,
    pub(super) line: Timeline<'m>,
    /// Those that belong to each party: members, and what is declared as its own.
    belongings: FxHashMap<PartyId, Vec<PartyId>>,
    /// Clauses that another one replaces.
    replaced: FxHashSet<ClauseId>,
    /// More general verbs of each verb, itself first.
    general: FxHashMap<ActionId, Vec<ActionId>>,
}

impl<'m> Reader<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let mut belongings: FxHashMap<PartyId, Vec<PartyId>> = FxHashMap::default();
        for (index, party) in model.parties.iter().enumerate() {
            let id = PartyId(index as u32);
            for member in party.members.iter().filter_map(Target::entity) {
                if let Entity::Party(member) = member {
                    belongings.entry(id).or_default().push(member);
                }
            }
            if let Some(owner) = party.of {
                belongings.entry(owner).or_default().push(id);
            }
        }
        Reader {
            model,
            line: Timeline::new(model),
            belongings,
            replaced: replaced(model),
            general: FxHashMap::default(),
        }
    }

    /// A party and all that belongs to it; anything else alone.
    pub(super) fn reach(&self, actor: Entity) -> Vec<Entity> {
        let Entity::Party(id) = actor else { return vec![actor] };
        let mut all = vec![id];
        let mut next = 0;
        while let Some(one) = all.get(next).copied() {
            next += 1;
            for &below in self.belongings.get(&one).into_iter().flatten() {
                if !all.contains(&below) {
                    all.push(below);
                }
            }
        }
        all.into_iter().map(Entity::Party).collect()
    }

    /// The members at the bottom of a coalition; a party without members itself.
    fn leaves(&self, actor: Entity) -> Vec<Entity> {
        let with_members = self.model.with_members(&[actor]);
        let leaf = |entity: &Entity| match entity {
            Entity::Party(id) => !self.model.party(*id).members.iter().any(|member| member.entity().is_some()),
            _ => true,
        };
        with_members.into_iter().filter(leaf).collect()
    }

    /// A verb and the more general verbs that a ban on it is a ban on too.
    pub(super) fn general(&mut self, action: ActionId) -> &[ActionId] {
        let vocabulary = &self.model.vocabulary;
        self.general.entry(action).or_insert_with(|| vocabulary.general(action).into_vec())
    }

    /// Whether a norm takes part in the search at all.
    pub(super) fn counts(&self, norm: &Norm) -> bool {
        !norm.damaged && norm.action.is_some() && norm.ensures.is_none() && !self.replaced.contains(&norm.clause)
    }

    /// The bans that a norm makes, each with those whom it binds.
    pub(super) fn bans(&mut self, id: NormId, norm: &Norm) -> Vec<(Ban, Bound)> {
        let mut found = Vec::new();
        let Some(action) = norm.action.filter(|_| self.counts(norm)) else { return found };
        // Words that nobody can test may take anything out of a ban.
        if !norm.words.is_empty() || norm.purpose.is_some() {
            return found;
        }
        let verb = self.model.vocabulary.action(action);
        let duty = norm.mode == Mode::Oblige && norm.strength >= Strength::Firm;
        match norm.mode {
            Mode::Forbid => {
                let soft = norm.strength < Strength::Firm && norm.strength != Strength::Option;
                self.ban(id, norm, action, Origin::Said, soft, self.bound(norm), &mut found);
            }
            Mode::Release => self.ban(id, norm, action, Origin::Release, false, self.bound(norm), &mut found),
            Mode::Permit if norm.only => {
                let mut exempt = FxHashSet::default();
                for actor in self.model.named_actors(&norm.actors.list) {
                    exempt.extend(self.reach(actor));
                }
                self.ban(id, norm, action, Origin::Others, false, Some(Bound::AllBut(exempt)), &mut found);
            }
            Mode::Permit if norm.quantity.as_deref().is_some_and(is_cap) => {
                // `may … at most n` bans the excess.
                let before = found.len();
                self.ban(id, norm, action, Origin::Said, false, self.bound(norm), &mut found);
                for (ban, _) in found.iter_mut().skip(before) {
                    for scope in &mut ban.scopes {
                        scope.amount = scope.amount.take().map(|amount| Box::new(excess(*amount)));
                    }
                }
            }
            _ => {}
        }
        if duty && !norm.objects.list.is_empty() && !norm.objects.any && !norm.actors.any {
            let ongoing = verb.nature != Nature::Achieve;
            let jointly = norm.actors.manner == Some(Manner::Jointly);
            if ongoing && !jointly && norm.quantity.is_none() {
                for opposite in self.opposites(action) {
                    self.ban(id, norm, opposite, Origin::Opposite, false, self.bound_alone(norm), &mut found);
                }
            }
            if verb.exclusive {
                let mut exempt = FxHashSet::default();
                for actor in self.model.named_actors(&norm.actors.list) {
                    exempt.extend(self.reach(actor));
                    // A coalition leads through its members, and a member may lead for its coalition.
                    exempt.extend(self.above(actor));
                }
                if !exempt.is_empty() {
                    self.ban(id, norm, action, Origin::Exclusive, false, Some(Bound::AllBut(exempt)), &mut found);
                }
            }
        }
        found
    }

    /// Everything that an actor is part of.
    fn above(&self, actor: Entity) -> Vec<Entity> {
        self.model.every_party().filter(|party| self.reach(*party).contains(&actor)).collect()
    }

    fn opposites(&self, action: ActionId) -> Vec<ActionId> {
        let vocabulary = &self.model.vocabulary;
        let own = vocabulary.action(action);
        let mut all: Vec<ActionId> =
            own.opposites.iter().filter_map(|name| vocabulary.action_ids.get(name).copied()).collect();
        for (index, other) in vocabulary.actions.iter().enumerate() {
            let id = ActionId(index as u32);
            if other.opposites.contains(&own.name) && !all.contains(&id) {
                all.push(id);
            }
        }
        all
    }

    /// Whom a ban binds: those named; everybody where a passive ban names nobody.
    fn bound(&self, norm: &Norm) -> Option<Bound> {
        if norm.actors.list.is_empty() {
            return (norm.mode == Mode::Forbid).then(|| Bound::AllBut(FxHashSet::default()));
        }
        if norm.actors.list.iter().any(|target| matches!(target.what, What::AllParties | What::Nobody)) {
            return Some(Bound::AllBut(FxHashSet::default()));
        }
        if let [Target { what: What::AnyoneExcept(exempt), .. }] = norm.actors.list.as_slice() {
            let exempt = self.model.named_actors(exempt).into_iter().flat_map(|actor| self.reach(actor)).collect();
            return Some(Bound::AllBut(exempt));
        }
        Some(Bound::These(self.model.named_actors(&norm.actors.list).into()))
    }

    /// Those who owe a duty each on its own: a coalition's duty may be met by any member, which leaves the others free.
    fn bound_alone(&self, norm: &Norm) -> Option<Bound> {
        let named = self.model.named_actors(&norm.actors.list);
        let each = norm.actors.manner == Some(Manner::Each);
        let alone = named.into_iter().filter(|actor| each || self.leaves(*actor) == [*actor]).collect();
        Some(Bound::These(alone))
    }

    #[expect(clippy::too_many_arguments, reason = "a ban is all of these")]
    fn ban(
        &mut self,
        id: NormId,
        norm: &Norm,
        action: ActionId,
        origin: Origin,
        soft: bool,
        bound: Option<Bound>,
        found: &mut Vec<(Ban, Bound)>,
    ) {
        let Some(bound) = bound else { return };
        let width = Width::Narrowest;
        let Some(window) = self.line.lasting_window(id, norm, width) else { return };
        let Some(parts) = condition::parts(&mut self.line, self.model, id, norm) else { return };
        let mut exempt = SmallVec::new();
        for order in norm.orders.iter().filter(|order| order.kind == OrderKind::Except) {
            match order.target.entity() {
                Some(entity) => exempt.extend(self.reach(entity)),
                // Nobody knows what is taken out.
                None => return,
            }
        }
        let scopes = self.scopes(norm);
        for part in &parts {
            for window in part.windows(&self.line, &window).into_iter().flatten() {
                let ban = Ban {
                    norm: id,
                    origin,
                    soft,
                    action,
                    window,
                    presupposes: part.presupposes.clone(),
                    scopes: scopes.clone(),
                    exempt: exempt.clone(),
                };
                found.push((ban, bound.clone()));
            }
        }
    }

    /// What a norm wants done or lets be done.
    pub(super) fn claims(&mut self, id: NormId, norm: &Norm) -> Vec<Claim> {
        let mut found = Vec::new();
        let Some(action) = norm.action.filter(|_| self.counts(norm)) else { return found };
        let maintain = self.model.vocabulary.action(action).nature == Nature::Maintain;
        let kind = match norm.mode {
            Mode::Oblige if maintain => Kind::Maintain,
            Mode::Oblige => Kind::Achieve,
            Mode::Permit => Kind::Permit,
            Mode::Forbid | Mode::Release => return found,
        };
        let Some(window) = self.line.lasting_window(id, norm, Width::Widest) else { return found };
        let Some(parts) = condition::parts(&mut self.line, self.model, id, norm) else { return found };
        let text = self.model.instrument_of(norm);
        let text = text.filter(|_| kind != Kind::Maintain);
        let verbs = self.general(action).to_vec();
        let actors = self.groups(norm);
        let scopes = self.scopes(norm);
        let scopes: Vec<SmallVec<[Scope; 1]>> = if norm.objects.any {
            vec![scopes]
        } else {
            scopes.into_iter().map(|scope| SmallVec::from_iter([scope])).collect()
        };
        let mut pieces: Vec<(&Part, Window, Formula)> = Vec::new();
        for part in &parts {
            let these = self.in_part(kind, part, &window).into_iter();
            pieces.extend(these.map(|(window, needs)| (part, window, needs)));
        }
        for (number, (part, window, needs)) in pieces.iter().enumerate() {
            let others = pieces.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, piece)| piece);
            // A right is empty only where nothing is left of it whichever of its conditions holds.
            let mut also = Vec::new();
            if kind == Kind::Permit {
                also.extend(others.map(|(_, window, _)| window.clone()));
            }
            for actors in &actors {
                for scopes in &scopes {
                    found.push(Claim {
                        norm: id,
                        kind,
                        verbs: verbs.clone(),
                        window: window.clone(),
                        also: also.clone(),
                        text,
                        needs: needs.clone(),
                        presupposes: part.presupposes.clone(),
                        actors: actors.clone(),
                        scopes: scopes.clone(),
                    });
                }
            }
        }
        found
    }

    fn in_part(&self, kind: Kind, part: &Part, window: &Window) -> Vec<(Window, Formula)> {
        if kind == Kind::Achieve {
            return part.duty(&self.line, window).into_iter().collect();
        }
        part.windows(&self.line, window).into_iter().flatten().map(|window| (window, Formula::True)).collect()
    }

    /// Those who owe the act: each group owes it once, and any of the group can do it.
    fn groups(&self, norm: &Norm) -> Vec<SmallVec<[Option<Entity>; 2]>> {
        if norm.actors.list.is_empty() && norm.form == ActForm::Passive {
            return vec![SmallVec::from_iter([None])];
        }
        let named = self.model.named_actors(&norm.actors.list);
        let each = norm.actors.manner == Some(Manner::Each);
        let jointly = norm.actors.manner == Some(Manner::Jointly);
        let together = norm.actors.any || jointly || (norm.quantity.is_some() && !each);
        if together {
            let all: SmallVec<[Option<Entity>; 2]> =
                named.into_iter().flat_map(|actor| self.leaves(actor)).map(Some).collect();
            return if all.is_empty() { Vec::new() } else { vec![all] };
        }
        let mut groups = Vec::new();
        for actor in named {
            let leaves = self.leaves(actor);
            if each {
                groups.extend(leaves.into_iter().map(|leaf| SmallVec::from_iter([Some(leaf)])));
            } else if !leaves.is_empty() {
                groups.push(leaves.into_iter().map(Some).collect());
            }
        }
        groups
    }

    /// One scope for each object, or one without.
    fn scopes(&self, norm: &Norm) -> SmallVec<[Scope; 1]> {
        let roles: SmallVec<[(RoleKind, Object); 2]> = norm
            .roles
            .iter()
            .flat_map(|role| self.object(&role.target).into_iter().map(move |object| (role.kind, object)))
            .collect();
        let scope = |object: Option<Object>| Scope { object, roles: roles.clone(), amount: norm.quantity.clone() };
        if norm.objects.list.is_empty() {
            // `2 tanks` are tanks.
            let counted = norm.quantity.as_ref().and_then(|amount| self.model.counted(amount));
            return SmallVec::from_iter([scope(counted.map(Object::Entity))]);
        }
        norm.objects.list.iter().flat_map(|target| self.object(target)).map(|object| scope(Some(object))).collect()
    }

    fn object(&self, target: &Target) -> Vec<Object> {
        match &target.what {
            What::Entity(entity) => vec![Object::Entity(*entity)],
            What::Norms(NormRef { first, .. }) => vec![Object::Norm(*first)],
            What::Prose(words) => vec![Object::Words(folded(words))],
            What::Unknown(name) => vec![Object::Unknown(*name)],
            What::TheParties | What::AllParties | What::Nobody | What::AnyoneExcept(_) => {
                self.model.named_actors(std::slice::from_ref(target)).into_iter().map(Object::Entity).collect()
            }
        }
    }
}

/// Quoted words as they are compared: lower case, one space between.
fn folded(words: &str) -> Box<str> {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().into()
}

/// Whether an amount is `at most n`: what is more is then not permitted.
fn is_cap(amount: &Quantity) -> bool {
    amount.high.is_some() && (amount.low.is_none() || amount.up_to) && !amount.about
}

/// What is more than an amount allows.
fn excess(amount: Quantity) -> Quantity {
    let low = amount.high.map(|high| Limit { strict: !high.strict, ..high });
    Quantity { low, high: None, ..amount }
}

/// The clauses that others switch off.
pub(crate) fn replaced(model: &Model) -> FxHashSet<ClauseId> {
    use crate::model::names::known::REPLACES;
    let fields = model.clauses.iter().filter_map(|clause| clause.item.field(REPLACES));
    let values = fields.flat_map(|field| &field.values);
    values
        .filter_map(|value| match &value.kind {
            ValueKind::Entity(Entity::Clause(id), _) => Some(*id),
            _ => None,
        })
        .collect()
}

/// The norms that stand in an order with a norm, so that they are not compared: which of them yields is said.
pub(crate) fn ordered(model: &Model, norm: &Norm) -> SmallVec<[Range<u32>; 2]> {
    let mut found = SmallVec::new();
    for order in &norm.orders {
        let settles = matches!(order.kind, OrderKind::SubjectTo | OrderKind::Notwithstanding | OrderKind::ExceptAsIn);
        if !settles {
            continue;
        }
        match &order.target.what {
            What::Norms(norms) => found.push(norms.first.0..norms.first.0 + norms.count),
            What::Entity(Entity::Clause(id)) => found.push(model.clause(*id).norms.clone()),
            What::Entity(Entity::Instrument(id)) => {
                for clause in model.clauses.iter().filter(|clause| clause.instrument == Some(*id)) {
                    found.push(clause.norms.clone());
                }
            }
            _ => {}
        }
    }
    found
}
