//! Rules that are written as data: `rule` items of the vocabulary, checked once and run over a draft.
//!
//! `model::rule` holds what a rule says. Here its names are settled and its types checked (`check`) by the
//! table of what a draft holds (`table`), it is run (`evaluate`, by tables of `lookup`), and what it finds is told (`message`).

mod check;
mod compare;
mod evaluate;
mod lookup;
mod message;
mod plan;
pub mod reference;
pub mod table;
pub mod types;
pub mod value;
mod world;

use super::{Draft, Rule, read};
use crate::finding::{Finding, Label, Level};
use crate::model::standard::Standard;
use crate::model::{Entity, rule};
use evaluate::{Machine, Spent};
use lookup::Tables;
use plan::{Members, Plan, Pool};
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};
use value::{Item, Value};
use world::World;

/// The rows of what is found about rules themselves.
pub const RULES: &[Rule] = &[
    read(rule::CODE, Level::Error, "a rule that cannot be used"),
    read(EXAMPLE, Level::Error, "an example that does not hold"),
    read(UNDECIDED, Level::Warning, "a rule that gave up"),
];

/// The code of an example that does not show what the page of its code says; `rapporteur test` tries them.
pub const EXAMPLE: &str = "structure/example";

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

/// The rules of a draft, ready to run.
#[derive(Debug)]
pub struct Rules<'m> {
    draft: Draft<'m>,
    /// Those of a draft with a vocabulary of its own.
    own: Option<Pool>,
}

impl<'m> Rules<'m> {
    /// Those of the draft's vocabulary.
    pub fn of(draft: Draft<'m>) -> Self {
        let model = draft.model;
        let is_standard = Arc::ptr_eq(&model.vocabulary, &Standard::embedded().vocabulary);
        Self { draft, own: (!is_standard).then(|| check::compile(&model.vocabulary, &model.names)) }
    }

    /// The same rules, which look no candidates up and try all: what they find has to be the same.
    pub fn trying_all(self) -> Self {
        let model = self.draft.model;
        let mut pool = check::compile(&model.vocabulary, &model.names);
        pool.plans.iter_mut().for_each(Plan::forget_keys);
        Self { own: Some(pool), ..self }
    }

    fn pool(&self) -> &Pool {
        self.own.as_ref().unwrap_or(&STANDARD)
    }

    /// What is wrong with those that cannot run.
    pub fn mistakes(&self) -> &[Finding] {
        &self.pool().findings
    }

    /// Their codes, in the order in which they run.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.pool().plans.iter().map(|plan| plan.code.as_str())
    }

    /// What all of them find.
    pub fn run(&self) -> Vec<Finding> {
        let pool = self.pool();
        let tables = Tables::new(World::new(self.draft), pool);
        let all: Vec<Vec<Finding>> = if self.draft.model.norms.len() < FEW_NORMS {
            pool.plans.iter().map(|plan| look_for(plan, pool, &tables)).collect()
        } else {
            pool.plans.par_iter().map(|plan| look_for(plan, pool, &tables)).collect()
        };
        all.into_iter().flatten().collect()
    }

    /// What one of them finds, with tables of its own; nothing where there is none of that code.
    pub fn run_one(&self, code: &str) -> Vec<Finding> {
        let pool = self.pool();
        let tables = Tables::new(World::new(self.draft), pool);
        let plan = pool.plans.iter().find(|plan| plan.code == code);
        plan.map(|plan| look_for(plan, pool, &tables)).unwrap_or_default()
    }
}

/// Runs every rule of the vocabulary.
pub fn look(draft: &Draft, found: &mut Vec<Finding>) {
    let rules = Rules::of(*draft);
    // What is wrong with the standard library no draft can mend.
    found.extend(rules.own.iter().flat_map(|pool| pool.findings.iter().cloned()));
    found.extend(rules.run());
}

/// What one rule finds.
fn look_for<'m>(plan: &'m Plan, pool: &'m Pool, tables: &Tables<'m>) -> Vec<Finding> {
    let draft = tables.world.draft;
    let size = (draft.model.norms.len() + draft.model.clauses.len()) as u64;
    let steps = draft.effort.steps.max(1) as u64 * 10 + size * 200;
    let mut machine = Machine::new(tables, pool, plan, steps);
    let mut found = Vec::new();
    let outcome = machine.run(&plan.loops, &mut |machine| {
        if machine.fails()? && found.len() < MOST_FINDINGS {
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
        for item in machine.members(members)?.items {
            if labels.len() < MOST_PLACES && !labels.iter().any(|known| known.at == item.at) {
                if let Members::Where(of) = members {
                    machine.put(of.slot, item);
                }
                labels.push(Label { at: item.at, text: Cow::Owned(machine.told(words)?), role: "" });
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
