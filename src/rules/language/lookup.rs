//! What rules look up in a draft: everything of a sort, and tables of it by the values of a path, each made once by the first
//! rule that asks.

use super::plan::*;
use super::value::{Gap, Item, Truth, Value, Values};
use super::world::{Ground, World};
use crate::model::vocabulary::ActionId;
use crate::model::{Entity, NormId, Symbol};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// What all rules look up in a draft; several threads may.
pub struct Tables<'m> {
    /// The draft.
    pub world: World<'m>,
    all: FxHashMap<Ground, OnceLock<All<'m>>>,
    indices: Vec<OnceLock<Index>>,
}

/// Everything of a sort.
struct All<'m> {
    items: Vec<Item<'m>>,
    /// The same, for those who ask whether something is among it.
    marks: OnceLock<FxHashSet<Mark>>,
}

/// Where everything of a sort stands by the values of a path.
#[derive(Default)]
pub struct Index {
    rows: FxHashMap<Mark, Vec<u32>>,
    /// Of these not all values are known.
    pub doubtful: Vec<u32>,
    /// All of them, where the table is asked for nothing more.
    pub every: Vec<u32>,
}

impl Index {
    /// The rows that have a value.
    pub fn of(&self, mark: Mark) -> &[u32] {
        self.rows.get(&mark).map_or(&[], Vec::as_slice)
    }

    /// The rows that may have one of these values, in order.
    fn possible(&self, values: &[Fixed]) -> Vec<u32> {
        let mut rows: Vec<u32> = values.iter().flat_map(|value| self.of((*value).into())).copied().collect();
        rows.extend(&self.doubtful);
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Whether a row may have one of these values.
    fn may_have(&self, row: u32, values: &[Fixed]) -> bool {
        let has = |rows: &[u32]| rows.binary_search(&row).is_ok();
        values.iter().any(|value| has(self.of((*value).into()))) || has(&self.doubtful)
    }
}

impl From<Fixed> for Mark {
    fn from(fixed: Fixed) -> Self {
        match fixed {
            Fixed::Action(action) => Mark::Action(action),
            Fixed::Word(word) => Mark::Word(word),
        }
    }
}

/// A value by which rows are found.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Something declared.
    Entity(Entity),
    /// A norm.
    Norm(NormId),
    /// A verb.
    Action(ActionId),
    /// A word.
    Word(Symbol),
}

impl<'m> Tables<'m> {
    /// Of a draft and the rules that will ask about it.
    pub fn new(world: World<'m>, pool: &Pool) -> Self {
        let mut all = FxHashMap::default();
        for plan in &pool.plans {
            plan.grounds(&mut |ground| {
                all.entry(ground).or_insert_with(OnceLock::new);
            });
        }
        let indices = pool.tables.iter().map(|_| OnceLock::new()).collect();
        Self { world, all, indices }
    }

    fn known(&self, ground: Ground) -> Option<&All<'m>> {
        let made = || All { items: self.world.all(ground), marks: OnceLock::new() };
        self.all.get(&ground).map(|all| all.get_or_init(made))
    }

    /// All of a sort.
    pub fn all(&self, ground: Ground) -> &[Item<'m>] {
        self.known(ground).map_or(&[], |all| all.items.as_slice())
    }

    /// A table by the values of a path; the first who asks makes it.
    pub fn index(&self, pool: &Pool, number: usize) -> Option<&Index> {
        let (cell, table) = (self.indices.get(number)?, pool.tables.get(number)?);
        Some(cell.get_or_init(|| {
            let mut index = Index::default();
            let all = self.all(table.of);
            let mut put = |row: u32, item: &Item<'m>| {
                let mut values = Values::one(item.value, item.at);
                for step in &table.steps {
                    values = follow(&self.world, &values, step);
                }
                let doubtful = values.items.iter().any(|item| self.world.may_be_another(item.value));
                if doubtful || values.gap != Gap::None || table.all && values.items.is_empty() {
                    index.doubtful.push(row);
                }
                let mut put = |mark| {
                    let rows: &mut Vec<u32> = index.rows.entry(mark).or_default();
                    if rows.last() != Some(&row) {
                        rows.push(row);
                    }
                };
                for mark in values.items.iter().filter_map(|item| mark(item.value)) {
                    match mark {
                        Mark::Action(action) if table.general => {
                            self.world.generals(action).iter().for_each(|one| put(Mark::Action(*one)));
                        }
                        mark => put(mark),
                    }
                }
            };
            match table.only.split_first() {
                None => all.iter().zip(0..).for_each(|(item, row)| put(row, item)),
                Some(((first, values), others)) => {
                    let mut rows = self.index(pool, *first).map_or(Vec::new(), |index| index.possible(values));
                    for (other, values) in others {
                        let Some(other) = self.index(pool, *other) else { continue };
                        rows.retain(|row| other.may_have(*row, values));
                    }
                    if table.steps.is_empty() {
                        index.every = rows;
                        return index;
                    }
                    rows.iter()
                        .filter_map(|&row| Some((row, all.get(row as usize)?)))
                        .for_each(|(row, item)| put(row, item));
                }
            }
            index
        }))
    }

    /// Whether a value is one of everything of a sort.
    pub fn has(&self, ground: Ground, value: Value) -> Truth {
        let (Some(all), Some(wanted)) = (self.known(ground), mark(value)) else { return Truth::Unknown };
        let marks = all.marks.get_or_init(|| all.items.iter().filter_map(|item| mark(item.value)).collect());
        match marks.contains(&wanted) {
            true => Truth::Yes,
            false if self.world.gap() == Gap::None => Truth::No,
            false => Truth::Unknown,
        }
    }
}

/// Asks one value.
pub fn ask<'m>(world: &World<'m>, item: Item<'m>, step: &Step, out: &mut Values<'m>) {
    match (step.row(item.value.type_of()), step.field, item.value) {
        (Some(row), ..) => (row.get)(world, item.value, out),
        (None, Some(field), Value::Entity(entity)) => world.field_of(entity, field, out),
        // Quoted words answer nothing.
        _ => out.lacks(Gap::Silent),
    }
}

/// Asks each value.
pub fn follow<'m>(world: &World<'m>, values: &Values<'m>, step: &Step) -> Values<'m> {
    let mut out = Values::none();
    out.gap = values.gap;
    for item in &values.items {
        ask(world, *item, step, &mut out);
    }
    out
}

/// By what a value is found.
pub fn mark(value: Value) -> Option<Mark> {
    Some(match value {
        Value::Entity(entity) => Mark::Entity(entity),
        Value::Norm(norm) => Mark::Norm(norm),
        Value::Action(action) => Mark::Action(action),
        Value::Word(word) => Mark::Word(word),
        _ => return None,
    })
}

// ------------------------------------------------------------------------------------------ what a rule ranges over

impl Plan {
    /// Everything that the rule ranges over.
    fn grounds(&self, found: &mut dyn FnMut(Ground)) {
        self.loops.iter().for_each(|one| one.grounds(found));
        for (test, words) in &self.expect {
            test.grounds(found);
            words.iter().for_each(|words| words.grounds(found));
        }
        for (members, words) in &self.marks {
            members.grounds(found);
            words.grounds(found);
        }
        self.message.grounds(found);
        if let Some(help) = &self.help {
            help.grounds(found);
        }
    }
}

impl Loop {
    fn grounds(&self, found: &mut dyn FnMut(Ground)) {
        self.set.grounds(found);
        if let Some(test) = &self.test {
            test.grounds(found);
        }
    }
}

impl Members {
    fn grounds(&self, found: &mut dyn FnMut(Ground)) {
        match self {
            Members::Path(path) => path.grounds(found),
            Members::Where(of) => of.grounds(found),
        }
    }
}

impl Path {
    fn grounds(&self, found: &mut dyn FnMut(Ground)) {
        if let Head::Ground(ground) = self.head {
            found(ground);
        }
    }
}

impl Template {
    fn grounds(&self, found: &mut dyn FnMut(Ground)) {
        for part in &self.parts {
            match part {
                Part::Value(path, _) | Part::Number(path, ..) => path.grounds(found),
                Part::Text(_) | Part::Missing => {}
            }
        }
    }
}

impl Operand {
    fn grounds(&self, found: &mut dyn FnMut(Ground)) {
        match self {
            Operand::Path(path) => path.grounds(found),
            Operand::Count(members) => members.grounds(found),
            Operand::Sum(path, of) => {
                path.grounds(found);
                of.grounds(found);
            }
            _ => {}
        }
    }
}

impl Test {
    fn grounds(&self, found: &mut dyn FnMut(Ground)) {
        match self {
            Test::Implies(both) => {
                both.0.grounds(found);
                both.1.grounds(found);
            }
            Test::Any(all) | Test::All(all) => all.iter().for_each(|one| one.grounds(found)),
            Test::Not(inner) => inner.grounds(found),
            Test::Quantified(_, of) => of.grounds(found),
            Test::Has(path) | Test::Holds(path) => path.grounds(found),
            Test::Compare(both, _) => {
                both.0.grounds(found);
                both.1.grounds(found);
            }
        }
    }
}
