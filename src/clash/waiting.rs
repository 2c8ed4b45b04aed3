//! Norms and events that wait for each other, so that none can ever be first.
//!
//! Everything that waits for nothing can come; what waits only for what can come can come too (a least fixpoint over an
//! and-or graph, linear in its edges). What is left waits in a circle, or for one.

use super::index::Index;
use super::lower::Reader;
use super::problem::{Ban, Claim, PointOf, Window};
use super::search::options;
use crate::model::clause::{Target, ValueKind, What};
use crate::model::names::known::MEANS;
use crate::model::norm::{Condition, Mode, RoleKind, StateKind, Strength};
use crate::model::time::{Anchor, Point, Time, TimePhraseKind};
use crate::model::vocabulary::{ActionId, Nature};
use crate::model::{ClauseId, Entity, EventId, Model, NormId};
use crate::source::Loc;
use crate::syntax::tree::Lead;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// Something that can come about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Node {
    /// An event happens.
    Event(EventId),
    /// The act of a norm is done.
    Norm(NormId),
    /// All duties of a clause are fulfilled.
    Clause(ClauseId),
}

/// One waits for another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wait {
    /// Who waits.
    pub from: Node,
    /// For what.
    pub to: Node,
    /// The words that say so.
    pub at: Loc,
    /// Whether agreement or goodwill could break it: what is to begin in parallel.
    pub soft: bool,
}

/// Nodes that wait for each other in a circle.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadlock {
    /// The waits, each beginning where the one before it ends; the last leads back to the first.
    pub waits: Vec<Wait>,
    /// Whether a wait is soft, an act on the way needs somebody's agreement, or one has no date and so is never late.
    pub soft: bool,
}

/// What a node waits for: every group, of each group any one.
type Needs = Vec<Vec<Wait>>;

/// The circles of a draft, one for each set of nodes that wait for each other.
pub(super) fn deadlocks(reader: &Reader, index: &Index, claims: &[Claim]) -> Vec<Deadlock> {
    let model = reader.model;
    let graph = Graph::new(model, reader, index, claims);
    let stuck = graph.stuck();
    let mut found: Vec<Deadlock> = Vec::new();
    let mut seen: FxHashSet<Node> = FxHashSet::default();
    for &start in &stuck {
        if seen.contains(&start) {
            continue;
        }
        if let Some(waits) = graph.circle(start, &stuck) {
            let nodes: Vec<Node> = waits.iter().map(|wait| wait.from).collect();
            let fresh = nodes.iter().all(|node| !seen.contains(node));
            seen.extend(nodes.iter().copied());
            // Events alone are a matter of their own declarations.
            if fresh && nodes.iter().any(|node| matches!(node, Node::Norm(_))) {
                let soft = waits.iter().any(|wait| wait.soft || loose(model, wait.from));
                found.push(Deadlock { waits, soft });
            }
        }
    }
    found
}

/// Whether an act needs somebody's agreement, or has no latest date.
fn loose(model: &Model, node: Node) -> bool {
    let Node::Norm(id) = node else { return false };
    let norm = model.norm(id);
    norm.window.ends.is_empty() || norm.roles.iter().any(|role| role.kind == RoleKind::Consent)
}

struct Graph {
    needs: FxHashMap<Node, Needs>,
    /// All nodes that wait for anything, in order.
    nodes: Vec<Node>,
}

impl Graph {
    fn new(model: &Model, reader: &Reader, index: &Index, claims: &[Claim]) -> Self {
        let mut needs: FxHashMap<Node, Needs> = FxHashMap::default();
        for (number, event) in model.events.iter().enumerate() {
            let from = Node::Event(EventId(number as u32));
            let mut groups: Needs = event.after.iter().filter_map(|time| of_time(model, from, time, time.at)).collect();
            // An event that is said to be the fulfilment of a clause comes with it.
            let means = event.item.field(MEANS).into_iter().flat_map(|field| &field.values);
            groups.extend(means.filter_map(|value| match &value.kind {
                ValueKind::Entity(Entity::Clause(id), _) => Some(vec![wait(from, Node::Clause(*id), value.at)]),
                ValueKind::Norms(norms) => Some(vec![wait(from, Node::Norm(norms.first), value.at)]),
                _ => None,
            }));
            if event.on.is_none() && !groups.is_empty() {
                needs.insert(from, groups);
            }
        }
        for (number, norm) in model.norms.iter().enumerate() {
            let from = Node::Norm(NormId(number as u32));
            if norm.mode != Mode::Oblige || !reader.counts(norm) {
                continue;
            }
            let mut groups: Needs = norm
                .window
                .starts
                .iter()
                .filter_map(|edge| {
                    let soft = norm
                        .times
                        .iter()
                        .any(|phrase| phrase.at == edge.at && matches!(phrase.kind, TimePhraseKind::Together(_)));
                    let mut waits = of_time(model, from, &edge.time, edge.at)?;
                    waits.iter_mut().for_each(|wait| wait.soft |= soft);
                    Some(waits)
                })
                .collect();
            for guard in norm.guard.iter().filter(|guard| guard.lead != Lead::Unless) {
                of_condition(from, &guard.condition, guard.at, &mut groups);
            }
            if !groups.is_empty() {
                needs.insert(from, groups);
            }
        }
        // What is forbidden until something is fulfilled waits for it.
        let until = |ban: &Ban| not_before(reader, &ban.window).filter(|_| !ban.soft);
        let verbs: FxHashSet<ActionId> =
            index.bans.iter().filter(|ban| until(ban).is_some()).map(|ban| ban.action).collect();
        for claim in claims.iter().filter(|claim| claim.verbs.iter().any(|verb| verbs.contains(verb))) {
            let from = Node::Norm(claim.norm);
            let mut options = options(claim);
            let Some(first) = options.next().filter(|_| options.next().is_none()) else { continue };
            let (bans, _) = index.covering(model, claim, first, |ban| until(ban).is_some(), 64);
            for number in bans {
                let ban = index.ban(number);
                let (Some(to), norm) = (until(ban), model.norm(ban.norm)) else { continue };
                needs.entry(from).or_default().push(vec![wait(from, to, norm.at)]);
            }
        }
        for (number, clause) in model.clauses.iter().enumerate() {
            let from = Node::Clause(ClauseId(number as u32));
            let duties = clause.norms.clone().map(NormId).filter(|id| achieves(model, *id));
            let groups: Needs = duties.map(|id| vec![wait(from, Node::Norm(id), model.norm(id).at)]).collect();
            if !groups.is_empty() {
                needs.insert(from, groups);
            }
        }
        let mut nodes: Vec<Node> = needs.keys().copied().collect();
        nodes.sort_unstable();
        Graph { needs, nodes }
    }

    /// The nodes that can never come, in order.
    fn stuck(&self) -> Vec<Node> {
        // How many groups each node still waits for, and who waits for a node with which group.
        let mut open: FxHashMap<Node, Vec<bool>> = FxHashMap::default();
        let mut waiting: FxHashMap<Node, Vec<(Node, usize)>> = FxHashMap::default();
        let mut ready: VecDeque<Node> = VecDeque::new();
        for &node in &self.nodes {
            let groups = self.needs.get(&node).map_or(&[][..], Vec::as_slice);
            open.insert(node, vec![true; groups.len()]);
            for (number, group) in groups.iter().enumerate() {
                for wait in group {
                    waiting.entry(wait.to).or_default().push((node, number));
                    if !self.needs.contains_key(&wait.to) {
                        ready.push_back(wait.to);
                    }
                }
            }
        }
        while let Some(node) = ready.pop_front() {
            for (waiter, group) in waiting.remove(&node).unwrap_or_default() {
                if let Some(groups) = open.get_mut(&waiter) {
                    if let Some(is_open) = groups.get_mut(group) {
                        *is_open = false;
                    }
                    if groups.iter().all(|is_open| !is_open) {
                        open.remove(&waiter);
                        ready.push_back(waiter);
                    }
                }
            }
        }
        self.nodes.iter().copied().filter(|node| open.contains_key(node)).collect()
    }

    /// The shortest circle from a stuck node back to itself; none where it only waits for one.
    fn circle(&self, start: Node, stuck: &[Node]) -> Option<Vec<Wait>> {
        let mut reached: FxHashMap<Node, Wait> = FxHashMap::default();
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            for wait in self.needs.get(&node).into_iter().flatten().flatten() {
                if stuck.binary_search(&wait.to).is_err() || reached.contains_key(&wait.to) {
                    continue;
                }
                reached.insert(wait.to, *wait);
                if wait.to == start {
                    let mut waits = vec![*wait];
                    while let Some(last) = waits.last().filter(|last| last.from != start) {
                        waits.push(*reached.get(&last.from)?);
                    }
                    waits.reverse();
                    return Some(waits);
                }
                queue.push_back(wait.to);
            }
        }
        None
    }
}

fn wait(from: Node, to: Node, at: Loc) -> Wait {
    Wait { from, to, at, soft: false }
}

fn achieves(model: &Model, id: NormId) -> bool {
    let norm = model.norm(id);
    let nature = norm.action.map(|id| model.vocabulary.action(id).nature);
    norm.mode == Mode::Oblige && norm.strength >= Strength::Firm && nature == Some(Nature::Achieve)
}

/// What something waits for that begins at a time.
fn of_time(model: &Model, from: Node, time: &Time, at: Loc) -> Option<Vec<Wait>> {
    let to = match &time.anchor {
        Anchor::Event(id) => Node::Event(*id),
        Anchor::Clause(id, Point::Fulfilment) => Node::Clause(*id),
        Anchor::Norms(norms, Point::Fulfilment) => Node::Norm(norms.first),
        // A phase starts with what it is counted from, and nothing is waited for to begin another's duty at once.
        Anchor::Phase(id, Point::Start) => return of_time(model, from, model.phase(*id).from.as_ref()?, at),
        Anchor::Clause(id, Point::Start) => {
            let mut norms = model.clause(*id).norms.clone().map(NormId);
            let only = norms.next().filter(|_| norms.next().is_none())?;
            Node::Norm(only)
        }
        Anchor::Norms(norms, Point::Start) => Node::Norm(norms.first),
        _ => return None,
    };
    // Another's beginning is no act of its own: only what begins together waits for it.
    let begins = matches!(time.anchor, Anchor::Clause(_, Point::Start) | Anchor::Norms(_, Point::Start));
    (to != from).then_some(vec![Wait { soft: begins, ..wait(from, to, at) }])
}

fn of_condition(from: Node, condition: &Condition, at: Loc, groups: &mut Needs) {
    match condition {
        Condition::All(parts) => parts.iter().for_each(|part| of_condition(from, part, at, groups)),
        Condition::Holds(target, state) => groups.extend(of_target(from, target, *state, at).map(|wait| vec![wait])),
        Condition::Any(parts) => {
            // Enough that one of them can come; one that is no plain wait can always come.
            let waits: Vec<Option<Wait>> = parts
                .iter()
                .map(|part| match part {
                    Condition::Holds(target, state) => of_target(from, target, *state, at),
                    _ => None,
                })
                .collect();
            groups.extend(waits.into_iter().collect::<Option<Vec<Wait>>>());
        }
        Condition::Not(_) => {}
    }
}

fn of_target(from: Node, target: &Target, state: Option<StateKind>, at: Loc) -> Option<Wait> {
    let to = match (&target.what, state) {
        (What::Entity(Entity::Event(id)), _) => Node::Event(*id),
        (What::Entity(Entity::Clause(id)), None | Some(StateKind::Fulfilled)) => Node::Clause(*id),
        (What::Norms(norms), None | Some(StateKind::Fulfilled)) => Node::Norm(norms.first),
        _ => return None,
    };
    (to != from).then_some(wait(from, to, at))
}

/// What a ban from the beginning lasts until, if that is something done.
fn not_before(reader: &Reader, window: &Window) -> Option<Node> {
    let from_the_start = window.starts.iter().all(|start| reader.line.row(start.point).of == PointOf::Origin);
    // That the text ends is nothing that anybody waits for.
    let mut ends = window.ends.iter().filter(|end| !matches!(reader.line.row(end.point).of, PointOf::Last(_)));
    let end = ends.next().filter(|_| ends.next().is_none())?;
    if !from_the_start {
        return None;
    }
    match reader.line.row(end.point).of {
        PointOf::Event(id) => Some(Node::Event(id)),
        PointOf::Norm(id, Point::Fulfilment) => Some(Node::Norm(id)),
        PointOf::Clause(id, Point::Fulfilment) => Some(Node::Clause(id)),
        _ => None,
    }
}
