//! A draft as rules see it: its tables, and what is looked up in them again and again, found once.

use super::table;
use super::types::Type;
use super::value::{Gap, Item, Value, Values};
use crate::model::norm::Norm;
use crate::model::vocabulary::ActionId;
use crate::model::{Entity, EventId, NormId, Symbol};
use crate::rules::Draft;
use crate::rules::ask;
use crate::source::Loc;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// A draft under all rules at once; several threads may ask it.
pub struct World<'m> {
    /// The draft.
    pub draft: Draft<'m>,
    /// Whether a part of it could not be read, so that nothing is concluded from what is not there.
    damaged: bool,
    mentions: OnceLock<FxHashMap<Entity, Vec<(NormId, Loc)>>>,
    acts: OnceLock<FxHashMap<Entity, Vec<NormId>>>,
    names: OnceLock<FxHashMap<Symbol, Entity>>,
    perhaps: OnceLock<FxHashSet<EventId>>,
    generals: OnceLock<Vec<Vec<ActionId>>>,
}

impl<'m> World<'m> {
    /// A draft of which nothing has been asked yet.
    pub fn new(draft: Draft<'m>) -> Self {
        let model = draft.model;
        let damaged = model.skipped
            || model.clauses.iter().any(|clause| clause.item.damaged)
            || model.norms.iter().any(|norm| norm.damaged);
        Self {
            draft,
            damaged,
            mentions: OnceLock::new(),
            acts: OnceLock::new(),
            names: OnceLock::new(),
            perhaps: OnceLock::new(),
            generals: OnceLock::new(),
        }
    }

    /// Every norm, with its id.
    pub fn norms(&self) -> impl Iterator<Item = (NormId, &'m Norm)> + use<'m> {
        self.draft.model.norms.iter().enumerate().map(|(index, norm)| (NormId(index as u32), norm))
    }

    /// What is not known of a list that holds everything of a sort.
    pub fn gap(&self) -> Gap {
        if self.damaged { Gap::Damaged } else { Gap::None }
    }

    /// The norms that mention something, each with the place.
    pub fn mentions(&self, entity: Entity) -> &[(NormId, Loc)] {
        let all = self.mentions.get_or_init(|| {
            let mut all: FxHashMap<Entity, Vec<(NormId, Loc)>> = FxHashMap::default();
            for mention in &self.draft.model.mentions {
                if let Some(norm) = mention.norm {
                    all.entry(mention.entity).or_default().push((norm, mention.at));
                }
            }
            all
        });
        all.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// The norms that name somebody as the one who acts.
    pub fn acts(&self, entity: Entity) -> &[NormId] {
        let all = self.acts.get_or_init(|| {
            let mut all: FxHashMap<Entity, Vec<NormId>> = FxHashMap::default();
            for (id, norm) in self.norms() {
                for actor in ask::entities(&norm.actors.list) {
                    all.entry(actor).or_default().push(id);
                }
            }
            all
        });
        all.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// Whether a value may be the same as another one that has another name.
    pub fn may_be_another(&self, value: Value) -> bool {
        let Value::Entity(Entity::Event(event)) = value else { return false };
        let all = self.perhaps.get_or_init(|| {
            let mut all = FxHashSet::default();
            for (row, id) in self.draft.model.events.iter().zip(0..) {
                all.extend(row.perhaps.iter().copied());
                all.extend((!row.perhaps.is_empty()).then_some(EventId(id)));
            }
            all
        });
        all.contains(&event)
    }

    /// A verb and the more general ones that it is a kind of.
    pub fn generals(&self, action: ActionId) -> &[ActionId] {
        let all = self.generals.get_or_init(|| {
            let vocabulary = &self.draft.model.vocabulary;
            (0..vocabulary.actions.len() as u32).map(|id| vocabulary.general(ActionId(id)).into_vec()).collect()
        });
        all.get(action.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// What a name is declared as.
    pub fn named(&self, name: Symbol) -> Option<Entity> {
        let model = self.draft.model;
        let all = self.names.get_or_init(|| model.entities().map(|entity| (model.item(entity).name, entity)).collect());
        all.get(&name).copied()
    }

    /// Takes in what an item says in a field.
    pub fn field(&self, entity: Entity, name: &str, out: &mut Values<'m>) {
        if let Some(name) = self.draft.model.names.get(name) {
            self.field_of(entity, name, out);
        }
    }

    /// Takes in what an item says in a field; where it says nothing that is a gap.
    pub fn field_of(&self, entity: Entity, name: Symbol, out: &mut Values<'m>) {
        let item = self.draft.model.item(entity);
        let mut said = false;
        for field in item.fields.iter().filter(|field| field.name == name) {
            said = true;
            out.push_field(field);
        }
        if !said {
            out.lacks(if item.damaged { Gap::Damaged } else { Gap::Silent });
        }
    }

    /// Takes a word in that the program itself knows.
    pub fn push_word(&self, word: &str, at: Loc, out: &mut Values<'m>) {
        match self.draft.model.names.get(word) {
            Some(word) => out.push(Value::Word(word), at),
            // A word that no rule and no draft names is like no other.
            None => out.push(Value::Word(Symbol(u32::MAX)), at),
        }
    }

    /// All of a set, or of a kind.
    pub fn all(&self, set: Ground) -> Vec<Item<'m>> {
        let mut all = Values::none();
        match set {
            Ground::Set(index) => {
                if let Some(set) = table::SETS.get(index) {
                    (set.all)(self, &mut all);
                }
            }
            Ground::Kind(kind) => {
                let model = self.draft.model;
                let own = model.entities().filter(|entity| model.item(*entity).kind == kind);
                for entity in own {
                    all.push(Value::Entity(entity), model.item(entity).at);
                }
            }
        }
        all.items.into_vec()
    }
}

/// What a rule can range over without asking a value for it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ground {
    /// Of [`table::SETS`].
    Set(usize),
    /// The items of a kind.
    Kind(Symbol),
}

impl Ground {
    /// What is in it.
    pub fn of(self, keyword: &str) -> Type {
        match self {
            Ground::Set(index) => table::SETS.get(index).map_or(Type::NOTHING, |set| set.of),
            Ground::Kind(kind) => {
                let of = Type::of_keyword(keyword).unwrap_or(Type::CLAUSE);
                of.of_kind(kind).many()
            }
        }
    }
}
