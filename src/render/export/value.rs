//! Names, and the fields of an item with their values.

use super::amount::{LengthView, QuantityView, TimeView};
use super::{Position, View};
use crate::model::Entity;
use crate::model::clause::{self, Field, NormRef, Value, What};
use schemars::JsonSchema;
use serde::Serialize;

/// The name of an item, with the list it is found in.
#[derive(Serialize, JsonSchema)]
pub struct Reference<'a> {
    /// Which list: `party` is found in `parties`.
    pub r#type: Table,
    /// Its name there.
    pub name: &'a str,
}

/// The list in which an item is found.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ItemType")]
pub enum Table {
    /// In `instruments`.
    Instrument,
    /// In `parties`.
    Party,
    /// In `places`.
    Place,
    /// In `things`.
    Thing,
    /// In `events`.
    Event,
    /// In `phases`.
    Phase,
    /// In `terms`.
    Term,
    /// In `clauses`.
    Clause,
}

/// Who or what some words stand for.
#[derive(Serialize, JsonSchema)]
pub struct Target<'a> {
    #[serde(flatten)]
    what: WhatView<'a>,
    /// The words in the draft.
    written: &'a str,
}

/// What some words stand for: an item, or something else.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "What")]
enum WhatView<'a> {
    Item(Reference<'a>),
    Other(Other<'a>),
}

/// What some words stand for when it is no item.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(rename = "OtherTarget")]
enum Other<'a> {
    /// Norms of a clause.
    Norms {
        /// Their names: `force(a)`.
        norms: Vec<String>,
    },
    /// Quoted words: nobody knows what they are.
    Prose {
        /// The words without their quotation marks.
        prose: &'a str,
    },
    /// All signatories.
    TheParties,
    /// Every declared party.
    AllParties,
    /// Nobody.
    Nobody,
    /// Everybody but these.
    AnyoneExcept {
        /// Those excepted.
        except: Vec<Target<'a>>,
    },
    /// A name that nothing declares.
    Unknown {
        /// The name.
        name: &'a str,
    },
}

/// A fact about an item.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Field")]
pub struct FieldView<'a> {
    /// Its name.
    name: &'a str,
    /// Whether it could not be read to its end.
    damaged: bool,
    /// Name and values.
    place: Position<'a>,
    /// Its values, in the order of the text.
    values: Vec<ValueView<'a>>,
}

/// One value of a field.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Value")]
struct ValueView<'a> {
    #[serde(flatten)]
    kind: ValueKind<'a>,
    /// The words in the draft.
    written: &'a str,
    /// Where they stand.
    place: Position<'a>,
}

/// What a value is.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
enum ValueKind<'a> {
    /// Left open on purpose.
    Open,
    /// `yes` or `no`.
    YesNo {
        /// Whether it is `yes`.
        yes: bool,
    },
    /// `none`
    None,
    /// Quoted words.
    Prose {
        /// The words without their quotation marks.
        prose: &'a str,
    },
    /// A declared item.
    Entity {
        /// Which.
        entity: Reference<'a>,
        /// Its share, as in `members: UNC 5`.
        share: Option<QuantityView<'a>>,
    },
    /// Norms of a clause.
    Norms {
        /// Their names: `force(a)`.
        norms: Vec<String>,
    },
    /// A word that names nothing declared: `treaty`, `unanimity`, or an undefined name where a declared one belongs.
    Word {
        /// The word.
        word: &'a str,
    },
    /// The code of a finding: `troops/strength`.
    Code {
        /// The code.
        code: &'a str,
    },
    /// An amount.
    Quantity {
        /// How many or how much.
        quantity: QuantityView<'a>,
    },
    /// A length of time.
    Length {
        /// How long.
        length: LengthView<'a>,
    },
    /// A point in time.
    Time {
        /// When.
        time: TimeView<'a>,
    },
    /// `quantity of personnel`, in a vocabulary.
    Of {
        /// The word before `of`.
        word: &'a str,
        /// The word after it.
        of: &'a str,
    },
}

impl<'a> View<'a> {
    pub(super) fn reference(self, entity: Entity) -> Reference<'a> {
        let table = match entity {
            Entity::Instrument(_) => Table::Instrument,
            Entity::Party(_) => Table::Party,
            Entity::Place(_) => Table::Place,
            Entity::Thing(_) => Table::Thing,
            Entity::Event(_) => Table::Event,
            Entity::Phase(_) => Table::Phase,
            Entity::Term(_) => Table::Term,
            Entity::Clause(_) => Table::Clause,
        };
        Reference { r#type: table, name: self.name(entity) }
    }

    pub(super) fn targets(self, targets: &'a [clause::Target]) -> Vec<Target<'a>> {
        targets.iter().map(|target| self.target(target)).collect()
    }

    pub(super) fn target(self, target: &'a clause::Target) -> Target<'a> {
        let other = match &target.what {
            What::Entity(entity) => {
                let what = WhatView::Item(self.reference(*entity));
                return Target { what, written: self.written(target.at) };
            }
            What::Norms(norms) => Other::Norms { norms: self.norm_names(*norms) },
            What::Prose(prose) => Other::Prose { prose },
            What::TheParties => Other::TheParties,
            What::AllParties => Other::AllParties,
            What::Nobody => Other::Nobody,
            What::AnyoneExcept(except) => Other::AnyoneExcept { except: self.targets(except) },
            What::Unknown(name) => Other::Unknown { name: self.text(*name) },
        };
        Target { what: WhatView::Other(other), written: self.written(target.at) }
    }

    pub(super) fn norm_names(self, norms: NormRef) -> Vec<String> {
        norms.ids().map(|id| self.norm_name(self.model.norm(id))).collect()
    }

    pub(super) fn field(self, field: &'a Field) -> FieldView<'a> {
        FieldView {
            name: self.text(field.name),
            damaged: field.damaged,
            place: self.position(field.at),
            values: field.values.iter().map(|value| self.value(value)).collect(),
        }
    }

    fn value(self, value: &'a Value) -> ValueView<'a> {
        let kind = match &value.kind {
            clause::ValueKind::Open => ValueKind::Open,
            clause::ValueKind::Yes => ValueKind::YesNo { yes: true },
            clause::ValueKind::No => ValueKind::YesNo { yes: false },
            clause::ValueKind::None => ValueKind::None,
            clause::ValueKind::Prose(prose) => ValueKind::Prose { prose },
            clause::ValueKind::Entity(entity, share) => ValueKind::Entity {
                entity: self.reference(*entity),
                share: share.as_ref().map(|share| self.quantity(share)),
            },
            clause::ValueKind::Norms(norms) => ValueKind::Norms { norms: self.norm_names(*norms) },
            clause::ValueKind::Word(word) => ValueKind::Word { word: self.text(*word) },
            clause::ValueKind::Code(code) => ValueKind::Code { code },
            clause::ValueKind::Quantity(quantity) => ValueKind::Quantity { quantity: self.quantity(quantity) },
            clause::ValueKind::Length(length) => ValueKind::Length { length: self.length(length) },
            clause::ValueKind::Time(time) => ValueKind::Time { time: self.time(time) },
            clause::ValueKind::Of(word, of) => ValueKind::Of { word: self.text(*word), of: self.text(*of) },
        };
        ValueView { kind, written: self.written(value.at), place: self.position(value.at) }
    }
}
