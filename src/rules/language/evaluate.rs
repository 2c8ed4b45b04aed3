//! Runs a rule over a draft: what holds, what does not, and what the draft does not say.
//!
//! Candidates for an equality are looked up in a table that is made once for all rules, and a quantifier stops at the first
//! value that settles it. Every step is counted, so that no rule can hang.

use super::compare;
use super::plan::*;
use super::value::{Gap, Item, Truth, Value, Values};
use super::world::{Ground, World};
use crate::model::query::{Base, Range};
use crate::model::rule::{Comparison, Quantifier};
use crate::model::vocabulary::ActionId;
use crate::model::{Entity, NormId, Symbol};
use crate::source::Loc;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::sync::OnceLock;

/// The rule gave up: it would take more steps than it may.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spent;

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
struct Index {
    rows: FxHashMap<Mark, Vec<u32>>,
    /// Of these not all values are known.
    doubtful: Vec<u32>,
    /// All of them, where the table is asked for nothing more.
    every: Vec<u32>,
}

impl Index {
    fn of(&self, mark: Mark) -> &[u32] {
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
enum Mark {
    Entity(Entity),
    Norm(NormId),
    Action(ActionId),
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

    fn all(&self, ground: Ground) -> &[Item<'m>] {
        self.known(ground).map_or(&[], |all| all.items.as_slice())
    }

    /// A table by the values of a path; the first who asks makes it.
    fn index(&self, pool: &Pool, number: usize) -> Option<&Index> {
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
    fn has(&self, ground: Ground, value: Value) -> Truth {
        let (Some(all), Some(wanted)) = (self.known(ground), mark(value)) else { return Truth::Unknown };
        let marks = all.marks.get_or_init(|| all.items.iter().filter_map(|item| mark(item.value)).collect());
        match marks.contains(&wanted) {
            true => Truth::Yes,
            false if self.world.gap() == Gap::None => Truth::No,
            false => Truth::Unknown,
        }
    }
}

/// Lists of rows, each in order.
type Lists<'t> = SmallVec<[&'t [u32]; 4]>;

/// One rule at work.
pub struct Machine<'m, 't> {
    tables: &'t Tables<'m>,
    pool: &'m Pool,
    plan: &'m Plan,
    slots: Vec<Option<Item<'m>>>,
    /// The expectations that do not hold, by their place.
    failed: SmallVec<[usize; 4]>,
    steps: u64,
}

impl<'m, 't> Machine<'m, 't> {
    /// A rule that may take so many steps.
    pub fn new(tables: &'t Tables<'m>, pool: &'m Pool, plan: &'m Plan, steps: u64) -> Self {
        Self { tables, pool, plan, slots: vec![None; plan.slots], failed: SmallVec::new(), steps }
    }

    /// The draft.
    pub fn world(&self) -> &'t World<'m> {
        &self.tables.world
    }

    /// Whether what the rule expects fails for certain, for the values that its variables have.
    pub fn fails(&mut self) -> Result<bool, Spent> {
        self.failed.clear();
        for (place, (test, words)) in self.plan.expect.iter().enumerate() {
            if self.test(test)? == Truth::No {
                self.failed.push(place);
                if words.is_none() {
                    break;
                }
            }
        }
        Ok(!self.failed.is_empty())
    }

    /// What is missing by that.
    pub fn missing(&mut self) -> Result<Vec<String>, Spent> {
        let mut missing = Vec::new();
        for place in self.failed.clone() {
            if let Some((_, Some(words))) = self.plan.expect.get(place) {
                missing.push(self.told(words)?);
            }
        }
        Ok(missing)
    }

    /// What the first variable stands for.
    pub fn first(&self) -> Option<Item<'m>> {
        self.slots.first().copied().flatten()
    }

    fn spend(&mut self, steps: usize) -> Result<(), Spent> {
        self.steps = self.steps.checked_sub(steps as u64).ok_or(Spent)?;
        Ok(())
    }

    // --------------------------------------------------------------------------------------------------------- loops

    /// Visits every combination of the variables of a rule for which their conditions hold for certain.
    pub fn run(
        &mut self,
        loops: &'m [Loop],
        visit: &mut dyn FnMut(&mut Self) -> Result<(), Spent>,
    ) -> Result<(), Spent> {
        let Some((first, rest)) = loops.split_first() else { return visit(self) };
        let candidates = self.candidates(first, true)?;
        for item in candidates.items {
            self.spend(1)?;
            self.put(first.slot, item);
            let holds = match &first.test {
                Some(test) => self.test(test)?,
                None => Truth::Yes,
            };
            if holds == Truth::Yes {
                self.run(rest, visit)?;
            }
        }
        Ok(())
    }

    /// Lets a variable stand for a value.
    pub fn put(&mut self, slot: usize, item: Item<'m>) {
        if let Some(known) = self.slots.get_mut(slot) {
            *known = Some(item);
        }
    }

    /// What a variable may stand for. With `certain` only what may meet its condition for certain; otherwise what is not known
    /// of the others is the gap.
    fn candidates(&mut self, of: &'m Loop, certain: bool) -> Result<Values<'m>, Spent> {
        let ground = match of.set.head {
            Head::Ground(ground) if of.set.steps.is_empty() => ground,
            _ => return self.path(&of.set),
        };
        let tables = self.tables;
        let all = tables.all(ground);
        let gap = self.world().gap();
        // Of each equality the lists of rows that may meet it; the shortest leads, the others thin it out.
        let mut keys: SmallVec<[(usize, Lists); 4]> = SmallVec::new();
        for key in &of.keys {
            let (mut marks, mut known): (SmallVec<[Mark; 8]>, Gap) = (SmallVec::new(), Gap::None);
            for outer in &key.outer {
                match outer {
                    Operand::Action(action) => marks.push(Mark::Action(*action)),
                    Operand::Word(word) => marks.push(Mark::Word(*word)),
                    Operand::Path(path) => {
                        let outer = self.path(path)?;
                        known = known.max(if outer.items.is_empty() { Gap::Silent } else { outer.gap });
                        marks.extend(outer.items.iter().filter_map(|item| mark(item.value)));
                    }
                    _ => known = Gap::Damaged,
                }
            }
            // What the other side leaves unsaid may be anything, which is nothing certain.
            if known != Gap::None && !certain {
                continue;
            }
            let Some(index) = tables.index(self.pool, key.table) else { continue };
            if key.outer.is_empty() {
                keys.push((index.every.len(), Lists::from_iter([index.every.as_slice()])));
                continue;
            }
            let mut lists: Lists = marks.iter().map(|mark| index.of(*mark)).collect();
            if !certain {
                lists.push(&index.doubtful);
            }
            keys.push((lists.iter().map(|rows| rows.len()).sum(), lists));
        }
        keys.sort_by_key(|(size, _)| *size);
        let Some(((_, lists), others)) = keys.split_first() else {
            self.spend(all.len())?;
            return Ok(Values { items: SmallVec::from_slice(all), gap });
        };
        let mut rows: SmallVec<[u32; 16]> = lists.iter().flat_map(|rows| rows.iter().copied()).collect();
        for (_, lists) in others {
            rows.retain(|row| lists.iter().any(|rows| rows.binary_search(row).is_ok()));
        }
        rows.sort_unstable();
        rows.dedup();
        self.spend(rows.len())?;
        Ok(Values { items: rows.iter().filter_map(|row| all.get(*row as usize)).copied().collect(), gap })
    }

    // --------------------------------------------------------------------------------------------------------- tests

    /// Whether something holds.
    pub fn test(&mut self, test: &'m Test) -> Result<Truth, Spent> {
        self.spend(1)?;
        Ok(match test {
            Test::Implies(both) => match self.test(&both.0)? {
                Truth::No => Truth::Yes,
                first => first.not().max(self.test(&both.1)?),
            },
            Test::Any(all) => {
                let mut holds = Truth::No;
                for one in all {
                    holds = holds.max(self.test(one)?);
                    if holds == Truth::Yes {
                        break;
                    }
                }
                holds
            }
            Test::All(all) => {
                let mut holds = Truth::Yes;
                for one in all {
                    holds = holds.min(self.test(one)?);
                    if holds == Truth::No {
                        break;
                    }
                }
                holds
            }
            Test::Not(inner) => self.test(inner)?.not(),
            Test::Quantified(quantifier, of) => self.quantified(*quantifier, of)?,
            Test::Has(path) => {
                let values = self.path(path)?;
                match (values.items.is_empty(), values.gap) {
                    (false, _) => Truth::Yes,
                    (true, Gap::Damaged) => Truth::Unknown,
                    (true, _) => Truth::No,
                }
            }
            Test::Holds(path) => {
                let values = self.path(path)?;
                let mut holds = values.items.iter().map(|item| match item.value {
                    Value::Truth(holds) => Truth::from(holds),
                    _ => Truth::Unknown,
                });
                match holds.next() {
                    Some(first) => holds.fold(first, Truth::max),
                    // What is to be answered with yes and is not, is no.
                    None if values.gap == Gap::Damaged => Truth::Unknown,
                    None => Truth::No,
                }
            }
            Test::Compare(both, comparison) => self.compare(&both.0, &both.1, *comparison)?,
        })
    }

    fn quantified(&mut self, quantifier: Quantifier, of: &'m Loop) -> Result<Truth, Spent> {
        let candidates = self.candidates(of, false)?;
        let mut holds = if candidates.gap == Gap::None { Truth::No } else { Truth::Unknown };
        for item in candidates.items {
            self.spend(1)?;
            self.put(of.slot, item);
            let mut one = match &of.test {
                Some(test) => self.test(test)?,
                None => Truth::Yes,
            };
            if quantifier == Quantifier::Every {
                one = one.not();
            }
            holds = holds.max(one);
            if holds == Truth::Yes {
                break;
            }
        }
        Ok(if quantifier == Quantifier::Some { holds } else { holds.not() })
    }

    // -------------------------------------------------------------------------------------------------------- values

    /// The values of a path.
    pub fn path(&mut self, path: &'m Path) -> Result<Values<'m>, Spent> {
        let mut values = match path.head {
            Head::Slot(slot) => match self.slots.get(slot).copied().flatten() {
                Some(item) => Values::one(item.value, item.at),
                None => Values { items: SmallVec::new(), gap: Gap::Damaged },
            },
            Head::Ground(ground) => {
                let all = self.tables.all(ground);
                let gap = self.world().gap();
                self.steps = self.steps.checked_sub(all.len() as u64).ok_or(Spent)?;
                Values { items: SmallVec::from_slice(all), gap }
            }
        };
        for step in &path.steps {
            self.spend(values.items.len())?;
            values = follow(self.world(), &values, step);
            self.spend(values.items.len())?;
        }
        Ok(values)
    }

    /// The values of a path, or those of which something holds for certain.
    pub fn members(&mut self, members: &'m Members) -> Result<Values<'m>, Spent> {
        match members {
            Members::Path(path) => self.path(path),
            Members::Where(of) => {
                let candidates = self.candidates(of, false)?;
                let mut found = Values { items: SmallVec::new(), gap: candidates.gap };
                for item in candidates.items {
                    self.spend(1)?;
                    self.put(of.slot, item);
                    let holds = match &of.test {
                        Some(test) => self.test(test)?,
                        None => Truth::Yes,
                    };
                    match holds {
                        Truth::Yes => found.items.push(item),
                        Truth::Unknown => found.lacks(Gap::Silent),
                        Truth::No => {}
                    }
                }
                Ok(found)
            }
        }
    }

    fn compare(&mut self, left: &'m Operand, right: &'m Operand, comparison: Comparison) -> Result<Truth, Spent> {
        use Comparison as C;
        let order = matches!(comparison, C::Less | C::AtMost | C::Greater | C::AtLeast);
        let computed = |operand: &Operand| matches!(operand, Operand::Count(_) | Operand::Sum(..) | Operand::Amount(_));
        if computed(left) || computed(right) {
            let (left, right) = (self.amounts(left)?, self.amounts(right)?);
            return Ok(compare::amounts(&left, &right, comparison));
        }
        if let (C::In | C::NotIn, Operand::Path(Path { head: Head::Ground(ground), steps, .. })) = (comparison, right)
            && steps.is_empty()
        {
            let left = self.values(left)?;
            let truths = left.items.iter().map(|item| self.tables.has(*ground, item.value));
            let truth = if comparison == C::In {
                let first = if left.items.is_empty() || left.gap != Gap::None { Truth::Unknown } else { Truth::Yes };
                truths.fold(first, Truth::min)
            } else {
                let first = if left.gap == Gap::None { Truth::No } else { Truth::Unknown };
                truths.fold(first, Truth::max).not()
            };
            return Ok(truth);
        }
        let left = self.values(left)?;
        if order && left.items.is_empty() {
            return Ok(Truth::Unknown);
        }
        let right = self.values(right)?;
        self.spend(left.items.len() * right.items.len())?;
        let world = self.world();
        if order {
            return Ok(compare::ordered(world, &left, &right, comparison));
        }
        Ok(match comparison {
            C::Is => compare::is(world, &left, &right, true),
            C::IsNot => compare::is(world, &left, &right, true).not(),
            C::Equal => compare::is(world, &left, &right, false),
            C::Unequal => compare::is(world, &left, &right, false).not(),
            C::In => compare::all_in(world, &left, &right),
            C::NotIn => compare::is(world, &left, &right, false).not(),
            C::Says => compare::says(&left, &right),
            C::Covers => compare::covers(world, &self.declared(left), &self.declared(right)),
            _ => compare::covers(world, &self.declared(right), &self.declared(left)),
        })
    }

    /// What an operand stands for that is not computed.
    fn values(&mut self, operand: &'m Operand) -> Result<Values<'m>, Spent> {
        let at = Loc::default();
        Ok(match operand {
            Operand::Path(path) => self.path(path)?,
            Operand::Length(length) => Values::one(Value::Length(length), at),
            Operand::Time(time) => Values::one(Value::Time(time), at),
            Operand::Action(action) => Values::one(Value::Action(*action), at),
            Operand::Word(word) => Values::one(Value::Word(*word), at),
            Operand::Text(text) => Values::one(Value::Text(text), at),
            Operand::Amount(quantity) => Values::one(Value::Amount(quantity), at),
            Operand::Count(_) | Operand::Sum(..) => Values { items: SmallVec::new(), gap: Gap::Damaged },
        })
    }

    /// What the names among these are declared as.
    fn declared(&self, mut values: Values<'m>) -> Values<'m> {
        for item in &mut values.items {
            if let Value::Word(name) = item.value
                && let Some(entity) = self.world().named(name)
            {
                item.value = Value::Entity(entity);
            }
        }
        values
    }

    /// The numbers that an operand stands for; none where one of them is not known.
    fn amounts(&mut self, operand: &'m Operand) -> Result<Option<Vec<(Base, Range)>>, Spent> {
        let model = self.world().draft.model;
        Ok(match operand {
            Operand::Amount(quantity) => model.range(quantity).map(|range| vec![range]),
            Operand::Path(path) => {
                let values = self.path(path)?;
                compare::ranges(model, &values)
            }
            Operand::Count(members) => {
                let values = self.members(members)?;
                let mut known: SmallVec<[Mark; 8]> = SmallVec::new();
                let mut count = 0;
                for item in &values.items {
                    // Somebody named twice is one.
                    match mark(item.value) {
                        Some(mark) if known.contains(&mark) => {}
                        Some(mark) => {
                            if known.len() < 64 {
                                known.push(mark);
                            }
                            count += 1;
                        }
                        None => count += 1,
                    }
                }
                Some(vec![(Base::Number, compare::count(count, values.gap == Gap::None))])
            }
            Operand::Sum(path, of) => {
                let candidates = self.members_of(of)?;
                if candidates.gap != Gap::None {
                    return Ok(None);
                }
                let mut sum: Option<(Base, Range)> = None;
                for item in candidates.items {
                    self.put(of.slot, item);
                    let values = self.path(path)?;
                    let Some(ranges) = compare::ranges(model, &values) else { return Ok(None) };
                    for range in ranges {
                        sum = match sum {
                            None => Some(range),
                            Some(sum) => match compare::plus(sum, range) {
                                Some(sum) => Some(sum),
                                None => return Ok(None),
                            },
                        };
                    }
                }
                sum.map(|sum| vec![sum])
            }
            _ => None,
        })
    }

    fn members_of(&mut self, of: &'m Loop) -> Result<Values<'m>, Spent> {
        let candidates = self.candidates(of, false)?;
        let mut found = Values { items: SmallVec::new(), gap: candidates.gap };
        for item in candidates.items {
            self.spend(1)?;
            self.put(of.slot, item);
            let holds = match &of.test {
                Some(test) => self.test(test)?,
                None => Truth::Yes,
            };
            match holds {
                Truth::Yes => found.items.push(item),
                Truth::Unknown => found.lacks(Gap::Silent),
                Truth::No => {}
            }
        }
        Ok(found)
    }
}

/// Asks each value.
fn follow<'m>(world: &World<'m>, values: &Values<'m>, step: &Step) -> Values<'m> {
    let mut out = Values::none();
    out.gap = values.gap;
    for item in &values.items {
        match (step.row(item.value.type_of()), step.field, item.value) {
            (Some(row), ..) => (row.get)(world, item.value, &mut out),
            (None, Some(field), Value::Entity(entity)) => world.field_of(entity, field, &mut out),
            // Quoted words answer nothing.
            _ => out.lacks(Gap::Silent),
        }
    }
    out
}

fn mark(value: Value) -> Option<Mark> {
    Some(match value {
        Value::Entity(entity) => Mark::Entity(entity),
        Value::Norm(norm) => Mark::Norm(norm),
        Value::Action(action) => Mark::Action(action),
        Value::Word(word) => Mark::Word(word),
        _ => return None,
    })
}

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
