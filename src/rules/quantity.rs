//! How many: amounts that zero meets, shares of more than the whole, parts that do not make the total.

use super::ask::{binds, entities};
use super::structure::clause_name;
use super::{Draft, Report, Rule, error, read, warning};
use crate::finding::Level;
use crate::model::clause::{Clause, NormRef, Target, Value, ValueKind, What};
use crate::model::norm::{Manner, Norm};
use crate::model::quantity::{Measure, Quantity, Rational};
use crate::model::{Entity, Symbol, known};
use crate::source::Loc;
use num_rational::Ratio;

/// The rows of this family.
pub const RULES: &[Rule] = &[
    read("quantity/wrong-unit", Level::Warning, "a unit of another measure"),
    read("quantity/impossible-range", Level::Error, "a range that ends below its start"),
    read("quantity/bad-number", Level::Error, "a number that cannot be read"),
    read("quantity/half-month", Level::Advice, "half a month, of no known length"),
    warning("quantity/up-to-zero", "an amount that zero meets", up_to_zero),
    warning("quantity/each-or-total", "each of them, or all together?", each_or_total),
    error("quantity/shares-over-whole", "shares of more than the whole", shares_over_whole),
    error("quantity/shares-and-whole", "shares that do not make the whole", shares_and_whole),
    error("quantity/parts-and-total", "parts that do not make the total", parts_and_total),
    error("quantity/over-total", "more than the clause allows", over_total),
];

fn up_to_zero(draft: &Draft, report: &mut Report) {
    for (_, norm) in draft.own_norms().filter(|(_, norm)| binds(norm)) {
        let Some(quantity) = norm.quantity.as_ref().filter(|quantity| quantity.up_to && quantity.low.is_none()) else {
            continue;
        };
        let words = draft.words(quantity.at);
        let number = words.trim_start_matches("up to ").trim();
        let finding = report
            .finding(format!("`{words}` is kept by doing nothing"), quantity.at)
            .saying("zero will do")
            .help(format!("state the least as well: `at least …` or a range that ends at {number}"))
            .about(clause_name(*draft, norm));
        report.push(finding);
    }
}

fn each_or_total(draft: &Draft, report: &mut Report) {
    for (_, norm) in draft.own_norms().filter(|(_, norm)| binds(norm)) {
        let Some(quantity) = &norm.quantity else { continue };
        let counted =
            matches!(quantity.measure, Measure::Number | Measure::Unit(_) | Measure::Counted(_) | Measure::Money(_));
        let several = norm.actors.list.len() > 1 && !norm.actors.any;
        if !counted || !several || norm.actors.manner.is_some() || quantity.per.is_some() {
            continue;
        }
        let finding = report
            .finding(format!("`{}` is owed by each or by all together", draft.words(quantity.at)), quantity.at)
            .saying("each of them, or in total?")
            .label(modal_or_first(norm), "these owe it")
            .help("write `each` or `jointly` before the modal words: `FR, GB jointly shall …`")
            .about(clause_name(*draft, norm));
        report.push(finding);
    }
}

fn modal_or_first(norm: &Norm) -> Loc {
    let actors = norm.actors.list.iter().map(|actor| actor.at);
    actors.reduce(|a, b| Loc::new(a.file, a.span.to(b.span))).unwrap_or(norm.modal)
}

/// What a share is of: the verb, and the object that it divides.
type Whole<'a> = (&'a str, Entity);

fn shares_over_whole(draft: &Draft, report: &mut Report) {
    let one = Ratio::from_integer(1);
    for (id, clause) in draft.own_clauses() {
        let mut wholes: Vec<(Whole, Rational, Vec<Loc>)> = Vec::new();
        for (_, norm) in draft.model.norms_of(id).filter(|(_, norm)| !norm.damaged && binds(norm)) {
            if norm.actors.manner == Some(Manner::Each) && norm.actors.list.len() > 1 {
                continue;
            }
            let Some(quantity) = norm.quantity.as_ref().filter(|quantity| quantity.measure == Measure::Share) else {
                continue;
            };
            let (Some(share), Some(of)) = (least(quantity), quantity.of.or(entities(&norm.objects.list).next())) else {
                continue;
            };
            // A share of more than everything has its own finding.
            if share > one {
                continue;
            }
            let key = (draft.verb(norm), of);
            match wholes.iter_mut().find(|(known, ..)| *known == key) {
                Some((_, sum, places)) => {
                    *sum += share;
                    places.push(quantity.at);
                }
                None => wholes.push((key, share, vec![quantity.at])),
            }
        }
        for ((verb, of), sum, places) in wholes {
            let Some((&first, rest)) = places.split_first() else { continue };
            if sum <= one {
                continue;
            }
            let finding = report
                .finding(format!("the shares of {} to {verb} add up to {}", draft.called(of), percent(sum)), first)
                .saying("added up …")
                .help("stages are added up: write what each adds, not what is reached by then");
            let finding = rest.iter().fold(finding, |finding, &at| finding.label(at, "… with this"));
            report.push(finding.about(draft.text(clause.item.name)));
        }
    }
}

/// The field `shares:` divides a whole, so that what it names in hundredths has to make one.
fn shares_and_whole(draft: &Draft, report: &mut Report) {
    let Some(name) = draft.model.names.get("shares") else { return };
    let one = Ratio::from_integer(1);
    for (_, clause) in draft.own_clauses().filter(|(_, clause)| !clause.item.damaged) {
        let Some(field) = clause.item.field(name).filter(|field| !field.damaged) else { continue };
        let share = |value: &Value| match &value.kind {
            ValueKind::Quantity(quantity) | ValueKind::Entity(_, Some(quantity)) => {
                exact(quantity).filter(|_| quantity.measure == Measure::Share)
            }
            _ => None,
        };
        let Some(shares) = field.values.iter().map(share).collect::<Option<Vec<Rational>>>() else { continue };
        let sum: Rational = shares.iter().sum();
        if shares.len() < 2 || sum == one {
            continue;
        }
        let finding = report
            .finding(format!("the shares make {}, not 100%", percent(sum)), field.at)
            .saying(format!("these make {}", percent(sum)))
            .help("correct a share, or name who bears the rest")
            .about(draft.text(clause.item.name));
        report.push(finding);
    }
}

/// The number of an amount that is neither a range nor about.
fn exact(quantity: &Quantity) -> Option<Rational> {
    least(quantity).filter(|least| most(quantity) == Some(*least))
}

fn percent(share: Rational) -> String {
    let hundred = share * Ratio::from_integer(100);
    format!("{}%", number(hundred))
}

/// A number for a message: `39000`, `2.5`, or a fraction where it has no short decimal form.
pub(super) fn number(value: Rational) -> String {
    if value.is_integer() {
        return value.to_integer().to_string();
    }
    for digits in 1..=3 {
        let scale = 10_i128.pow(digits);
        let scaled = value * Ratio::from_integer(scale);
        if scaled.is_integer() {
            let whole = scaled.to_integer();
            let (high, low) = (whole / scale, (whole % scale).abs());
            return format!("{high}.{low:0width$}", width = digits as usize);
        }
    }
    format!("{}/{}", value.numer(), value.denom())
}

/// The least that meets an amount, `about` left out of account.
fn least(quantity: &Quantity) -> Option<Rational> {
    quantity.low.filter(|_| !quantity.about).map(|limit| limit.value)
}

fn most(quantity: &Quantity) -> Option<Rational> {
    quantity.high.filter(|_| !quantity.about).map(|limit| limit.value)
}

/// The total that a clause states, in the first of the fields that can hold one.
pub(super) fn total(clause: &Clause) -> Option<(&Value, &Quantity, Symbol)> {
    [known::TOTAL, known::STRENGTH, known::AMOUNT, known::NUMBER, known::COUNT].into_iter().find_map(|name| {
        let field = clause.item.field(name)?;
        field.values.iter().find_map(|value| match &value.kind {
            ValueKind::Quantity(quantity) => Some((value, &**quantity, name)),
            _ => None,
        })
    })
}

/// A number in the base unit of its measure, so that amounts in different units can be added.
fn factor(draft: Draft, from: Measure, to: Measure) -> Option<Rational> {
    if super::time::same_unit(from, to) {
        return Some(Ratio::from_integer(1));
    }
    let unit = |measure| match measure {
        Measure::Unit(name) => {
            let id = *draft.model.vocabulary.unit_ids.get(&name)?;
            Some(draft.model.vocabulary.unit(id))
        }
        _ => None,
    };
    let (from, to) = (unit(from)?, unit(to)?);
    if from.measures != to.measures {
        return None;
    }
    let (from, to) = (from.factor?, to.factor?);
    (to != Ratio::from_integer(0)).then(|| from / to)
}

fn parts_and_total(draft: &Draft, report: &mut Report) {
    let Some(name) = draft.model.names.get("parts") else { return };
    for (_, clause) in draft.own_clauses().filter(|(_, clause)| !clause.item.damaged) {
        let Some((at, total, _)) = total(clause) else { continue };
        for field in clause.item.fields.iter().filter(|field| field.name == name && !field.damaged) {
            let Some((low, high)) = sum_of_parts(*draft, clause, &field.values, total.measure) else {
                continue;
            };
            let over = total.high.is_some_and(|most| low > most.value);
            let under = total.low.zip(high).is_some_and(|(least, high)| high < least.value);
            if total.about || !(over || under) {
                continue;
            }
            let sum = if over { low } else { high.unwrap_or(low) };
            let finding = report
                .finding(format!("the parts add up to {}, not to `{}`", number(sum), draft.words(total.at)), field.at)
                .saying(format!("these make {}", number(sum)))
                .label(at.at, "the total")
                .help("correct the total, a part, or the list of parts")
                .about(draft.text(clause.item.name));
            report.push(finding);
        }
    }
}

/// The least and the most that the parts make together, in the unit of the total; nothing where one of them has no
/// number, or another unit.
fn sum_of_parts(
    draft: Draft,
    clause: &Clause,
    values: &[Value],
    unit: Measure,
) -> Option<(Rational, Option<Rational>)> {
    let zero = Ratio::from_integer(0);
    let (mut low, mut high) = (zero, Some(zero));
    let mut add = |quantity: &Quantity| {
        let factor = factor(draft, quantity.measure, unit)?;
        low += least(quantity).unwrap_or(zero) * factor;
        high = high.zip(most(quantity)).map(|(sum, part)| sum + part * factor);
        (!quantity.about).then_some(())
    };
    for value in values {
        match &value.kind {
            ValueKind::Norms(norms) => {
                for id in NormRef::ids(*norms) {
                    let norm = draft.model.norm(id);
                    let each = norm.actors.manner == Some(Manner::Each) && norm.actors.list.len() > 1;
                    if each || norm.damaged {
                        return None;
                    }
                    add(norm.quantity.as_ref()?)?;
                }
            }
            ValueKind::Entity(Entity::Clause(id), _) if draft.model.clause(*id).item.name != clause.item.name => {
                let other = draft.model.clause(*id);
                let (_, quantity, _) = total(other)?;
                add(quantity)?;
            }
            ValueKind::Entity(_, Some(quantity)) => add(quantity)?,
            ValueKind::Quantity(quantity) => add(quantity)?,
            _ => return None,
        }
    }
    (!values.is_empty()).then_some((low, high))
}

fn over_total(draft: &Draft, report: &mut Report) {
    for (id, clause) in draft.own_clauses().filter(|(_, clause)| !clause.item.damaged) {
        let Some((at, total, field)) = total(clause) else { continue };
        let Some(cap) = most(total) else { continue };
        for (_, norm) in draft.model.norms_of(id).filter(|(_, norm)| !norm.damaged && binds(norm)) {
            let Some(quantity) = &norm.quantity else { continue };
            // Only an amount of the clause itself: `10_000 personnel to force`, `force of 10_000`.
            let of_itself = names(norm, Entity::Clause(id)) || quantity.of == Some(Entity::Clause(id));
            let Some(factor) = factor(*draft, quantity.measure, total.measure).filter(|_| of_itself) else {
                continue;
            };
            if least(quantity).is_some_and(|low| low * factor > cap) && quantity.per == total.per {
                let finding = report
                    .finding(
                        format!(
                            "`{}` is more than the `{}` of `{}`",
                            draft.words(quantity.at),
                            draft.text(field),
                            clause_name(*draft, norm)
                        ),
                        quantity.at,
                    )
                    .saying("more than …")
                    .label(at.at, "… what is stated here")
                    .help("correct one of the two numbers")
                    .about(clause_name(*draft, norm));
                report.push(finding);
            }
        }
    }
}

fn names(norm: &Norm, entity: Entity) -> bool {
    let is = |target: &Target| target.what == What::Entity(entity);
    norm.objects.list.iter().any(is) || norm.roles.iter().any(|role| is(&role.target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_exactly() {
        assert_eq!(number(Ratio::from_integer(39_000)), "39000");
        assert_eq!(number(Ratio::new(5, 2)), "2.5");
        assert_eq!(number(Ratio::new(1, 3)), "1/3");
        assert_eq!(percent(Ratio::new(21, 20)), "105%");
    }
}
