//! How values compare: for certain, for certain not, or as the draft leaves it.

use super::value::{Gap, Truth, Value, Values};
use super::world::World;
use crate::model::clause::What;
use crate::model::quantity::{Limit, Rational};
use crate::model::query::{Base, Ground, Range};
use crate::model::rule::Comparison;
use crate::model::time::{Anchor, Length, Offset, Time};
use crate::model::{Entity, Model, PartyId};
use num_traits::CheckedAdd;
use std::cmp::Ordering;

/// Whether some value of the left is one of the right; with `kinds` a verb is also what it is a kind of.
pub fn is(world: &World, left: &Values, right: &Values, kinds: bool) -> Truth {
    let mut found = match (left.gap, right.gap) {
        (Gap::None, Gap::None) => Truth::No,
        _ => Truth::Unknown,
    };
    for one in &left.items {
        for other in &right.items {
            found = found.max(same(world, one.value, other.value, kinds));
            if found == Truth::Yes {
                return found;
            }
        }
    }
    found
}

/// Whether all values of the left are among those of the right.
pub fn all_in(world: &World, left: &Values, right: &Values) -> Truth {
    let mut found = if left.items.is_empty() || left.gap != Gap::None { Truth::Unknown } else { Truth::Yes };
    for one in &left.items {
        let among = right.items.iter().map(|other| same(world, one.value, other.value, false));
        let none = if right.gap == Gap::None { Truth::No } else { Truth::Unknown };
        found = found.min(among.fold(none, Truth::max));
    }
    found
}

/// Whether all values of the right lie in some of the left.
pub fn covers(world: &World, left: &Values, right: &Values) -> Truth {
    let mut found = if right.items.is_empty() || right.gap != Gap::None { Truth::Unknown } else { Truth::Yes };
    for inner in &right.items {
        let around = left.items.iter().map(|outer| lies_in(world, inner.value, outer.value));
        let none = if left.gap == Gap::None && !left.items.is_empty() { Truth::No } else { Truth::Unknown };
        found = found.min(around.fold(none, Truth::max));
    }
    found
}

/// Whether some text of the left has the words of the right, each at the beginning of a word.
pub fn says(left: &Values, right: &Values) -> Truth {
    let mut found = if left.items.is_empty() { Truth::Unknown } else { Truth::No };
    for (one, other) in left.items.iter().flat_map(|one| right.items.iter().map(move |other| (one, other))) {
        found = found.max(match (one.value, other.value) {
            (Value::Text(text), Value::Text(words)) => begins_word(&text.to_lowercase(), words).into(),
            _ => Truth::No,
        });
    }
    found
}

fn begins_word(text: &str, words: &str) -> bool {
    let before = |at: usize| text.get(..at).and_then(|text| text.chars().next_back());
    text.match_indices(words).any(|(at, _)| !before(at).is_some_and(char::is_alphanumeric))
}

/// Whether two values are one.
fn same(world: &World, one: Value, other: Value, kinds: bool) -> Truth {
    let model = world.draft.model;
    match (one, other) {
        (Value::Text(_), _) | (_, Value::Text(_)) => Truth::Unknown,
        (Value::Entity(one), Value::Entity(other)) => entities(model, one, other),
        (Value::Norm(one), Value::Norm(other)) => (one == other).into(),
        (Value::Word(one), Value::Word(other)) => (one == other).into(),
        (Value::Truth(one), Value::Truth(other)) => (one == other).into(),
        (Value::Action(one), Value::Action(other)) if kinds => world.generals(one).contains(&other).into(),
        (Value::Action(one), Value::Action(other)) => (one == other).into(),
        (Value::Entity(entity), Value::Word(name)) | (Value::Word(name), Value::Entity(entity)) => {
            (model.item(entity).name == name).into()
        }
        (Value::Amount(one), Value::Amount(other)) => match model.comparable(one, other) {
            Some((one, other)) => decided(relation(one, other), Comparison::Equal),
            None => Truth::Unknown,
        },
        (Value::Length(one), Value::Length(other)) => {
            let same = (one.low, one.high) == (other.low, other.high) && one.low == one.high && !one.about;
            if same { Truth::Yes } else { decided(lengths(one, other), Comparison::Equal) }
        }
        (Value::Time(one), Value::Time(other)) => match one.compare(other) {
            Some(order) => (order == Ordering::Equal).into(),
            None => Truth::Unknown,
        },
        // A point in time may be that of an event; a clause is not its own norm.
        (Value::Time(_), _) | (_, Value::Time(_)) => Truth::Unknown,
        _ => Truth::No,
    }
}

/// Whether two things declared are one: two events may be the same though no text says so.
fn entities(model: &Model, one: Entity, other: Entity) -> Truth {
    match (one, other) {
        _ if one == other => Truth::Yes,
        (Entity::Event(a), Entity::Event(b))
            if model.event(a).perhaps.contains(&b) || model.event(b).perhaps.contains(&a) =>
        {
            Truth::Unknown
        }
        _ => Truth::No,
    }
}

/// Whether one value lies in another, or is it.
fn lies_in(world: &World, inner: Value, outer: Value) -> Truth {
    let model = world.draft.model;
    match (inner, outer) {
        (Value::Entity(Entity::Place(inner)), Value::Entity(Entity::Place(outer))) => {
            match model.ground(outer, inner) {
                Ground::Same | Ground::Covers => Truth::Yes,
                Ground::Overlaps | Ground::Perhaps => Truth::Unknown,
                Ground::Within | Ground::Apart => Truth::No,
            }
        }
        (Value::Entity(Entity::Thing(inner)), Value::Entity(Entity::Thing(outer))) => {
            model.thing_covers(outer, inner).into()
        }
        (Value::Entity(Entity::Party(inner)), Value::Entity(Entity::Party(outer))) => {
            if inner == outer || model.is_member(inner, outer) {
                Truth::Yes
            } else if has_unnamed_members(world, outer) {
                Truth::Unknown
            } else {
                Truth::No
            }
        }
        (Value::Action(inner), Value::Action(outer)) => world.generals(inner).contains(&outer).into(),
        // A hub stands somewhere, a body has members: what that covers, no text says.
        (Value::Entity(Entity::Clause(_)), Value::Entity(_)) | (Value::Entity(_), Value::Entity(Entity::Clause(_))) => {
            if same(world, inner, outer, false) == Truth::Yes {
                Truth::Yes
            } else {
                Truth::Unknown
            }
        }
        _ => same(world, inner, outer, true),
    }
}

fn has_unnamed_members(world: &World, group: PartyId) -> bool {
    let members = world.draft.with_members(group);
    members.into_iter().any(|one| {
        let members = &world.draft.model.party(one).members;
        members.iter().any(|member| !matches!(member.what, What::Entity(_)))
    })
}

// ------------------------------------------------------------------------------------------------- amounts and times

/// What may be said of two values of which only bounds are known.
#[derive(Clone, Copy, Debug)]
struct Relation {
    less: bool,
    equal: bool,
    greater: bool,
}

const ANYTHING: Relation = Relation { less: true, equal: true, greater: true };

/// Whether a comparison holds in every way that is left.
fn decided(relation: Relation, comparison: Comparison) -> Truth {
    let Relation { less, equal, greater } = relation;
    let (yes, no) = match comparison {
        Comparison::Less => (less, equal || greater),
        Comparison::AtMost => (less || equal, greater),
        Comparison::Greater => (greater, less || equal),
        Comparison::AtLeast => (greater || equal, less),
        Comparison::Unequal => (less || greater, equal),
        _ => (equal, less || greater),
    };
    match (yes, no) {
        (true, false) => Truth::Yes,
        (false, true) => Truth::No,
        _ => Truth::Unknown,
    }
}

fn relation(one: Range, other: Range) -> Relation {
    let below = |low: Option<Limit>, high: Option<Limit>| match (low, high) {
        (Some(low), Some(high)) => low.value < high.value,
        _ => true,
    };
    Relation { less: below(one.low, other.high), equal: one.meets(&other), greater: below(other.low, one.high) }
}

/// Compares amounts, all with all; nothing is known where their units are not comparable.
pub fn amounts(left: &Option<Vec<(Base, Range)>>, right: &Option<Vec<(Base, Range)>>, comparison: Comparison) -> Truth {
    let (Some(left), Some(right)) = (left, right) else { return Truth::Unknown };
    let pairs = left.iter().flat_map(|one| right.iter().map(move |other| (one, other)));
    agreed(pairs.map(
        |(one, other)| {
            if one.0 == other.0 { decided(relation(one.1, other.1), comparison) } else { Truth::Unknown }
        },
    ))
}

/// Compares lengths and points in time, and amounts that both stand in the draft.
pub fn ordered(world: &World, left: &Values, right: &Values, comparison: Comparison) -> Truth {
    if left.gap != Gap::None || right.gap != Gap::None {
        return Truth::Unknown;
    }
    let model = world.draft.model;
    let pairs = left.items.iter().flat_map(|one| right.items.iter().map(move |other| (one.value, other.value)));
    agreed(pairs.map(|(one, other)| {
        let relation = match (one, other) {
            (Value::Amount(one), Value::Amount(other)) if !one.about && !other.about => {
                model.comparable(one, other).map(|(one, other)| relation(one, other))
            }
            (Value::Length(one), Value::Length(other)) => Some(lengths(one, other)),
            (Value::Number(one), Value::Number(other)) => {
                Some(relation(count(one as usize, true), count(other as usize, true)))
            }
            (one, other) => match (point(one), point(other)) {
                (Some(one), Some(other)) => one.compare(&other).map(|order| Relation {
                    less: order == Ordering::Less,
                    equal: order == Ordering::Equal,
                    greater: order == Ordering::Greater,
                }),
                _ => None,
            },
        };
        relation.map_or(Truth::Unknown, |relation| decided(relation, comparison))
    }))
}

/// What all agree on.
fn agreed(truths: impl Iterator<Item = Truth>) -> Truth {
    truths.reduce(|one, other| if one == other { one } else { Truth::Unknown }).unwrap_or(Truth::Unknown)
}

/// A point in time, of an event the moment at which it happens.
fn point(value: Value) -> Option<Time> {
    match value {
        Value::Time(time) => Some(time.clone()),
        Value::Entity(Entity::Event(event)) => {
            Some(Time { at: Default::default(), anchor: Anchor::Event(event), offset: Offset::ZERO })
        }
        _ => None,
    }
}

fn lengths(one: &Length, other: &Length) -> Relation {
    if one.about || other.about {
        return ANYTHING;
    }
    let least = |length: &Length| length.low.map(|low| low.minutes_range().0);
    let most = |length: &Length| length.high.map(|high| high.minutes_range().1);
    let below = |low: Option<i64>, high: Option<i64>, or_equal: bool| match (low, high) {
        (Some(low), Some(high)) => low < high || or_equal && low == high,
        _ => true,
    };
    let exact = |length: &Length| length.low == length.high;
    let alike = exact(one) && exact(other) && one.low == other.low;
    if alike {
        return Relation { less: false, equal: true, greater: false };
    }
    Relation {
        less: below(least(one), most(other), false),
        equal: below(least(one), most(other), true) && below(least(other), most(one), true),
        greater: below(least(other), most(one), false),
    }
}

/// The numbers of amounts in base units; none where one of them is not known or only about right.
pub fn ranges(model: &Model, values: &Values) -> Option<Vec<(Base, Range)>> {
    if values.gap != Gap::None {
        return None;
    }
    let ranges = values.items.iter().map(|item| match item.value {
        Value::Amount(quantity) if !quantity.about && quantity.per.is_none() => model.range(quantity),
        Value::Number(number) => Some((Base::Number, count(number as usize, true))),
        _ => None,
    });
    ranges.collect()
}

/// How many there are, or how many at least.
pub fn count(number: usize, exact: bool) -> Range {
    let limit = Limit { value: Rational::from_integer(number as i128), strict: false };
    Range { low: Some(limit), high: exact.then_some(limit) }
}

/// Two amounts together; none where their units differ or the sum is too large to reckon with.
pub fn plus(one: (Base, Range), other: (Base, Range)) -> Option<(Base, Range)> {
    let sum = |one: Option<Limit>, other: Option<Limit>| match (one, other) {
        (Some(one), Some(other)) => {
            let value = one.value.checked_add(&other.value)?;
            Some(Some(Limit { value, strict: one.strict || other.strict }))
        }
        _ => Some(None),
    };
    let range = Range { low: sum(one.1.low, other.1.low)?, high: sum(one.1.high, other.1.high)? };
    (one.0 == other.0).then_some((one.0, range))
}
