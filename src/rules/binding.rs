//! How firmly: promises to promise, intentions where a duty is announced, claims that the form does not bear.

use super::acts::{same_guard, same_time};
use super::ask::{binds, entities};
use super::repeated::same_amount;
use super::structure::clause_name;
use super::{Draft, Report, Rule, advice, warning};
use crate::finding::Level;
use crate::model::clause::{ValueKind, What};
use crate::model::norm::{ActForm, Mode, Norm, RoleKind, Strength};
use crate::model::vocabulary::Evidence;
use crate::model::{ClauseId, Entity, InstrumentId};
use crate::source::Loc;
use rustc_hash::{FxHashMap, FxHashSet};

/// The rows of this family.
pub const RULES: &[Rule] = &[
    warning("binding/intent-only", "a commitment that commits nobody", intent_only),
    warning("binding/claims-more-than-form", "legal force in a form without any", claims_more),
    advice("binding/treaty-words", "treaty words in a political text", treaty_words),
    advice("binding/political-words", "political words in a text that binds", weak_words),
    warning("binding/may-include", "a list of which nothing is promised", may_include),
    warning("binding/no-outcome", "a duty without a result", no_outcome),
    warning("binding/right-and-duty", "the same act as right and duty", right_and_duty),
];

/// Kinds of clause whose point is that somebody does something for certain.
const CORE: [&str; 3] = ["commitment", "ceasefire", "withdrawal"];

fn is_core(draft: Draft, clause: ClauseId) -> bool {
    CORE.contains(&draft.kind(Entity::Clause(clause)))
}

fn promises_later(draft: Draft, norm: &Norm) -> bool {
    draft.action(norm).is_some_and(|action| action.agrees_to_agree)
}

fn intent_only(draft: &Draft, report: &mut Report) {
    for (id, clause) in draft.own_clauses().filter(|(id, clause)| is_core(*draft, *id) && !clause.item.damaged) {
        // Where the kind asks for a duty, what is missing is told there.
        let asked = draft.model.vocabulary.kind(clause.item.kind).is_some_and(|kind| {
            kind.fields.iter().any(|spec| {
                spec.level.is_some() && spec.met_by.contains(&Evidence::Duty) && clause.item.field(spec.name).is_none()
            })
        });
        let Some((modal, said)) = softness(*draft, id).filter(|_| !asked) else { continue };
        let name = draft.called(Entity::Clause(id));
        let words = draft.words(modal);
        let finding = report
            .finding(format!("{name} is a {} without a duty", draft.kind(Entity::Clause(id))), modal)
            .saying(said)
            .help(format!(
                "write `shall` (legal) or `will` (political) instead of `{words}`, or call the clause what it is"
            ))
            .about(draft.text(clause.item.name));
        report.push(finding);
    }
}

/// The first modal words of a clause that binds nobody to anything, and what they are instead of a duty.
pub(super) fn softness(draft: Draft, clause: ClauseId) -> Option<(Loc, &'static str)> {
    let norms = || draft.model.norms_of(clause).map(|(_, norm)| norm);
    let firm = norms().any(|norm| {
        // A duty of nobody commits nobody, and a promise to promise commits to nothing yet.
        let named = norm.form == ActForm::Active || !norm.actors.list.is_empty();
        let holds = norm.strength >= Strength::Firm && matches!(norm.mode, Mode::Oblige | Mode::Forbid);
        norm.damaged || (named && holds && !promises_later(draft, norm))
    });
    let soft = norms().find(|norm| !norm.actors.list.is_empty() && !promises_later(draft, norm));
    let soft = soft.filter(|_| !firm)?;
    let said = match (soft.mode, soft.strength) {
        (Mode::Permit | Mode::Release, _) | (_, Strength::Option) => "a permission only",
        (_, Strength::Effort) => "an effort only",
        _ => "an intention only",
    };
    Some((soft.modal, said))
}

/// Forms that carry no legal obligation by themselves.
const POLITICAL: [&str; 4] = ["communique", "declaration", "declaration-of-intent", "memorandum"];

/// The claim of a political text to bind legally: its declaration, and the place of the claim.
pub(super) fn claim(draft: Draft) -> Option<(InstrumentId, Loc)> {
    let id = draft.model.declaration?;
    let item = &draft.model.instrument(id).item;
    let form = draft.word(item, "form")?;
    if !item.own || !POLITICAL.contains(&form) {
        return None;
    }
    let field = item.field(draft.model.names.get("binding")?)?;
    let value = field.values.iter().find(|value| match &value.kind {
        ValueKind::Word(word) => draft.text(*word) == "legal",
        ValueKind::Prose(words) => words.to_lowercase().contains("legal") && !words.to_lowercase().contains("not "),
        _ => false,
    })?;
    Some((id, value.at))
}

fn claims_more(draft: &Draft, report: &mut Report) {
    let Some((id, at)) = claim(*draft) else { return };
    let item = &draft.model.instrument(id).item;
    let form = draft.word(item, "form").unwrap_or("declaration");
    let form_at = draft.model.names.get("form").and_then(|name| item.field(name)).map(|field| field.at);
    let mut finding = report
        .finding("the text says that it binds in law, and has the form of one that does not", at)
        .saying("says that it binds in law");
    if let Some(form_at) = form_at {
        finding = finding.label(form_at, format!("a {} mostly does not", form.replace('-', " ")));
    }
    report.push(
        finding
            .help(
                "write `binding: political`; or `form: agreement`, and say how it comes to bind: `in-force:`, `approval:`",
            )
            .about(draft.text(item.name)),
    );
}

fn treaty_words(draft: &Draft, report: &mut Report) {
    let Some(id) = draft.model.declaration else { return };
    let item = &draft.model.instrument(id).item;
    // Where the text claims both, that is told.
    if draft.word(item, "binding") != Some("political") || claim(*draft).is_some() {
        return;
    }
    let other = |norm: &Norm| draft.model.clause(norm.clause).instrument.is_some_and(|other| other != id);
    let mut seen: FxHashSet<Loc> = FxHashSet::default();
    let mut shall = draft.own_norms().filter(|(_, norm)| {
        norm.strength == Strength::Duty && matches!(norm.mode, Mode::Oblige | Mode::Forbid) && !other(norm)
    });
    let Some((_, first)) = shall.next() else { return };
    seen.insert(first.modal);
    let words = draft.words(first.modal);
    let others: Vec<Loc> = shall.map(|(_, norm)| norm.modal).filter(|&modal| seen.insert(modal)).collect();
    let more = others.len();
    let message = match more {
        0 => format!("`{words}` is a treaty word in a political text"),
        1 => format!("`{words}` and one more treaty word stand in a political text"),
        more => format!("`{words}` and {more} more treaty words stand in a political text"),
    };
    let finding = report
        .finding(message, first.modal)
        .saying("reads as a legal duty")
        .help("write `will` where only a political commitment is meant")
        .about(clause_name(*draft, first));
    report.push(others.into_iter().take(MOST).fold(finding, |finding, at| finding.label(at, "and this")));
}

/// How many further places a finding shows; the reader has understood by then.
const MOST: usize = 5;

fn weak_words(draft: &Draft, report: &mut Report) {
    let Some(id) = draft.model.declaration else { return };
    let item = &draft.model.instrument(id).item;
    if draft.word(item, "binding") != Some("legal") || claim(*draft).is_some() {
        return;
    }
    let mut seen: FxHashSet<Loc> = FxHashSet::default();
    let own = |norm: &Norm| draft.model.clause(norm.clause).instrument.is_none_or(|other| other == id);
    let mut weak = draft.own_norms().filter(|(_, norm)| {
        norm.strength == Strength::Firm && matches!(norm.mode, Mode::Oblige | Mode::Forbid) && own(norm)
    });
    let Some((_, first)) = weak.next() else { return };
    seen.insert(first.modal);
    let finding = report
        .finding(format!("`{}` is a political word in a text that binds in law", draft.words(first.modal)), first.modal)
        .saying("reads as a political promise")
        .help("write `shall` where a legal duty is meant")
        .about(clause_name(*draft, first));
    let others = weak.map(|(_, norm)| norm.modal).filter(|&modal| seen.insert(modal)).take(MOST);
    report.push(others.fold(finding, |finding, at| finding.label(at, "and this")));
}

fn may_include(draft: &Draft, report: &mut Report) {
    let Some(name) = draft.model.names.get("may-include") else { return };
    for (id, clause) in draft.own_clauses() {
        let Some(field) = clause.item.field(name).filter(|field| !field.values.is_empty()) else {
            continue;
        };
        let mut finding = report
            .finding(format!("{} may include all of this, or nothing", draft.called(Entity::Clause(id))), field.at)
            .saying("none of these is promised")
            .help("write what is promised at least as a norm: `coalition shall provide intelligence to UA.`")
            .about(draft.text(clause.item.name));
        if !is_core(*draft, id) {
            finding.level = Level::Advice;
        }
        report.push(finding);
    }
}

fn no_outcome(draft: &Draft, report: &mut Report) {
    for (id, clause) in draft.own_clauses() {
        let mut norms = draft.model.norms_of(id).map(|(_, norm)| norm).filter(|norm| {
            !norm.damaged && binds(norm) && draft.action(norm).is_some_and(|action| action.outcome_free)
        });
        let Some(first) = norms.next() else { continue };
        let finding = report
            .finding(format!("to {} promises no result", draft.verb(first)), first.verb_at)
            .saying("done whatever comes of it")
            .help("say what comes out of it and by when: `shall decide within 14 days of breach`, `shall deliver 40 radars by 2026-12-31`")
            .about(draft.text(clause.item.name));
        let finding = norms.take(5).fold(finding, |finding, norm| finding.label(norm.verb_at, "nor does this"));
        report.push(finding);
    }
}

/// Whether two norms may be told apart by nothing but that one permits what the other demands.
fn differ_in_force_only(draft: Draft, right: &Norm, duty: &Norm) -> bool {
    let named = |norm: &Norm| -> Vec<What> { norm.actors.list.iter().map(|actor| actor.what.clone()).collect() };
    let roles = |norm: &Norm| -> Vec<(RoleKind, What)> {
        norm.roles.iter().map(|role| (role.kind, role.target.what.clone())).collect()
    };
    let text = |norm: &Norm| draft.model.clause(norm.clause).instrument;
    // A passive that names nobody may mean those who have the right.
    (duty.actors.list.is_empty() || named(right) == named(duty))
        && roles(right) == roles(duty)
        && text(right) == text(duty)
        && right.orders.is_empty()
        && duty.orders.is_empty()
        && !right.only
        && same_amount(draft.model, right, duty)
        && same_time(right, duty)
        && same_guard(right, duty)
}

fn right_and_duty(draft: &Draft, report: &mut Report) {
    let key = |norm: &Norm| {
        let objects: Vec<Entity> = entities(&norm.objects.list).collect();
        let whole = !objects.is_empty() && objects.len() == norm.objects.list.len() && !norm.objects.any;
        norm.action.filter(|_| whole).map(|action| (action, objects))
    };
    let mut rights: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for (id, norm) in draft.own_norms().filter(|(_, norm)| norm.mode == Mode::Permit) {
        if let Some(key) = key(norm) {
            rights.entry(key).or_default().push((id, norm));
        }
    }
    if rights.is_empty() {
        return;
    }
    for (id, duty) in draft.own_norms().filter(|(_, norm)| binds(norm)) {
        let same = key(duty).and_then(|key| rights.get(&key));
        let Some(&(right_id, right)) =
            same.into_iter().flatten().find(|(_, right)| differ_in_force_only(*draft, right, duty))
        else {
            continue;
        };
        let (may, must) = (draft.model.norm_name(right_id), draft.model.norm_name(id));
        let mut finding = report
            .finding(format!("`{may}` permits what `{must}` demands"), right.modal)
            .saying("a right, which nobody need use …")
            .label(duty.modal, "… and here a duty")
            .help(format!(
                "keep one of the two: `{}` if it can be left undone, `{}` if it cannot",
                draft.words(right.modal),
                draft.words(duty.modal)
            ))
            .about(clause_name(*draft, right));
        finding.clauses = vec![may, must];
        report.push(finding);
    }
}
