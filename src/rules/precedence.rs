//! Order among clauses: rings of clauses that each yield to the next, and orders that nothing ever falls under.

use super::acts::{Acts, Meant, Row};
use super::loops::cycles;
use super::structure::clause_name;
use super::{Draft, Rule, read};
use crate::finding::{Finding, Level};
use crate::model::clause::{Target, What};
use crate::model::norm::OrderKind;
use crate::model::{ClauseId, Entity, InstrumentId, Model, NormId, known};
use crate::source::Loc;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// The rows of this family.
pub const RULES: &[Rule] = &[
    read("structure/priority-cycle", Level::Error, "clauses that each yield to the other"),
    read("structure/idle-priority", Level::Advice, "an order that never matters"),
];

/// Who yields to whom. Nodes are the norms, then the clauses, then the instruments.
struct Yields<'m> {
    model: &'m Model,
    to: FxHashMap<usize, Vec<(usize, Loc)>>,
}

/// Nodes of a ring from which a shorter one is looked for.
const MOST_STARTS: usize = 32;

impl Yields<'_> {
    fn clause(&self, id: ClauseId) -> usize {
        self.model.norms.len() + id.index()
    }

    fn instrument(&self, id: InstrumentId) -> usize {
        self.model.norms.len() + self.model.clauses.len() + id.index()
    }

    fn nodes(&self, target: &Target) -> Vec<usize> {
        match target.what {
            What::Entity(Entity::Clause(id)) => vec![self.clause(id)],
            What::Entity(Entity::Instrument(id)) => vec![self.instrument(id)],
            What::Norms(norms) => norms.ids().map(NormId::index).collect(),
            _ => Vec::new(),
        }
    }

    fn add(&mut self, from: usize, to: usize, at: Loc) {
        self.to.entry(from).or_default().push((to, at));
    }

    /// Where a node leads: a norm to what it or its clause yields to, a clause and an instrument to what stands in it.
    fn next(&self, node: usize) -> Vec<usize> {
        let model = self.model;
        let said = |node: usize| self.to.get(&node).into_iter().flatten().map(|(to, _)| *to);
        if let Some(norm) = model.norms.get(node) {
            return said(node).chain(said(self.clause(norm.clause))).collect();
        }
        let clause = node - model.norms.len();
        if let Some(clause) = model.clauses.get(clause) {
            return clause.norms.clone().map(|id| id as usize).collect();
        }
        let id = InstrumentId((clause - model.clauses.len()) as u32);
        let inside = self.inside(id).into_iter();
        said(node).chain(inside).collect()
    }

    /// The norms of an instrument that yield to something themselves.
    fn inside(&self, id: InstrumentId) -> Vec<usize> {
        let of = |node: &&usize| {
            let norm = self.model.norms.get(**node);
            norm.is_some_and(|norm| self.model.instrument_of(norm) == Some(id))
        };
        let mut inside: Vec<usize> = self.to.keys().filter(of).copied().collect();
        inside.sort_unstable();
        inside
    }

    /// The words by which one node yields to the other.
    fn words(&self, from: usize, to: usize) -> Option<Loc> {
        let said =
            |node: usize| self.to.get(&node).into_iter().flatten().find(|(other, _)| *other == to).map(|(_, at)| *at);
        said(from).or_else(|| said(self.clause(self.model.norms.get(from)?.clause)))
    }

    /// The shortest way from a node back to itself.
    fn shortest(&self, start: usize) -> Option<Vec<usize>> {
        let mut before: FxHashMap<usize, usize> = FxHashMap::default();
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            for next in self.next(node) {
                if next == start {
                    let mut ring = vec![node];
                    while let Some(&last) = ring.last().filter(|&&last| last != start) {
                        ring.push(*before.get(&last)?);
                    }
                    ring.reverse();
                    return Some(ring);
                }
                if next != start && !before.contains_key(&next) {
                    before.insert(next, node);
                    queue.push_back(next);
                }
            }
        }
        None
    }
}

/// Looks for rings and for orders that never matter.
pub(super) fn look(acts: &Acts, found: &mut Vec<Finding>) {
    priority_cycle(acts.draft, found);
    idle_priority(acts, found);
}

fn priority_cycle(draft: Draft, found: &mut Vec<Finding>) {
    let model = draft.model;
    let mut yields = Yields { model, to: FxHashMap::default() };
    for (index, norm) in model.norms.iter().enumerate() {
        for order in &norm.orders {
            let others = yields.nodes(&order.target);
            for other in others {
                match order.kind {
                    OrderKind::SubjectTo | OrderKind::ExceptAsIn => yields.add(index, other, order.at),
                    OrderKind::Notwithstanding => yields.add(other, index, order.at),
                    _ => {}
                }
            }
        }
    }
    for (index, row) in model.instruments.iter().enumerate() {
        let at = row.item.field(known::PREVAILS_OVER).map_or(row.item.at, |field| field.at);
        let above = yields.instrument(InstrumentId(index as u32));
        for &below in &row.prevails_over {
            let below = yields.instrument(below);
            yields.add(below, above, at);
        }
    }
    if yields.to.is_empty() {
        return;
    }
    let count = model.norms.len() + model.clauses.len() + model.instruments.len();
    for ring in cycles(count, |node| yields.next(node)) {
        let rings = ring.iter().take(MOST_STARTS).filter_map(|&node| yields.shortest(node));
        let Some(ring) = rings.min_by_key(Vec::len) else { continue };
        tell(draft, &yields, &ring, found);
    }
}

fn tell(draft: Draft, yields: &Yields, ring: &[usize], found: &mut Vec<Finding>) {
    let model = draft.model;
    // Clauses and instruments on the way only hold what yields.
    let mut steps: Vec<(String, Loc)> = Vec::new();
    for (index, &node) in ring.iter().enumerate() {
        let Some(&next) = ring.get((index + 1) % ring.len()) else { continue };
        let Some(at) = yields.words(node, next) else { continue };
        let name = match model.norms.get(node) {
            Some(_) => model.norm_name(NormId(node as u32)),
            None => {
                let id = node.saturating_sub(model.norms.len() + model.clauses.len());
                model.name(Entity::Instrument(InstrumentId(id as u32))).to_owned()
            }
        };
        steps.push((name, at));
    }
    let first =
        steps.iter().enumerate().min_by_key(|(_, (_, at))| (at.file, at.span.start)).map_or(0, |(index, _)| index);
    steps.rotate_left(first);
    let own = ring.iter().any(|&node| match model.norms.get(node) {
        Some(norm) => model.clause(norm.clause).item.own,
        None => false,
    }) || steps
        .iter()
        .any(|(_, at)| model.declaration.is_some_and(|id| model.instrument(id).item.whole.file == at.file));
    let Some(((name, at), rest)) = steps.split_first().filter(|_| own) else { return };
    let chain: Vec<String> = steps.iter().map(|(name, _)| name).chain([name]).map(|name| format!("`{name}`")).collect();
    let message = match rest {
        [] => format!("`{name}` yields to itself"),
        _ => format!("each of these yields to the next: {}", chain.join(", then ")),
    };
    let mut finding = Finding::new("structure/priority-cycle", Level::Error, message, *at)
        .saying(format!("`{name}` yields to {}", chain.get(1).map_or("", String::as_str)));
    for (index, (name, at)) in rest.iter().enumerate() {
        finding = finding.label(*at, format!("`{name}` yields to {}", chain.get(index + 2).map_or("", String::as_str)));
    }
    finding.clauses = steps.iter().map(|(name, _)| name.clone()).collect();
    found.push(
        finding
            .help("take one of these orders out: say which clause prevails over all the others")
            .about(name.split('(').next().unwrap_or(name)),
    );
}

fn idle_priority(acts: &Acts, found: &mut Vec<Finding>) {
    let draft = acts.draft;
    let ordered = draft.own_norms().any(|(_, norm)| !norm.orders.is_empty());
    if !ordered {
        return;
    }
    let model = draft.model;
    let rows: FxHashMap<NormId, &Row> = acts.rows.iter().map(|row| (row.id, row)).collect();
    for row in acts.rows.iter().filter(|row| model.clause(row.norm.clause).item.own && row.act.is_certain()) {
        for order in &row.norm.orders {
            if !matches!(order.kind, OrderKind::SubjectTo | OrderKind::Notwithstanding | OrderKind::ExceptAsIn) {
                continue;
            }
            let others: Vec<NormId> = match order.target.what {
                What::Norms(norms) => norms.ids().collect(),
                What::Entity(Entity::Clause(id)) if says_no_more_than_its_norms(model, id) => {
                    model.clause(id).norms.clone().map(NormId).collect()
                }
                _ => continue,
            };
            let known: Vec<&Row> = others.iter().filter_map(|id| rows.get(id).copied()).collect();
            // Words, conditions and norms that name nobody may reach anything.
            let plain = |other: &&Row| other.act.is_certain() && other.norm.guard.is_empty() && !row.norm.damaged;
            if others.is_empty()
                || known.len() != others.len()
                || !known.iter().all(plain)
                || !row.norm.guard.is_empty()
            {
                continue;
            }
            let mine = named(model, row);
            if known.iter().any(|other| named(model, other).iter().any(|entity| mine.contains(entity))) {
                continue;
            }
            let (name, target) = (model.norm_name(row.id), draft.target(&order.target));
            let message = format!("`{name}` and {target} can never collide");
            let finding = Finding::new("structure/idle-priority", Level::Advice, message, order.at)
                .saying("has no effect")
                .help(format!("leave the order out, or name the clause that is meant: {target} has no actor, object or place in common with `{name}`"))
                .about(clause_name(draft, row.norm));
            found.push(finding);
        }
    }
}

/// Whether a clause holds norms and no facts that could bear on others.
fn says_no_more_than_its_norms(model: &Model, id: ClauseId) -> bool {
    let item = &model.clause(id).item;
    !item.damaged && item.fields.iter().all(|field| matches!(field.name, known::TEXT | known::SOURCE | known::NOTE))
}

/// All that a norm is about, with what it belongs to and what belongs to it: parties, places, things, its own clause.
fn named(model: &Model, row: &Row) -> FxHashSet<Entity> {
    let said = row.act.objects.iter().chain(row.act.roles.iter().map(|(_, it)| it)).filter_map(|it| match it {
        Meant::Entity(entity) => Some(*entity),
        Meant::Norms(norms) => Some(Entity::Clause(model.norm(norms.first).clause)),
        _ => None,
    });
    let times = row.norm.window.starts.iter().chain(&row.norm.window.ends).filter_map(|edge| match edge.time.anchor {
        crate::model::time::Anchor::Clause(id, _) => Some(Entity::Clause(id)),
        crate::model::time::Anchor::Norms(norms, _) => Some(Entity::Clause(model.norm(norms.first).clause)),
        crate::model::time::Anchor::Event(id) => Some(Entity::Event(id)),
        _ => None,
    });
    let own = [Entity::Clause(row.norm.clause)];
    let mut all: Vec<Entity> = row.act.actors.iter().copied().chain(said).chain(times).chain(own).collect();
    all.extend(model.with_members(&row.act.actors));
    let mut next = 0;
    let mut seen: FxHashSet<Entity> = all.iter().copied().collect();
    while let Some(&one) = all.get(next) {
        next += 1;
        let above: Vec<Entity> = match one {
            Entity::Place(id) => {
                let place = model.place(id);
                place
                    .within
                    .iter()
                    .chain(&place.overlaps)
                    .map(|id| Entity::Place(*id))
                    .chain(place.of.map(Entity::Party))
                    .collect()
            }
            Entity::Thing(id) => model.thing(id).within.iter().map(|id| Entity::Thing(*id)).collect(),
            Entity::Party(id) => model.party(id).of.map(Entity::Party).into_iter().collect(),
            _ => Vec::new(),
        };
        all.extend(above.into_iter().filter(|it| seen.insert(*it)));
    }
    seen
}
