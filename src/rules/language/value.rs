//! Values while a rule is evaluated, and what is not known of them.

use crate::model::clause::{Field, Target, ValueKind, What};
use crate::model::quantity::Quantity;
use crate::model::time::{Length, Time};
use crate::model::vocabulary::ActionId;
use crate::model::{Entity, Model, NormId, Symbol};
use crate::rules::language::types::Type;
use crate::source::Loc;
use smallvec::SmallVec;

/// One value.
#[derive(Clone, Copy, Debug)]
pub enum Value<'m> {
    /// Something declared.
    Entity(Entity),
    /// A norm.
    Norm(NormId),
    /// A verb of the vocabulary.
    Action(ActionId),
    /// A word; of a rule a name that may stand for something declared.
    Word(Symbol),
    /// An amount.
    Amount(&'m Quantity),
    /// A bare number that no text says.
    Number(u32),
    /// A length of time.
    Length(&'m Length),
    /// A point in time.
    Time(&'m Time),
    /// Yes or no.
    Truth(bool),
    /// Quoted words: nobody knows what they stand for.
    Text(&'m str),
}

impl Value<'_> {
    /// Its single type.
    pub const fn type_of(&self) -> Type {
        match self {
            Value::Entity(entity) => Type::of_entity(*entity),
            Value::Norm(_) => Type::NORM,
            Value::Action(_) => Type::ACTION,
            Value::Word(_) => Type::WORD,
            Value::Amount(_) | Value::Number(_) => Type::AMOUNT,
            Value::Length(_) => Type::LENGTH,
            Value::Time(_) => Type::TIME,
            Value::Truth(_) => Type::TRUTH,
            Value::Text(_) => Type::TEXT,
        }
    }
}

/// A value and the words that say it.
#[derive(Clone, Copy, Debug)]
pub struct Item<'m> {
    /// It.
    pub value: Value<'m>,
    /// Its place in the text.
    pub at: Loc,
}

/// What is not known of several values; the later ones are worse.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Gap {
    /// These are all.
    None,
    /// The draft does not say, says it in quoted words, or leaves it open: there may be others.
    Silent,
    /// A part of the draft could not be read: not even what is stated is known.
    Damaged,
}

/// Several values, in the order of the text.
#[derive(Clone, Debug)]
pub struct Values<'m> {
    /// Those known.
    pub items: SmallVec<[Item<'m>; 4]>,
    /// What is not known.
    pub gap: Gap,
}

impl<'m> Values<'m> {
    /// None, and none but those.
    pub fn none() -> Self {
        Self { items: SmallVec::new(), gap: Gap::None }
    }

    /// One.
    pub fn one(value: Value<'m>, at: Loc) -> Self {
        Self { items: SmallVec::from_iter([Item { value, at }]), gap: Gap::None }
    }

    /// Takes a value in.
    pub fn push(&mut self, value: Value<'m>, at: Loc) {
        self.items.push(Item { value, at });
    }

    /// Takes quoted words in: somebody or something, and nobody knows who or what.
    pub fn push_text(&mut self, text: &'m str, at: Loc) {
        self.push(Value::Text(text), at);
        self.lacks(Gap::Silent);
    }

    /// Says that something is not known.
    pub fn lacks(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// Takes in what a name or description in a norm stands for.
    pub fn push_target(&mut self, model: &'m Model, target: &'m Target) {
        match &target.what {
            What::Entity(entity) => self.push(Value::Entity(*entity), target.at),
            What::Prose(words) => self.push_text(words, target.at),
            What::Unknown(name) => self.push_text(model.text(*name), target.at),
            What::Norms(norms) => norms.ids().for_each(|id| self.push(Value::Norm(id), target.at)),
            What::TheParties | What::AllParties | What::Nobody | What::AnyoneExcept(_) => {
                for actor in model.named_actors(std::slice::from_ref(target)) {
                    self.push(Value::Entity(actor), target.at);
                }
            }
        }
    }

    /// Takes in what a field says.
    pub fn push_field(&mut self, field: &'m Field) {
        if field.damaged {
            self.lacks(Gap::Damaged);
        }
        for value in &field.values {
            let at = value.at;
            match &value.kind {
                ValueKind::Open => self.lacks(Gap::Damaged),
                ValueKind::None => {}
                ValueKind::Yes => self.push(Value::Truth(true), at),
                ValueKind::No => self.push(Value::Truth(false), at),
                ValueKind::Prose(words) => self.push_text(words, at),
                ValueKind::Entity(entity, _) => self.push(Value::Entity(*entity), at),
                ValueKind::Norms(norms) => norms.ids().for_each(|id| self.push(Value::Norm(id), at)),
                ValueKind::Word(word) => self.push(Value::Word(*word), at),
                ValueKind::Quantity(quantity) => self.push(Value::Amount(quantity), at),
                ValueKind::Length(length) => self.push(Value::Length(length), at),
                ValueKind::Time(time) => self.push(Value::Time(time), at),
                ValueKind::Code(_) | ValueKind::Of(..) => self.lacks(Gap::Silent),
            }
        }
    }
}

/// Whether something holds; what nobody can know is neither reported nor taken for granted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Truth {
    /// It does not.
    No,
    /// The draft does not say.
    Unknown,
    /// It does.
    Yes,
}

impl Truth {
    /// The other way round.
    pub const fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Truth::Yes } else { Truth::No }
    }
}
