//! Amounts that do not go together: two sizes of one thing, and stages or shares that do not make what they are said to make.

use super::acts::{
    Act, Acts, Row, is_presence, is_repeated, same_guard, same_time, same_window, time_print, undoes, window_print,
};
use super::ask::binds;
use super::quantity::{number, total};
use super::structure::clause_name;
use super::{Draft, Rule, read};
use crate::clash::Calendar;
use crate::finding::{Certainty, Finding, Level};
use crate::model::clause::{Clause, Field, ValueKind};
use crate::model::norm::{Manner, Norm};
use crate::model::quantity::{Measure, Quantity, Rational};
use crate::model::query::Range;
use crate::model::time::{Length, TimePhraseKind};
use crate::model::vocabulary::ActionId;
use crate::model::{ClauseId, Entity, Model, NormId, ThingId, known};
use crate::source::Loc;
use num_rational::Ratio;
use rustc_hash::FxHashMap;

/// The rows of this family.
pub const RULES: &[Rule] = &[
    read("contradiction/quantity", Level::Error, "two amounts for one thing"),
    read("contradiction/sum", Level::Error, "stages or shares that miss their total"),
];

/// Norms of one act with amounts that one norm is compared with.
const MOST: usize = 32;

/// Looks for amounts that do not go together.
pub(super) fn look(acts: &Acts, calendar: &mut Calendar, found: &mut Vec<Finding>) {
    two_norms(acts, calendar, found);
    two_lengths(acts, found);
    field_and_norm(acts, found);
    stages(acts, found);
    for (_, clause) in acts.draft.own_clauses().filter(|(_, clause)| !clause.item.damaged) {
        contributions(acts.draft, clause, found);
    }
}

/// Whether an amount can be held against others at all.
pub(super) fn counts(quantity: &Quantity) -> bool {
    !quantity.about
        && !quantity.further
        && (quantity.low.is_some() || quantity.high.is_some())
        && !matches!(quantity.measure, Measure::EqualShares | Measure::Remaining | Measure::Unknown(_))
}

fn two_norms(acts: &Acts, calendar: &mut Calendar, found: &mut Vec<Finding>) {
    let model = acts.draft.model;
    let vocabulary = &model.vocabulary;
    let mut seen: FxHashMap<(&Act, Option<u64>), Vec<Stated>> = FxHashMap::default();
    let mut open = Vec::new();
    for row in &acts.rows {
        let Some(quantity) = row.norm.quantity.as_ref().filter(|it| counts(it) && binds(row.norm)) else { continue };
        if !row.act.is_certain() || acts.parts.contains(&row.id) {
            continue;
        }
        // Money for two purposes is paid twice.
        if matches!(quantity.measure, Measure::Money(_)) && row.act.objects.is_empty() {
            continue;
        }
        let stays = is_presence(vocabulary, row.act.verb);
        let time = time_print(row.norm);
        if !stays && time.is_none() {
            continue;
        }
        let earlier = seen.entry((&row.act, time.filter(|_| !stays))).or_default();
        let clash = earlier.iter().find(|(id, norm, other)| {
            // Stages of one clause are added up; a least and a most are no stages.
            (norm.clause != row.norm.clause || are_bounds(other, quantity))
                && apart(model, other, quantity)
                && same_guard(norm, row.norm)
                && acts.own(*id, row.id)
                && !acts.settled(*id, row.id)
                && acts.same_setting(norm.clause, row.norm.clause)
                && (same_time(norm, row.norm)
                    // What is kept up has one size on a day on which both apply.
                    || (stays && norm.guard.is_empty() && row.norm.guard.is_empty() && {
                        let both = calendar.applies(*id, norm).zip(calendar.applies(row.id, row.norm));
                        both.is_some_and(|(one, other)| calendar.common(&one, &other).is_some())
                    }))
        });
        if let Some(&(id, norm, other)) = clash {
            found.push(two_amounts(acts, (id, norm, other), (row.id, row.norm, quantity), &row.act, stays));
        }
        if earlier.len() < MOST {
            earlier.push((row.id, row.norm, quantity));
        } else if clash.is_none() {
            open.push(row.id);
        }
    }
    acts.leave_open("states another amount of the same", &open, found);
}

/// Whether one says only how much at most, and the other how much it is to be.
fn are_bounds(one: &Quantity, other: &Quantity) -> bool {
    let most = |it: &Quantity| it.low.is_none() && it.high.is_some() && !it.up_to;
    (most(one) && other.low.is_some()) || (most(other) && one.low.is_some())
}

/// Whether no number meets both. Shares that make the whole or less together may be the shares of two stages.
fn apart(model: &Model, one: &Quantity, other: &Quantity) -> bool {
    let share = |it: &Quantity| it.low.map_or(Ratio::from_integer(0), |low| low.value);
    if one.measure == Measure::Share && share(one) + share(other) <= Ratio::from_integer(1) {
        return false;
    }
    let sound = |range: &Range| range.meets(range);
    one.of == other.of
        && model.comparable(one, other).is_some_and(|(one, other)| sound(&one) && sound(&other) && !one.meets(&other))
}

type Stated<'a> = (NormId, &'a Norm, &'a Quantity);

fn two_amounts(acts: &Acts, one: Stated, other: Stated, act: &Act, stays: bool) -> Finding {
    let draft = acts.draft;
    let model = draft.model;
    let (first, second) = (model.norm_name(one.0), model.norm_name(other.0));
    let (amount, against) = (draft.words(one.2.at), draft.words(other.2.at));
    // What is done once, to a kind of thing and not to one thing, may be done twice.
    let one_thing = act.entities().any(|entity| match entity {
        Entity::Clause(_) => true,
        Entity::Thing(id) => is_one_lot(draft, id),
        _ => false,
    });
    let certain = stays || one_thing;
    let verb = draft.verb(one.1);
    let message = if certain {
        format!("`{first}` and `{second}` state different amounts of one thing to {verb}")
    } else {
        format!("`{first}` and `{second}` state different amounts to {verb}, if both mean the same lot")
    };
    let mut finding = Finding::new("contradiction/quantity", Level::Error, message, other.2.at)
        .saying(format!("`{against}` here …"))
        .label(one.2.at, format!("… and `{amount}` here"))
        .help(if first == second {
            format!(
                "state one amount, or mark the sentences of `{first}` with `(a)`, `(b)` and say in what they differ"
            )
        } else if stays {
            format!(
                "state one amount in both; if the two are to be added up, join them with `parts: {first}, {second}`"
            )
        } else {
            format!(
                "state one amount; for two lots join them with `parts: {first}, {second}` or give each its own deadline"
            )
        })
        .about(clause_name(draft, other.1));
    finding.clauses = vec![second, first];
    if !certain {
        finding.level = Level::Warning;
        finding.certainty = Certainty::Possible;
    }
    finding
}

/// Whether a thing is one lot and not a kind: somebody's, or so many in all.
pub(super) fn is_one_lot(draft: Draft, id: ThingId) -> bool {
    let thing = draft.model.thing(id);
    draft.has_field(&thing.item, "of") || draft.has_field(&thing.item, "total")
}

/// A norm with the length it states, and the words that state it.
type Lasting<'a> = (NormId, &'a Norm, &'a Length, Loc);

/// A text that one norm extends by one length and another by another, whoever of its parties says so.
fn two_lengths(acts: &Acts, found: &mut Vec<Finding>) {
    let draft = acts.draft;
    let mut seen: FxHashMap<(ActionId, Entity, u64), Vec<Lasting>> = FxHashMap::default();
    let mut open = Vec::new();
    for row in acts.rows.iter().filter(|row| binds(row.norm) && !acts.parts.contains(&row.id)) {
        let text = row.act.entities().find(|entity| matches!(entity, Entity::Instrument(_)));
        let lasts = row.norm.times.iter().find_map(|phrase| match &phrase.kind {
            TimePhraseKind::For(length) if !length.about => Some((length, phrase.at)),
            _ => None,
        });
        let (Some(text), Some((length, at)), Some(time)) = (text, lasts, window_print(row.norm)) else { continue };
        let earlier = seen.entry((row.act.verb, text, time)).or_default();
        let other = earlier.iter().find(|(id, norm, other, _)| {
            (length.exceeds(other) || other.exceeds(length))
                && norm.clause != row.norm.clause
                && same_window(norm, row.norm)
                && same_guard(norm, row.norm)
                && acts.own(*id, row.id)
                && !acts.settled(*id, row.id)
        });
        if let Some(&(id, norm, _, against)) = other {
            let (first, second) = (draft.model.norm_name(id), draft.model.norm_name(row.id));
            let (verb, name) = (draft.verb(norm), draft.called(text));
            let mut finding = Finding::new(
                "contradiction/quantity",
                Level::Error,
                format!("`{first}` and `{second}` {verb} {name} by different lengths"),
                at,
            )
            .saying(format!("`{}` here …", draft.words(at)))
            .label(against, format!("… and `{}` here", draft.words(against)))
            .help("state one length in both, or say which of the two texts prevails: `prevails-over: …`")
            .about(clause_name(draft, row.norm));
            finding.clauses = vec![second, first];
            found.push(finding);
        }
        if earlier.len() < MOST {
            earlier.push((row.id, row.norm, length, at));
        } else if other.is_none() {
            open.push(row.id);
        }
    }
    acts.leave_open("states another length of the same", &open, found);
}

/// A norm of another clause, or of another text, that wants more of a force or a facility than its own clause states.
fn field_and_norm(acts: &Acts, found: &mut Vec<Finding>) {
    let draft = acts.draft;
    let model = draft.model;
    for row in &acts.rows {
        let Some(quantity) = row.norm.quantity.as_ref().filter(|it| counts(it) && binds(row.norm)) else { continue };
        let of = row.act.entities().chain(quantity.of).find_map(|entity| match entity {
            Entity::Clause(id) if id != row.norm.clause => Some(id),
            _ => None,
        });
        // What a clause of support pays comes out of its own amount.
        let pays = matches!(quantity.measure, Measure::Money(_)) && is_business(draft, row);
        let Some(id) = of.or(pays.then_some(row.norm.clause)) else { continue };
        let clause = model.clause(id);
        let Some((value, stated, field)) = total(clause) else { continue };
        if clause.item.damaged || stated.about || !(clause.item.own || model.clause(row.norm.clause).item.own) {
            continue;
        }
        let each = owed_by(row.norm, &row.act);
        let Some((wanted, stated_range)) = model.comparable(quantity, stated) else { continue };
        let over = wanted.low.zip(stated_range.high).is_some_and(|(low, high)| {
            let low = low.value * each;
            low > high.value || (low == high.value && high.strict)
        });
        if !over {
            continue;
        }
        let (name, norm) = (draft.called(Entity::Clause(id)), model.norm_name(row.id));
        let mut finding = Finding::new(
            "contradiction/quantity",
            Level::Error,
            format!("`{norm}` wants more of {name} than its `{}` states", draft.text(field)),
            quantity.at,
        )
        .saying("more than …")
        .label(value.at, "… all that there is to be")
        .help("correct one of the two numbers")
        .about(clause_name(draft, row.norm));
        finding.clauses = vec![norm];
        found.push(finding);
    }
}

/// Whether a norm does what its clause of support is there for.
fn is_business(draft: Draft, row: &Row) -> bool {
    let kind = draft.model.clause(row.norm.clause).item.kind;
    let acts = draft.model.vocabulary.kind(kind).map(|kind| kind.acts.as_slice()).unwrap_or_default();
    let verb = draft.model.vocabulary.action(row.act.verb).name;
    kind == known::SUPPORT && acts.contains(&verb)
}

/// How many times an amount is owed: by each of several actors, or once.
pub(super) fn owed_by(norm: &Norm, act: &Act) -> Rational {
    let several = norm.actors.manner == Some(Manner::Each);
    Ratio::from_integer(if several { act.actors.len() as i128 } else { 1 })
}

/// How much of a force, a facility or a thing there is, where its item says so.
pub(super) fn stated<'a>(draft: Draft<'a>, entity: Entity) -> Option<(Loc, &'a Quantity)> {
    let model = draft.model;
    match entity {
        Entity::Clause(id) => total(model.clause(id)).map(|(value, quantity, _)| (value.at, quantity)),
        Entity::Thing(id) => {
            let field = model.names.get("total").and_then(|name| model.thing(id).item.field(name));
            field.into_iter().flat_map(|field| &field.values).find_map(|value| match &value.kind {
                ValueKind::Quantity(quantity) => Some((value.at, &**quantity)),
                _ => None,
            })
        }
        _ => None,
    }
}

/// What is stated for the whole: where, how much, and in what words.
struct Whole<'a> {
    at: Loc,
    quantity: &'a Quantity,
    /// The field and the item that has it.
    named: String,
    /// Whether the stages are all that there is to it.
    exhausted: bool,
}

/// The stages of one act.
type Stages<'g, 'a> = (&'g Act, &'g [Stated<'a>]);

fn stages(acts: &Acts, found: &mut Vec<Finding>) {
    let draft = acts.draft;
    let mut groups: FxHashMap<(ClauseId, &Act), Vec<Stated>> = FxHashMap::default();
    let mut order = Vec::new();
    for row in &acts.rows {
        let Some(quantity) = row.norm.quantity.as_ref().filter(|it| counts(it) && draft.achieves(row.norm)) else {
            continue;
        };
        let own = draft.model.clause(row.norm.clause).item.own;
        if !own || quantity.measure == Measure::Share || acts.parts.contains(&row.id) || is_repeated(row.norm) {
            continue;
        }
        let key = (row.norm.clause, &row.act);
        let group = groups.entry(key).or_default();
        if group.is_empty() {
            order.push(key);
        }
        group.push((row.id, row.norm, quantity));
    }
    let mut several: FxHashMap<(ClauseId, Act), Vec<Stages>> = FxHashMap::default();
    let mut payments = Vec::new();
    for key in order {
        let Some(group) = groups.get(&key) else { continue };
        let told = (group.len() > 1).then(|| whole(acts, key.0, key.1, group)).flatten();
        if let Some(finding) = told.and_then(|it| missed(acts, key.1, group, &it)) {
            found.push(finding);
            continue;
        }
        // What several give to one out of one support is added up too, whoever gives it.
        let pays = group.iter().all(|(_, _, quantity)| matches!(quantity.measure, Measure::Money(_)));
        let once = group.iter().all(|(_, norm, _)| owed_by(norm, key.1) == Ratio::from_integer(1));
        if pays && once && draft.model.clause(key.0).item.kind == known::SUPPORT {
            let one = (key.0, Act { actors: Default::default(), ..key.1.clone() });
            if !several.contains_key(&one) {
                payments.push(one.clone());
            }
            several.entry(one).or_default().push((key.1, group));
        }
    }
    for key in payments {
        let Some(groups) = several.get(&key).filter(|groups| groups.len() > 1) else { continue };
        let group: Vec<Stated> = groups.iter().flat_map(|(_, group)| group.iter().copied()).collect();
        // Only more than there is: what is missing others may give.
        let total = whole(acts, key.0, &key.1, &group).map(|it| Whole { exhausted: false, ..it });
        if let Some(act) = groups.first().map(|(act, _)| *act) {
            found.extend(total.and_then(|it| missed(acts, act, &group, &it)));
        }
    }
}

/// The total that the stages of an act are held against: that of the thing they are of, else that of their clause.
fn whole<'a>(acts: &Acts<'a>, id: ClauseId, act: &Act, group: &[Stated]) -> Option<Whole<'a>> {
    let draft = acts.draft;
    let model = draft.model;
    let counted = group.iter().filter_map(|(_, _, quantity)| quantity.of);
    for entity in act.entities().chain(counted).filter(|entity| matches!(entity, Entity::Thing(_))) {
        if let Some((at, quantity)) = stated(draft, entity) {
            let named = format!("the `total` of {}", draft.called(entity));
            return Some(Whole { at, quantity, named, exhausted: false });
        }
    }
    let clause = model.clause(id);
    let (value, quantity, field) = total(clause)?;
    // Nothing else in the clause brings it about, and nothing else says who brings the rest.
    let others = model.norms_of(id).filter(|(norm, _)| !group.iter().any(|(known, ..)| known == norm));
    let elsewhere = ["parts", "contributions", "shares", "donors", "baseline", "composition"];
    let exhausted = others.into_iter().all(|(_, norm)| !binds(norm) || norm.action.is_some_and(|it| it != act.verb))
        && !elsewhere.iter().any(|name| draft.has_field(&clause.item, name));
    let named = format!("the `{}` of {}", draft.text(field), draft.called(Entity::Clause(id)));
    Some(Whole { at: value.at, quantity, named, exhausted })
}

fn missed(acts: &Acts, act: &Act, group: &[Stated], whole: &Whole) -> Option<Finding> {
    let draft = acts.draft;
    let model = draft.model;
    let zero = Ratio::from_integer(0);
    let (mut low, mut high) = (zero, Some(zero));
    let mut range = None;
    for (_, norm, quantity) in group {
        if !norm.guard.is_empty() {
            return None;
        }
        let (part, stated) = model.comparable(quantity, whole.quantity)?;
        let each = owed_by(norm, act);
        // One that is more than the whole by itself is told of alone.
        if part.low.zip(stated.high).is_some_and(|(part, stated)| part.value * each > stated.value) {
            return None;
        }
        low += part.low.map_or(zero, |limit| limit.value * each);
        high = high.zip(part.high).map(|(sum, limit)| sum + limit.value * each);
        range = Some(stated);
    }
    let range = range.filter(|_| !whole.quantity.about)?;
    let most = range.high.filter(|most| low > most.value || (low == most.value && most.strict));
    let least = range.low.zip(high).filter(|(least, high)| whole.exhausted && *high < least.value);
    // What is undone in the same clause may be done again.
    let clause = group.first()?.1.clause;
    let undone = |norm: &Norm| norm.action.is_some_and(|it| undoes(&model.vocabulary, it, act.verb));
    if model.norms_of(clause).any(|(_, norm)| undone(norm)) {
        return None;
    }
    let (reached, off) = match (most, least) {
        (Some(most), _) => (low, low - most.value),
        (None, Some((least, high))) => (high, least.value - high),
        (None, None) => return None,
    };
    let (reach, off) = (in_unit(draft, reached, whole.quantity), in_unit(draft, off, whole.quantity));
    let over = most.is_some();
    let (first, rest) = group.split_first()?;
    let mut finding = Finding::new(
        "contradiction/sum",
        if over { Level::Error } else { Level::Warning },
        format!("the stages add up to {reach}, {off} {} than {}", if over { "more" } else { "less" }, whole.named),
        first.2.at,
    )
    .saying("this stage …");
    for (_, _, quantity) in rest {
        finding = finding.label(quantity.at, "… and this one");
    }
    let mut finding = finding
        .label(whole.at, "the total")
        .help("stages are added up: correct one of them or the total, or write what each adds and not what is reached")
        .about(clause_name(draft, first.1));
    finding.clauses = group.iter().map(|(id, ..)| model.norm_name(*id)).collect();
    Some(finding)
}

/// A number of base units in the unit of an amount, with the words of that unit.
pub(super) fn in_unit(draft: Draft, value: Rational, like: &Quantity) -> String {
    let factor = draft.model.base(like.measure).map_or(Ratio::from_integer(1), |(_, factor)| factor);
    let value = if factor == Ratio::from_integer(0) { value } else { value / factor };
    let words = draft.words(like.at);
    let unit = words.split_whitespace().next_back().filter(|word| word.chars().all(|c| !c.is_ascii_digit()));
    match (like.measure, unit) {
        (Measure::Money(currency), _) => format!("{} {}", draft.text(currency), money(value)),
        (_, Some(unit)) => format!("{} {unit}", grouped(value)),
        (_, None) => grouped(value),
    }
}

/// A number as a draft writes it: `5_500`.
fn grouped(value: Rational) -> String {
    let plain = number(value);
    let digits = plain.find(|c: char| !c.is_ascii_digit()).unwrap_or(plain.len());
    let (whole, rest) = plain.split_at(digits);
    if whole.len() < 4 || rest.starts_with('/') {
        return plain;
    }
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text + rest
}

fn money(value: Rational) -> String {
    for (scale, word) in [(1_000_000_000, "billion"), (1_000_000, "million")] {
        let scale = Ratio::from_integer(scale);
        if value >= scale {
            return format!("{} {word}", number(value / scale));
        }
    }
    number(value)
}

/// `contributions: FR 6_000, GB 6_000` against the strength, and `shares: FR 40, GB 60` against a hundred.
fn contributions(draft: Draft, clause: &Clause, found: &mut Vec<Finding>) {
    for field in clause.item.fields.iter().filter(|field| !field.damaged && field.values.len() > 1) {
        let name = draft.text(field.name);
        if !matches!(name, "contributions" | "shares") {
            continue;
        }
        let Some((sum, shares)) = counted(field) else { continue };
        if shares {
            let one = Ratio::from_integer(1);
            if sum != one {
                let off = number((sum - one) * Ratio::from_integer(100)).replace('-', "");
                let rest = if sum > one { "more" } else { "less" };
                let finding = Finding::new(
                    "contradiction/sum",
                    if sum > one { Level::Error } else { Level::Warning },
                    format!(
                        "the {name} add up to {}%, {off}% {rest} than the whole",
                        number(sum * Ratio::from_integer(100))
                    ),
                    field.at,
                )
                .saying("these are to make 100%")
                .help(format!("let the {name} add up to 100%, or say who provides the rest"));
                found.push(finding.about(draft.text(clause.item.name)));
            }
            continue;
        }
        let stated = total(clause).filter(|(_, stated, _)| {
            !stated.about && !matches!(stated.measure, Measure::Share | Measure::Money(_)) && stated.per.is_none()
        });
        let hundred = Ratio::from_integer(100);
        let finding = match stated {
            Some((value, stated, of)) if name == "contributions" => {
                let over = stated.high.is_some_and(|most| sum > most.value);
                let under = stated.low.is_some_and(|least| sum < least.value);
                if !over && !under {
                    continue;
                }
                let mut finding = Finding::new(
                    "contradiction/sum",
                    Level::Error,
                    format!(
                        "the contributions add up to {}, {} than `{}`",
                        grouped(sum),
                        if over { "more" } else { "less" },
                        draft.words(value.at)
                    ),
                    field.at,
                )
                .saying(format!("these make {}", grouped(sum)))
                .label(value.at, format!("the `{}`", draft.text(of)))
                .help("correct a contribution or the total, or name who provides the rest");
                if under {
                    finding.level = Level::Warning;
                }
                finding
            }
            // Shares near a hundred are meant as per cent; other numbers may be keys of any scale.
            None if name == "shares" && sum != hundred && (90..=110).contains(&sum.to_integer()) => {
                let mut finding = Finding::new(
                    "contradiction/sum",
                    Level::Error,
                    format!("the shares add up to {} and not to 100, if they are per cent", number(sum)),
                    field.at,
                )
                .saying(format!("these make {}", number(sum)))
                .help("let the shares add up to 100, or say how the rest is shared");
                finding.level = Level::Warning;
                finding.certainty = Certainty::Possible;
                finding
            }
            _ => continue,
        };
        found.push(finding.about(draft.text(clause.item.name)));
    }
}

/// What the numbers of a field make together, and whether they are shares of a whole; nothing where one has none, or where
/// shares stand beside numbers.
fn counted(field: &Field) -> Option<(Rational, bool)> {
    let mut sum = Ratio::from_integer(0);
    let mut shares = 0;
    for value in &field.values {
        let ValueKind::Entity(_, Some(quantity)) = &value.kind else { return None };
        sum += quantity.exact()?;
        shares += usize::from(quantity.measure == Measure::Share);
    }
    (shares == 0 || shares == field.values.len()).then_some((sum, shares > 0))
}
