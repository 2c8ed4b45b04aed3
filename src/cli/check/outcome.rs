//! Drafts in, findings out: each input read and checked with the settings that hold for it.

use super::Args;
use super::Wanted;
use super::progress::Progress;
use crate::cli::Failure;
use crate::cli::disk::Disk;
use crate::cli::inputs::{self, Input, Inputs};
use crate::cli::known::known_checklist;
use crate::cli::settings::{Asked, Settings};
use crate::cli::streams;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::entity::Item;
use crate::model::standard::Standard;
use crate::policy::is_unacceptable;
use crate::render::Draft;
use crate::rules::pages::{self, Page};
use crate::source::{FileId, Sources};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

/// A draft that has been read, without what only the rules needed.
pub struct Outcome {
    /// Where it came from.
    pub input: Input,
    /// What holds for it.
    pub settings: Settings,
    /// Its texts.
    pub sources: Sources,
    /// What is found in it.
    pub findings: Vec<Finding>,
    /// How many clauses it has.
    pub clauses: usize,
    /// For formats that ask for its clauses; else without them.
    pub draft: Draft,
    /// The pages of codes that only its own vocabulary knows, for formats that ask for them.
    pub pages: Vec<Page<'static>>,
    /// How long each station took.
    pub timings: Vec<(&'static str, Duration)>,
}

/// Checks all inputs, several at a time, and gives what is found in their order; what could not be read is added to the failures.
pub fn all(inputs: &mut Inputs, args: &Args, asked: &Asked) -> Result<Vec<Outcome>, Failure> {
    let configs = &inputs.configs;
    let progress = Progress::on_terminal(inputs.found.len(), args.quiet);
    let one = |input: &Input, part_with: fn(Model)| {
        let outcome = check_one(input, args, Settings::of(input, asked, configs), part_with);
        progress.step();
        outcome
    };
    let outcomes: Vec<Result<Option<Outcome>, Failure>> = match inputs.found.as_slice() {
        // Starting the other threads takes longer than most drafts. And the process ends soon: to give the memory of a large
        // model back piece by piece would only keep the user waiting.
        [only] => vec![one(only, if args.watch { drop } else { std::mem::forget })],
        several => several.par_iter().map(|input| one(input, drop)).collect(),
    };
    drop(progress);
    let mut drafts = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        match outcome {
            Ok(draft) => drafts.extend(draft),
            Err(failure @ Failure::Usage(_)) => return Err(failure),
            Err(failure) => inputs.failures.push(failure),
        }
    }
    say_once(&mut drafts);
    Ok(drafts)
}

/// Says how long each rule takes over a draft.
fn tell_costs(name: &str, draft: &crate::rules::Draft) {
    let started = Instant::now();
    let mut costs = crate::rules::costs(draft, &mut || started.elapsed());
    costs.sort_by_key(|(_, took)| std::cmp::Reverse(*took));
    let mut text = format!("{name}: time of each rule by itself\n");
    for (rule, took) in costs {
        text.push_str(&format!("{:>10.3} ms  {rule}\n", took.as_secs_f64() * 1e3));
    }
    streams::note(&text);
}

/// Reads and checks one draft; `part_with` takes the model, of which the findings need no more.
fn check_one(input: &Input, args: &Args, settings: Settings, part_with: fn(Model)) -> Result<Option<Outcome>, Failure> {
    match inputs::read(input)? {
        Some(text) => checked(input, text, args, settings, part_with).map(Some),
        None => Ok(None),
    }
}

/// Checks a text as the draft of an input.
pub fn checked(
    input: &Input,
    text: String,
    args: &Args,
    settings: Settings,
    part_with: fn(Model),
) -> Result<Outcome, Failure> {
    let disk = Disk::of(input.path.as_deref());
    let (mut timings, mut last) = (Vec::new(), Instant::now());
    let mut left = |station| {
        timings.push((station, last.elapsed()));
        last = Instant::now();
    };
    let checked = crate::check_observed(Path::new(&input.name), text, &disk, &settings.options, &mut left);
    if let Some(name) = &args.checklist {
        known_checklist(name, &checked.model.vocabulary, &checked.model.names)?;
    }
    let clauses = checked.own_clauses();
    let mut draft = Draft { file: input.name.clone(), clauses: Vec::new(), fails: settings.fail_on.level() };
    if args.formats().any(|format| format == Wanted::Junit) {
        let own = checked.model.clauses.iter().map(|clause| &clause.item).filter(|item| item.own);
        let line = |item: &Item| checked.sources.file(item.whole.file).position(item.whole.span.start).line;
        draft.clauses = own.map(|item| (checked.model.text(item.name).to_owned(), line(item))).collect();
    }
    let wants_pages = args.formats().any(|format| format == Wanted::Sarif);
    let pages = if wants_pages { own_pages(&checked.findings, &checked.model) } else { Vec::new() };
    if args.timings {
        tell_costs(
            &input.name,
            &crate::rules::Draft { model: &checked.model, sources: &checked.sources, effort: settings.options.effort },
        );
    }
    part_with(checked.model);
    let (sources, findings) = (checked.sources, checked.findings);
    Ok(Outcome { input: input.clone(), settings, sources, findings, clauses, draft, pages, timings })
}

/// The pages of what was found by the draft's own vocabulary.
fn own_pages(findings: &[Finding], model: &Model) -> Vec<Page<'static>> {
    let Standard { vocabulary, names, .. } = Standard::embedded();
    let codes: BTreeSet<&str> = findings.iter().map(|finding| &*finding.code).collect();
    let own = codes.into_iter().filter(|code| pages::page(vocabulary, names, code).is_none());
    own.filter_map(|code| pages::page(&model.vocabulary, &model.names, code)).map(Page::owned).collect()
}

/// What several drafts import is reported with the first of them only.
fn say_once(drafts: &mut [Outcome]) {
    if drafts.len() == 1 {
        return;
    }
    let mut shared = rustc_hash::FxHashSet::default();
    for Outcome { sources, findings, .. } in drafts {
        findings.retain(|finding| {
            let at = finding.at();
            // Only files that others can import need to be looked up again.
            (at.file == FileId::default() && !is_unacceptable(&finding.code))
                || shared.insert((
                    sources.file(at.file).path().to_owned(),
                    at.span,
                    finding.code.clone(),
                    finding.message.clone(),
                ))
        });
    }
}
