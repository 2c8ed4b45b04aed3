//! Ceilings that duties break together.
//!
//! What may be somewhere is a running total: what is stationed counts while it is, what is deployed counts from its deadline
//! on, and where anything takes it away again nothing is said.

use super::acts::{Act, Acts, Meant, Row, is_presence, is_repeated, undoes};
use super::amounts::{counts, in_unit, owed_by};
use super::ask::binds;
use super::quantity::total;
use super::structure::clause_name;
use super::{Draft, Rule, read};
use crate::clash::{Calendar, Days};
use crate::finding::{Finding, Level};
use crate::model::clause::ValueKind;
use crate::model::norm::{ActForm, Manner, Mode, RoleKind};
use crate::model::quantity::{Limit, Measure, Quantity, Rational};
use crate::model::query::{Base, Ground, Range};
use crate::model::vocabulary::ActionId;
use crate::model::{ClauseId, Entity, NormId, PlaceId, known};
use crate::source::Loc;
use num_rational::Ratio;
use rustc_hash::{FxHashMap, FxHashSet};

/// The rows of this family.
pub const RULES: &[Rule] = &[read("contradiction/ceiling", Level::Error, "more than a ceiling allows")];

/// What is certain to be there.
struct Presence<'a> {
    id: NormId,
    act: &'a Act,
    quantity: &'a Quantity,
    base: Base,
    /// In base units, all who owe it together.
    least: Rational,
    days: Days,
    /// Whether each of its actors owes it, or one owes it alone: what counts for one actor.
    single: bool,
    /// Whether it is kept there, and not only brought.
    kept: bool,
}

/// What may be there at most.
struct Cap<'a> {
    at: Loc,
    /// The norm, unless a field says it.
    norm: Option<NormId>,
    /// The clause that says it, for the message.
    clause: Option<ClauseId>,
    quantity: &'a Quantity,
    base: Base,
    most: Limit,
    /// For whom; everybody together where it is empty.
    who: Vec<Entity>,
    /// Whether those named have it together; otherwise each has it for itself.
    together: bool,
    place: Option<PlaceId>,
    /// Things, clauses; any where it is empty.
    objects: Vec<Entity>,
    /// Whether a force or facility says it of itself.
    of_itself: bool,
    days: Option<Days>,
}

/// What stays where it is brought: kept up, or brought by a verb that leads to it.
fn stays(draft: Draft, verb: ActionId) -> bool {
    let vocabulary = &draft.model.vocabulary;
    vocabulary.general(verb).into_iter().any(|verb| is_presence(vocabulary, verb))
}

/// Actors and verbs of all that is taken away again or may be.
pub(super) fn removals<'r>(acts: &'r Acts) -> Vec<&'r Row<'r>> {
    let vocabulary = &acts.draft.model.vocabulary;
    let mut verbs: FxHashMap<ActionId, bool> = FxHashMap::default();
    let presence: Vec<ActionId> =
        (0..vocabulary.actions.len() as u32).map(ActionId).filter(|&id| is_presence(vocabulary, id)).collect();
    let mut takes =
        |verb: ActionId| *verbs.entry(verb).or_insert_with(|| presence.iter().any(|&it| undoes(vocabulary, it, verb)));
    acts.rows.iter().filter(|row| matches!(row.norm.mode, Mode::Oblige | Mode::Permit) && takes(row.act.verb)).collect()
}

/// Looks for them.
pub(super) fn look(acts: &Acts, calendar: &mut Calendar, found: &mut Vec<Finding>) {
    let draft = acts.draft;
    let caps = caps(acts, calendar);
    if caps.is_empty() {
        return;
    }
    let there = presences(acts, calendar);
    // By place and every place around it, by what it is of, by who owes it.
    let mut index: FxHashMap<Entity, Vec<usize>> = FxHashMap::default();
    for (number, one) in there.iter().enumerate() {
        let places = one.act.places(RoleKind::Place).flat_map(|place| match place {
            Entity::Place(place) => around(draft, place),
            _ => Vec::new(),
        });
        let keys: Vec<Entity> =
            places.map(Entity::Place).chain(one.things(draft)).chain(one.act.actors.clone()).collect();
        for key in keys {
            let list = index.entry(key).or_default();
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
    }
    for cap in &caps {
        let keys = match (cap.place, cap.objects.as_slice()) {
            (Some(place), _) => vec![Entity::Place(place)],
            (None, []) => cap.who.clone(),
            (None, objects) => objects.to_vec(),
        };
        let mut numbers: Vec<usize> = keys.iter().filter_map(|key| index.get(key)).flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let candidates = numbers.into_iter().filter_map(|number| there.get(number));
        let under: Vec<&Presence> = candidates.filter(|one| is_under(draft, one, cap)).collect();
        let groups: Vec<Vec<&Presence>> = if cap.together || cap.who.is_empty() {
            vec![under]
        } else {
            let mut actors: Vec<Entity> = under.iter().flat_map(|one| one.act.actors.iter().copied()).collect();
            actors.sort_unstable();
            actors.dedup();
            let of = |actor| under.iter().copied().filter(|it| it.single && it.act.actors.contains(&actor)).collect();
            actors.into_iter().map(of).collect()
        };
        let together = cap.together || cap.who.is_empty();
        if let Some(finding) = groups.into_iter().find_map(|group| over(acts, calendar, cap, &group, together)) {
            found.push(finding);
        }
    }
}

/// A place and all that it lies within.
fn around(draft: Draft, place: PlaceId) -> Vec<PlaceId> {
    let mut all = vec![place];
    let mut next = 0;
    while let Some(&one) = all.get(next) {
        next += 1;
        for &outer in &draft.model.place(one).within {
            if !all.contains(&outer) {
                all.push(outer);
            }
        }
    }
    all
}

/// All that duties bring or keep somewhere and nothing takes away again.
fn presences<'a>(acts: &'a Acts, calendar: &mut Calendar) -> Vec<Presence<'a>> {
    let model = acts.draft.model;
    let mut gone: FxHashSet<Entity> = FxHashSet::default();
    for row in removals(acts) {
        gone.extend(model.with_members(&row.act.actors));
        gone.extend(row.act.entities());
    }
    let mut found = Vec::new();
    for row in &acts.rows {
        let Some(quantity) = row.norm.quantity.as_ref().filter(|it| counts(it) && binds(row.norm)) else { continue };
        let kept = is_presence(&model.vocabulary, row.act.verb);
        let given = model.vocabulary.action(row.act.verb).through == Some(known::TO);
        if !row.act.is_certain()
            || !row.norm.guard.is_empty()
            || is_repeated(row.norm)
            || !(given || stays(acts.draft, row.act.verb))
        {
            continue;
        }
        let taken = row.act.actors.iter().chain(&row.act.entities().collect::<Vec<_>>()).any(|it| gone.contains(it));
        if quantity.measure == Measure::Share || (!kept && taken) {
            continue;
        }
        let Some((base, Range { low: Some(low), .. })) = model.range(quantity) else { continue };
        let days = if kept { calendar.applies(row.id, row.norm) } else { calendar.done(row.id, row.norm) };
        let Some(days) = days else { continue };
        let each = owed_by(row.norm, &row.act);
        let single = row.act.actors.len() == 1 || row.norm.actors.manner == Some(Manner::Each);
        found.push(Presence { id: row.id, act: &row.act, quantity, base, least: low.value * each, days, single, kept });
    }
    found
}

fn caps<'a>(acts: &'a Acts, calendar: &mut Calendar) -> Vec<Cap<'a>> {
    let draft = acts.draft;
    let model = draft.model;
    let mut found = Vec::new();
    for row in &acts.rows {
        let norm = row.norm;
        let Some(quantity) = norm.quantity.as_ref().filter(|it| counts(it) && norm.guard.is_empty()) else { continue };
        if !row.act.is_certain() || !stays(acts.draft, row.act.verb) || is_repeated(norm) {
            continue;
        }
        let Some((base, range)) = model.range(quantity) else { continue };
        let most = match (norm.mode, range.low, range.high) {
            (Mode::Forbid, Some(low), None) => Limit { strict: !low.strict, ..low },
            (Mode::Permit | Mode::Oblige, _, Some(high)) => high,
            _ => continue,
        };
        let Some(days) = calendar.applies(row.id, norm) else { continue };
        let place = row.act.places(RoleKind::Place).next();
        let elsewhere = row.act.roles.iter().any(|(kind, _)| *kind != RoleKind::Place);
        // What one norm brings is no cap on what another brings, unless it says "at most".
        if elsewhere || (norm.mode == Mode::Oblige && range.low.is_some()) {
            continue;
        }
        found.push(Cap {
            at: quantity.at,
            norm: Some(row.id),
            clause: Some(norm.clause),
            quantity,
            base,
            most,
            who: model.with_members(&row.act.actors),
            together: norm.actors.manner == Some(Manner::Jointly),
            place: place.and_then(|it| if let Entity::Place(id) = it { Some(id) } else { None }),
            objects: row.act.entities().collect(),
            of_itself: false,
            days: Some(days),
        });
    }
    constitutive(acts, calendar, &mut found);
    let ceiling = model.names.get("ceiling");
    for (entity, item) in draft.own_items().filter(|(_, item)| !item.damaged) {
        let stated = ceiling.and_then(|name| item.field(name)).into_iter().flat_map(|field| &field.values);
        let mut stated: Vec<(Loc, &Quantity)> = stated
            .filter_map(|value| match &value.kind {
                ValueKind::Quantity(quantity) => Some((value.at, &**quantity)),
                _ => None,
            })
            .collect();
        let (place, clause) = match entity {
            Entity::Place(id) => (Some(id), None),
            Entity::Clause(id) => {
                // What a force is to have at the most is its ceiling too.
                stated.extend(total(model.clause(id)).map(|(value, quantity, _)| (value.at, quantity)));
                (None, Some(id))
            }
            _ => continue,
        };
        for (at, quantity) in stated.into_iter().filter(|(_, quantity)| counts(quantity)) {
            let Some((base, Range { high: Some(most), .. })) = model.range(quantity) else { continue };
            let objects = clause.map(Entity::Clause).into_iter().collect();
            found.push(Cap {
                at,
                norm: None,
                clause,
                quantity,
                base,
                most,
                who: Vec::new(),
                together: true,
                place,
                objects,
                of_itself: clause.is_some(),
                days: None,
            });
        }
    }
    found
}

/// `there shall be at most 5_000 personnel in zone`
fn constitutive<'a>(acts: &Acts<'a>, calendar: &mut Calendar, found: &mut Vec<Cap<'a>>) {
    let model = acts.draft.model;
    for (id, norm) in acts.draft.own_norms() {
        let plain = norm.guard.is_empty() && norm.words.is_empty() && !is_repeated(norm);
        let says = norm.form == ActForm::Constitutive && plain;
        let Some(quantity) = norm.quantity.as_ref().filter(|it| says && counts(it)) else { continue };
        let Some((base, range)) = model.range(quantity) else { continue };
        let most = match (norm.mode, range.low, range.high) {
            (Mode::Oblige, None, Some(high)) => high,
            (Mode::Forbid, Some(low), None) => Limit { strict: !low.strict, ..low },
            _ => continue,
        };
        let [role] = norm.roles.as_slice() else { continue };
        let (Some(Entity::Place(place)), Some(days)) = (role.target.entity(), calendar.applies(id, norm)) else {
            continue;
        };
        if role.kind != RoleKind::Place || norm.purpose.is_some() {
            continue;
        }
        let objects = norm.objects.list.iter().filter_map(|object| object.entity()).collect();
        found.push(Cap {
            at: quantity.at,
            norm: Some(id),
            clause: Some(norm.clause),
            quantity,
            base,
            most,
            who: Vec::new(),
            together: true,
            place: Some(place),
            objects,
            of_itself: false,
            days: Some(days),
        });
    }
}

/// Whether what is there counts under a cap.
fn is_under(draft: Draft, one: &Presence, cap: &Cap) -> bool {
    let object = cap.objects.is_empty() || one.things(draft).iter().any(|thing| cap.objects.contains(thing));
    // What is given to a force counts for the force, and not for where the giver is.
    let verb = cap.of_itself || stays(draft, one.act.verb);
    let who = cap.who.is_empty()
        || if cap.together {
            one.act.actors.iter().all(|actor| cap.who.contains(actor))
        } else {
            one.act.actors.iter().any(|actor| cap.who.contains(actor))
        };
    one.base == cap.base && one.quantity.per == cap.quantity.per && object && verb && who && Some(one.id) != cap.norm
}

impl Presence<'_> {
    /// What it is of: things with the kinds that cover them, forces, and the force that it is contributed to.
    fn things(&self, draft: Draft) -> Vec<Entity> {
        let given = self.act.roles.iter().filter_map(|(_, it)| match it {
            Meant::Entity(entity @ Entity::Clause(_)) => Some(*entity),
            _ => None,
        });
        let mut all: Vec<Entity> = self.act.entities().chain(self.quantity.of).chain(given).collect();
        let mut next = 0;
        while let Some(&one) = all.get(next) {
            next += 1;
            let Entity::Thing(id) = one else { continue };
            for &kind in &draft.model.thing(id).within {
                if !all.contains(&Entity::Thing(kind)) {
                    all.push(Entity::Thing(kind));
                }
            }
        }
        all
    }
}

/// Amounts that are added up under one ceiling: the largest.
const MOST: usize = 256;

/// Whether two amounts are certainly not the same men told twice, or seen first in one place and then in another.
fn are_two_lots(draft: Draft, one: &Presence, other: &Presence) -> bool {
    let model = draft.model;
    let related = |a: &Entity| other.act.actors.iter().any(|b| model.same_or_member(*a, *b));
    if !one.act.actors.iter().any(related) {
        return true;
    }
    if one.act == other.act {
        return model.norm(one.id).clause == model.norm(other.id).clause;
    }
    let places = |it: &Presence| it.act.places(RoleKind::Place).collect::<Vec<Entity>>();
    match (places(one).as_slice(), places(other).as_slice()) {
        ([Entity::Place(a)], [Entity::Place(b)]) => one.kept && other.kept && model.ground(*a, *b) == Ground::Apart,
        _ => false,
    }
}

/// The first day on which so much is there that the cap is broken.
fn over(acts: &Acts, calendar: &Calendar, cap: &Cap, group: &[&Presence], together: bool) -> Option<Finding> {
    let draft = acts.draft;
    let amount = |one: &Presence| {
        // What each of several owes counts once for one of them.
        if together { one.least } else { one.least / Ratio::from_integer(one.act.actors.len().max(1) as i128) }
    };
    let within = group.iter().filter_map(|&one| {
        let days = match &cap.days {
            Some(days) => calendar.common(days, &one.days)?,
            None => one.days,
        };
        let settled = cap.norm.is_some_and(|norm| acts.settled(norm, one.id));
        let own = cap.norm.is_none_or(|norm| acts.own(norm, one.id));
        (!settled && own).then_some((one, days))
    });
    let mut within: Vec<(&Presence, Days)> = within.collect();
    within.sort_by(|a, b| amount(b.0).cmp(&amount(a.0)).then(a.0.id.cmp(&b.0.id)));
    within.truncate(MOST);
    let mut all: Vec<(&Presence, Days)> = Vec::new();
    for one in within {
        if all.iter().all(|(other, _)| are_two_lots(draft, one.0, other)) {
            all.push(one);
        }
    }
    let bases: Vec<u32> = {
        let mut bases: Vec<u32> = all.iter().map(|(_, days)| calendar.base(days)).collect();
        bases.sort_unstable();
        bases.dedup();
        bases
    };
    let is_over = |sum: Rational| sum > cap.most.value || (sum == cap.most.value && cap.most.strict);
    for base in bases {
        let counted: Vec<&(&Presence, Days)> = all
            .iter()
            .filter(|(_, days)| calendar.base(days) == base || (calendar.always(days) && days.last.is_none()))
            .collect();
        let mut steps: Vec<(i64, bool, usize)> = Vec::new();
        for (index, (_, days)) in counted.iter().enumerate() {
            steps.push((days.first, true, index));
            steps.extend(days.last.map(|last| (last + 1, false, index)));
        }
        // What ends is gone before what begins counts.
        steps.sort_unstable();
        let mut sum = Ratio::from_integer(0);
        for (tick, begins, index) in steps {
            let Some((one, _)) = counted.get(index) else { continue };
            sum += if begins { amount(one) } else { -amount(one) };
            if begins && is_over(sum) {
                let on = |days: &Days| days.first <= tick && days.last.is_none_or(|last| tick <= last);
                let mut there: Vec<&(&Presence, Days)> = counted.iter().copied().filter(|(_, days)| on(days)).collect();
                // The fewest that break it: the largest first.
                there.sort_by(|a, b| amount(b.0).cmp(&amount(a.0)).then(a.0.id.cmp(&b.0.id)));
                let mut sum = Ratio::from_integer(0);
                let enough = there.iter().position(|(one, _)| {
                    sum += amount(one);
                    is_over(sum)
                })?;
                there.truncate(enough + 1);
                // Where a single duty breaks what a norm caps, the duty is forbidden, and that is said.
                if there.len() == 1 && (cap.norm.is_some() || cap.place.is_none()) {
                    return None;
                }
                // Stages of one act are held against the total of their clause as such.
                let stages = there
                    .windows(2)
                    .all(|two| two.iter().all(|(it, _)| there.first().is_some_and(|(one, _)| one.act == it.act)));
                if cap.of_itself && stages {
                    return None;
                }
                there.sort_by_key(|(one, _)| one.id);
                let (_, days) = there.iter().max_by_key(|(_, days)| days.first)?;
                let day = if calendar.always(days) { None } else { Some(calendar.name(days, tick)) };
                return Some(broken(acts, cap, &there, sum, day));
            }
        }
    }
    None
}

fn broken(acts: &Acts, cap: &Cap, there: &[&(&Presence, Days)], sum: Rational, day: Option<String>) -> Finding {
    let draft = acts.draft;
    let model = draft.model;
    let most = draft.words(cap.quantity.at);
    let (reach, off) = (in_unit(draft, sum, cap.quantity), in_unit(draft, sum - cap.most.value, cap.quantity));
    let of = match (cap.norm, cap.place, cap.clause) {
        (Some(norm), ..) => format!("`{}`", model.norm_name(norm)),
        (None, Some(place), _) => draft.called(Entity::Place(place)),
        (None, None, Some(clause)) => draft.called(Entity::Clause(clause)),
        (None, None, None) => "the ceiling".to_owned(),
    };
    let when = day.map_or_else(String::new, |day| format!(" on {day}"));
    let at = there.first().map_or(cap.at, |(one, _)| one.quantity.at);
    let message = format!("duties add up to {reach}{when}, {off} more than {of} allows");
    let mut finding = Finding::new("contradiction/ceiling", Level::Error, message, at).saying("owed here …");
    for (one, _) in there.iter().skip(1) {
        finding = finding.label(one.quantity.at, "… and here");
    }
    let names: Vec<String> = there.iter().map(|(one, _)| model.norm_name(one.id)).collect();
    let mut finding = finding.label(cap.at, format!("the ceiling: `{most}`")).help(format!(
        "lower one of the amounts by {off}, raise the ceiling to {reach}, or say which duty yields: `subject to …`"
    ));
    if let Some(&(one, _)) = there.first() {
        finding = finding.about(clause_name(draft, model.norm(one.id)));
    }
    finding.clauses = names.into_iter().chain(cap.norm.map(|norm| model.norm_name(norm))).collect();
    finding
}
