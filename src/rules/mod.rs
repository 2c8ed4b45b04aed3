//! What is checked: a table a family, each row a code, a level, a title and the function that looks.
//!
//! Rules only read the model. Each has a page in its family's chapter, a Markdown file beside it.

mod acts;
mod ask;
mod loops;

pub mod pages;

mod evidence;
mod lasting;
mod room;

mod texts;
mod together;
mod watched;

pub mod checklists;
pub mod completeness;
pub mod vague;

pub mod structure;

pub mod role;

pub mod time;

pub mod quantity;

pub mod contradiction;

pub mod amounts;
pub mod conditions;
pub mod floors;
pub mod gaps;
pub mod limits;
pub mod precedence;
pub mod repeated;
pub mod sequence;

pub mod binding;

pub mod source;

pub mod language;

use crate::clash::Effort;
use crate::finding::{Finding, Level};
use crate::model::Model;
use crate::source::{Loc, Sources};
use crate::syntax;
use rayon::prelude::*;
use std::time::Duration;

/// One code: what it is called, how bad it is, and who looks for it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// `group/name`
    pub code: &'static str,
    /// How bad a finding of it is unless the draft's checklist says otherwise.
    pub level: Level,
    /// The defect in at most eight words, lower case.
    pub title: &'static str,
    /// The function that looks; absent where [`read`] made the row.
    pub look: Option<fn(&Draft, &mut Report)>,
}

impl Rule {
    /// A finding of this rule at a place.
    pub fn finding(&self, message: impl Into<String>, at: Loc) -> Finding {
        Finding::new(self.code, self.level, message, at)
    }
}

/// What a rule may read.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// What the draft means.
    pub model: &'a Model,
    /// Its texts.
    pub sources: &'a Sources,
    /// How far the search for contradictions goes before it gives up.
    pub effort: Effort,
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub struct Report<'a> {
    rule: &'static Rule,
    found: &'a mut Vec<Finding>,
}

impl Report<'_> {
    /// A finding of this rule at a place, for [`Report::push`].
    pub fn finding(&self, message: impl Into<String>, at: Loc) -> Finding {
        self.rule.finding(message, at)
    }

    /// Takes a finding in.
    pub fn push(&mut self, finding: Finding) {
        self.found.push(finding);
    }
}

/// A row of level error.
pub const fn error(code: &'static str, title: &'static str, look: fn(&Draft, &mut Report)) -> Rule {
    Rule { code, level: Level::Error, title, look: Some(look) }
}

/// A row of level warning.
pub const fn warning(code: &'static str, title: &'static str, look: fn(&Draft, &mut Report)) -> Rule {
    Rule { code, level: Level::Warning, title, look: Some(look) }
}

/// A row of level advice.
pub const fn advice(code: &'static str, title: &'static str, look: fn(&Draft, &mut Report)) -> Rule {
    Rule { code, level: Level::Advice, title, look: Some(look) }
}

/// A row for a code that has no function of its own: found while reading or resolving, or by a pass for several codes.
pub const fn read(code: &'static str, level: Level, title: &'static str) -> Rule {
    Rule { code, level, title, look: None }
}

/// What the reader of texts finds, as rows.
const SYNTAX: [Rule; syntax::TITLES.len()] = {
    let mut rows = [read("", Level::Error, ""); syntax::TITLES.len()];
    let (mut titles, mut at) = (syntax::TITLES, 0);
    while let [first, rest @ ..] = titles
        && at < rows.len()
    {
        rows[at] = read(first.code, first.level, first.title);
        (titles, at) = (rest, at + 1);
    }
    rows
};

/// The families in the order in which they look.
const FAMILIES: &[&[Rule]] = &[
    &SYNTAX,
    structure::RULES,
    role::RULES,
    time::RULES,
    quantity::RULES,
    contradiction::RULES,
    sequence::RULES,
    amounts::RULES,
    limits::RULES,
    floors::RULES,
    conditions::RULES,
    precedence::RULES,
    repeated::RULES,
    gaps::RULES,
    binding::RULES,
    vague::RULES,
    source::RULES,
    language::RULES,
];

/// From how many norms on a second thread is worth its start.
const FEW_NORMS: usize = 500;

/// Every code that is no field and no lexicon of a vocabulary, family by family.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().copied().flatten()
}

/// The row of a code.
pub fn find(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}

/// Lays norms of one act side by side. The table of acts and the calendar are made once for all who read them.
fn compare(draft: &Draft, found: &mut Vec<Finding>) {
    let acts = acts::Acts::new(*draft);
    let mut calendar = crate::clash::Calendar::new(draft.model);
    amounts::look(&acts, &mut calendar, found);
    limits::look(&acts, &mut calendar, found);
    floors::look(&acts, &mut calendar, found);
    conditions::look(&acts, &mut calendar, found);
    precedence::look(&acts, found);
    repeated::look(&acts, found);
    gaps::look(&acts, &mut calendar, found);
}

/// Looks for everything in the draft's own file: what is left out, what is vague, what does not fit, what contradicts.
///
/// No pass knows of another, so that they run side by side; what they find stays in their order, whichever is done first.
pub fn run(draft: &Draft) -> Vec<Finding> {
    let whole = [completeness::look, checklists::look, vague::look, contradiction::look, compare, language::look]
        .map(Pass::Whole);
    let single = all().filter_map(|rule| Some(Pass::Rule(rule, rule.look?)));
    let passes: Vec<Pass> = whole.into_iter().chain(single).collect();
    // A short draft is done before a second thread has begun.
    let found: Vec<Vec<Finding>> = if draft.model.norms.len() < FEW_NORMS {
        passes.iter().map(|pass| pass.run(draft)).collect()
    } else {
        passes.par_iter().with_max_len(1).map(|pass| pass.run(draft)).collect()
    };
    found.into_iter().flatten().collect()
}

/// A pass for several codes at once.
type Look = fn(&Draft, &mut Vec<Finding>);

/// How long each pass over a draft takes, and each rule of its vocabulary, one after the other; the clock says the time since some
/// moment. Tables that several rules share are made anew for each, so that the sum is more than all of them take together.
pub fn costs(draft: &Draft, clock: &mut dyn FnMut() -> Duration) -> Vec<(String, Duration)> {
    let mut costs = Vec::new();
    let mut time = |name: &str, work: &mut dyn FnMut()| {
        let start = clock();
        work();
        costs.push((name.to_owned(), clock().saturating_sub(start)));
    };
    let passes: [(&str, Look); 5] = [
        ("what is left out", completeness::look),
        ("what the checklist requires", checklists::look),
        ("vague words", vague::look),
        ("contradictions", contradiction::look),
        ("acts laid side by side", compare),
    ];
    for (name, look) in passes {
        time(name, &mut || look(draft, &mut Vec::new()));
    }
    for rule in all() {
        if let Some(look) = rule.look {
            time(rule.code, &mut || look(draft, &mut Report { rule, found: &mut Vec::new() }));
        }
    }
    let rules = language::Rules::of(*draft);
    for code in rules.codes() {
        time(code, &mut || drop(rules.run_one(code)));
    }
    costs
}

/// One walk over a draft.
enum Pass {
    /// For many codes at once.
    Whole(Look),
    /// For one.
    Rule(&'static Rule, fn(&Draft, &mut Report)),
}

impl Pass {
    fn run(&self, draft: &Draft) -> Vec<Finding> {
        let mut found = Vec::new();
        match self {
            Pass::Whole(look) => look(draft, &mut found),
            Pass::Rule(rule, look) => look(draft, &mut Report { rule, found: &mut found }),
        }
        found
    }
}
