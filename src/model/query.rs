//! Questions about a model that several rules ask: who is meant, what lies where, which amounts can be compared, and how all
//! that is called in a message.

use super::clause::{NormRef, Target, What};
use super::norm::Norm;
use super::quantity::{Limit, Measure, Quantity, Rational};
use super::suggest::listed;
use super::{ClauseId, Entity, Model, NormId, PartyId, PlaceId, Symbol, ThingId};
use num_traits::CheckedMul;

/// How one place lies to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ground {
    /// They are one place.
    Same,
    /// The other lies within it.
    Covers,
    /// It lies within the other.
    Within,
    /// They share ground.
    Overlaps,
    /// Something around them shares ground; whether they do, no text says.
    Perhaps,
    /// They are apart.
    Apart,
}

impl Ground {
    /// Whether some ground is certainly common to both.
    pub fn shares(self) -> bool {
        !matches!(self, Ground::Perhaps | Ground::Apart)
    }
}

/// What a number measures once its unit is out of the way: equal bases can be compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Base {
    /// A measure of the vocabulary, in its base unit.
    Measure(Symbol),
    /// A unit that converts to no other.
    Unit(Symbol),
    /// A thing counted.
    Counted(Entity),
    /// A word counted that nobody knows.
    Word(Symbol),
    /// A bare number.
    Number,
    /// A part of a whole.
    Share,
    /// Money of one currency.
    Money(Symbol),
}

/// The numbers that an amount allows, in base units.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Range {
    /// The least.
    pub low: Option<Limit>,
    /// The most.
    pub high: Option<Limit>,
}

impl Range {
    /// Whether some number lies in both.
    pub fn meets(&self, other: &Range) -> bool {
        below(self.low, other.high) && below(other.low, self.high) && below(self.low, self.high)
    }

    /// Whether every number of the other lies in this.
    pub fn contains(&self, other: &Range) -> bool {
        let low = match (self.low, other.low) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(other)) => {
                own.value < other.value || (own.value == other.value && (!own.strict || other.strict))
            }
        };
        let high = match (self.high, other.high) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(other)) => {
                own.value > other.value || (own.value == other.value && (!own.strict || other.strict))
            }
        };
        low && high
    }
}

/// Whether a number can be at least the one and at most the other.
fn below(low: Option<Limit>, high: Option<Limit>) -> bool {
    match (low, high) {
        (Some(low), Some(high)) => low.value < high.value || (low.value == high.value && !low.strict && !high.strict),
        _ => true,
    }
}

/// Parties and other actors.
impl Model {
    /// Those who sign the declaration and are declared, in order.
    pub fn signatories(&self) -> impl Iterator<Item = Entity> + '_ {
        let declaration = self.declaration.map(|id| self.instrument(id));
        declaration.into_iter().flat_map(|one| &one.signatories).filter_map(|one| one.who.entity())
    }

    /// Whether the draft says who signs it: `signatories:` names somebody, or words for somebody.
    pub fn names_signatories(&self) -> bool {
        self.declaration.is_some_and(|id| !self.instrument(id).signatories.is_empty())
    }

    /// Whom these targets name: parties, and clauses that act; `the parties` are all signatories, `all parties`, `nobody` and
    /// `anyone except X` range over every declared party. Quoted and unknown names are left out. Each once, in order.
    pub fn named_actors(&self, targets: &[Target]) -> Vec<Entity> {
        let mut named = Vec::with_capacity(targets.len());
        for target in targets {
            match &target.what {
                What::Entity(entity @ (Entity::Party(_) | Entity::Clause(_))) => named.push(*entity),
                What::TheParties => named.extend(self.signatories()),
                What::AllParties | What::Nobody => named.extend(self.every_party()),
                What::AnyoneExcept(exempt) => {
                    let exempt = self.with_members(&self.named_actors(exempt));
                    // A group with an exempt member is not meant as a whole, only its other members.
                    let meant = |party: &Entity| !self.with_members(&[*party]).iter().any(|one| exempt.contains(one));
                    named.extend(self.every_party().filter(meant));
                }
                _ => {}
            }
        }
        once(named)
    }

    /// Those named, and all members of those that have members, however deep: `coalition` and `FR` and `GB`.
    pub fn all_actors(&self, targets: &[Target]) -> Vec<Entity> {
        self.with_members(&self.named_actors(targets))
    }

    /// These and their members, however deep. Each once.
    pub fn with_members(&self, actors: &[Entity]) -> Vec<Entity> {
        let mut all = once(actors.to_vec());
        let mut seen: rustc_hash::FxHashSet<Entity> = all.iter().copied().collect();
        let mut next = 0;
        while let Some(&one) = all.get(next) {
            next += 1;
            if let Entity::Party(id) = one {
                let members = self.party(id).members.iter().filter_map(Target::entity);
                all.extend(members.filter(|member| seen.insert(*member)));
            }
        }
        all
    }

    /// Every party that the draft or an import declares.
    pub fn every_party(&self) -> impl Iterator<Item = Entity> + '_ {
        (0..self.parties.len() as u32).map(|i| Entity::Party(PartyId(i)))
    }

    /// Whether one is a member of the other or belongs to it, however deep; nobody is a member of itself.
    pub fn is_member(&self, one: PartyId, of: PartyId) -> bool {
        let mut seen = vec![of];
        let mut next = 0;
        while let Some(&group) = seen.get(next) {
            next += 1;
            for member in &self.party(group).members {
                match member.what {
                    What::Entity(Entity::Party(id)) if id == one => return group != one,
                    What::Entity(Entity::Party(id)) if !seen.contains(&id) => seen.push(id),
                    _ => {}
                }
            }
        }
        // What belongs to a state is part of it: its armed forces, its offices.
        let mut above = self.party(one).of;
        for _ in 0..self.parties.len() {
            match above {
                Some(id) if id == of => return one != of,
                Some(id) => above = self.party(id).of,
                None => break,
            }
        }
        false
    }

    /// Whether one is the other, a member of it, or has it as a member.
    pub fn same_or_member(&self, one: Entity, other: Entity) -> bool {
        match (one, other) {
            _ if one == other => true,
            (Entity::Party(one), Entity::Party(other)) => self.is_member(one, other) || self.is_member(other, one),
            _ => false,
        }
    }

    /// Whether somebody is bound: a party that is, or a clause, which the text itself creates.
    pub fn is_bound(&self, actor: Entity) -> bool {
        match actor {
            Entity::Party(id) => self.party(id).bound,
            Entity::Clause(_) => true,
            _ => false,
        }
    }

    /// Whether a party has accepted a clause without signing.
    pub fn accepts(&self, party: PartyId, clause: ClauseId) -> bool {
        self.party(party).accepts.contains(&clause)
    }
}

/// Places and things.
impl Model {
    /// Whether a place is the other or covers it.
    pub fn place_covers(&self, place: PlaceId, other: PlaceId) -> bool {
        reaches(other, place, |id| self.place(id).within.as_slice())
    }

    /// How a place lies to another.
    pub fn ground(&self, one: PlaceId, other: PlaceId) -> Ground {
        if one == other {
            return Ground::Same;
        }
        if self.place_covers(one, other) {
            return Ground::Covers;
        }
        if self.place_covers(other, one) {
            return Ground::Within;
        }
        let mut perhaps = false;
        for (index, row) in self.places.iter().enumerate() {
            let place = PlaceId(index as u32);
            // A place in both is common ground.
            if row.within.len() > 1 && self.place_covers(one, place) && self.place_covers(other, place) {
                return Ground::Overlaps;
            }
            for &overlap in &row.overlaps {
                let ways = [(place, overlap), (overlap, place)];
                if ways.iter().any(|(a, b)| self.place_covers(one, *a) && self.place_covers(other, *b)) {
                    return Ground::Overlaps;
                }
                perhaps |= ways.iter().any(|(a, b)| self.place_covers(*a, one) && self.place_covers(*b, other));
            }
        }
        if perhaps { Ground::Perhaps } else { Ground::Apart }
    }

    /// Whether a thing is the other or a kind that covers it: `weapons` covers `tanks`.
    pub fn thing_covers(&self, thing: ThingId, other: ThingId) -> bool {
        reaches(other, thing, |id| self.thing(id).within.as_slice())
    }
}

/// Whether following `up` from one leads to the other.
fn reaches<'m, T: Copy + PartialEq + 'm>(from: T, to: T, up: impl Fn(T) -> &'m [T]) -> bool {
    if from == to {
        return true;
    }
    let mut seen = vec![from];
    let mut next = 0;
    while let Some(&one) = seen.get(next) {
        next += 1;
        for &above in up(one) {
            if above == to {
                return true;
            }
            if !seen.contains(&above) {
                seen.push(above);
            }
        }
    }
    false
}

/// Amounts.
impl Model {
    /// The thing that an amount counts: the tanks of `2 tanks`.
    pub fn counted(&self, quantity: &Quantity) -> Option<Entity> {
        match quantity.measure {
            Measure::Counted(entity) => Some(entity),
            Measure::Unit(name) => {
                let plural = self.vocabulary.unit_of(name).map(|unit| unit.plural);
                let named = |thing: &super::entity::Thing| thing.item.name == name || Some(thing.item.name) == plural;
                self.things.iter().position(named).map(|index| Entity::Thing(ThingId(index as u32)))
            }
            _ => quantity.of,
        }
    }

    /// What an amount measures, and how many base units one of its own units is; none for shares of a rest.
    pub fn base(&self, measure: Measure) -> Option<(Base, Rational)> {
        let one = Rational::from_integer(1);
        Some(match measure {
            Measure::Number => (Base::Number, one),
            Measure::Unit(name) => match self.vocabulary.unit_of(name) {
                Some(unit) => match unit.factor {
                    Some(factor) => (Base::Measure(unit.measures), factor),
                    None => (Base::Unit(unit.name), one),
                },
                None => (Base::Word(name), one),
            },
            Measure::Counted(entity) => (Base::Counted(entity), one),
            Measure::Unknown(word) => (Base::Word(word), one),
            Measure::Share => (Base::Share, one),
            Measure::Money(currency) => (Base::Money(currency), one),
            Measure::EqualShares | Measure::Remaining => return None,
        })
    }

    /// Two amounts in one base; none where they cannot be compared. Amounts `per` different things cannot.
    pub fn comparable(&self, one: &Quantity, other: &Quantity) -> Option<(Range, Range)> {
        let ((base, factor), (other_base, other_factor)) = (self.base(one.measure)?, self.base(other.measure)?);
        (base == other_base && one.per == other.per).then(|| (range(one, factor), range(other, other_factor)))
    }

    /// The numbers that an amount allows, in base units.
    pub fn range(&self, quantity: &Quantity) -> Option<(Base, Range)> {
        let (base, factor) = self.base(quantity.measure)?;
        Some((base, range(quantity, factor)))
    }
}

fn range(quantity: &Quantity, factor: Rational) -> Range {
    // A bound that is too large to reckon with bounds nothing.
    let scaled = |limit: Option<Limit>| {
        limit.and_then(|limit| Some(Limit { value: limit.value.checked_mul(&factor)?, ..limit }))
    };
    Range { low: scaled(quantity.low), high: scaled(quantity.high) }
}

/// Names for messages.
impl Model {
    /// How a norm is referred to in a draft: `force`, `force(a)`, `assistance(a).2`.
    pub fn norm_name(&self, id: NormId) -> String {
        let norm = self.norm(id);
        let clause = self.name(Entity::Clause(norm.clause));
        match (norm.letter, norm.mark, norm.act) {
            (Some(letter), _, Some(act)) => format!("{clause}({}).{act}", self.text(letter)),
            (Some(letter), _, None) => format!("{clause}({})", self.text(letter)),
            (None, Some(mark), _) => format!("{clause}({})", self.text(mark)),
            (None, None, _) => clause.to_owned(),
        }
    }

    /// How several norms of a clause are referred to together.
    pub fn norms_name(&self, norms: NormRef) -> String {
        let norm = self.norm(norms.first);
        let clause = self.name(Entity::Clause(norm.clause));
        match norm.letter {
            Some(letter) if norms.count > 1 => format!("{clause}({})", self.text(letter)),
            _ => self.norm_name(norms.first),
        }
    }

    /// What a reader calls a target: its label, its words, or the name as written.
    pub fn target_label(&self, target: &Target) -> String {
        match &target.what {
            What::Entity(entity) => self.label(*entity).to_owned(),
            What::Norms(norms) => self.norms_name(*norms),
            What::Prose(words) => format!("\"{words}\""),
            What::TheParties => "the parties".to_owned(),
            What::AllParties => "all parties".to_owned(),
            What::Nobody => "nobody".to_owned(),
            What::AnyoneExcept(exempt) => format!("anyone except {}", self.labels(exempt, "and")),
            What::Unknown(name) => self.text(*name).to_owned(),
        }
    }

    /// `France, the United Kingdom and Ukraine`.
    pub fn labels(&self, targets: &[Target], joint: &str) -> String {
        let labels: Vec<String> = targets.iter().map(|target| self.target_label(target)).collect();
        listed(&labels, joint)
    }

    /// Those who act, as a reader calls them; nothing where nobody is named.
    pub fn actors_label(&self, norm: &Norm) -> String {
        self.labels(&norm.actors.list, if norm.actors.any { "or" } else { "and" })
    }

    /// The verb of a norm as printed: `hand over`; as written where the vocabulary does not know it.
    pub fn verb_label(&self, norm: &Norm) -> String {
        match norm.action {
            Some(id) => self.vocabulary.action(id).label.to_string(),
            None => self.text(norm.verb).replace('-', " "),
        }
    }
}

/// The one word or the other, as the number wants it: `agree(2, "ends", "end")`.
pub fn agree<'a>(count: usize, singular: &'a str, plural: &'a str) -> &'a str {
    if count == 1 { singular } else { plural }
}

fn once(mut entities: Vec<Entity>) -> Vec<Entity> {
    if entities.len() > 1 {
        let mut seen = rustc_hash::FxHashSet::default();
        entities.retain(|entity| seen.insert(*entity));
    }
    entities
}
