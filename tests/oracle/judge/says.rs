//! What norms say, whatever happens: who owes what, and which ban is in the way of it.

use super::{Ban, Choice, Duty, Family, How, Judge, Literal, Mark};
use rapporteur::model::clause::{Target, ValueKind, What};
use rapporteur::model::norm::{Condition, Lead, Manner, Mode, Norm, OrderKind, RoleKind};
use rapporteur::model::quantity::{Limit, Quantity};
use rapporteur::model::vocabulary::Nature;
use rapporteur::model::{ClauseId, Entity, NormId, PartyId, Symbol};

impl Judge<'_> {
    /// The norms of clauses that others replace.
    pub(super) fn replaced(&self) -> Vec<NormId> {
        let mut replaced = Vec::new();
        for clause in &self.model.clauses {
            let fields = clause.item.fields.iter().filter(|field| self.model.text(field.name) == "replaces");
            for value in fields.flat_map(|field| &field.values) {
                match value.kind {
                    ValueKind::Entity(Entity::Clause(id), _) => replaced.extend(self.norms_of(id)),
                    ValueKind::Norms(norms) => replaced.extend(norms.ids()),
                    ref other => panic!("no reading of replaces: {other:?}"),
                }
            }
        }
        replaced
    }

    fn norms_of(&self, clause: ClauseId) -> impl Iterator<Item = NormId> + use<> {
        self.model.clause(clause).norms.clone().map(NormId)
    }

    pub(super) fn add_bans(&mut self, id: NormId) {
        let norm = self.model.norm(id);
        let actors = self.with_members(&self.listed(norm));
        let others: Vec<PartyId> = self.everybody().into_iter().filter(|one| !actors.contains(one)).collect();
        let others = others.into_iter().filter(|one| self.is_leaf(*one)).collect();
        let capped = norm.quantity.as_ref().is_some_and(|amount| amount.low.is_none() && amount.high.is_some());
        for literals in disjuncts(norm, false) {
            let starts = self.starting_events(norm, &literals);
            let mut add = |family, actors: &Vec<PartyId>, excess| {
                let (actors, literals, starts) = (actors.clone(), literals.clone(), starts.clone());
                self.bans.push(Ban { norm: id, family, actors, literals, starts, excess });
            };
            match norm.mode {
                Mode::Forbid => add(Family::Bans, &actors, false),
                Mode::Release => add(Family::Releases, &actors, false),
                Mode::Permit => {
                    if norm.only {
                        add(Family::Bans, &others, false);
                    }
                    if capped {
                        add(Family::Bans, &actors, true);
                    }
                }
                Mode::Oblige => {}
            }
        }
    }

    pub(super) fn add_duties(&mut self, id: NormId) {
        let norm = self.model.norm(id);
        let nature = norm.action.map(|action| self.model.vocabulary.action(action).nature);
        let how = match (norm.mode, nature.expect("a verb that is known")) {
            (Mode::Permit, _) => How::Permit,
            (Mode::Oblige, Nature::Maintain) => How::Maintain,
            (Mode::Oblige, _) => How::Achieve,
            _ => return,
        };
        let conditions = disjuncts(norm, how == How::Achieve);
        for literals in conditions {
            for actors in self.actor_groups(norm) {
                for objects in object_groups(norm) {
                    let options: Vec<Choice> = actors
                        .iter()
                        .flat_map(|&actor| objects.iter().map(move |object| Choice { actor, object: object.clone() }))
                        .collect();
                    if options.is_empty() {
                        continue;
                    }
                    let (mut covered, mut late, mut touched) = (Vec::new(), Vec::new(), Vec::new());
                    for ban in &self.bans {
                        let apart = ban.norm == id || self.is_ordered(id, ban.norm) || self.is_ordered(ban.norm, id);
                        let covers = || options.iter().map(|option| self.covers(ban, norm, option)).collect();
                        covered.push((!apart).then(covers));
                        late.push(self.late_events(ban, norm, &literals));
                        let limits = !apart && !self.is_settled(id, ban.norm);
                        touched.push(limits && options.iter().any(|option| self.touches(ban, norm, option)));
                    }
                    self.duties.push(Duty {
                        norm: id,
                        how,
                        literals: literals.clone(),
                        options,
                        covered,
                        late,
                        touched,
                    });
                }
            }
        }
    }

    /// The parties that a norm names, groups as such.
    fn listed(&self, norm: &Norm) -> Vec<PartyId> {
        norm.actors.list.iter().flat_map(|target| self.parties(target)).collect()
    }

    pub(super) fn parties(&self, target: &Target) -> Vec<PartyId> {
        match &target.what {
            What::Entity(Entity::Party(id)) => vec![*id],
            What::TheParties => {
                let signatories = self.model.declaration.map(|id| &self.model.instrument(id).signatories);
                signatories.into_iter().flatten().flat_map(|one| self.parties(&one.who)).collect()
            }
            What::AllParties | What::Nobody => self.everybody(),
            What::AnyoneExcept(exempt) => {
                let exempt: Vec<PartyId> = exempt.iter().flat_map(|one| self.parties(one)).collect();
                let exempt = self.with_members(&exempt);
                // A group with an exempt member is not meant; its other members are.
                let meant = |party: &PartyId| !self.with_members(&[*party]).iter().any(|one| exempt.contains(one));
                self.everybody().into_iter().filter(meant).collect()
            }
            other => panic!("no reading of {other:?} as an actor"),
        }
    }

    fn everybody(&self) -> Vec<PartyId> {
        (0..self.model.parties.len() as u32).map(PartyId).collect()
    }

    fn members(&self, party: PartyId) -> Vec<PartyId> {
        self.model.party(party).members.iter().flat_map(|member| self.parties(member)).collect()
    }

    fn is_leaf(&self, party: PartyId) -> bool {
        self.members(party).is_empty()
    }

    /// These and all their members, however deep. Groups in a draft made here hold no circles.
    fn with_members(&self, parties: &[PartyId]) -> Vec<PartyId> {
        let deeper = |party: &PartyId| {
            let mut all = vec![*party];
            all.extend(self.with_members(&self.members(*party)));
            all
        };
        parties.iter().flat_map(deeper).collect()
    }

    pub(super) fn leaves(&self, party: PartyId) -> Vec<PartyId> {
        self.with_members(&[party]).into_iter().filter(|one| self.is_leaf(*one)).collect()
    }

    /// Each of these groups owes it, any one of a group can do it.
    fn actor_groups(&self, norm: &Norm) -> Vec<Vec<PartyId>> {
        let listed = self.listed(norm);
        let each = norm.actors.manner == Some(Manner::Each);
        let together = norm.actors.manner == Some(Manner::Jointly) || (norm.quantity.is_some() && !each);
        if norm.actors.any || together {
            vec![listed.into_iter().flat_map(|party| self.leaves(party)).collect()]
        } else if each {
            listed.into_iter().flat_map(|party| self.leaves(party)).map(|leaf| vec![leaf]).collect()
        } else {
            listed.into_iter().map(|party| self.leaves(party)).collect()
        }
    }

    /// Whether a ban, on a day on which it holds, is in the way of doing it so.
    fn covers(&self, ban: &Ban, norm: &Norm, option: &Choice) -> bool {
        let banned = self.model.norm(ban.norm);
        let understood = banned.words.is_empty() && banned.purpose.is_none() && !banned.damaged;
        understood
            && ban.actors.contains(&option.actor)
            && self.covers_verb(banned, norm)
            && self.covers_object(banned, option)
            && self.covers_place(banned, norm, RoleKind::Place)
            && self.covers_place(banned, norm, RoleKind::Origin)
            && covers_roles(banned, norm)
            && self.covers_amount(ban, norm)
            && !self.is_exempt(banned, norm, option)
    }

    /// Whether a ban, on a day on which it holds, takes at least a part of what a right to do it so gives.
    fn touches(&self, ban: &Ban, norm: &Norm, option: &Choice) -> bool {
        let banned = self.model.norm(ban.norm);
        let understood = [banned, norm].iter().all(|norm| norm.words.is_empty() && norm.purpose.is_none());
        let excepted = norm.orders.iter().any(|order| order.kind == OrderKind::Except);
        // A larger party is not the same as one of its members to supply something to.
        let is_party = |what: &What| matches!(what, What::Entity(Entity::Party(_)));
        let meet = |one: &What, other: &What| {
            one == other || !is_party(one) && (self.contains(one, other) || self.contains(other, one))
        };
        let objects = &banned.objects.list;
        let about = |own: &What| objects.iter().any(|object| meet(&object.what, own));
        let roles = banned.roles.iter().all(|theirs| {
            let own: Vec<_> = norm.roles.iter().filter(|own| own.kind == theirs.kind).collect();
            own.is_empty() || own.iter().any(|own| meet(&own.target.what, &theirs.target.what))
        });
        understood
            && !excepted
            && banned.quantity.is_none()
            && ban.actors.contains(&option.actor)
            && self.covers_verb(banned, norm)
            && (objects.is_empty() || option.object.as_ref().is_none_or(about))
            && roles
            && !self.is_exempt(banned, norm, option)
    }

    /// Whether two norms are sentences of one clause, or one names the other.
    fn is_settled(&self, one: NormId, other: NormId) -> bool {
        let names = |one: NormId, other: NormId| {
            self.model.norm(one).orders.iter().any(|order| match &order.target.what {
                What::Entity(Entity::Clause(clause)) => self.norms_of(*clause).any(|id| id == other),
                What::Norms(norms) => norms.ids().any(|id| id == other),
                _ => false,
            })
        };
        self.model.norm(one).clause == self.model.norm(other).clause || names(one, other) || names(other, one)
    }

    fn covers_verb(&self, banned: &Norm, norm: &Norm) -> bool {
        let name = |norm: &Norm| self.model.vocabulary.action(norm.action.expect("a verb that is known")).name;
        self.verb_is(name(norm), name(banned))
    }

    fn verb_is(&self, verb: Symbol, other: Symbol) -> bool {
        let action = self.model.vocabulary.actions.iter().find(|action| action.name == verb);
        verb == other || action.is_some_and(|action| action.is.iter().any(|above| self.verb_is(*above, other)))
    }

    fn covers_object(&self, banned: &Norm, option: &Choice) -> bool {
        let objects = &banned.objects.list;
        let covers = |object: &Target| option.object.as_ref().is_some_and(|own| self.contains(&object.what, own));
        objects.is_empty() || objects.iter().any(covers)
    }

    fn covers_place(&self, banned: &Norm, norm: &Norm, kind: RoleKind) -> bool {
        let (theirs, own) = (places(banned, kind), places(norm, kind));
        assert!(own.len() <= 1, "no reading of a duty in two places");
        theirs.is_empty() || own.iter().any(|own| theirs.iter().any(|their| self.contains(their, own)))
    }

    /// Whether one is the other, or a kind, place or group around it.
    fn contains(&self, outer: &What, inner: &What) -> bool {
        match (outer, inner) {
            (What::Entity(Entity::Thing(outer)), What::Entity(Entity::Thing(inner))) => {
                let above = &self.model.thing(*inner).within;
                let around = |id| self.contains(&What::Entity(Entity::Thing(*outer)), &What::Entity(Entity::Thing(id)));
                outer == inner || above.iter().copied().any(around)
            }
            (What::Entity(Entity::Place(outer)), What::Entity(Entity::Place(inner))) => {
                let above = &self.model.place(*inner).within;
                let around = |id| self.contains(&What::Entity(Entity::Place(*outer)), &What::Entity(Entity::Place(id)));
                outer == inner || above.iter().copied().any(around)
            }
            (What::Entity(Entity::Party(outer)), What::Entity(Entity::Party(inner))) => {
                self.with_members(&[*outer]).contains(inner)
            }
            _ => outer == inner,
        }
    }

    fn covers_amount(&self, ban: &Ban, norm: &Norm) -> bool {
        let Some(theirs) = &self.model.norm(ban.norm).quantity else { return true };
        let Some(own) = &norm.quantity else { return false };
        assert!(!theirs.about && !own.about, "no reading of a rough amount");
        let (Some((base, theirs)), Some((own_base, own))) = (self.bounds(theirs), self.bounds(own)) else {
            return false;
        };
        let above = |limit: Limit| Limit { strict: !limit.strict, ..limit };
        let theirs = if ban.excess { [theirs[1].map(above), None] } else { theirs };
        // Every number between the own bounds lies between theirs.
        let within = |their: Option<Limit>, own: Option<Limit>, side: i128| match (their, own) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(their), Some(own)) => {
                let (their_value, own_value) = (their.value * side, own.value * side);
                their_value < own_value || their_value == own_value && (!their.strict || own.strict)
            }
        };
        base == own_base && within(theirs[0], own[0], 1) && within(theirs[1], own[1], -1)
    }

    /// What is measured, and from where to where.
    fn bounds(&self, quantity: &Quantity) -> Option<(String, [Option<Limit>; 2])> {
        let (base, factor) = self.model.base(quantity.measure)?;
        let scaled = |limit: Option<Limit>| limit.map(|limit| Limit { value: limit.value * factor, ..limit });
        Some((format!("{base:?} {:?}", quantity.per), [scaled(quantity.low), scaled(quantity.high)]))
    }

    fn is_exempt(&self, banned: &Norm, norm: &Norm, option: &Choice) -> bool {
        let mut parts = vec![What::Entity(Entity::Party(option.actor))];
        parts.extend(option.object.clone());
        parts.extend(norm.roles.iter().map(|role| role.target.what.clone()));
        let exempt = banned.orders.iter().filter(|order| order.kind == OrderKind::Except);
        exempt
            .map(|order| &order.target.what)
            .any(|exempt| parts.iter().any(|part| self.contains(exempt, part) || self.contains(part, exempt)))
    }

    /// Whether one norm says how it stands to the other, so that they cannot collide.
    pub(super) fn is_ordered(&self, one: NormId, other: NormId) -> bool {
        let norm = self.model.norm(one);
        let (own, their) = (self.instrument_of(norm), self.instrument_of(self.model.norm(other)));
        let prevails = own
            .zip(their)
            .is_some_and(|(own, their)| own != their && self.model.instrument(own).prevails_over.contains(&their));
        let orders = norm.orders.iter().filter(|order| {
            matches!(order.kind, OrderKind::SubjectTo | OrderKind::ExceptAsIn | OrderKind::Notwithstanding)
        });
        let said = orders.map(|order| &order.target.what).any(|what| match what {
            What::Entity(Entity::Clause(clause)) => self.norms_of(*clause).any(|id| id == other),
            What::Norms(norms) => norms.ids().any(|id| id == other),
            What::Entity(Entity::Instrument(instrument)) => their == Some(*instrument),
            other => panic!("no reading of an order to {other:?}"),
        });
        prevails || said
    }
}

/// The objects of a norm: each of these groups is owed, any one of a group will do.
fn object_groups(norm: &Norm) -> Vec<Vec<Option<What>>> {
    let objects: Vec<Option<What>> = norm.objects.list.iter().map(|object| Some(object.what.clone())).collect();
    match objects.as_slice() {
        [] => vec![vec![None]],
        _ if norm.objects.any => vec![objects],
        _ => objects.into_iter().map(|object| vec![object]).collect(),
    }
}

fn places(norm: &Norm, kind: RoleKind) -> Vec<What> {
    norm.roles.iter().filter(|role| role.kind == kind).map(|role| role.target.what.clone()).collect()
}

fn covers_roles(banned: &Norm, norm: &Norm) -> bool {
    let others = banned.roles.iter().filter(|role| !matches!(role.kind, RoleKind::Place | RoleKind::Origin));
    others
        .into_iter()
        .all(|theirs| norm.roles.iter().any(|own| own.kind == theirs.kind && own.target.what == theirs.target.what))
}

/// The conditions of a norm together, as alternatives of which each is a list of what must and must not hold. `once` for a duty to
/// achieve, which is not asked about day by day.
fn disjuncts(norm: &Norm, once: bool) -> Vec<Vec<Literal>> {
    let all = norm.guard.iter().map(|guard| alternatives(&guard.condition, guard.lead != Lead::Unless, once));
    all.fold(vec![Vec::new()], |one, other| both(&one, &other))
}

fn alternatives(condition: &Condition, wanted: bool, once: bool) -> Vec<Vec<Literal>> {
    let is = |what, holds| Literal { what, holds };
    match condition {
        Condition::Holds(target, _) => match (target.entity(), wanted) {
            (Some(Entity::Event(event)), _) => vec![vec![is(Mark::Event(event), wanted)]],
            (Some(Entity::Phase(phase)), _) if once => vec![vec![is(Mark::Runs(phase), wanted)]],
            (Some(Entity::Phase(phase)), true) => {
                vec![vec![is(Mark::Begin(phase), true), is(Mark::Over(phase), false)]]
            }
            (Some(Entity::Phase(phase)), false) => {
                vec![vec![is(Mark::Begin(phase), false)], vec![is(Mark::Over(phase), true)]]
            }
            (other, _) => panic!("no reading of {other:?} as a condition"),
        },
        Condition::Not(not) => alternatives(not, !wanted, once),
        Condition::All(parts) | Condition::Any(parts) => {
            let parts = parts.iter().map(|part| alternatives(part, wanted, once));
            // `not (a and b)` is `not a or not b`.
            if matches!(condition, Condition::All(_)) == wanted {
                parts.fold(vec![Vec::new()], |one, other| both(&one, &other))
            } else {
                parts.flatten().collect()
            }
        }
    }
}

fn both(one: &[Vec<Literal>], other: &[Vec<Literal>]) -> Vec<Vec<Literal>> {
    one.iter().flat_map(|one| other.iter().map(move |other| [one.clone(), other.clone()].concat())).collect()
}
