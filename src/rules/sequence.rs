//! Sequence in a drafter's words: deadlines that are over before the act can be done, and clauses that wait for each other.

use super::ask::add;
use super::contradiction::{Count, Teller, words};
use super::time::later;
use super::{Rule, read};
use crate::clash::{Chain, Clashes, Deadlock, Ended, Hop, Node, Outlasting, PointOf, Unbounded, Wait};
use crate::finding::{Finding, Label, Level};
use crate::model::time::{Anchor, Time, TimePhraseKind};
use crate::model::{Entity, Model, NormId, PhaseId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// The rows of this family.
pub const RULES: &[Rule] = &[
    read("time/impossible-deadline", Level::Error, "a deadline that is over too soon"),
    read("time/impossible-order", Level::Error, "events that cannot come in this order"),
    read("time/deadlock", Level::Error, "clauses that wait for each other"),
    read("time/never", Level::Error, "a clause that can never apply"),
    read("time/outside-phase", Level::Error, "a deadline beyond its own phase"),
    read("time/ends-before-duty", Level::Error, "a duty after its body has ended"),
    read("time/soft-deadlock", Level::Warning, "clauses that may wait for each other"),
];

/// Stations of a circle that are named and shown.
const MOST_STATIONS: usize = 6;

/// Tells what of the chains and circles of a draft concerns the file under check.
pub(super) fn tell(model: &Model, all: &Clashes, found: &mut Vec<Finding>) {
    let tell = Teller { model, scale: all.scale };
    // A phase that ends before it starts is told where it is declared, and not for each duty in it.
    let in_order = |chain: &&Chain| !chain.norm.is_some_and(|norm| is_in_no_time(model, norm));
    found.extend(all.chains.iter().filter(in_order).filter_map(|chain| tell.chain(chain)));
    // What is too late even where all comes as early as it can needs no second finding that it may come later.
    let impossible: FxHashSet<NormId> = all.chains.iter().filter_map(|chain| chain.norm).collect();
    let unbounded = all.unbounded.iter().filter(|it| !impossible.contains(&it.norm));
    found.extend(unbounded.filter_map(|it| tell.unbounded(it)));
    tell.all_outlasting(&all.outlasting, found);
    found.extend(all.never.iter().filter_map(|norm| never(model, *norm)));
    found.extend(all.deadlocks.iter().filter_map(|deadlock| circle(model, deadlock)));
}

/// Whether a norm is to be kept in a phase that ends before it starts.
fn is_in_no_time(model: &Model, norm: NormId) -> bool {
    model.norm(norm).times.iter().any(|phrase| {
        let TimePhraseKind::During(Time { anchor: Anchor::Phase(id, _), .. }) = &phrase.kind else { return false };
        let phase = model.phase(*id);
        let both = phase.from.as_ref().zip(phase.until.as_ref());
        both.is_some_and(|(from, until)| later(from, until))
    })
}

impl Teller<'_> {
    fn chain(&self, chain: &Chain) -> Option<Finding> {
        let model = self.model;
        let count = Count::From(0);
        let mut finding = match chain.norm {
            Some(id) => {
                let norm = model.norm(id);
                let clause = model.clause(norm.clause);
                if !clause.item.own {
                    return None;
                }
                let (name, short) = (model.norm_name(id), self.ticks(chain.short));
                let message = format!("`{name}` cannot be done in time: it is {short} short");
                let (least, most) = chain.sums();
                let from = chain.hops.first().and_then(|hop| hop.from).map(|point| self.point(point));
                let from = from.filter(|_| chain.hops.len() > 1);
                let help = match from {
                    Some(from) if least > 0 && most >= 0 => format!(
                        "counted from {from}, it takes {} at least, and there are {}: give it {short} more, or shorten what comes before",
                        self.ticks(least),
                        self.ticks(most)
                    ),
                    _ => format!("give it {short} more, or let what it waits for come sooner"),
                };
                Finding::new("time/impossible-deadline", Level::Error, message, words(norm))
                    .saying("due before it can be done")
                    .help(help)
                    .about(model.name(Entity::Clause(norm.clause)))
            }
            None => {
                let at = chain.hops.iter().find_map(|hop| hop.at)?;
                let names: Vec<String> =
                    chain.hops.iter().filter_map(|hop| hop.from).map(|point| self.point(point)).collect();
                let message =
                    format!("these cannot come in the order that is wanted: {}", crate::model::listed(&names, "and"));
                let help = format!("the times add up to {} too much: change one of them", self.ticks(chain.short));
                Finding::new("time/impossible-order", Level::Error, message, at).help(help)
            }
        };
        for hop in &chain.hops {
            let Some(at) = hop.at else { continue };
            let text = self.hop(hop, count);
            match finding.labels.first_mut() {
                Some(first) if first.at == at && first.text.is_empty() => first.text = Cow::Owned(text),
                _ => finding.labels.push(Label { at, text: Cow::Owned(text), role: "orders" }),
            }
        }
        Some(finding)
    }

    fn unbounded(&self, it: &Unbounded) -> Option<Finding> {
        let model = self.model;
        let norm = model.norm(it.norm);
        if !model.clause(norm.clause).item.own {
            return None;
        }
        let (name, event) = (model.norm_name(it.norm), self.point(it.point));
        let message = format!("the deadline of `{name}` can pass before what it waits for comes: {event}");
        let finding = Finding::new("time/unbounded-prerequisite", Level::Warning, message, it.wait_at)
            .saying("nothing says by when this comes")
            .label(it.due_at, "and by then it is due")
            .help(format!(
                "say by when it comes at the latest, or count the deadline from it: `within 30 days of …` ({event})"
            ))
            .about(model.name(Entity::Clause(norm.clause)));
        Some(finding)
    }

    /// A phase that ends before several of its duties is told once: it is one number that has to change.
    fn all_outlasting(&self, all: &[Outlasting], found: &mut Vec<Finding>) {
        let mut told: FxHashMap<PhaseId, (usize, NormId, usize)> = FxHashMap::default();
        for it in all {
            let Some(finding) = self.outlasting(it) else { continue };
            if let Ended::Phase(phase) = it.ended {
                if let Some((at, _, more)) = told.get_mut(&phase) {
                    *more += 1;
                    found.get_mut(*at).into_iter().for_each(|first| add(first, it.due_at, "and so is this"));
                    continue;
                }
                told.insert(phase, (found.len(), it.norm, 0));
            }
            found.push(finding);
        }
        for (phase, (at, first, more)) in told.into_iter().filter(|(_, (_, _, more))| *more > 0) {
            let (name, phase) = (self.model.norm_name(first), self.model.name(Entity::Phase(phase)));
            let others = if more == 1 { "one more duty".to_owned() } else { format!("{more} more duties") };
            let message =
                format!("`{name}` and {others} are due after `{phase}`, in which they are to be done, has ended");
            found.get_mut(at).into_iter().for_each(|finding| finding.message = message.clone());
        }
    }

    fn outlasting(&self, it: &Outlasting) -> Option<Finding> {
        let model = self.model;
        let norm = model.norm(it.norm);
        let clause = model.clause(norm.clause);
        if !clause.item.own {
            return None;
        }
        let (name, by) = (model.norm_name(it.norm), self.ticks(it.by));
        let (code, what, help) = match it.ended {
            Ended::Phase(id) => {
                let phase = model.name(Entity::Phase(id));
                let help = format!(
                    "let the act be due before `{phase}` ends, let `{phase}` last longer, or say in which phase it belongs"
                );
                (
                    "time/outside-phase",
                    format!("`{name}` is due {by} after `{phase}`, in which it is to be done, has ended"),
                    help,
                )
            }
            Ended::Clause(id) => {
                let body = model.name(Entity::Clause(id));
                let help = format!("let `{body}` last as long as the duty, or say who takes the duty over");
                ("time/ends-before-duty", format!("`{body}` ends {by} before the duty in `{name}` does"), help)
            }
        };
        let ends = match it.ended {
            Ended::Phase(id) => format!("`{}` ends before", model.name(Entity::Phase(id))),
            Ended::Clause(id) => format!("`{}` ends here", model.name(Entity::Clause(id))),
        };
        let finding = Finding::new(code, Level::Error, what, it.due_at)
            .saying("later than that")
            .label(it.end_at, ends)
            .help(help)
            .about(model.name(Entity::Clause(norm.clause)));
        Some(match it.ended {
            Ended::Phase(id) => finding.label(model.item(Entity::Phase(id)).at, "the phase"),
            Ended::Clause(_) => finding,
        })
    }

    /// One hop in words: `Ratification comes 40 days after Ceasefire or later`.
    fn hop(&self, hop: &Hop, count: Count) -> String {
        let name = |point: Option<PointOf>| point.map_or_else(|| "this".to_owned(), |point| self.point(point));
        let (from, to) = (name(hop.from), name(hop.to));
        let dated = |point: Option<PointOf>| matches!(point, Some(PointOf::Origin)) && self.scale.epoch.is_some();
        let count = if self.scale.epoch.is_some() { Count::Dates } else { count };
        match hop.ticks {
            ticks if dated(hop.from) => format!("{to}: not before {}", self.day(ticks, count)),
            ticks if dated(hop.to) => format!("{from}: {} at the latest", self.day(-ticks, count)),
            0 if hop.to.is_none() => format!("not before {from}"),
            0 if hop.from.is_none() => format!("by {to} at the latest"),
            0 => format!("{to} comes after {from}"),
            ticks if ticks > 0 && hop.to.is_none() => format!("at least {} after {from}", self.ticks(ticks)),
            ticks if ticks > 0 => format!("{to} comes at least {} after {from}", self.ticks(ticks)),
            ticks if hop.from.is_none() => format!("at most {} after {to}", self.ticks(-ticks)),
            ticks => format!("{from} comes at most {} after {to}", self.ticks(-ticks)),
        }
    }
}

fn never(model: &Model, id: NormId) -> Option<Finding> {
    let norm = model.norm(id);
    let clause = model.clause(norm.clause);
    let first = norm.guard.first().filter(|_| clause.item.own)?;
    let name = model.norm_name(id);
    let finding = Finding::new("time/never", Level::Error, format!("`{name}` can never apply"), first.at)
        .saying("this cannot be true when the rest is")
        .label(words(norm), "so this is never owed and never allowed")
        .help("change the condition, or strike the clause")
        .about(model.name(Entity::Clause(norm.clause)));
    Some(norm.guard.iter().skip(1).fold(finding, |finding, guard| finding.label(guard.at, "nor this")))
}

fn circle(model: &Model, deadlock: &Deadlock) -> Option<Finding> {
    let own = |node: Node| match node {
        Node::Event(id) => model.event(id).item.own,
        Node::Norm(id) => model.clause(model.norm(id).clause).item.own,
        Node::Clause(id) => model.clause(id).item.own,
    };
    if !deadlock.waits.iter().any(|wait| own(wait.from)) {
        return None;
    }
    let name = |node: Node| match node {
        Node::Event(id) => format!("\"{}\"", model.label(Entity::Event(id))),
        Node::Norm(id) => format!("`{}`", model.norm_name(id)),
        Node::Clause(id) => format!("`{}`", model.name(Entity::Clause(id))),
    };
    // A clause waits for its own duties: one hop less to read.
    let mut waits: Vec<Wait> = Vec::new();
    for wait in &deadlock.waits {
        match waits.last_mut() {
            Some(last) if matches!(wait.from, Node::Clause(_)) => last.to = wait.to,
            _ => waits.push(*wait),
        }
    }
    if let [Wait { from: Node::Clause(_), .. }, .., last] = waits.as_mut_slice() {
        let to = deadlock.waits.first()?.to;
        last.to = to;
        waits.remove(0);
    }
    let first = waits.first()?;
    let names: Vec<String> = waits.iter().map(|wait| name(wait.from)).collect();
    // A long circle is told by its first stations.
    let around = match names.get(MOST_STATIONS..) {
        Some(rest @ [_, ..]) => {
            let first = names.get(..MOST_STATIONS).unwrap_or_default();
            format!("{} and {} others", first.join(", "), rest.len())
        }
        _ => crate::model::listed(&names, "and"),
    };
    let (code, level, message) = if deadlock.soft {
        (
            "time/soft-deadlock",
            Level::Warning,
            format!("{around} may wait for each other: nothing says which comes first"),
        )
    } else {
        ("time/deadlock", Level::Error, format!("{around} wait for each other, so none can ever come first"))
    };
    let mut finding = Finding::new(code, level, message, first.at)
        .help("say which of them comes first without waiting, or give one a date of its own");
    finding.labels.clear();
    for wait in waits.iter().take(MOST_STATIONS) {
        let text = format!("{} waits for {}", name(wait.from), name(wait.to));
        finding.labels.push(Label { at: wait.at, text: Cow::Owned(text), role: "orders" });
    }
    finding.clause = deadlock.waits.iter().find_map(|wait| match wait.from {
        Node::Norm(id) => Some(model.name(Entity::Clause(model.norm(id).clause)).to_owned()),
        _ => None,
    });
    finding.clauses = deadlock
        .waits
        .iter()
        .filter_map(|wait| match wait.from {
            Node::Norm(id) => Some(model.norm_name(id)),
            _ => None,
        })
        .collect();
    Some(finding)
}
