//! Which findings count, and how much: levels of the checklist, acceptances, order.
//!
//! Looks for nothing itself but acceptances that do no good.

pub mod baseline;
pub mod edits;
pub mod identity;

use crate::clash::Effort;
use crate::finding::{Edit, Finding, Fix, Level};
use crate::model::vocabulary::{Checklist, Vocabulary};
use crate::model::{Acceptance, Entity, Model, Names, Symbol, clause};
use crate::source::{FileId, Loc, Span};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::path::PathBuf;

/// What the caller decides.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day on which acceptances are judged; without it none has expired.
    pub today: Option<Date>,
    /// The checklist to read with, whatever the draft says.
    pub checklist: Option<String>,
    /// The checklist to read with where the draft names none.
    pub usual_checklist: Option<String>,
    /// Levels that outdo those of any checklist, by code, group or name; none switches off. Of two that fit equally well the
    /// later one counts.
    pub levels: Vec<(String, Option<Level>)>,
    /// Libraries that the draft takes over without naming them.
    pub libraries: Vec<PathBuf>,
    /// How far the search for contradictions goes before it gives up.
    pub effort: Effort,
}

/// Whether findings of a code are about a text that cannot be read or names nothing: no drafter can stand by those.
pub fn is_unacceptable(code: &str) -> bool {
    code == "syntax"
        || code.starts_with("syntax/")
        || code.starts_with("structure/undefined-")
        || code.starts_with("structure/import-")
        || code == crate::model::rule::CODE
        || OWN.contains(&code)
}

/// Whether a finding of this code says that a search gave up.
pub fn is_undecided(code: &str) -> bool {
    code.split_once('/').is_some_and(|(group, _)| group == "undecided")
}

const UNUSED: &str = "structure/unused-acceptance";
const EXPIRED: &str = "structure/expired-acceptance";
const UNACCEPTABLE: &str = "structure/unacceptable";
/// The group of what a checklist requires and a text does not have.
const PROVISION: &str = "provision";
/// The checklist of every text.
const BASE: &str = "base";
/// What is found about the very words that it underlines: they are not yet what they are to be.
const UNREAD_WORDS: &[&str] = &[
    "syntax/date-form",
    "syntax/digit-grouping",
    "syntax/minus-spacing",
    "syntax/name-with-space",
    "syntax/number-form",
    "syntax/reserved-name",
    "syntax/stray-character",
    "syntax/typographic-dash",
    "syntax/underscore-in-name",
    "syntax/unquoted-words",
];
/// The codes that are found here.
const OWN: &[&str] = &[UNUSED, EXPIRED, UNACCEPTABLE];

/// Judges all findings of one draft, whose own file is `draft`: takes away what does not count, sets levels, marks what is
/// accepted, sorts, and leaves each once.
pub fn apply(model: &Model, draft: FileId, found: Vec<Finding>, options: &Options) -> Vec<Finding> {
    let mut findings = found;
    findings.retain(|finding| counts(finding, draft));
    say_once(&mut findings);
    findings.iter_mut().for_each(on_one_line);
    let usual = || options.usual_checklist.as_deref();
    let checklist = options.checklist.as_deref().or_else(|| named(model)).or_else(usual).unwrap_or(BASE);
    let levels = Levels::new(&model.vocabulary, &model.names, checklist).outdone_by(&options.levels);
    accept(model, draft, &levels, &mut findings, options.today);
    levels.set(&mut findings);
    findings.sort_by(|a, b| key(a).cmp(&key(b)));
    // The same place can be found twice on two ways; what differs in a label only is not the same.
    findings.dedup_by(|later, earlier| {
        later.code == earlier.code && later.message == earlier.message && later.labels == earlier.labels
    });
    findings
}

/// Of words that could not be read as they stand only that is said: what a date in another order would mean, or which of
/// three words in a row is no name, is known when it is mended.
fn say_once(findings: &mut Vec<Finding>) {
    let unread = |finding: &&Finding| UNREAD_WORDS.contains(&&*finding.code);
    let mut places: Vec<Loc> = findings.iter().filter(unread).map(Finding::at).collect();
    places.sort_unstable();
    findings.retain(|finding| {
        let at = finding.at();
        let until = places.partition_point(|place| (place.file, place.span.start) <= (at.file, at.span.start));
        let around = until.checked_sub(1).and_then(|last| places.get(last));
        finding.group() == "syntax"
            || !around.is_some_and(|place| place.file == at.file && place.span.contains(at.span))
    });
}

/// A message quotes the draft, whose words may stand far apart or on two lines; the message is one sentence all the same.
fn on_one_line(finding: &mut Finding) {
    if finding.message.contains("  ") || finding.message.contains(['\n', '\t']) {
        finding.message = finding.message.split_whitespace().collect::<Vec<_>>().join(" ");
    }
}

/// The order in which findings are shown.
fn key(finding: &Finding) -> (Loc, Reverse<Level>, &str, &str) {
    (finding.at(), Reverse(finding.level), &finding.code, &finding.message)
}

/// Whether a finding is the draft's business: everything in its own file, and of what it imports only what keeps the draft
/// from being read.
fn counts(finding: &Finding, draft: FileId) -> bool {
    let here = finding.labels.iter().any(|label| label.at.file == draft);
    here || (finding.at().file != FileId::STANDARD && is_unacceptable(&finding.code))
}

// ---------------------------------------------------------------------------------------------------- acceptances

/// Findings about several clauses that each of them has to accept: whoever accepts a contradiction in one clause has not yet
/// said that the other may be broken.
const BY_EACH: &[&str] = &["contradiction/duty-against-ban"];

/// Where acceptances hold.
struct Reach<'a> {
    /// In the declaration or its checklists: for the whole draft.
    draft: Vec<usize>,
    /// By the name of the item.
    names: FxHashMap<&'a str, Vec<usize>>,
    /// By the place of the item, sorted; items do not overlap.
    places: Vec<(Loc, usize)>,
}

/// Marks accepted findings, and adds findings about acceptances that hide nothing, are past their date, or name what
/// cannot be accepted.
fn accept(model: &Model, draft: FileId, levels: &Levels, findings: &mut Vec<Finding>, today: Option<Date>) {
    let own = |acceptance: &&Acceptance| acceptance.at.file == draft;
    let mut acceptances: Vec<&Acceptance> = model.acceptances.iter().filter(own).collect();
    // Behind those of the draft stand those of its checklists, which serve other texts too: that one of them is of no use
    // here says nothing.
    let in_draft = acceptances.len();
    acceptances.extend(levels.chain().iter().flat_map(|checklist| &checklist.acceptances));
    if acceptances.is_empty() {
        return;
    }
    let expired =
        |acceptance: &Acceptance| matches!((acceptance.until, today), (Some(until), Some(today)) if until < today);
    let reach = reach(model, &acceptances, |acceptance| !expired(acceptance));
    let mut used: FxHashSet<(usize, usize)> = FxHashSet::default();
    for finding in findings.iter_mut().filter(|finding| !is_unacceptable(&finding.code)) {
        let by_each = BY_EACH.contains(&&*finding.code);
        let mut lacking = if by_each { clauses_of(model, finding) } else { Vec::new() };
        let mut reason = None;
        for index in candidates(&reach, finding) {
            let Some(acceptance) = acceptances.get(index) else { continue };
            // Where each clause has to accept, one acceptance for all is none.
            if by_each && reach.draft.contains(&index) {
                continue;
            }
            let named = acceptance.codes.iter().enumerate();
            for (nth, _) in named.filter(|(_, (code, _))| covers(code, &finding.code)) {
                used.insert((index, nth));
                lacking.retain(|clause| acceptance.within.is_none_or(|within| model.name(within) != clause));
                reason.get_or_insert(acceptance.because.as_deref().unwrap_or("the draft says so"));
            }
        }
        match reason {
            Some(reason) if lacking.is_empty() => finding.accepted = Some(reason.to_owned()),
            Some(_) => {
                let clauses: Vec<String> = lacking.iter().map(|clause| format!("`{clause}`")).collect();
                let more = format!("to accept it, {} has to accept it too", crate::model::listed(&clauses, "and"));
                finding.help = Some(finding.help.take().map_or(more.clone(), |help| format!("{help}\n{more}")));
            }
            None => {}
        }
    }
    // Where a part of the text could not be read, nothing can be said of what an acceptance would hide.
    let unread = findings.iter().any(|finding| finding.group() == "syntax" && finding.at().file == draft);
    for (index, acceptance) in acceptances.iter().enumerate() {
        let about = |finding: Finding| match acceptance.within {
            Some(entity) => finding.about(model.name(entity)),
            None => finding,
        };
        if expired(acceptance) {
            let until = acceptance.until.map(|date| date.to_string()).unwrap_or_default();
            let finding =
                Finding::new(EXPIRED, Level::Warning, format!("an acceptance ended on {until}"), acceptance.at)
                    .saying("no longer hides anything")
                    .help("settle what it hid, or give it a later date: `until …`")
                    .fix("take it out", false, acceptance.at, "");
            findings.push(about(finding));
            continue;
        }
        for (nth, (code, at)) in acceptance.codes.iter().enumerate() {
            if is_unacceptable(code) {
                let message = format!("`{code}` cannot be accepted");
                let finding = Finding::new(UNACCEPTABLE, Level::Error, message, *at)
                    .saying("this keeps the text from being read")
                    .help("correct the text where it is reported, and take this acceptance out");
                findings.push(about(finding));
            } else if index < in_draft && !unread && !used.contains(&(index, nth)) {
                let fix = Fix { title: "take it out".to_owned(), safe: true, edits: vec![without(acceptance, nth)] };
                let mut finding = unused(code, *at);
                finding.fixes.push(fix);
                findings.push(about(finding));
            }
        }
    }
}

/// The clauses of the draft itself that a finding sets against each other, by name.
fn clauses_of(model: &Model, finding: &Finding) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for norm in &finding.clauses {
        let name = norm.split('(').next().unwrap_or(norm);
        let own = model.clauses.iter().any(|clause| clause.item.own && model.text(clause.item.name) == name);
        if own && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// An acceptance without its nth code; nothing of it where it has no other.
fn without(acceptance: &Acceptance, nth: usize) -> Edit {
    let place = |nth: usize| acceptance.codes.get(nth).map(|(_, at)| at.span);
    let span = match (nth.checked_sub(1).and_then(place), place(nth), place(nth + 1)) {
        (Some(before), Some(this), _) => Span::new(before.end, this.end),
        (None, Some(this), Some(next)) => Span::new(this.start, next.start),
        _ => acceptance.at.span,
    };
    Edit { at: Loc { span, ..acceptance.at }, text: String::new() }
}

fn unused(code: &str, at: Loc) -> Finding {
    if BY_EACH.iter().any(|each| covers(code, each)) {
        return Finding::new(UNUSED, Level::Warning, format!("nothing of `{code}` is left to accept"), at)
            .saying("hides nothing here")
            .help("take it out; a contradiction is accepted in every clause that takes part in it, not in the declaration");
    }
    Finding::new(UNUSED, Level::Warning, format!("nothing of `{code}` is left to accept"), at)
        .saying("hides nothing here")
        .help("take it out, or correct the code; an acceptance holds for the clause it stands in, one in the declaration for all")
}

fn reach<'a>(model: &'a Model, acceptances: &[&'a Acceptance], holds: impl Fn(&Acceptance) -> bool) -> Reach<'a> {
    let mut reach = Reach { draft: Vec::new(), names: FxHashMap::default(), places: Vec::new() };
    for (index, acceptance) in acceptances.iter().enumerate().filter(|(_, acceptance)| holds(acceptance)) {
        match acceptance.within {
            None => reach.draft.push(index),
            Some(Entity::Instrument(id)) if model.declaration == Some(id) => reach.draft.push(index),
            Some(entity) => {
                reach.names.entry(model.name(entity)).or_default().push(index);
                reach.places.push((model.item(entity).whole, index));
            }
        }
    }
    reach.places.sort();
    reach
}

/// The acceptances that hold where a finding is.
fn candidates(reach: &Reach, finding: &Finding) -> Vec<usize> {
    let mut found = reach.draft.clone();
    if let Some(named) = finding.clause.as_deref().and_then(|clause| reach.names.get(clause)) {
        found.extend(named);
    }
    for label in &finding.labels {
        let at = label.at;
        let begun = |place: &Loc| (place.file, place.span.start) <= (at.file, at.span.start);
        let until = reach.places.partition_point(|(place, _)| begun(place));
        let around = reach.places.iter().take(until).rev();
        let holding = around.take_while(|(place, _)| place.file == at.file && place.span.contains(at.span));
        found.extend(holding.map(|&(_, index)| index));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether what an acceptance or a checklist names is this code: itself, its group, or its name alone.
fn covers(named: &str, code: &str) -> bool {
    named == code || code.split_once('/').is_some_and(|(group, name)| named == group || named == name)
}

// --------------------------------------------------------------------------------------------------------- levels

/// The checklists that hold for a draft, the most special one first.
#[derive(Debug)]
pub struct Levels<'a> {
    /// Levels that outdo the checklists.
    own: &'a [(String, Option<Level>)],
    names: &'a Names,
    chain: Vec<&'a Checklist>,
}

impl<'a> Levels<'a> {
    /// The checklist of that name with all it builds on; the base checklist where there is none of that name.
    pub fn new(vocabulary: &'a Vocabulary, names: &'a Names, wanted: &str) -> Self {
        let find = |name: &str| vocabulary.checklists.iter().rfind(|checklist| names.text(checklist.name) == name);
        let mut chain: Vec<&Checklist> = Vec::new();
        let mut next = find(wanted).or_else(|| find(BASE));
        while let Some(checklist) = next {
            if chain.iter().any(|known| known.name == checklist.name) {
                break;
            }
            chain.push(checklist);
            next = checklist.extends.and_then(|name| find(names.text(name)));
        }
        Self { names, own: &[], chain }
    }

    /// How bad a finding of a code is that has this level by itself; nothing where it is switched off.
    pub fn level(&self, code: &str, own: Option<Level>) -> Option<Level> {
        if is_unacceptable(code) { own } else { self.of(code).unwrap_or(own) }
    }

    /// The same, with levels that outdo the checklists.
    pub fn outdone_by(self, own: &'a [(String, Option<Level>)]) -> Self {
        Self { own, ..self }
    }

    /// The checklists themselves, the most special one first.
    pub fn chain(&self) -> &[&'a Checklist] {
        &self.chain
    }

    /// What is said of a code: nothing, that it is off, or its level.
    fn of(&self, code: &str) -> Option<Option<Level>> {
        let own = || said(self.own.iter().map(|(named, level)| (named.as_str(), *level)), code);
        let in_list =
            |checklist: &&Checklist| said(checklist.levels.iter().map(|(named, level, _)| (&**named, *level)), code);
        if self.asks_too_much(code) {
            return Some(None);
        }
        own().or_else(|| self.chain.iter().find_map(in_list))
    }

    /// The kinds of provision that these checklists require, each once.
    pub fn required(&self) -> impl Iterator<Item = Symbol> {
        let mut seen = FxHashSet::default();
        self.chain.iter().flat_map(|checklist| &checklist.requires).copied().filter(move |kind| seen.insert(*kind))
    }

    /// Whether a finding of this code asks for a provision that none of these checklists requires.
    fn asks_too_much(&self, code: &str) -> bool {
        let kind = code.strip_prefix(PROVISION).and_then(|rest| rest.strip_prefix('/'));
        kind.is_some_and(|kind| !self.required().any(|required| self.names.text(required) == kind))
    }

    fn set(&self, findings: &mut Vec<Finding>) {
        if self.chain.is_empty() && self.own.is_empty() {
            return;
        }
        let mut known: FxHashMap<String, Option<Option<Level>>> = FxHashMap::default();
        findings.retain_mut(|finding| {
            if is_unacceptable(&finding.code) {
                return true;
            }
            let said = match known.get(finding.code.as_ref()) {
                Some(&said) => said,
                None => *known.entry(finding.code.to_string()).or_insert_with(|| self.of(&finding.code)),
            };
            match said {
                Some(None) => return false,
                Some(Some(level)) => finding.level = level,
                None => {}
            }
            true
        });
    }
}

/// What a list of levels says of a code: what names it outdoes what names its group or its name, and of two the later one counts.
fn said<'a>(
    levels: impl DoubleEndedIterator<Item = (&'a str, Option<Level>)> + Clone,
    code: &str,
) -> Option<Option<Level>> {
    let exact = levels.clone().rfind(|(named, _)| *named == code);
    exact.or_else(|| levels.clone().rfind(|(named, _)| covers(named, code))).map(|(_, level)| level)
}

/// The checklist that the declaration names.
pub fn named(model: &Model) -> Option<&str> {
    let declaration = &model.instrument(model.declaration?).item;
    let field = declaration.field(model.names.get("checklist")?)?;
    field.values.iter().find_map(|value| match &value.kind {
        clause::ValueKind::Word(name) => Some(model.text(*name)),
        _ => None,
    })
}
