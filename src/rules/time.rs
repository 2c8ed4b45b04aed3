//! When: anchors that are missing, deadlines nobody set, windows that close before they open, triggers that differ.

use super::ask::{add, binds, entities, has_latest, time_of, triggers};
use super::structure::clause_name;
use super::{Draft, Report, Rule, advice, error, read, warning};
use crate::finding::Level;
use crate::model::clause::{Clause, ValueKind, What};
use crate::model::entity::Item;
use crate::model::norm::Norm;
use crate::model::quantity::Measure;
use crate::model::time::{Anchor, Length, Milestone, Offset, Time, TimePhraseKind};
use crate::model::vocabulary::Evidence;
use crate::model::{ClauseId, Entity, EventId, PhaseId, known};
use crate::source::Loc;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;

/// The rows of this family.
pub const RULES: &[Rule] = &[
    read("time/impossible-date", Level::Error, "a date that no calendar has"),
    error("time/impossible-range", "a time that ends before it starts", impossible_range),
    warning("time/no-zone", "an hour without a time zone", no_zone),
    error("time/missing-anchor", "a period that starts nowhere", missing_anchor),
    warning("time/no-deadline", "a duty that starts and is never due", no_deadline),
    warning("time/earliest-only", "a distance that is no deadline", earliest_only),
    warning("time/watch-too-short", "monitoring ends before what it checks", watch_too_short),
    warning("time/before-signature", "due before the text is signed", before_signature),
    warning("time/after-expiry", "due after the text has expired", after_expiry),
    warning("time/trigger-differs", "the same act starts on different events", trigger_differs),
    warning("time/perhaps-the-same", "triggers that may be one event", perhaps_the_same),
    advice("time/mixed-anchors", "the same deadline counted from two days", mixed_anchors),
    advice("time/continuation-delayed", "going on with what has yet to start", continuation_delayed),
];

/// Whether a place lies in an item: a phrase of its own, and not one that holds for the whole draft.
fn stands_in(item: &Item, at: Loc) -> bool {
    item.whole.file == at.file && item.whole.span.contains(at.span)
}

fn no_zone(draft: &Draft, report: &mut Report) {
    let mut seen: FxHashSet<Loc> = FxHashSet::default();
    let mut look = |time: &Time, about: &str| {
        if let Anchor::Instant(instant) = &time.anchor
            && instant.offset_minutes.is_none()
            && seen.insert(time.at)
        {
            let finding = report
                .finding("an hour is given without its time zone", time.at)
                .saying("by whose clock?")
                .help("add the offset from UTC, for example: `2026-03-01T06:00+02:00`, or `Z` for UTC itself")
                .about(about);
            report.push(finding);
        }
    };
    for (entity, item) in draft.own_items() {
        for value in item.fields.iter().flat_map(|field| &field.values) {
            if let ValueKind::Time(time) = &value.kind {
                look(time, draft.model.name(entity));
            }
        }
    }
    for (_, norm) in draft.own_norms() {
        norm.times.iter().filter_map(time_of).for_each(|time| look(time, clause_name(*draft, norm)));
    }
}

fn missing_anchor(draft: &Draft, report: &mut Report) {
    let mut seen: FxHashSet<Loc> = FxHashSet::default();
    for (_, norm) in draft.own_norms() {
        let inner = norm.ensures.as_deref().map(|norm| &norm.times);
        for phrase in norm.times.iter().chain(inner.into_iter().flatten()) {
            if !matches!(phrase.kind, TimePhraseKind::Within(_, None)) || !seen.insert(phrase.at) {
                continue;
            }
            let words = draft.words(phrase.at);
            let finding = report
                .finding(format!("`{words}` counts from nothing"), phrase.at)
                .saying("from which event?")
                .help(format!("name the event it counts from: `{words} of signature`"))
                .about(clause_name(*draft, norm));
            report.push(finding);
        }
    }
}

fn no_deadline(draft: &Draft, report: &mut Report) {
    use TimePhraseKind as K;
    // One phrase in `when:` stands in many norms: one finding, and the verbs as further places.
    let mut seen: FxHashMap<Loc, usize> = FxHashMap::default();
    let mut found = Vec::new();
    let mut told = None;
    for (_, norm) in draft.own_norms() {
        let promises_later = draft.action(norm).is_some_and(|it| it.agrees_to_agree || it.outcome_free);
        if !draft.achieves(norm) || has_latest(norm) || promises_later || norm.actors.list.is_empty() {
            continue;
        }
        // What is done every fortnight is due every fortnight.
        if norm.times.iter().any(|phrase| matches!(phrase.kind, K::Every(_))) {
            continue;
        }
        // A text that enters into force does so by itself.
        if norm.actors.list.iter().any(|actor| matches!(actor.what, What::Entity(Entity::Instrument(_)))) {
            continue;
        }
        let clause = draft.model.clause(norm.clause);
        let trigger = norm.times.iter().find(|phrase| {
            matches!(phrase.kind, K::After(_) | K::Upon(_) | K::UponEach(_) | K::NotBefore(_))
                && stands_in(&clause.item, phrase.at)
        });
        let Some(phrase) = trigger else { continue };
        if matches!(phrase.kind, K::Upon(_) | K::UponEach(_)) && states_a_deadline(*draft, clause) {
            continue;
        }
        // The answer is one for the whole clause, and a clause can be long.
        let asked = match told {
            Some((known, asked)) if known == norm.clause => asked,
            _ => asks_for_a_deadline(*draft, clause, norm),
        };
        told = Some((norm.clause, asked));
        if asked {
            continue;
        }
        let verb = draft.verb(norm);
        if let Some(known) = seen.get(&phrase.at).and_then(|&index| found.get_mut(index)) {
            add(known, norm.verb_at, "nor this");
            continue;
        }
        seen.insert(phrase.at, found.len());
        let words = draft.words(phrase.at);
        let start = time_of(phrase).map_or("that", |time| draft.words(time.at));
        let finding = report
            .finding(format!("the duty to {verb} starts {words} and is never due"), phrase.at)
            .saying("a start, but no latest date")
            .help(format!("add a limit, for example: `within 30 days of {start}`"))
            .about(clause_name(*draft, norm));
        found.push(finding.label(norm.verb_at, "when at the latest?"));
    }
    found.into_iter().for_each(|finding| report.push(finding));
}

fn earliest_only(draft: &Draft, report: &mut Report) {
    let mut seen: FxHashSet<Loc> = FxHashSet::default();
    for (_, norm) in draft.own_norms() {
        if !draft.achieves(norm) || has_latest(norm) || norm.actors.list.is_empty() {
            continue;
        }
        let phrase = norm.times.iter().find_map(|phrase| match &phrase.kind {
            // So long after a known day is a day; so long after what may come at any time is a limit that was meant.
            TimePhraseKind::DistanceAfter(length, time) if matches!(time.anchor, Anchor::Event(_)) => {
                Some((phrase.at, length, time))
            }
            _ => None,
        });
        let Some((at, length, time)) = phrase.filter(|(at, ..)| seen.insert(*at)) else { continue };
        let (long, from) = (draft.words(length.at), draft.words(time.at));
        let finding = report
            .finding(format!("`{}` is the earliest time to {}, not the latest", draft.words(at), draft.verb(norm)), at)
            .saying("not before then, and no limit after")
            .help(format!("if it is meant as a limit, write `within {long} of {from}`; if not, add one: `by …`"))
            .about(clause_name(*draft, norm));
        report.push(finding);
    }
}

/// When a clause of monitoring ends for certain: its field, or the earliest end that its norms state.
fn watch_ends<'a>(draft: Draft<'a>, id: ClauseId) -> Option<&'a Time> {
    let clause = draft.model.clause(id);
    let field = clause.item.field(known::UNTIL).into_iter().flat_map(|field| &field.values);
    let mut stated = field.filter_map(|value| match &value.kind {
        ValueKind::Time(time) => Some(&**time),
        _ => None,
    });
    let in_norms = || {
        draft.model.norms_of(id).flat_map(|(_, norm)| &norm.times).find_map(|phrase| match &phrase.kind {
            TimePhraseKind::Until(time) => Some(time),
            _ => None,
        })
    };
    stated.next().or_else(in_norms)
}

fn watch_too_short(draft: &Draft, report: &mut Report) {
    for (id, clause) in draft.own_clauses().filter(|(_, clause)| draft.text(clause.item.kind) == "monitoring") {
        let Some(end) = watch_ends(*draft, id) else { continue };
        let fields = clause.item.fields.iter().filter(|field| draft.text(field.name) == "scope");
        let mut watched: Vec<ClauseId> = Vec::new();
        let mut add = |entity: Entity| match entity {
            Entity::Clause(other) if other != id && !watched.contains(&other) => watched.push(other),
            _ => {}
        };
        for value in fields.flat_map(|field| &field.values) {
            if let ValueKind::Entity(entity, _) = value.kind {
                add(entity);
            }
        }
        draft.model.norms_of(id).flat_map(|(_, norm)| entities(&norm.objects.list)).for_each(&mut add);
        let late = watched.into_iter().find_map(|other| {
            let norms = draft.model.norms_of(other).filter(|(_, norm)| binds(norm));
            norms.flat_map(|(_, norm)| &norm.times).find_map(|phrase| match &phrase.kind {
                TimePhraseKind::By(time) | TimePhraseKind::Until(time) if later(time, end) => Some((other, phrase.at)),
                _ => None,
            })
        });
        let Some((other, due)) = late else { continue };
        let name = draft.text(clause.item.name);
        let finding = report
            .finding(format!("`{name}` ends before {} is due", draft.called(Entity::Clause(other))), end.at)
            .saying("the monitoring ends here …")
            .label(due, "… and what it checks is due only here")
            .help("let the monitoring last longer than the duties that it checks")
            .about(name);
        report.push(finding);
    }
}

/// Whether a field of the clause says in what time its duties are due: the `response-time:` of a commitment.
fn states_a_deadline(draft: Draft, clause: &Clause) -> bool {
    let Some(kind) = draft.model.vocabulary.kind(clause.item.kind) else { return false };
    clause.item.fields.iter().any(|field| {
        let is_deadline = kind.field(field.name).is_some_and(|spec| spec.met_by.contains(&Evidence::Deadline));
        is_deadline && field.values.iter().any(|value| matches!(value.kind, ValueKind::Length(_) | ValueKind::Time(_)))
    })
}

/// Whether the clause's kind asks for a deadline anyway, and no norm of it gives one: then that finding is enough.
fn asks_for_a_deadline(draft: Draft, clause: &Clause, norm: &Norm) -> bool {
    let Some(kind) = draft.model.vocabulary.kind(clause.item.kind) else { return false };
    kind.fields.iter().any(|spec| {
        spec.level.is_some() && spec.met_by.contains(&Evidence::Deadline) && clause.item.field(spec.name).is_none()
    }) && !draft.model.norms_of(norm.clause).any(|(_, norm)| has_latest(norm))
}

/// Phases and instruments; lengths and windows of norms are seen while resolving.
fn impossible_range(draft: &Draft, report: &mut Report) {
    for (i, phase) in draft.model.phases.iter().enumerate().filter(|(_, phase)| phase.item.own) {
        if let (Some(from), Some(until)) = (&phase.from, &phase.until)
            && later(from, until)
        {
            let name = draft.model.name(Entity::Phase(PhaseId(i as u32)));
            let finding = report
                .finding(format!("`{name}` ends before it starts"), until.at)
                .saying("ends here …")
                .label(from.at, "… and starts only here")
                .help("set `until:` after `from:`")
                .about(name);
            report.push(finding);
        }
    }
    for instrument in draft.model.instruments.iter().filter(|instrument| instrument.item.own) {
        let mut starts = instrument.in_force.iter().chain(&instrument.signed);
        if let Some(expires) = &instrument.expires
            && let Some(start) = starts.find(|start| later(start, expires))
        {
            let name = draft.text(instrument.item.name);
            let finding = report
                .finding(format!("`{name}` expires before it starts"), expires.at)
                .saying("expires here …")
                .label(start.at, "… and starts only here")
                .help("set `expires:` after `in-force:`")
                .about(name);
            report.push(finding);
        }
    }
}

/// Whether a point in time is certainly later than another.
pub(super) fn later(a: &Time, b: &Time) -> bool {
    a.compare(b) == Some(Ordering::Greater)
}

fn before_signature(draft: &Draft, report: &mut Report) {
    use TimePhraseKind as K;
    let Some(id) = draft.model.declaration else { return };
    let Some(signed) = &draft.model.instrument(id).signed else { return };
    if !signed.is_dated() {
        return;
    }
    for (_, norm) in draft.own_norms().filter(|(_, norm)| binds(norm)) {
        let other = draft.model.clause(norm.clause).instrument.is_some_and(|other| other != id);
        let due = norm.times.iter().find_map(|phrase| match &phrase.kind {
            K::By(time) | K::Before(time) | K::On(time) => later(signed, time).then_some(phrase.at),
            _ => None,
        });
        if let Some(at) = due.filter(|_| !other) {
            let finding = report
                .finding(format!("the duty to {} is due before the text is signed", draft.verb(norm)), at)
                .saying("due here …")
                .label(signed.at, "… and signed only here")
                .help("set the date after the signature, or count it from `signature`")
                .about(clause_name(*draft, norm));
            report.push(finding);
        }
    }
}

fn after_expiry(draft: &Draft, report: &mut Report) {
    use TimePhraseKind as K;
    let Some(id) = draft.model.declaration else { return };
    let Some(expires) = draft.model.instrument(id).end().filter(|expires| expires.is_dated()) else {
        return;
    };
    for (norm_id, norm) in draft.own_norms().filter(|(_, norm)| binds(norm)) {
        let other = draft.model.clause(norm.clause).instrument.is_some_and(|other| other != id);
        let late = norm.times.iter().find_map(|phrase| match &phrase.kind {
            K::By(time) | K::On(time) => later(time, expires).then_some((phrase.at, false)),
            K::Until(time) => later(time, expires).then_some((phrase.at, true)),
            _ => None,
        });
        if let Some((at, lasts)) = late.filter(|_| !other) {
            let (message, here) = if lasts {
                (
                    format!("`{}` is to last until after the text has expired", draft.model.norm_name(norm_id)),
                    "until here …",
                )
            } else {
                (format!("the duty to {} is due after the text has expired", draft.verb(norm)), "due here …")
            };
            let finding = report
                .finding(message, at)
                .saying(here)
                .label(expires.at, "… and by then nothing is owed any more")
                .help("set an earlier date, let the text last longer (`renewal: automatic` if its term renews itself), or say that this outlives it")
                .about(clause_name(*draft, norm));
            report.push(finding);
        }
    }
}

/// The events of a draft in groups that are perhaps one event, as the `perhaps:` fields say.
fn perhaps_groups(draft: Draft) -> Vec<usize> {
    let mut group: Vec<usize> = (0..draft.model.events.len()).collect();
    fn root(group: &mut [usize], mut at: usize) -> usize {
        while let Some(&above) = group.get(at).filter(|&&above| above != at) {
            at = above;
        }
        at
    }
    for (i, event) in draft.model.events.iter().enumerate() {
        for other in &event.perhaps {
            let (a, b) = (root(&mut group, i), root(&mut group, other.index()));
            if let Some(slot) = group.get_mut(a.max(b)) {
                *slot = a.min(b);
            }
        }
    }
    (0..group.len()).map(|at| root(&mut group, at)).collect()
}

fn perhaps_the_same(draft: &Draft, report: &mut Report) {
    let groups = perhaps_groups(*draft);
    let mut used: Vec<Vec<(EventId, Loc)>> = Vec::new();
    let mut index: FxHashMap<usize, usize> = FxHashMap::default();
    for (_, norm) in draft.own_norms() {
        for (phrase, event) in triggers(norm) {
            let Some(&group) = groups.get(event.index()) else { continue };
            let slot = *index.entry(group).or_insert_with(|| {
                used.push(Vec::new());
                used.len() - 1
            });
            if let Some(events) = used.get_mut(slot)
                && !events.iter().any(|(known, _)| *known == event)
            {
                events.push((event, phrase.at));
            }
        }
    }
    for events in used.into_iter().filter(|events| events.len() > 1) {
        let names: Vec<String> = events.iter().map(|(id, _)| draft.called(Entity::Event(*id))).collect();
        let Some((&(_, at), rest)) = events.split_first() else { continue };
        let (last, others) = names.split_last().map_or(("", &[][..]), |(last, others)| (last.as_str(), others));
        let finding = report
            .finding(
                format!("clauses start on {} and {last}, which may be one event or several", others.join(", ")),
                at,
            )
            .saying(format!("starts on {}", names.first().map_or("", String::as_str)))
            .help("let all of them start on one event, or say what sets the events apart in their `means:`");
        let finding = rest
            .iter()
            .zip(names.iter().skip(1))
            .fold(finding, |finding, ((_, at), name)| finding.label(*at, format!("starts on {name}")));
        report.push(finding);
    }
}

/// A norm, the event it starts on, and the phrase that says so.
type Started<'a> = (&'a Norm, EventId, Loc);

fn trigger_differs(draft: &Draft, report: &mut Report) {
    let groups = perhaps_groups(*draft);
    let same = |a: EventId, b: EventId| groups.get(a.index()) == groups.get(b.index());
    let mut seen: FxHashMap<(&str, Entity), Vec<Started>> = FxHashMap::default();
    for (_, norm) in draft.own_norms().filter(|(_, norm)| binds(norm)) {
        let mut own = triggers(norm);
        let (Some((phrase, event)), None) = (own.next(), own.next()) else { continue };
        if norm.objects.list.len() != 1 {
            continue;
        }
        let Some(object) = entities(&norm.objects.list).next() else { continue };
        let earlier = seen.entry((draft.verb(norm), object)).or_default();
        // Stages differ in their amounts, posts in their places: both may well differ in their start.
        let clash = earlier.iter().find(|(other, trigger, _)| {
            other.clause != norm.clause
                && !same(*trigger, event)
                && !(other.quantity.is_some() && norm.quantity.is_some())
                && share_a_place(other, norm)
                && share_an_actor(*draft, other, norm)
        });
        if let Some(&(other, trigger, at)) = clash {
            let finding = report
                .finding(
                    format!(
                        "{} {} after {} here and after {} in `{}`",
                        draft.verb(norm),
                        draft.called(object),
                        draft.called(Entity::Event(event)),
                        draft.called(Entity::Event(trigger)),
                        clause_name(*draft, other)
                    ),
                    phrase.at,
                )
                .saying("starts on this event here …")
                .label(at, "… and on another one here")
                .help("let both start on the same event, or say in the objects or places how the acts differ")
                .about(clause_name(*draft, norm));
            report.push(finding);
        } else if earlier.len() < 8 {
            earlier.push((norm, event, phrase.at));
        }
    }
}

fn share_a_place(a: &Norm, b: &Norm) -> bool {
    let places = |norm: &Norm| -> Vec<Entity> { norm.roles.iter().filter_map(|role| role.target.entity()).collect() };
    let (a, b) = (places(a), places(b));
    a.is_empty() || b.is_empty() || a.iter().any(|place| b.contains(place))
}

fn share_an_actor(draft: Draft, a: &Norm, b: &Norm) -> bool {
    let of =
        |norm: &Norm| -> Vec<Entity> { norm.actors.list.iter().flat_map(|actor| draft.stands_for(actor)).collect() };
    let (a, b) = (of(a), of(b));
    a.iter().any(|actor| b.contains(actor))
}

/// The shortest and the longest of a length.
type Limits = (Option<Offset>, Option<Offset>);

fn mixed_anchors(draft: &Draft, report: &mut Report) {
    let mut seen: FxHashMap<(&str, Limits), (Milestone, Loc)> = FxHashMap::default();
    for (_, norm) in draft.own_norms().filter(|(_, norm)| binds(norm)) {
        for phrase in &norm.times {
            let TimePhraseKind::Within(length, Some(time)) = &phrase.kind else { continue };
            let (Anchor::Instrument(id, milestone), Length { low, high, .. }) = (&time.anchor, length) else {
                continue;
            };
            if Some(*id) != draft.model.declaration {
                continue;
            }
            let &mut (known, at) = seen.entry((draft.verb(norm), (*low, *high))).or_insert((*milestone, phrase.at));
            if known != *milestone {
                let finding = report
                    .finding(format!("the same time to {} is counted from two days", draft.verb(norm)), phrase.at)
                    .saying("counted from here …")
                    .label(at, "… and from another day here")
                    .help("count both from `entry into force`, or both from `signature`")
                    .about(clause_name(*draft, norm));
                report.push(finding);
            }
        }
    }
}

fn continuation_delayed(draft: &Draft, report: &mut Report) {
    use TimePhraseKind as K;
    let mut seen: FxHashSet<Loc> = FxHashSet::default();
    for (_, norm) in draft.own_norms() {
        if !draft.action(norm).is_some_and(|action| action.presupposes) {
            continue;
        }
        let start = norm.times.iter().find(|phrase| matches!(phrase.kind, K::After(_) | K::Upon(_) | K::NotBefore(_)));
        if let Some(phrase) = start.filter(|_| seen.insert(norm.verb_at)) {
            let verb = draft.verb(norm);
            let finding = report
                .finding(format!("what is to {verb} starts only {}", draft.words(phrase.at)), norm.verb_at)
                .saying("presupposes that it is under way")
                .label(phrase.at, "starts only here")
                .help(format!("say `{verb}` without a start, or `when: none`; or use the verb for what begins then"))
                .about(clause_name(*draft, norm));
            report.push(finding);
        }
    }
}

/// Whether two amounts count the same thing in the same unit.
pub(super) fn same_unit(a: Measure, b: Measure) -> bool {
    a == b && !matches!(a, Measure::EqualShares | Measure::Remaining | Measure::Unknown(_))
}
