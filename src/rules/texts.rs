//! The text among texts: who signs it, what is annexed, which of two prevails, and its versions in several languages.
//!
//! The rows are in the table of `structure`.

use super::{Draft, Report};
use crate::model::clause::{Clause, Target, ValueKind, What};
use crate::model::norm::Norm;
use crate::model::time::{Anchor, Edge, Length, Offset, TimePhraseKind};
use crate::model::{Entity, InstrumentId, NormId, known};
use crate::source::{Loc, SourceFile, Span};
use rustc_hash::FxHashSet;
use std::cmp::Ordering;

pub(super) fn signatories_differ(draft: &Draft, report: &mut Report) {
    let Some(id) = draft.model.declaration else { return };
    let instrument = draft.model.instrument(id);
    let Some(field) = draft.model.names.get("participants").and_then(|name| instrument.item.field(name)) else {
        return;
    };
    let signed: FxHashSet<Entity> =
        draft.signatories().flat_map(|id| draft.with_members(id)).map(Entity::Party).collect();
    if signed.is_empty() {
        return;
    }
    let mut outside = field.values.iter().filter_map(|value| match value.kind {
        ValueKind::Entity(Entity::Party(party), _) => {
            let all = draft.with_members(party);
            let members = all.get(1..).unwrap_or(&[]);
            let covered = !members.is_empty() && members.iter().all(|&id| signed.contains(&Entity::Party(id)));
            (!covered && !signed.contains(&Entity::Party(party))).then_some((party, value.at))
        }
        _ => None,
    });
    let Some((first, at)) = outside.next() else { return };
    let name = draft.called(Entity::Party(first));
    let finding = report
        .finding(format!("{name} takes part but does not sign"), at)
        .saying("takes part, is no signatory")
        .help("list the same parties in `signatories:`, or give the others a `role:` such as `\"observer\"`");
    let finding = outside.fold(finding, |finding, (_, at)| finding.label(at, "neither does this one"));
    report.push(finding.about(draft.text(instrument.item.name)));
}

/// The mark of an annex in a quotation, as in `Annex B`: its letter or number, and where it stands.
fn annex_in(text: &str) -> Option<(&str, usize, usize)> {
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find("Annex ")) {
        let start = from + found;
        let mark_at = start + "Annex ".len();
        let rest = text.get(mark_at..).unwrap_or("");
        let mark = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or("");
        let is_mark = mark.len() == 1 || mark.chars().all(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X' | '-'));
        if !mark.is_empty() && is_mark {
            return Some((mark, start, mark_at + mark.len()));
        }
        from = mark_at;
    }
    None
}

pub(super) fn missing_annex(draft: &Draft, report: &mut Report) {
    let named = |file: &SourceFile| file.code().contains("Annex ");
    if draft.model.declaration.is_none() || !draft.sources.iter().any(|(_, file)| named(file)) {
        return;
    }
    // An annex is there if some instrument is called so, or the text lists its annexes.
    let mut known: FxHashSet<String> = FxHashSet::default();
    for instrument in &draft.model.instruments {
        let item = &instrument.item;
        known.insert(draft.text(item.name).to_lowercase());
        known.insert(item.label.as_deref().unwrap_or("").to_lowercase());
        if draft.has_field(item, "annexes") {
            return;
        }
    }
    let closing = |clause: &Clause| clause.item.field(known::ANNEXES).is_some();
    if draft.model.clauses.iter().any(closing) {
        return;
    }
    let mut told: FxHashSet<String> = FxHashSet::default();
    for quote in super::vague::quotes(*draft) {
        let words = draft.words(quote.at);
        let Some((mark, start, end)) = annex_in(words) else { continue };
        let mark = mark.to_lowercase();
        let declared = |name: &String| {
            let mut words = name.split(|c: char| !c.is_alphanumeric());
            words.any(|word| word == "annex") && name.split(|c: char| !c.is_alphanumeric()).any(|word| word == mark)
        };
        if known.iter().any(declared) || !told.insert(mark) {
            continue;
        }
        let base = quote.at.span.start;
        let at = Loc::new(quote.at.file, Span::new(base + start as u32, base + end as u32));
        let name = words.get(start..end).unwrap_or("the annex");
        let keyword = name.to_lowercase().replace(' ', "-");
        let finding = report
            .finding(format!("the draft relies on {name}, which nothing declares"), at)
            .saying("is it attached, and what does it say?")
            .help(format!("declare it: `instrument {keyword} \"{name}\" {{ form: annex  status: attached }}`"))
            .about(draft.model.name(quote.about));
        report.push(finding);
    }
}

/// Forms of a text that can say the same matter otherwise.
const RIVALS: [&str; 10] = [
    "declaration",
    "declaration-of-intent",
    "memorandum",
    "agreement",
    "treaty",
    "protocol",
    "convention",
    "exchange-of-letters",
    "understanding",
    "side-letter",
];

pub(super) fn no_precedence(draft: &Draft, report: &mut Report) {
    let model = draft.model;
    let Some(own) = model.declaration else { return };
    let ranked = |a: InstrumentId, b: InstrumentId| model.instrument(a).prevails_over.contains(&b);
    for (i, other) in model.instruments.iter().enumerate().filter(|(_, other)| !other.item.own) {
        let id = InstrumentId(i as u32);
        let rival = draft.word(&other.item, "form").is_some_and(|form| RIVALS.contains(&form));
        if rival && !ranked(own, id) && !ranked(id, own) {
            unranked_import(draft, report, own, id);
        }
    }
    for (i, other) in model.instruments.iter().enumerate().filter(|(_, other)| other.item.own) {
        let id = InstrumentId(i as u32);
        let rival = draft.word(&other.item, "form").is_some_and(|form| RIVALS.contains(&form));
        if id == own || !rival || ranked(own, id) || ranked(id, own) {
            continue;
        }
        // Only a text of which the draft itself encodes a provision can be seen to speak of the same matter.
        let Some((_, clause)) = draft.own_clauses().find(|(_, clause)| clause.instrument == Some(id)) else { continue };
        let named = |field: &str| {
            draft.own_clauses().any(|(_, clause)| {
                let field = model.names.get(field).and_then(|name| clause.item.field(name));
                field.into_iter().flat_map(|field| &field.values).any(|value| match value.kind {
                    ValueKind::Entity(Entity::Instrument(named), _) => named == id,
                    _ => false,
                })
            })
        };
        if named("relation") {
            continue;
        }
        let (name, ours) = (draft.text(other.item.name), draft.called(Entity::Instrument(own)));
        let finding = report
            .finding(format!("nothing says whether {ours} or `{name}` prevails"), other.item.at)
            .saying("stands beside it")
            .label(clause.item.at, "one of its provisions")
            .help(format!("write `prevails-over: {name}` in {ours}, or the reverse"))
            .about(name);
        report.push(finding);
    }
}

/// An imported text that demands or forbids the same act on the same thing as the draft.
fn unranked_import(draft: &Draft, report: &mut Report, own: InstrumentId, other: InstrumentId) {
    let model = draft.model;
    let about = |norm: &Norm| norm.action.zip(norm.objects.list.first().and_then(Target::entity));
    let theirs: FxHashSet<_> = (model.clauses.iter())
        .filter(|clause| clause.instrument == Some(other) && !clause.item.own)
        .flat_map(|clause| clause.norms.clone().map(|norm| model.norm(NormId(norm))))
        .filter_map(about)
        .collect();
    let both = draft.own_norms().find(|(_, norm)| {
        let ours = model.clause(norm.clause).instrument.is_none_or(|id| id == own);
        ours && about(norm).is_some_and(|act| theirs.contains(&act))
    });
    let Some((_, norm)) = both else { return };
    let (ours, name) = (draft.called(Entity::Instrument(own)), model.name(Entity::Instrument(other)));
    let finding = report
        .finding(format!("nothing says whether {ours} or `{name}` prevails"), model.instrument(own).item.at)
        .saying(format!("stands beside `{name}`"))
        .label(norm.verb_at, "both texts speak of this")
        .help(format!("write `prevails-over: {name}` in {ours}, or the reverse"))
        .about(draft.text(model.instrument(own).item.name));
    report.push(finding);
}

/// In what two versions of one sentence differ, in words; nothing where they say the same.
fn difference(a: &Norm, b: &Norm) -> Option<(&'static str, Loc, Loc)> {
    let named = |list: &[Target]| -> Vec<What> { list.iter().map(|target| target.what.clone()).collect() };
    let hull = |list: &[Target], or: Loc| {
        let places = list.iter().map(|target| target.at);
        places.reduce(|a, b| Loc::new(a.file, a.span.to(b.span))).unwrap_or(or)
    };
    // Free words differ from language to language.
    let prose = |list: &[Target]| list.iter().any(|target| matches!(target.what, What::Prose(_)));
    if (a.mode, a.strength) != (b.mode, b.strength) {
        return Some(("how firmly it binds", a.modal, b.modal));
    }
    if a.action != b.action {
        return Some(("what is to be done", a.verb_at, b.verb_at));
    }
    let (ours, theirs) = (&a.actors.list, &b.actors.list);
    if !prose(ours) && !prose(theirs) && named(ours) != named(theirs) {
        return Some(("who acts", hull(ours, a.at), hull(theirs, b.at)));
    }
    let (ours, theirs) = (&a.objects.list, &b.objects.list);
    if !prose(ours) && !prose(theirs) && named(ours) != named(theirs) {
        return Some(("what it is about", hull(ours, a.at), hull(theirs, b.at)));
    }
    let amount = |norm: &Norm| norm.quantity.as_ref().map(|it| (it.low, it.high, it.measure, it.at));
    if let (Some((low, high, measure, at)), Some((other_low, other_high, other_measure, other_at))) =
        (amount(a), amount(b))
        && (low, high, measure) != (other_low, other_high, other_measure)
    {
        return Some(("how much", at, other_at));
    }
    if a.quantity.is_some() != b.quantity.is_some() {
        return Some(("how much", a.at, b.at));
    }
    if !same_times(a, b) {
        let place = |norm: &Norm| norm.times.first().map_or(norm.at, |phrase| phrase.at);
        return Some(("when it applies", place(a), place(b)));
    }
    None
}

/// Whether two versions of a sentence say the same of time, in whatever words and order; free words count as the same.
fn same_times(a: &Norm, b: &Norm) -> bool {
    let all = || a.window.starts.iter().chain(&a.window.ends).chain(&b.window.starts).chain(&b.window.ends);
    if all().any(|edge| matches!(edge.time.anchor, Anchor::Prose(_) | Anchor::Unknown(_) | Anchor::Open)) {
        return true;
    }
    let same_edge = |one: &Edge, other: &Edge| {
        one.time.anchor == other.time.anchor
            && one.time.offset.compare(other.time.offset) == Some(Ordering::Equal)
            && (one.inclusive, one.required) == (other.inclusive, other.required)
    };
    let among = |list: &[Edge], of: &[Edge]| list.iter().all(|one| of.iter().any(|other| same_edge(one, other)));
    let same = |list: &[Edge], of: &[Edge]| among(list, of) && among(of, list);
    same(&a.window.starts, &b.window.starts) && same(&a.window.ends, &b.window.ends) && {
        let ((each, ours), (other_each, theirs)) = (rhythm(a), rhythm(b));
        each == other_each
            && ours.len() == theirs.len()
            && ours.iter().zip(theirs).all(|(one, other)| same_length(one, other))
    }
}

/// What a window does not hold: whether each occurrence counts, and the lengths that an act lasts or recurs after.
fn rhythm(norm: &Norm) -> (bool, Vec<&Length>) {
    let each = norm.times.iter().any(|phrase| matches!(phrase.kind, TimePhraseKind::UponEach(_)));
    let lengths = norm.times.iter().filter_map(|phrase| match &phrase.kind {
        TimePhraseKind::Every(length) | TimePhraseKind::Times(_, _, Some(length)) | TimePhraseKind::For(length) => {
            Some(length)
        }
        TimePhraseKind::Within(length, None) => Some(length),
        _ => None,
    });
    (each, lengths.collect())
}

/// Whether two lengths of time are the same: a week is seven days.
fn same_length(one: &Length, other: &Length) -> bool {
    let same = |a: Option<Offset>, b: Option<Offset>| match (a, b) {
        (Some(a), Some(b)) => a.compare(b) == Some(Ordering::Equal),
        (None, None) => true,
        _ => false,
    };
    same(one.low, other.low) && same(one.high, other.high)
}

pub(super) fn versions_differ(draft: &Draft, report: &mut Report) {
    for (id, clause) in draft.own_clauses().filter(|(_, clause)| !clause.item.damaged) {
        for version in &clause.versions {
            let pairs = draft.model.norms_of(id).map(|(_, norm)| norm).zip(&version.norms);
            for (ours, theirs) in pairs.filter(|(ours, theirs)| !ours.damaged && !theirs.damaged) {
                let Some((what, at, other)) = difference(ours, theirs) else { continue };
                let name = draft.called(Entity::Clause(id));
                let finding = report
                    .finding(format!("two versions of {name} differ over {what}"), at)
                    .saying("says this here …")
                    .label(other, format!("… and this in `{}`", draft.text(version.name)))
                    .help("correct one of them, or say with `prevailing-language:` which one holds")
                    .about(draft.text(clause.item.name));
                report.push(finding);
            }
            let (ours, theirs) = (clause.norms.len(), version.norms.len());
            if ours != theirs {
                let name = draft.called(Entity::Clause(id));
                let finding = report
                    .finding(format!("two versions of {name} have {ours} and {theirs} duties"), version.at)
                    .saying("one more, or one less")
                    .help("let every version hold the same sentences")
                    .about(draft.text(clause.item.name));
                report.push(finding);
            }
        }
    }
}

pub(super) fn no_prevailing_language(draft: &Draft, report: &mut Report) {
    let Some(id) = draft.model.declaration else { return };
    let items = std::iter::once(&draft.model.instrument(id).item)
        .chain(draft.own_clauses().map(|(_, clause)| &clause.item).filter(|item| item.kind == known::FINAL));
    let mut several = None;
    for item in items {
        if draft.has_field(item, "prevailing-language") {
            return;
        }
        let field = draft.model.names.get("languages").and_then(|name| item.field(name));
        several = several.or(field.filter(|field| field.values.len() > 1).map(|field| (field.at, item)));
    }
    let Some((at, item)) = several else { return };
    let finding = report
        .finding("the text has several languages, and none of them prevails", at)
        .saying("equally authentic, then")
        .help("write `prevailing-language: \"English\"`, or `prevailing-language: none` if all are to weigh the same")
        .about(draft.text(item.name));
    report.push(finding);
}
