//! What in a draft makes up for a field that is absent: `met-by` of the vocabulary against the norms.

use super::{Draft, ask, lasting, watched};
use crate::model::clause::{Field, Target, ValueKind, What};
use crate::model::entity::Item;
use crate::model::norm::{ActForm, Manner, Mode, Norm, RoleKind, Strength};
use crate::model::time::{Anchor, TimePhraseKind};
use crate::model::vocabulary::{Action, ActionId, Evidence, FieldSpec, FieldType};
use crate::model::{ClauseId, Entity, MentionRole, NormId, PartyId, PlaceId, Symbol, ThingId, known};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a draft says, as far as it may make a field unnecessary.
pub(super) struct Shown {
    /// The kinds of clause that it has.
    kinds: FxHashSet<Symbol>,
    /// The fields that its clauses state: kind and field.
    fields: FxHashSet<(Symbol, Symbol)>,
    /// The norms that speak of an item, and as what.
    about: FxHashMap<Entity, Vec<(NormId, MentionRole)>>,
    /// Each verb with the more general ones that it is a kind of.
    general: Vec<Vec<Symbol>>,
    /// The verbs of what shall or may be done, anywhere, and whether somebody is named who does it.
    anywhere: FxHashSet<(Symbol, bool)>,
    /// Of those the verbs that are about the text itself.
    on_text: FxHashSet<(Symbol, bool)>,
    /// The things that something is to become of, and all kinds that they belong to.
    things: FxHashSet<Symbol>,
}

impl Shown {
    /// Looks through a draft once.
    pub(super) fn of(draft: Draft) -> Self {
        let mut about: FxHashMap<Entity, Vec<(NormId, MentionRole)>> = FxHashMap::default();
        for mention in &draft.model.mentions {
            if let (Entity::Clause(_) | Entity::Event(_), Some(norm)) = (mention.entity, mention.norm) {
                about.entry(mention.entity).or_default().push((norm, mention.role));
            }
        }
        let clauses = &draft.model.clauses;
        let actions = &draft.model.vocabulary.actions;
        // Of verbs that no norm uses nothing is asked, and there are many more of them than a small draft has norms.
        let mut used = vec![false; actions.len()];
        for action in draft.model.norms.iter().flat_map(with_ensured).filter_map(|norm| norm.action) {
            if let Some(used) = used.get_mut(action.0 as usize) {
                *used = true;
            }
        }
        let of_used = |(action, used): (&Action, &bool)| if *used { with_general(draft, action) } else { Vec::new() };
        let general = actions.iter().zip(&used).map(of_used).collect();
        let mut shown = Self {
            kinds: clauses.iter().map(|clause| clause.item.kind).collect(),
            fields: FxHashSet::default(),
            about,
            general,
            anywhere: FxHashSet::default(),
            on_text: FxHashSet::default(),
            things: FxHashSet::default(),
        };
        for clause in clauses {
            let stated = clause.item.fields.iter().filter(|field| states(field));
            shown.fields.extend(stated.map(|field| (clause.item.kind, field.name)));
        }
        let mut seen: FxHashSet<(Option<ActionId>, Symbol, bool, bool)> = FxHashSet::default();
        let provide = draft.model.names.get("provide");
        for (_, norm) in draft.own_norms().filter(|(_, norm)| counts(norm)) {
            let (of_text, named) = (is_about_text(draft, norm), is_named(norm));
            if !named && !is_agentless(norm) {
                continue;
            }
            for inner in with_ensured(norm) {
                let own = [inner.verb];
                let known = inner.action.and_then(|id| shown.general.get(id.0 as usize));
                let verbs: &[Symbol] = known.map_or(&own, |known| known.as_slice());
                // What is given to somebody is not dealt with by that.
                if provide.is_none_or(|provide| !verbs.contains(&provide)) {
                    shown.things.extend(kinds_of_objects(draft, inner));
                }
                if !seen.insert((inner.action, inner.verb, of_text, named)) {
                    continue;
                }
                shown.anywhere.extend(verbs.iter().map(|&verb| (verb, named)));
                if of_text {
                    shown.on_text.extend(verbs.iter().map(|&verb| (verb, named)));
                }
            }
        }
        shown
    }

    /// Whether something meets a field that an item does not have.
    pub(super) fn meets(&self, draft: Draft, entity: Entity, item: &Item, spec: &FieldSpec) -> bool {
        let asks = if spec.types.contains(&FieldType::Party) { Asks::Who } else { Asks::What };
        spec.met_by.iter().any(|&evidence| self.holds(draft, entity, item, evidence, asks))
            || self.says_only(draft, entity, spec)
    }

    /// Whether all that a clause says is what its field is not asked of: bans, and the verbs of its `only/VERB`.
    fn says_only(&self, draft: Draft, entity: Entity, spec: &FieldSpec) -> bool {
        let only = |verb: Symbol| spec.met_by.contains(&Evidence::Only(verb));
        let (true, Entity::Clause(id)) = (spec.met_by.iter().any(|it| matches!(it, Evidence::Only(_))), entity) else {
            return false;
        };
        let mut norms = draft.model.norms_of(id).flat_map(|(_, norm)| with_ensured(norm)).peekable();
        norms.peek().is_some()
            && norms.all(|norm| {
                let known = norm.action.and_then(|id| self.general.get(id.0 as usize));
                norm.mode == Mode::Forbid
                    || only(norm.verb)
                    || known.is_some_and(|known| known.iter().any(|it| only(*it)))
            })
    }

    /// Whether a draft shows one thing about an item.
    pub(super) fn holds(&self, draft: Draft, entity: Entity, item: &Item, evidence: Evidence, asks: Asks) -> bool {
        let done = |by: &FxHashSet<(Symbol, bool)>, verb: Symbol| {
            by.contains(&(verb, true)) || asks == Asks::What && by.contains(&(verb, false))
        };
        match (evidence, entity) {
            (Evidence::Field(name), _) => item.field(name).is_some_and(states),
            (Evidence::Says(word), _) => {
                let mut values = item.fields.iter().flat_map(|field| &field.values);
                values.any(|value| value.kind == ValueKind::Word(word))
            }
            (Evidence::Clause(kind), _) => self.kinds.contains(&kind),
            (Evidence::FieldOf(known::DECLARATION, field), _) => {
                let declaration = draft.model.declaration.map(|id| &draft.model.instrument(id).item);
                let closes = self.fields.contains(&(known::FINAL, field));
                closes || declaration.and_then(|item| item.field(field)).is_some_and(states)
            }
            (Evidence::FieldOf(kind, field), _) if self.is_clause(draft, kind) => self.fields.contains(&(kind, field)),
            (Evidence::FieldOf(kind, field), _) => self.one_named_has(draft, entity, item, kind, field),
            (Evidence::Names(name), _) => item.field(name).is_some_and(names),
            (Evidence::Anywhere(verb), _) => done(&self.anywhere, verb),
            (Evidence::Thing(name), _) => self.things.contains(&name),
            (Evidence::Action(verb), Entity::Instrument(_)) => done(&self.on_text, verb),
            (Evidence::DutyTo(verb), Entity::Instrument(_)) => self.on_text.contains(&(verb, true)),
            (Evidence::Sole, Entity::Clause(id)) => has_one_debtor(draft, id),
            (Evidence::Home, Entity::Clause(id)) => is_at_home(draft, id),
            (Evidence::Abroad, Entity::Clause(id)) => is_abroad(draft, id),
            (Evidence::Lasting, Entity::Clause(id)) => lasting::is_lasting(draft, id),
            (Evidence::Forces, Entity::Clause(id)) => watched::has_forces(draft, id, &self.kinds),
            (Evidence::Place, Entity::Clause(id)) => {
                self.in_own(draft, entity, evidence, asks)
                    || self.elsewhere(draft, entity, evidence, asks)
                    || self.acts_on_placed(draft, id)
            }
            _ => self.in_own(draft, entity, evidence, asks) || self.elsewhere(draft, entity, evidence, asks),
        }
    }

    fn is_clause(&self, draft: Draft, kind: Symbol) -> bool {
        draft.model.vocabulary.kind(kind).is_none_or(|kind| kind.is_clause)
    }

    /// Whether an item of that kind that this one names, in a field or a norm, states that field.
    fn one_named_has(&self, draft: Draft, entity: Entity, item: &Item, kind: Symbol, field: Symbol) -> bool {
        let has = |other: Entity| {
            let other = draft.model.item(other);
            other.kind == kind && other.field(field).is_some_and(states)
        };
        let mut named = item.fields.iter().flat_map(|field| &field.values).filter_map(|value| match &value.kind {
            ValueKind::Entity(entity, _) => Some(*entity),
            ValueKind::Time(time) => anchored(&time.anchor),
            _ => None,
        });
        let in_norms = || match entity {
            Entity::Clause(id) => draft.model.norms_of(id).any(|(_, norm)| {
                let mut guards = Vec::new();
                norm.guard.iter().for_each(|guard| ask::condition_targets(&guard.condition, &mut guards));
                let times = norm.times.iter().filter_map(ask::time_of).filter_map(|time| anchored(&time.anchor));
                times.chain(guards.into_iter().filter_map(Target::entity)).any(has)
            }),
            _ => false,
        };
        named.any(has) || in_norms()
    }

    /// Whether a clause acts on another one that says where: who monitors a ceasefire does so where it holds.
    fn acts_on_placed(&self, draft: Draft, id: ClauseId) -> bool {
        let objects = draft.model.norms_of(id).flat_map(|(_, norm)| &norm.objects.list);
        let scope = draft.model.clause(id).item.fields.iter().filter(|field| draft.text(field.name) == "scope");
        let scope = scope.flat_map(|field| &field.values).filter_map(|value| match value.kind {
            ValueKind::Entity(entity, _) => Some(entity),
            ValueKind::Norms(norms) => Some(Entity::Clause(draft.model.norm(norms.first).clause)),
            _ => None,
        });
        let acted_on = objects.filter_map(|object| match object.what {
            What::Norms(norms) => Some(Entity::Clause(draft.model.norm(norms.first).clause)),
            _ => object.entity(),
        });
        scope.chain(acted_on).any(|other| match other {
            Entity::Clause(clause) if clause != id => {
                let area = draft.model.names.get("area").and_then(|name| draft.model.clause(clause).item.field(name));
                area.is_some_and(states) || self.in_own(draft, other, Evidence::Place, Asks::What)
            }
            _ => false,
        })
    }

    /// Whether a norm in the item itself shows it.
    fn in_own(&self, draft: Draft, entity: Entity, evidence: Evidence, asks: Asks) -> bool {
        match entity {
            Entity::Clause(id) => {
                draft.model.norms_of(id).any(|(_, norm)| self.shows(draft, norm, evidence, entity, asks))
            }
            _ => false,
        }
    }

    /// Whether a norm elsewhere shows it: one that speaks of the item for a verb, and for all else one that acts on it.
    fn elsewhere(&self, draft: Draft, entity: Entity, evidence: Evidence, asks: Asks) -> bool {
        let of_verb =
            matches!(evidence, Evidence::Action(_) | Evidence::DutyTo(_) | Evidence::SoleTo(_) | Evidence::DoneTo(_));
        let speaks = |role: MentionRole| match of_verb {
            true => !matches!(role, MentionRole::Time | MentionRole::Condition | MentionRole::Order),
            false => role == MentionRole::Object,
        };
        let norms = self.about.get(&entity).into_iter().flatten();
        norms
            .filter(|(_, role)| speaks(*role))
            .any(|(id, _)| self.shows(draft, draft.model.norm(*id), evidence, entity, asks))
    }

    fn shows(&self, draft: Draft, norm: &Norm, evidence: Evidence, item: Entity, asks: Asks) -> bool {
        let verb = match evidence {
            Evidence::BanOn(verb) => {
                return norm.mode == Mode::Forbid
                    && counts(norm)
                    && is_named(norm)
                    && norm.verb == verb
                    && acts_on(norm, item);
            }
            Evidence::Action(verb) | Evidence::DutyTo(verb) | Evidence::SoleTo(verb) | Evidence::DoneTo(verb) => verb,
            evidence => return with_ensured(norm).any(|norm| shows(draft, norm, evidence)),
        };
        let firm = match evidence {
            Evidence::Action(_) => counts(norm),
            Evidence::SoleTo(_) => ask::binds(norm) && is_sole(draft, norm),
            _ => ask::binds(norm),
        };
        let acts_itself = norm.actors.list.iter().any(|actor| actor.entity() == Some(item));
        let on_it = |inner: &Norm| {
            // Words may well stand for it, unless it is the one who acts.
            let in_words = inner.objects.list.iter().any(|object| matches!(object.what, What::Prose(_)));
            acts_on(inner, item) || in_words && !acts_itself
        };
        let is_said = asks == Asks::What && matches!(evidence, Evidence::Action(_)) && is_agentless(norm);
        firm && (is_named(norm) || is_said)
            && with_ensured(norm).any(|inner| {
                let does = match inner.action {
                    Some(id) => self.general.get(id.0 as usize).is_some_and(|known| known.contains(&verb)),
                    None => inner.verb == verb,
                };
                does && (!matches!(evidence, Evidence::DoneTo(_)) || on_it(inner))
            })
    }
}

/// What a field asks: who does something, which a passive does not tell, or what becomes of something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// Somebody: a party may stand in the field.
    Who,
    /// Anything else.
    What,
}

/// Whether a field names something declared.
fn names(field: &Field) -> bool {
    field.values.iter().any(|value| matches!(value.kind, ValueKind::Entity(..) | ValueKind::Norms(_)))
}

/// Whether a field says something, and does not leave it open.
pub(super) fn states(field: &Field) -> bool {
    field.values.iter().any(|value| value.kind != ValueKind::Open)
}

/// Whether a norm obliges, bans or permits: an intention or an effort shows nothing.
fn counts(norm: &Norm) -> bool {
    norm.strength >= Strength::Firm || norm.mode == Mode::Permit
}

/// Whether somebody is named who acts.
fn is_named(norm: &Norm) -> bool {
    norm.actors.list.iter().any(|actor| !matches!(actor.what, What::Prose(_) | What::Unknown(_)))
}

/// Whether something is to be done and nobody is named who does it: `captives shall be released`.
fn is_agentless(norm: &Norm) -> bool {
    norm.form == ActForm::Passive && norm.actors.list.is_empty()
}

/// Whether a norm acts on an item by its name.
fn acts_on(norm: &Norm, item: Entity) -> bool {
    norm.objects.list.iter().any(|object| object.entity() == Some(item))
}

/// The things that a norm acts on, by name, and the kinds that they belong to.
fn kinds_of_objects(draft: Draft, norm: &Norm) -> Vec<Symbol> {
    let mut ids: Vec<ThingId> = Vec::new();
    ids.extend(ask::entities(&norm.objects.list).filter_map(|entity| match entity {
        Entity::Thing(id) => Some(id),
        _ => None,
    }));
    let mut next = 0;
    while let Some(&id) = ids.get(next) {
        next += 1;
        let wider: Vec<ThingId> = draft.model.thing(id).within.iter().copied().filter(|id| !ids.contains(id)).collect();
        ids.extend(wider);
    }
    ids.into_iter().map(|id| draft.model.thing(id).item.name).collect()
}

/// Whether one party or body acts alone.
fn is_sole(draft: Draft, norm: &Norm) -> bool {
    match norm.actors.list.as_slice() {
        [only] => match only.entity() {
            Some(Entity::Party(id)) => is_single(draft, id),
            other => other.is_some(),
        },
        _ => false,
    }
}

fn is_single(draft: Draft, party: PartyId) -> bool {
    draft.model.party(party).members.is_empty()
        && draft.word(&draft.model.party(party).item, "kind") != Some("coalition")
}

/// Whether all that a clause promises is promised by one party.
fn has_one_debtor(draft: Draft, clause: ClauseId) -> bool {
    let mut debtor = None;
    for (_, norm) in draft.model.norms_of(clause).filter(|(_, norm)| ask::binds(norm)) {
        let only = norm.actors.list.first().and_then(Target::entity);
        if !is_sole(draft, norm) || only != *debtor.get_or_insert(only) {
            return false;
        }
    }
    debtor.is_some()
}

/// Whether a clause has places, and all of them belong to those who act in it.
fn is_at_home(draft: Draft, clause: ClauseId) -> bool {
    let model = draft.model;
    let mut owners: FxHashSet<PartyId> = FxHashSet::default();
    let mut places: FxHashSet<PlaceId> = FxHashSet::default();
    let values = model.clause(clause).item.fields.iter().flat_map(|field| &field.values);
    places.extend(values.filter_map(|value| match value.kind {
        ValueKind::Entity(Entity::Place(place), _) => Some(place),
        _ => None,
    }));
    for (_, norm) in model.norms_of(clause) {
        for entity in norm.actors.list.iter().filter_map(Target::entity) {
            match entity {
                Entity::Party(id) => owners.extend([Some(id), model.party(id).of].into_iter().flatten()),
                _ => return false,
            }
        }
        places.extend(norm.roles.iter().filter(|role| role.kind == RoleKind::Place).filter_map(|role| {
            match role.target.entity() {
                Some(Entity::Place(place)) => Some(place),
                _ => None,
            }
        }));
    }
    !places.is_empty()
        && owners.len() == 1
        && places.iter().all(|&place| owner(draft, place).is_some_and(|of| owners.contains(&of)))
}

/// Whether what leaves has been abroad: it leaves a whole country, or land of another party than those who leave.
fn is_abroad(draft: Draft, clause: ClauseId) -> bool {
    let model = draft.model;
    let mut leaving: FxHashSet<PartyId> = FxHashSet::default();
    let mut left: FxHashSet<PlaceId> = FxHashSet::default();
    let place = |entity: Option<Entity>| match entity {
        Some(Entity::Place(place)) => Some(place),
        _ => None,
    };
    let from = model.names.get("from").and_then(|name| model.clause(clause).item.field(name));
    left.extend(from.into_iter().flat_map(|field| &field.values).filter_map(|value| match value.kind {
        ValueKind::Entity(entity, _) => place(Some(entity)),
        _ => None,
    }));
    let of = model.names.get("of");
    let owner_of = |item: &Item| {
        let owners = of.and_then(|name| item.field(name)).into_iter().flat_map(|field| &field.values);
        let parties = owners.filter_map(|value| match value.kind {
            ValueKind::Entity(Entity::Party(id), _) => Some(id),
            _ => None,
        });
        parties.collect::<Vec<_>>()
    };
    for (_, norm) in model.norms_of(clause).filter(|(_, norm)| norm.mode != Mode::Forbid) {
        let origins = norm.roles.iter().filter(|role| role.kind == RoleKind::Origin);
        left.extend(origins.filter_map(|role| place(role.target.entity())));
        for entity in norm.actors.list.iter().chain(&norm.objects.list).filter_map(Target::entity) {
            match entity {
                Entity::Party(id) => leaving.extend([Some(id), model.party(id).of].into_iter().flatten()),
                Entity::Thing(_) => leaving.extend(owner_of(model.item(entity))),
                _ => {}
            }
        }
    }
    !left.is_empty()
        && left.iter().all(|&id| {
            let place = model.place(id);
            // Of land within a country forces can leave one part for another.
            let foreign = place.within.is_empty() && place.of.is_some_and(|of| !leaving.contains(&of));
            foreign || draft.word(&place.item, "kind") == Some("territory")
        })
}

/// Whose a place is: its own owner, or that of a place around it.
fn owner(draft: Draft, place: PlaceId) -> Option<PartyId> {
    let mut around = vec![place];
    let mut next = 0;
    while let Some(&id) = around.get(next) {
        next += 1;
        let place = draft.model.place(id);
        if place.of.is_some() {
            return place.of;
        }
        let wider: Vec<PlaceId> = place.within.iter().copied().filter(|id| !around.contains(id)).collect();
        around.extend(wider);
    }
    None
}

/// Whether what a norm acts on is the text itself, or may be: it stands in the final provisions, names the declaration, or
/// names its object in words or not at all.
fn is_about_text(draft: Draft, norm: &Norm) -> bool {
    let text = |target: &Target| match target.what {
        What::Entity(entity) => matches!(entity, Entity::Instrument(_)),
        _ => true,
    };
    draft.model.clause(norm.clause).item.kind == known::FINAL
        || norm.objects.list.is_empty()
        || norm.objects.list.iter().any(text)
        || norm.actors.list.iter().any(|actor| matches!(actor.what, What::Entity(Entity::Instrument(_))))
}

fn anchored(anchor: &Anchor) -> Option<Entity> {
    match anchor {
        Anchor::Event(id) => Some(Entity::Event(*id)),
        Anchor::Phase(id, _) => Some(Entity::Phase(*id)),
        _ => None,
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

fn shows(draft: Draft, norm: &Norm, evidence: Evidence) -> bool {
    use TimePhraseKind as K;
    let role = |kind: RoleKind| norm.roles.iter().any(|role| role.kind == kind);
    let time = |is: fn(&K) -> bool| norm.times.iter().any(|phrase| is(&phrase.kind));
    match evidence {
        Evidence::Amount => norm.quantity.is_some(),
        Evidence::AmountEach => {
            norm.quantity.is_some() && (norm.actors.manner == Some(Manner::Each) || is_sole(draft, norm))
        }
        Evidence::Place => role(RoleKind::Place),
        Evidence::Destination => norm.mode != Mode::Forbid && role(RoleKind::Place),
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
        // Asked of the whole item or draft.
        _ => false,
    }
}
