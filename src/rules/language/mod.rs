//! Rules that are written as data: `rule` items of the vocabulary, checked once and run over a draft.
//!
//! `model::rule` holds what a rule says. Here its names are settled and its types checked ([`check`](check::compile)) by the
//! table of what a draft holds ([`table`]), it is run ([`evaluate`]), and what it finds is told ([`message`]).

mod check;
mod compare;
mod evaluate;
mod message;
mod plan;
pub mod table;
pub mod types;
pub mod value;
mod world;

use super::{Draft, Rule, read};
use crate::finding::{Finding, Label, Level};
use crate::model::standard::Standard;
use crate::model::{Entity, rule};
use evaluate::{Machine, Spent, Tables};
use plan::{Plan, Pool};
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};
use value::{Item, Truth, Value};
use world::World;

/// The rows of what is found about rules themselves.
pub const RULES: &[Rule] = &[
    read(rule::CODE, Level::Error, "a rule that cannot be used"),
    read(UNDECIDED, Level::Warning, "a rule that gave up"),
];

const UNDECIDED: &str = "undecided/rule";

/// How many places one finding shows at most.
const MOST_PLACES: usize = 8;

/// How many findings one rule makes at most in a draft; by then the rule is what is to be looked at.
const MOST_FINDINGS: usize = 1_000;

/// From how many norms on a second thread is worth its start.
const FEW_NORMS: usize = 500;

static STANDARD: LazyLock<Pool> = LazyLock::new(|| {
    let standard = Standard::embedded();
    check::compile(&standard.vocabulary, &standard.names)
});

/// What is wrong with the rules of the standard library: nothing, unless the program was built wrong.
pub fn mistakes() -> &'static [Finding] {
    &STANDARD.findings
}

/// Runs every rule of the vocabulary.
pub fn look(draft: &Draft, found: &mut Vec<Finding>) {
    let model = draft.model;
    let own;
    let pool = if Arc::ptr_eq(&model.vocabulary, &Standard::embedded().vocabulary) {
        &*STANDARD
    } else {
        own = check::compile(&model.vocabulary, &model.names);
        found.extend(own.findings.iter().cloned());
        &own
    };
    let tables = Tables::new(World::new(*draft), pool);
    let all: Vec<Vec<Finding>> = if model.norms.len() < FEW_NORMS {
        pool.plans.iter().map(|plan| look_for(plan, pool, &tables)).collect()
    } else {
        pool.plans.par_iter().map(|plan| look_for(plan, pool, &tables)).collect()
    };
    found.extend(all.into_iter().flatten());
}

/// What one rule finds.
fn look_for<'m>(plan: &'m Plan, pool: &'m Pool, tables: &Tables<'m>) -> Vec<Finding> {
    let draft = tables.world.draft;
    let size = (draft.model.norms.len() + draft.model.clauses.len()) as u64;
    let steps = draft.effort.steps.max(1) as u64 * 10 + size * 200;
    let mut machine = Machine::new(tables, pool, plan, steps);
    let mut found = Vec::new();
    let outcome = machine.run(&plan.loops, &mut |machine| {
        if machine.test(&plan.expect)? == Truth::No && found.len() < MOST_FINDINGS {
            found.push(finding(plan, machine)?);
        }
        Ok(())
    });
    if outcome == Err(Spent) {
        found.push(gave_up(plan, draft, machine.first()));
    }
    found
}

/// What a rule says of the values that its variables have.
fn finding<'m>(plan: &'m Plan, machine: &mut Machine<'m, '_>) -> Result<Finding, Spent> {
    let mut labels: Vec<Label> = Vec::new();
    for (members, words) in &plan.marks {
        let text = machine.told(words)?;
        for item in machine.members(members)?.items {
            if labels.len() < MOST_PLACES && !labels.iter().any(|known| known.at == item.at) {
                labels.push(Label { at: item.at, text: Cow::Owned(text.clone()), role: "" });
            }
        }
    }
    let first = machine.first();
    let at = labels.first().map(|label| label.at).or(first.map(|item| item.at)).unwrap_or_default();
    let mut finding = Finding::new(Cow::Owned(plan.code.clone()), plan.level, machine.told(&plan.message)?, at);
    if !labels.is_empty() {
        finding.labels = labels;
    }
    if let Some(help) = &plan.help {
        finding.help = Some(machine.told(help)?);
    }
    let draft = machine.world().draft;
    Ok(match first.and_then(|item| clause_of(draft, item)) {
        Some(name) => finding.about(name),
        None => finding,
    })
}

/// The name of the clause or item that a finding is about.
fn clause_of<'m>(draft: Draft<'m>, item: Item<'m>) -> Option<&'m str> {
    match item.value {
        Value::Entity(entity) => Some(draft.model.name(entity)),
        Value::Norm(norm) => Some(draft.model.name(Entity::Clause(draft.model.norm(norm).clause))),
        _ => None,
    }
}

fn gave_up(plan: &Plan, draft: Draft, first: Option<Item>) -> Finding {
    let declared = draft.model.declaration.map(|id| draft.model.instrument(id).item.at);
    let at = declared.or(first.map(|item| item.at)).unwrap_or_default();
    Finding::new(UNDECIDED, Level::Warning, format!("`{}` gave up before it had looked at everything", plan.code), at)
        .saying("not all of this draft was looked at")
        .help(
            "ask with `--effort high`, or let the rule compare fewer values: a condition with `=` or `is` narrows them",
        )
}
