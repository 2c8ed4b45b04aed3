//! What kinds of values there are in a rule.

use crate::model::vocabulary::FieldType;
use crate::model::{Entity, Symbol};

/// What a value can be: several of [`Type::NAMES`] where a field takes several.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Type {
    bits: u32,
    /// The kind of a clause, where it is known.
    pub kind: Option<Symbol>,
    /// Whether there may be several.
    pub many: bool,
}

macro_rules! types {
    ($($(#[$doc:meta])* $name:ident $bit:literal $words:literal $several:literal),* $(,)?) => {
        impl Type {
            $($(#[$doc])* pub const $name: Type = Type { bits: 1 << $bit, kind: None, many: false };)*

            /// Each single type, what one of it is called, and what several are.
            pub const NAMES: &[(Type, &'static str, &'static str)] = &[$((Type::$name, $words, $several)),*];
        }
    };
}

types! {
    /// It holds or it does not.
    TRUTH 0 "a yes or no" "yes or no",
    /// One of a few words: `permit`, `coalition`.
    WORD 1 "a word" "words",
    /// A verb of the vocabulary.
    ACTION 2 "an action" "actions",
    /// A number, with or without a unit.
    AMOUNT 3 "an amount" "amounts",
    /// A length of time.
    LENGTH 4 "a length of time" "lengths of time",
    /// A point in time.
    TIME 5 "a point in time" "points in time",
    /// Quoted words.
    TEXT 6 "quoted words" "quoted words",
    /// One act of a sentence.
    NORM 7 "a norm" "norms",
    /// A provision.
    CLAUSE 8 "a clause" "clauses",
    /// Whoever acts.
    PARTY 9 "a party" "parties",
    /// A place.
    PLACE 10 "a place" "places",
    /// A thing.
    THING 11 "a thing" "things",
    /// An event.
    EVENT 12 "an event" "events",
    /// A phase.
    PHASE 13 "a phase" "phases",
    /// A defined term.
    TERM 14 "a defined term" "defined terms",
    /// The text checked, or one beside it.
    INSTRUMENT 15 "an instrument" "instruments",
}

impl Type {
    /// Nothing at all.
    pub const NOTHING: Type = Type { bits: 0, kind: None, many: false };

    /// Whatever a draft declares.
    pub const ITEM: Type = Type::CLAUSE
        .or(Type::PARTY)
        .or(Type::PLACE)
        .or(Type::THING)
        .or(Type::EVENT)
        .or(Type::PHASE)
        .or(Type::TERM)
        .or(Type::INSTRUMENT);

    /// What can act.
    pub const ACTOR: Type = Type::PARTY.or(Type::CLAUSE);

    /// What lies somewhere: places, and the hubs that stand there.
    pub const GROUND: Type = Type::PLACE.or(Type::CLAUSE);

    /// What can be measured against another.
    pub const MEASURED: Type = Type::AMOUNT.or(Type::LENGTH).or(Type::TIME);

    /// Either of two.
    pub const fn or(self, other: Type) -> Type {
        let kind = match (self.kind, other.kind) {
            (Some(one), Some(two)) if one.0 == two.0 => Some(one),
            _ => None,
        };
        Type { bits: self.bits | other.bits, kind, many: self.many || other.many }
    }

    /// The same, of one kind of item.
    pub const fn of_kind(self, kind: Symbol) -> Type {
        Type { kind: Some(kind), ..self }
    }

    /// Several of it.
    pub const fn many(self) -> Type {
        Type { many: true, ..self }
    }

    /// One of it.
    pub const fn one(self) -> Type {
        Type { many: false, ..self }
    }

    /// What both can be.
    pub const fn and(self, other: Type) -> Type {
        Type { bits: self.bits & other.bits, kind: None, many: self.many }
    }

    /// Whether some value can be both.
    pub const fn meets(self, other: Type) -> bool {
        self.bits & other.bits != 0
    }

    /// Whether every value of this is one of the other.
    pub const fn is_only(self, other: Type) -> bool {
        self.bits & !other.bits == 0
    }

    /// Whether there is no such value.
    pub const fn is_nothing(self) -> bool {
        self.bits == 0
    }

    /// The type of an entity.
    pub const fn of_entity(entity: Entity) -> Type {
        match entity {
            Entity::Instrument(_) => Type::INSTRUMENT,
            Entity::Party(_) => Type::PARTY,
            Entity::Place(_) => Type::PLACE,
            Entity::Thing(_) => Type::THING,
            Entity::Event(_) => Type::EVENT,
            Entity::Phase(_) => Type::PHASE,
            Entity::Term(_) => Type::TERM,
            Entity::Clause(_) => Type::CLAUSE,
        }
    }

    /// The type of the items of a kind that is no clause, by its keyword.
    pub fn of_keyword(keyword: &str) -> Option<Type> {
        Some(match keyword {
            "party" => Type::PARTY,
            "place" => Type::PLACE,
            "thing" => Type::THING,
            "event" => Type::EVENT,
            "phase" => Type::PHASE,
            "term" => Type::TERM,
            "declaration" | "instrument" => Type::INSTRUMENT,
            _ => return None,
        })
    }

    /// What a field of such types can hold, quoted words aside, which may stand in any.
    pub fn of_field(types: &[FieldType]) -> Type {
        let all = types.iter().map(|one| match one {
            FieldType::Text | FieldType::Code => Type::TEXT,
            FieldType::Word(_) | FieldType::Name => Type::WORD,
            FieldType::Party => Type::ACTOR.many(),
            FieldType::Place => Type::GROUND.many(),
            FieldType::Event => Type::EVENT.or(Type::CLAUSE).many(),
            FieldType::Phase => Type::PHASE.or(Type::CLAUSE).many(),
            FieldType::Thing => Type::THING.or(Type::CLAUSE).many(),
            FieldType::Clause => Type::CLAUSE.or(Type::NORM).many(),
            FieldType::Instrument => Type::INSTRUMENT.many(),
            FieldType::Time => Type::TIME,
            FieldType::Length => Type::LENGTH,
            FieldType::Quantity(_) | FieldType::Number | FieldType::Share => Type::AMOUNT,
            FieldType::YesNo => Type::TRUTH,
        });
        all.reduce(Type::or).unwrap_or(Type { bits: u32::MAX, kind: None, many: true })
    }

    /// What it is called in a message: `a party or a clause`; of several `parties or clauses`.
    pub fn words(self) -> String {
        let all = Self::NAMES.iter().filter(|(one, ..)| one.meets(self));
        let words: Vec<&str> = all.map(|(_, one, several)| if self.many { *several } else { *one }).collect();
        if words.len() == Self::NAMES.len() {
            return if self.many { "values of any kind".into() } else { "a value of any kind".into() };
        }
        crate::model::listed(&words, "or")
    }
}
