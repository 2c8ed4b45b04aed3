//! Many clashes with one cause, told as one: a ban that hits hundreds of duties is one mistake.

use super::contradiction::{Teller, bare, permits, ticked_norms, words};
use crate::clash::{Clash, Clashes};
use crate::finding::{Finding, Label, Level};
use crate::model::{Entity, Model, NormId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// So many of a kind are told each for itself.
const FEW: usize = 3;

/// Clauses that are named and shown of many.
const SHOWN: usize = 5;

/// What clashes have in common.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Cause {
    /// The same norms stand against the same sort of norm.
    Against(&'static str, bool, Vec<NormId>),
    /// The same right is cut.
    Right(NormId),
}

/// Clashes as findings, in the order in which the first of each kind is found.
pub(super) fn findings<'a>(tell: &Teller, told: impl Iterator<Item = &'a Clash>) -> Vec<Finding> {
    let model = tell.model;
    let told: Vec<&Clash> = told.collect();
    // What a clause accepts must not hide what others say.
    let accepts = accepting(model);
    let alone = |clash: &Clash| {
        let own = matches!(clash.code, "contradiction/exclusive-role" | "contradiction/exclusive-duties");
        let norms = std::iter::once(clash.duty).chain(clash.against.iter().copied());
        own || norms.into_iter().any(|norm| accepts.contains(&Entity::Clause(model.norm(norm).clause)))
    };
    let mut rights: FxHashMap<NormId, usize> = FxHashMap::default();
    for clash in told.iter().filter(|clash| is_cut(clash)) {
        *rights.entry(clash.duty).or_default() += 1;
    }
    let mut places: FxHashMap<Cause, usize> = FxHashMap::default();
    let mut groups: Vec<(Option<Cause>, Vec<&Clash>)> = Vec::new();
    for clash in told {
        if alone(clash) {
            groups.push((None, vec![clash]));
            continue;
        }
        let often = is_cut(clash) && rights.get(&clash.duty).is_some_and(|&times| times > FEW);
        let cause = if often {
            Cause::Right(clash.duty)
        } else {
            Cause::Against(clash.code, clash.soft, clash.against.clone())
        };
        let place = *places.entry(cause.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push(clash),
            None => groups.push((Some(cause), vec![clash])),
        }
    }
    groups.iter().flat_map(|(cause, group)| of_group(tell, cause.as_ref(), group)).collect()
}

/// Items that accept something.
fn accepting(model: &Model) -> FxHashSet<Entity> {
    model.acceptances.iter().filter_map(|acceptance| acceptance.within).collect()
}

fn is_cut(clash: &Clash) -> bool {
    clash.code == "contradiction/cut-permission"
}

fn of_group(tell: &Teller, cause: Option<&Cause>, group: &[&Clash]) -> Vec<Finding> {
    let each = || group.iter().map(|clash| tell.finding(clash)).collect();
    let (Some(cause), [first, others @ ..]) = (cause, group) else { return each() };
    if group.len() <= FEW {
        return each();
    }
    let model = tell.model;
    let mut finding = tell.finding(first);
    let shown = || others.iter().take(SHOWN - 1);
    let by_right = matches!(cause, Cause::Right(_));
    let norms = |clash: &Clash| if by_right { clash.against.clone() } else { vec![clash.duty] };
    for clash in shown() {
        for norm in norms(clash) {
            let row = model.norm(norm);
            let (text, role) = match (by_right, permits(clash)) {
                (true, _) => ("forbids part of it too".to_owned(), "forbids"),
                (false, true) => (format!("permits it to {}", model.actors_label(row)), "permits"),
                (false, false) => (format!("obliges {} too", model.actors_label(row)), "obliges"),
            };
            finding.labels.push(Label { at: words(row), text: Cow::Owned(text), role });
            finding.clauses.push(model.norm_name(norm));
        }
    }
    finding.also = group.len().saturating_sub(SHOWN);
    finding.minimal = false;
    let named: Vec<NormId> = std::iter::once(first).chain(shown()).flat_map(|clash| norms(clash)).collect();
    let number = group.len();
    let list = listed(model, &named, finding.also);
    let (ban, bans) = (ticked_norms(model, &first.against), first.against.len());
    let name = model.norm_name(first.duty);
    let verb = |singular: &'static str, plural: &'static str| if bans == 1 { singular } else { plural };
    finding.message = match first.code {
        _ if by_right => format!("part of what `{name}` permits, {number} clauses forbid: {list}"),
        "contradiction/cut-permission" => {
            format!("part of what {number} clauses permit, {ban} {}: {list}", verb("forbids", "forbid"))
        }
        "contradiction/empty-permission" => {
            format!("nothing is left of what {number} clauses permit: {ban} {} it: {list}", verb("forbids", "forbid"))
        }
        "contradiction/duty-against-exemption" => {
            format!("{ban} {} from what {number} clauses demand: {list}", verb("releases", "release"))
        }
        "contradiction/trap" => format!(
            "whoever has not acted in time can no longer keep {number} clauses: {ban} {} it: {list}",
            verb("forbids", "forbid")
        ),
        "time/unbounded-prerequisite" => {
            format!("{number} clauses may be due while {ban} still {} them: {list}", verb("forbids", "forbid"))
        }
        _ if first.soft => format!("what {number} clauses want, {ban} {} out: {list}", verb("rules", "rule")),
        _ => format!("what {number} clauses demand, {ban} {}: {list}", verb("forbids", "forbid")),
    };
    finding.help = Some(if by_right {
        format!("say in `{name}` what it gives way to: `subject to {}`, …", bare(model, &first.against))
    } else {
        format!(
            "change {ban}, or say there what goes before it: `except as in {}`, …; or let each of them yield: `subject to {}`",
            bare(model, &[first.duty]),
            bare(model, &first.against)
        )
    });
    finding.fixes.clear();
    vec![finding]
}

/// The first of many by name, and how many more there are.
fn listed(model: &Model, named: &[NormId], more: usize) -> String {
    let names: Vec<String> = named.iter().map(|norm| format!("`{}`", model.norm_name(*norm))).collect();
    match more {
        0 => crate::model::listed(&names, "and"),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// The clauses of which the search does not know whether they can be kept; many that were stopped by the same are one finding.
pub(super) fn undecided(model: &Model, all: &Clashes) -> Vec<Finding> {
    let own = all.undecided.iter().filter(|one| model.clause(model.norm(one.norm).clause).item.own);
    let mut limits: Vec<(&str, Vec<NormId>)> = Vec::new();
    let accepts = accepting(model);
    for one in own {
        let alone = accepts.contains(&Entity::Clause(model.norm(one.norm).clause));
        match limits.iter_mut().find(|(limit, _)| *limit == one.limit) {
            Some((_, norms)) if !alone => norms.push(one.norm),
            _ => limits.push((one.limit, vec![one.norm])),
        }
    }
    let mut found = Vec::new();
    for (limit, norms) in limits {
        let finding = |message: String, norm: NormId| {
            Finding::new("undecided/contradiction", Level::Warning, message, words(model.norm(norm)))
                .saying("not judged to the end")
                .help("check it by hand, or check again with `--effort high`")
                .about(model.name(Entity::Clause(model.norm(norm).clause)))
        };
        match norms.as_slice() {
            [first, others @ ..] if norms.len() > FEW => {
                let named: Vec<NormId> = norms.iter().copied().take(SHOWN).collect();
                let also = norms.len().saturating_sub(SHOWN);
                let list = listed(model, &named, also);
                let message = format!("whether {} clauses can be kept is not known: {limit}: {list}", norms.len());
                let mut one = finding(message, *first);
                for &norm in others.iter().take(SHOWN - 1) {
                    one = one.label(words(model.norm(norm)), "nor this");
                }
                found.push(Finding { also, ..one });
            }
            few => found.extend(few.iter().map(|&norm| {
                let name = model.norm_name(norm);
                finding(format!("whether `{name}` can be kept is not known: {limit}"), norm)
            })),
        }
    }
    found
}
