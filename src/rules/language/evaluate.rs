//! Runs a rule over a draft: what holds, what does not, and what the draft does not say.
//!
//! Candidates for an equality are looked up in a table that is made once for all rules, and a quantifier stops at the first
//! value that settles it. Every step is counted, so that no rule can hang.

use super::compare;
use super::lookup::{Mark, Tables, ask, follow, mark};
use super::plan::*;
use super::value::{Gap, Item, Truth, Value, Values};
use super::world::World;
use crate::model::query::{Base, Range};
use crate::model::rule::{Comparison, Quantifier};
use crate::source::Loc;
use smallvec::SmallVec;

/// The rule gave up: it would take more steps than it may.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spent;
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
            if self.admits(first, item)? == Truth::Yes {
                self.run(rest, visit)?;
            }
        }
        Ok(())
    }

    /// Lets a variable stand for something, and asks whether its condition then holds.
    fn admits(&mut self, of: &'m Loop, item: Item<'m>) -> Result<Truth, Spent> {
        self.spend(1)?;
        self.put(of.slot, item);
        of.test.as_ref().map_or(Ok(Truth::Yes), |test| self.test(test))
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
            let mut one = self.admits(of, item)?;
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
        let mut steps = path.steps.as_slice();
        let mut values = match path.head {
            // Most paths ask one thing of one variable: nothing is gathered for that.
            Head::Slot(slot) if !steps.is_empty() => {
                match (self.slots.get(slot).copied().flatten(), steps.split_first()) {
                    (Some(item), Some((first, rest))) => {
                        self.spend(1)?;
                        steps = rest;
                        let mut out = Values::none();
                        ask(self.world(), item, first, &mut out);
                        self.spend(out.items.len())?;
                        out
                    }
                    _ => Values { items: SmallVec::new(), gap: Gap::Damaged },
                }
            }
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
        for step in steps {
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
            Members::Where(of) => self.members_of(of),
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

    /// Those that a variable may stand for and of which its condition holds for certain; what is not known is the gap.
    fn members_of(&mut self, of: &'m Loop) -> Result<Values<'m>, Spent> {
        let candidates = self.candidates(of, false)?;
        let mut found = Values { items: SmallVec::new(), gap: candidates.gap };
        for item in candidates.items {
            match self.admits(of, item)? {
                Truth::Yes => found.items.push(item),
                Truth::Unknown => found.lacks(Gap::Silent),
                Truth::No => {}
            }
        }
        Ok(found)
    }
}
