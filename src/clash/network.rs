//! Chains of time that do not fit: a deadline that is over before what the act waits for can have come.
//!
//! For one norm, everything that must have come before it and every bound that certainly holds make a network of differences;
//! it has no solution just if it has a cycle along which the least times add up to more than the most (Dechter, Meiri and
//! Pearl, "Temporal Constraint Networks", 1991). The cycle is the explanation, hop by hop.

use super::lower::Reader;
use super::problem::{Known, ORIGIN, PointId, PointOf, Term};
use super::timeline::{Timeline, Width};
use crate::model::clause::{Target, What};
use crate::model::norm::Mode;
use crate::model::time::Point;
use crate::model::vocabulary::{ActionId, Nature};
use crate::model::{ClauseId, Entity, EventId, Model, NormId, known};
use crate::source::Loc;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// Points that one chain may take in; longer ones are left alone.
const MOST_POINTS: usize = 256;

/// A chain whose least times add up to more than the time there is.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The norm that cannot be kept in time; absent where points alone contradict each other.
    pub norm: Option<NormId>,
    /// The hops, each beginning where the one before it ends; the last leads back to the first.
    pub hops: Vec<Hop>,
    /// By how many ticks it does not fit.
    pub short: i64,
}

/// `to` comes at least so many ticks after `from`; less than none: at most so many before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hop {
    /// Where it begins; absent for the act of the norm itself.
    pub from: Option<PointOf>,
    /// Where it leads; absent for the act of the norm itself.
    pub to: Option<PointOf>,
    /// At least so many ticks later.
    pub ticks: i64,
    /// The words that say so; absent for what needs no words.
    pub at: Option<Loc>,
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    from: usize,
    to: usize,
    ticks: i64,
    at: Option<Loc>,
}

/// Every norm of a draft whose time is over before it can begin, and points that cannot come in the order wanted.
pub(super) fn chains(reader: &mut Reader) -> Vec<Chain> {
    let model = reader.model;
    let founded = founded(model);
    let mut found: Vec<Chain> = Vec::new();
    for (number, event) in model.events.iter().enumerate() {
        if event.recurring || event.after.is_empty() {
            continue;
        }
        let point = reader.line.point(PointOf::Event(EventId(number as u32)));
        let comes = Known { term: Term { point, plus: 0 }, at: event.item.at };
        reader.line.read();
        if let Some(chain) = chain(&reader.line, 0, &[comes], &[]) {
            tell_once(&mut found, Chain { norm: None, ..chain });
        }
    }
    for (number, norm) in model.norms.iter().enumerate() {
        let id = NormId(number as u32);
        if norm.mode == Mode::Forbid
            || norm.mode == Mode::Release
            || norm.window.ends.is_empty()
            || !reader.counts(norm)
        {
            continue;
        }
        let takes = reader.line.takes(id);
        let Some((mut starts, ends)) = reader.line.bounds(id, norm, Width::Widest) else { continue };
        // A body acts only when it has been founded.
        if let [Target { what: What::Entity(Entity::Clause(body)), .. }] = norm.actors.list.as_slice()
            && let Some(&founding) = founded.get(body)
        {
            let point = reader.line.point(PointOf::Norm(founding, Point::Fulfilment));
            starts.push(Known { term: Term { point, plus: 0 }, at: model.norm(founding).at });
        }
        reader.line.read();
        // The usual case: one event, and nothing is known of it.
        let simple = |known: &Known| {
            let row = reader.line.row(known.term.point);
            row.after.is_empty() && row.until.is_empty()
        };
        if takes == 0 && starts.iter().chain(&ends).all(simple) && !crosses(&starts, &ends) {
            continue;
        }
        let Some(chain) = chain(&reader.line, takes, &starts, &ends) else { continue };
        let chain = Chain { norm: chain.hops.iter().any(|hop| hop.from.is_none()).then_some(id), ..chain };
        // What the words of the norm alone make impossible is said where they are read, and so is a date before the text's.
        let read =
            norm.window.starts.iter().any(|start| {
                norm.window.ends.iter().any(|end| start.time.compare(&end.time) == Some(Ordering::Greater))
            });
        let opening = model.instrument_of(norm).map(|id| model.instrument(id).item.at);
        let too_early = chain.hops.len() == 2 && chain.hops.iter().any(|hop| hop.at.is_some() && hop.at == opening);
        if chain.norm.is_some() && takes == 0 && (read || too_early) {
            continue;
        }
        tell_once(&mut found, chain);
    }
    found
}

/// The norm that founds each body, of those that one norm alone founds.
fn founded(model: &Model) -> FxHashMap<ClauseId, NormId> {
    let mut found: FxHashMap<ClauseId, Option<NormId>> = FxHashMap::default();
    let vocabulary = &model.vocabulary;
    let Some(establish) = vocabulary.action_ids.get(&known::ESTABLISH).copied() else { return FxHashMap::default() };
    let founds = |id: ActionId| id == establish || vocabulary.action(id).is.contains(&known::ESTABLISH);
    for (number, norm) in model.norms.iter().enumerate() {
        if norm.mode != Mode::Oblige || !norm.action.is_some_and(founds) {
            continue;
        }
        for object in &norm.objects.list {
            if let What::Entity(Entity::Clause(body)) = object.what {
                let id = NormId(number as u32);
                found.entry(body).and_modify(|known| *known = None).or_insert(Some(id));
            }
        }
    }
    found.into_iter().filter_map(|(body, norm)| Some((body, norm?))).collect()
}

/// A duty with a deadline that may pass before what it waits for comes, because nothing says by when that comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unbounded {
    /// The duty.
    pub norm: NormId,
    /// What it waits for.
    pub point: PointOf,
    /// The words that make it wait.
    pub wait_at: Loc,
    /// The words of its deadline.
    pub due_at: Loc,
}

/// The duties of a draft whose deadlines wait for something that nothing bounds.
pub(super) fn unbounded(reader: &mut Reader) -> Vec<Unbounded> {
    let model = reader.model;
    let mut found = Vec::new();
    for (number, norm) in model.norms.iter().enumerate() {
        let id = NormId(number as u32);
        let once = norm.action.is_some_and(|action| model.vocabulary.action(action).nature == Nature::Achieve);
        // What is to last, or waits with its whole clause, waits on purpose.
        let said_here = |at: Loc| at.file == norm.sentence.file && norm.sentence.span.contains(at.span);
        let starts_here = norm.window.starts.iter().any(|edge| said_here(edge.at));
        let ends_here = norm.window.ends.first().is_some_and(|edge| said_here(edge.at));
        if norm.mode != Mode::Oblige || !once || !starts_here || !ends_here || !reader.counts(norm) {
            continue;
        }
        let Some((starts, ends)) = reader.line.bounds(id, norm, Width::Widest) else { continue };
        reader.line.read();
        // Only what the norm itself says; the life of its instrument bounds every norm.
        let (own_starts, own_ends) = (norm.window.starts.len(), norm.window.ends.len());
        let waits = starts.iter().take(own_starts).find(|start| {
            start.term.point != ORIGIN
                && said_here(start.at)
                && !ends.iter().take(own_ends).any(|end| bounded(&reader.line, start.term.point, end.term.point))
        });
        if let (Some(wait), Some(end)) = (waits, ends.first()) {
            let point = reader.line.row(wait.term.point).of;
            found.push(Unbounded { norm: id, point, wait_at: wait.at, due_at: end.at });
        }
    }
    found
}

/// Whether a point comes by a time of its own, or what a deadline is counted from waits for it.
fn bounded(line: &Timeline, point: PointId, deadline: PointId) -> bool {
    if point == deadline || !line.row(point).until.is_empty() {
        return true;
    }
    let mut points = vec![deadline];
    let mut next = 0;
    while let Some(&one) = points.get(next) {
        next += 1;
        for known in &line.row(one).after {
            if known.term.point == point {
                return true;
            }
            if !points.contains(&known.term.point) && points.len() < MOST_POINTS {
                points.push(known.term.point);
            }
        }
    }
    false
}

/// A circle of points bears on every norm that waits for one of them, and is told once.
fn tell_once(found: &mut Vec<Chain>, chain: Chain) {
    let same = |known: &Chain| {
        known.norm.is_none()
            && known.hops.len() == chain.hops.len()
            && known.hops.iter().all(|hop| chain.hops.contains(hop))
    };
    if chain.norm.is_some() || !found.iter().any(same) {
        found.push(chain);
    }
}

/// Whether a start lies after an end that is counted from the same point.
fn crosses(starts: &[Known], ends: &[Known]) -> bool {
    ends.iter()
        .any(|end| starts.iter().any(|start| start.term.point == end.term.point && start.term.plus > end.term.plus))
}

fn chain(line: &Timeline, takes: i64, starts: &[Known], ends: &[Known]) -> Option<Chain> {
    // Whatever the norm waits for has come, and what that waited for.
    let mut points: Vec<PointId> = vec![ORIGIN];
    let include = |points: &mut Vec<PointId>, point: PointId| {
        if !points.contains(&point) {
            points.push(point);
        }
    };
    starts.iter().for_each(|known| include(&mut points, known.term.point));
    let mut next = 0;
    while let Some(&point) = points.get(next) {
        next += 1;
        line.row(point).after.iter().for_each(|known| include(&mut points, known.term.point));
        if points.len() > MOST_POINTS {
            return None;
        }
    }
    // The act itself, after all points.
    let act = points.len();
    let place = |point: PointId| points.iter().position(|it| *it == point);
    let mut edges = Vec::new();
    for (to, &point) in points.iter().enumerate() {
        edges.push(Edge { from: 0, to, ticks: 0, at: None });
        let row = line.row(point);
        let after = row.after.iter().filter_map(|known| Some((place(known.term.point)?, known)));
        edges.extend(after.map(|(from, known)| Edge { from, to, ticks: known.term.plus, at: Some(known.at) }));
        let until = row.until.iter().filter_map(|known| Some((place(known.term.point)?, known)));
        edges.extend(until.map(|(bound, known)| Edge {
            from: to,
            to: bound,
            ticks: -known.term.plus,
            at: Some(known.at),
        }));
    }
    let began = starts.iter().filter_map(|known| Some((place(known.term.point)?, known)));
    edges.extend(began.map(|(from, known)| Edge { from, to: act, ticks: known.term.plus + takes, at: Some(known.at) }));
    let ended = ends.iter().filter_map(|known| Some((place(known.term.point)?, known)));
    edges.extend(ended.map(|(to, known)| Edge { from: act, to, ticks: -known.term.plus, at: Some(known.at) }));
    let cycle = too_long(act + 1, &edges)?;
    let of = |place: usize| points.get(place).map(|point| line.row(*point).of);
    let mut hops: Vec<Hop> =
        cycle.iter().map(|edge| Hop { from: of(edge.from), to: of(edge.to), ticks: edge.ticks, at: edge.at }).collect();
    // Told from the point on which the deadline hangs, so that the act comes last.
    if let Some(first) = hops.iter().position(|hop| hop.from.is_none()) {
        let after = (first + 1) % hops.len();
        hops.rotate_left(after);
    }
    let short = hops.iter().map(|hop| hop.ticks).sum();
    Some(Chain { norm: None, hops, short })
}

/// A cycle along which the ticks add up to more than none (Bellman and Ford, longest ways).
fn too_long(nodes: usize, edges: &[Edge]) -> Option<Vec<Edge>> {
    let mut values = vec![0_i64; nodes];
    let mut through: Vec<Option<usize>> = vec![None; nodes];
    let mut last = None;
    for _ in 0..=nodes {
        last = None;
        for (number, edge) in edges.iter().enumerate() {
            let value = values.get(edge.from).copied().unwrap_or(0) + edge.ticks;
            if let (Some(known), Some(way)) = (values.get_mut(edge.to), through.get_mut(edge.to))
                && *known < value
            {
                (*known, *way, last) = (value, Some(number), Some(edge.to));
            }
        }
        last?;
    }
    // Far enough back along the ways one is on the cycle.
    let mut node = last?;
    let edge_into = |node: usize| through.get(node).copied().flatten().and_then(|number| edges.get(number)).copied();
    for _ in 0..nodes {
        node = edge_into(node)?.from;
    }
    let (start, mut cycle) = (node, Vec::new());
    loop {
        let edge = edge_into(node)?;
        cycle.push(edge);
        node = edge.from;
        if node == start {
            cycle.reverse();
            return Some(cycle);
        }
    }
}

impl Chain {
    /// The least time from the beginning of the chain to the act, and the time that there is, in ticks.
    pub fn sums(&self) -> (i64, i64) {
        let back = self.hops.last().map_or(0, |hop| hop.ticks);
        (self.short - back, -back)
    }
}
