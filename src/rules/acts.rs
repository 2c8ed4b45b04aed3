//! Acts: who does what, to what, where. Norms of one act meet here without each being compared with every other.
//!
//! Finds nothing itself but that there are too many.

use super::Draft;
use super::ask::condition_targets;
use super::contradiction::words;
use super::structure::clause_name;
use crate::clash::{ordered, replaced};
use crate::finding::{Finding, Level};
use crate::model::clause::{NormRef, Target, ValueKind, What};
use crate::model::norm::{Condition, Manner, Norm, RoleKind, StateKind};
use crate::model::time::{Anchor, Edge, Length, Offset, TimePhrase, TimePhraseKind};
use crate::model::vocabulary::{ActionId, Nature, Vocabulary};
use crate::model::{ClauseId, Entity, Model, NormId, Symbol, known};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::hash::{BuildHasher, Hash};
use std::ops::Range;

/// Who or what a target stands for, without its place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Meant {
    /// Something declared, or a thing by its spelling.
    Entity(Entity),
    /// Norms.
    Norms(NormRef),
    /// Words or a name of which nobody knows what they stand for, as written.
    Words(Box<str>),
    /// A name that nothing declares.
    Name(Symbol),
}

/// Who does what, to what, where and with whom.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Act {
    /// The verb.
    pub(super) verb: ActionId,
    /// Those who act, sorted.
    pub(super) actors: SmallVec<[Entity; 2]>,
    /// Whether any of them is enough, and what they owe of an amount.
    pub(super) manner: (bool, Option<Manner>),
    /// What is acted on, sorted.
    pub(super) objects: SmallVec<[Meant; 2]>,
    /// Whether any of it is enough.
    pub(super) any: bool,
    /// Where, to whom, with whom, sorted.
    pub(super) roles: SmallVec<[(RoleKind, Meant); 2]>,
}

/// A norm with its act.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// The norm.
    pub(super) id: NormId,
    /// The same.
    pub(super) norm: &'a Norm,
    /// What it is about.
    pub(super) act: Act,
}

/// The norms of a draft that are whole, say who acts and hold no words that nobody can test, with all that bears on whether
/// two of them may be compared.
#[derive(Debug)]
pub(super) struct Acts<'a> {
    /// The draft.
    pub(super) draft: Draft<'a>,
    /// In the order of the text.
    pub(super) rows: Vec<Row<'a>>,
    orders: FxHashMap<NormId, SmallVec<[Range<u32>; 2]>>,
    /// Norms that some `parts:` joins.
    pub(super) parts: FxHashSet<NormId>,
}

impl<'a> Acts<'a> {
    /// The acts of a draft.
    pub(super) fn new(draft: Draft<'a>) -> Self {
        let model = draft.model;
        let off = replaced(model);
        let mut acts = Acts { draft, rows: Vec::new(), orders: FxHashMap::default(), parts: parts(model) };
        for (number, norm) in model.norms.iter().enumerate() {
            let id = NormId(number as u32);
            let orders = if norm.orders.is_empty() { SmallVec::new() } else { ordered(model, norm) };
            if !orders.is_empty() {
                acts.orders.insert(id, orders);
            }
            let testable = norm.words.is_empty() && norm.purpose.is_none() && norm.ensures.is_none() && !norm.only;
            if norm.damaged || !testable || off.contains(&norm.clause) {
                continue;
            }
            if let Some(act) = act(model, norm) {
                acts.rows.push(Row { id, norm, act });
            }
        }
        acts
    }

    /// Whether a clause of the file under check takes part.
    pub(super) fn own(&self, one: NormId, other: NormId) -> bool {
        let own = |id: NormId| self.draft.model.clause(self.draft.model.norm(id).clause).item.own;
        own(one) || own(other)
    }

    /// Whether the text says which of two norms yields.
    pub(super) fn settled(&self, one: NormId, other: NormId) -> bool {
        let model = self.draft.model;
        let yields = |one: NormId, other: NormId| {
            self.orders.get(&one).is_some_and(|ranges| ranges.iter().any(|range| range.contains(&other.0)))
        };
        let instrument = |norm: NormId| model.instrument_of(model.norm(norm));
        let over = match (instrument(one), instrument(other)) {
            (Some(a), Some(b)) => {
                model.instrument(a).prevails_over.contains(&b) || model.instrument(b).prevails_over.contains(&a)
            }
            _ => false,
        };
        over || yields(one, other) || yields(other, one)
    }

    /// Whether two norms stand in one text, or in two texts side by side.
    pub(super) fn same_instrument(&self, one: NormId, other: NormId) -> bool {
        let model = self.draft.model;
        let instrument = |norm: NormId| model.instrument_of(model.norm(norm));
        instrument(one) == instrument(other)
    }

    /// Says which norms have not been compared with all that have the same act; nothing where there are none.
    pub(super) fn leave_open(&self, what: &str, norms: &[NormId], found: &mut Vec<Finding>) {
        let model = self.draft.model;
        let own = |id: &&NormId| model.clause(model.norm(**id).clause).item.own;
        let mut own = norms.iter().filter(own);
        let Some(&first) = own.next() else { return };
        let name = model.norm_name(first);
        let message = match own.count() {
            0 => format!("whether `{name}` {what} is not known"),
            more => format!("whether `{name}` or one of {more} more {what} is not known"),
        };
        let norm = model.norm(first);
        let finding = Finding::new("undecided/comparison", Level::Warning, message, words(norm))
            .saying("not compared with all that have the same act")
            .help("say in what they differ: the day, the place, the object; or write one norm for all of them")
            .about(clause_name(self.draft, norm));
        found.push(finding);
    }

    /// Whether the facts of two clauses leave it open that their norms mean the same: no field that both have says
    /// something else in the one than in the other.
    pub(super) fn same_setting(&self, one: ClauseId, other: ClauseId) -> bool {
        let model = self.draft.model;
        let (one, other) = (&model.clause(one).item, &model.clause(other).item);
        let says = |kind: &ValueKind| !matches!(kind, ValueKind::Quantity(_) | ValueKind::Open);
        one.at == other.at
            || one.fields.iter().all(|field| {
                if matches!(field.name, known::TEXT | known::SOURCE | known::NOTE | known::PARTS) {
                    return true;
                }
                let Some(facing) = other.field(field.name) else { return true };
                let words = |field: &crate::model::clause::Field| -> Vec<&'a str> {
                    let values = field.values.iter().filter(|value| says(&value.kind));
                    values.map(|value| self.draft.words(value.at)).collect()
                };
                words(field) == words(facing)
            })
    }
}

/// The norms that some `parts:` joins.
fn parts(model: &Model) -> FxHashSet<NormId> {
    let fields = model.clauses.iter().flat_map(|clause| &clause.item.fields);
    let mut found = FxHashSet::default();
    for value in fields.filter(|field| field.name == known::PARTS).flat_map(|field| &field.values) {
        match value.kind {
            ValueKind::Norms(norms) => found.extend(norms.ids()),
            ValueKind::Entity(Entity::Clause(id), _) => found.extend(model.norms_of(id).map(|(id, _)| id)),
            _ => {}
        }
    }
    found
}

fn act(model: &Model, norm: &Norm) -> Option<Act> {
    let verb = norm.action?;
    let named = |target: &Target| !matches!(target.what, What::Prose(_) | What::Unknown(_) | What::Norms(_));
    if !norm.actors.list.iter().all(named) {
        return None;
    }
    let mut actors: SmallVec<[Entity; 2]> = model.named_actors(&norm.actors.list).into();
    actors.sort_unstable();
    if actors.is_empty() {
        return None;
    }
    let mut objects: SmallVec<[Meant; 2]> = norm.objects.list.iter().map(meant).collect();
    objects.sort();
    let mut roles: SmallVec<[(RoleKind, Meant); 2]> =
        norm.roles.iter().map(|role| (role.kind, meant(&role.target))).collect();
    roles.sort();
    // Of one actor the manner says nothing.
    let manner = if actors.len() == 1 { (false, None) } else { (norm.actors.any, norm.actors.manner) };
    Some(Act { verb, actors, manner, objects, any: norm.objects.any, roles })
}

fn meant(target: &Target) -> Meant {
    match &target.what {
        What::Entity(entity) => Meant::Entity(*entity),
        What::Norms(norms) => Meant::Norms(*norms),
        What::Prose(words) => {
            Meant::Words(words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().into())
        }
        What::TheParties => Meant::Words("the parties".into()),
        What::AllParties => Meant::Words("all parties".into()),
        What::Nobody | What::AnyoneExcept(_) => Meant::Words("others".into()),
        What::Unknown(name) => Meant::Name(*name),
    }
}

impl Act {
    /// Whether it is known what everything in it stands for.
    pub(super) fn is_certain(&self) -> bool {
        let known = |it: &Meant| matches!(it, Meant::Entity(_) | Meant::Norms(_));
        self.objects.iter().all(known) && self.roles.iter().all(|(_, it)| known(it)) && !self.any && !self.manner.0
    }

    /// The declared things and clauses that it acts on.
    pub(super) fn entities(&self) -> impl Iterator<Item = Entity> + '_ {
        self.objects.iter().filter_map(|object| match object {
            Meant::Entity(entity) => Some(*entity),
            _ => None,
        })
    }

    /// Where it is done or leads to, and where it comes from.
    pub(super) fn places(&self, kind: RoleKind) -> impl Iterator<Item = Entity> + '_ {
        self.roles.iter().filter(move |(of, _)| *of == kind).filter_map(|(_, it)| match it {
            Meant::Entity(entity @ Entity::Place(_)) => Some(*entity),
            _ => None,
        })
    }
}

/// Whether a verb keeps something up that an act undoes: stationing, which a withdrawal ends, and not training.
pub(super) fn is_presence(vocabulary: &Vocabulary, verb: ActionId) -> bool {
    let action = vocabulary.action(verb);
    let done = |name: &Symbol| {
        let id = vocabulary.action_ids.get(name);
        id.is_some_and(|id| vocabulary.action(*id).nature == Nature::Achieve)
    };
    action.nature == Nature::Maintain && action.opposites.iter().any(done)
}

/// Whether one verb undoes the other, or what the other is.
pub(super) fn undoes(vocabulary: &Vocabulary, one: ActionId, other: ActionId) -> bool {
    let (ones, others) = (vocabulary.general(one), vocabulary.general(other));
    let opposite = |a: ActionId, b: ActionId| vocabulary.action(a).opposites.contains(&vocabulary.action(b).name);
    ones.iter().any(|&a| others.iter().any(|&b| opposite(a, b) || opposite(b, a)))
}

/// Whether two norms apply on the same conditions.
pub(super) fn same_guard(one: &Norm, other: &Norm) -> bool {
    let same = |a: &Norm, b: &Norm| {
        a.guard.iter().all(|guard| {
            b.guard.iter().any(|it| it.lead == guard.lead && same_condition(&it.condition, &guard.condition))
        })
    };
    one.guard.len() == other.guard.len() && same(one, other) && same(other, one)
}

/// Whether two conditions say the same in the same order.
pub(super) fn same_condition(one: &Condition, other: &Condition) -> bool {
    let list =
        |a: &[Condition], b: &[Condition]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_condition(a, b));
    match (one, other) {
        (Condition::All(a), Condition::All(b)) | (Condition::Any(a), Condition::Any(b)) => list(a, b),
        (Condition::Not(a), Condition::Not(b)) => same_condition(a, b),
        (Condition::Holds(a, state), Condition::Holds(b, other)) => meant(a) == meant(b) && state == other,
        _ => false,
    }
}

/// Whether a condition speaks of a breach: what follows from one is no doubt about the duty that was broken.
pub(super) fn names_a_breach(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(names_a_breach),
        Condition::Not(part) => names_a_breach(part),
        Condition::Holds(_, state) => *state == Some(StateKind::Broken),
    }
}

/// Whether a condition names nothing but what is declared.
pub(super) fn is_known(condition: &Condition) -> bool {
    let mut targets = Vec::new();
    condition_targets(condition, &mut targets);
    targets.iter().all(|target| matches!(target.what, What::Entity(_) | What::Norms(_)))
}

/// A number that norms which apply at the same time and on the same conditions have in common, and others hardly ever; none
/// where a time is nobody knows when, which is the same as no other.
pub(super) fn time_print(norm: &Norm) -> Option<u64> {
    let window = window_print(norm)?;
    Some(if norm.times.is_empty() { window } else { print(&(window, rhythm(norm))) })
}

/// The same for norms that begin and end at the same points on the same conditions.
pub(super) fn window_print(norm: &Norm) -> Option<u64> {
    // What is a set is added up, so that its order tells nothing.
    let edges = |edges: &[Edge]| {
        let stated = edges.iter().filter(|edge| is_stated(norm, edge));
        let print = |edge: &Edge| {
            let known = is_known_time(&edge.time.anchor);
            known.then(|| print(&(&edge.time.anchor, edge.time.offset, edge.inclusive, edge.required)))
        };
        stated.map(print).try_fold(0_u64, |sum, one| one.map(|one| sum.wrapping_add(one)))
    };
    let (starts, ends) = (edges(&norm.window.starts)?, edges(&norm.window.ends)?);
    let guards = norm.guard.iter().map(|guard| print(&(guard.lead, condition_print(&guard.condition))));
    Some(print(&(starts, ends, guards.fold(0_u64, u64::wrapping_add))))
}

fn condition_print(condition: &Condition) -> u64 {
    let list =
        |number: u8, parts: &[Condition]| print(&(number, parts.iter().map(condition_print).collect::<Vec<_>>()));
    match condition {
        Condition::All(parts) => list(0, parts),
        Condition::Any(parts) => list(1, parts),
        Condition::Not(part) => list(2, std::slice::from_ref(part)),
        Condition::Holds(target, state) => print(&(meant(target), state)),
    }
}

/// A number by which equal things are found.
pub(super) fn print(of: &impl Hash) -> u64 {
    FxBuildHasher.hash_one(of)
}

/// Whether two norms say the same of time: the same points and lengths in the same phrases.
pub(super) fn same_time(one: &Norm, other: &Norm) -> bool {
    same_window(one, other) && rhythm(one) == rhythm(other)
}

/// Whether two norms begin and end at the same points by the same words, however long or often they say to act in between.
pub(super) fn same_window(one: &Norm, other: &Norm) -> bool {
    let edges = |a: &[Edge], b: &[Edge]| {
        let same =
            |a: &Edge, b: &Edge| same_point(&a.time, &b.time) && (a.inclusive, a.required) == (b.inclusive, b.required);
        let a = a.iter().filter(|edge| is_stated(one, edge)).collect::<Vec<_>>();
        let b = b.iter().filter(|edge| is_stated(other, edge)).collect::<Vec<_>>();
        a.len() == b.len() && a.iter().all(|edge| b.iter().any(|it| same(edge, it)))
    };
    edges(&one.window.starts, &other.window.starts) && edges(&one.window.ends, &other.window.ends)
}

/// Whether an edge is more than the end of a length that a norm states.
fn is_stated(norm: &Norm, edge: &Edge) -> bool {
    !norm.times.iter().any(|phrase| phrase.at == edge.at && matches!(phrase.kind, TimePhraseKind::For(_)))
}

/// Whether a point is one: words and open points are nobody knows when.
fn is_known_time(anchor: &Anchor) -> bool {
    !matches!(anchor, Anchor::Prose(_) | Anchor::Unknown(_) | Anchor::Open)
}

/// Whether two times are the same point by the same words.
pub(super) fn same_point(one: &crate::model::time::Time, other: &crate::model::time::Time) -> bool {
    is_known_time(&one.anchor) && one.anchor == other.anchor && one.offset == other.offset
}

/// What phrases say that make no edge of a window: `every D`, `for D`, `upon each E`, and those that count from nothing.
fn rhythm(norm: &Norm) -> Vec<(u8, Option<Offset>, Option<Offset>)> {
    let of = |number: u8, length: &Length| (number, length.low, length.high);
    let part = |phrase: &TimePhrase| match &phrase.kind {
        TimePhraseKind::Every(length) => Some(of(0, length)),
        TimePhraseKind::For(length) => Some(of(1, length)),
        TimePhraseKind::Within(length, None) => Some(of(2, length)),
        TimePhraseKind::UponEach(_) => Some((3, None, None)),
        TimePhraseKind::Times(_, _, Some(length)) => Some(of(4, length)),
        _ => None,
    };
    let mut all: Vec<_> = norm.times.iter().filter_map(part).collect();
    all.sort_unstable();
    all
}

/// Whether a norm is to be kept again and again.
pub(super) fn is_repeated(norm: &Norm) -> bool {
    use TimePhraseKind::{Every, Times, UponEach};
    norm.times.iter().any(|phrase| matches!(phrase.kind, Every(_) | Times(..) | UponEach(_)))
}
