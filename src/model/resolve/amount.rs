//! Numbers, amounts and lengths of time.

use super::Resolver;
use crate::finding::{Finding, Level};
use crate::model::names::Symbol;
use crate::model::quantity::{BadNumber, Limit, Measure, Quantity, Rational, number};
use crate::model::suggest::closest;
use crate::model::time::{Length, Offset};
use crate::model::{Entity, MentionRole};
use crate::source::Span;
use crate::syntax::tree::{self, Amount, AmountKind, Bound, Duration, Number, TimeUnit, Unit};
use crate::syntax::word::classify;

/// Where an amount stands, which decides what a word that is no unit may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum AmountPlace {
    /// In a norm: the word is the thing counted, declared or not.
    Norm,
    /// In a field: a word that is neither unit nor declared is reported.
    Field,
}

impl Resolver<'_> {
    /// An amount, and what it is of, where `of` names it.
    pub(super) fn quantity(&mut self, amount: &Amount, of: Option<Entity>, place: AmountPlace) -> Quantity {
        let at = self.at(amount.span);
        let mut measure = match amount.kind {
            AmountKind::EqualShares => Measure::EqualShares,
            AmountKind::Remaining => Measure::Remaining,
            AmountKind::Range { .. } => match amount.unit {
                Unit::None => Measure::Number,
                Unit::Percent => Measure::Share,
                Unit::Currency(span) => Measure::Money(self.symbol(span)),
                Unit::Word(_) if self.is_frequency(amount) => Measure::Number,
                Unit::Word(span) => self.measure(span, place),
            },
        };
        let mut counted = of;
        if let (AmountKind::EqualShares | AmountKind::Remaining, Unit::Word(span)) = (&amount.kind, amount.unit) {
            counted = counted.or_else(|| match self.measure(span, place) {
                Measure::Counted(entity) => Some(entity),
                _ => None,
            });
        }
        let (mut low, mut high) = (None, None);
        if let AmountKind::Range { low: first, high: second, scale } = amount.kind {
            // `1/3 of force` is a share like `40% of force`.
            let is_fraction = self.text(first.span).as_bytes().contains(&b'/');
            if measure == Measure::Number && is_fraction {
                measure = Measure::Share;
            }
            // Reckoning with fractions takes its time, and most numbers are what they are.
            let scaled = |n: Rational| match (scale, amount.unit) {
                (_, Unit::Percent) => n / Rational::from_integer(100),
                (0, _) => n,
                _ => n * Rational::from_integer(10_i128.pow(u32::from(scale.min(9)))),
            };
            let one = self.number(first).map(scaled);
            let two = second.and_then(|second| self.number(second)).map(scaled);
            self.range(amount, measure, one, two);
            (low, high) = limits(amount.bound, one, if second.is_some() { two } else { one });
        }
        if let Measure::Counted(entity) = measure {
            counted = counted.or(Some(entity));
        }
        Quantity {
            at,
            low,
            high,
            about: amount.bound == Some(Bound::About),
            up_to: amount.bound == Some(Bound::UpTo),
            further: amount.further,
            measure,
            per: self.optional_symbol(amount.per),
            of: counted,
        }
    }

    /// Whether it says how often: `4 times`.
    pub(super) fn is_frequency(&self, amount: &Amount) -> bool {
        matches!(amount.unit, Unit::Word(span) if self.text(span) == "times")
    }

    /// The `month` of `per month`, as the length in which something recurs; nothing where `per` counts something else.
    pub(super) fn period(&mut self, per: Span) -> Option<Length> {
        let unit = classify(self.text(per).as_bytes()).time_unit()?;
        Some(self.interval(None, unit, per))
    }

    /// Reports a range that nothing can meet.
    fn range(&mut self, amount: &Amount, measure: Measure, low: Option<Rational>, high: Option<Rational>) {
        let code = "quantity/impossible-range";
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            let text = self.text(amount.span);
            let turned = match amount.kind {
                AmountKind::Range { low, high: Some(high), .. } => {
                    format!("write `{}..{}`", self.text(high.span), self.text(low.span))
                }
                _ => String::new(),
            };
            let message = format!("`{text}` runs from the larger number to the smaller");
            self.error(code, message, amount.span, "no number lies in this range".into(), turned);
        }
        let most = high.or(low);
        if measure == Measure::Share && most.is_some_and(|most| most > Rational::from_integer(1)) {
            let message = format!("`{}` is more than all of it", self.text(amount.span));
            let help = "a share is at most 100%; to say by how much something grows, write the number it grows to";
            self.error(code, message, amount.span, "more than the whole".into(), help.into());
        }
    }

    /// What the word behind a number measures.
    fn measure(&mut self, span: Span, place: AmountPlace) -> Measure {
        let word = self.symbol(span);
        if let Some(unit) = self.vocabulary.unit_of(word) {
            // `tanks` counts tanks, and a draft may declare its own.
            if let Some(entity) = self.lookup(word) {
                self.mention(entity, span, MentionRole::Object);
            }
            return Measure::Unit(unit.name);
        }
        let known = self.counted(word, span);
        if let Some(entity) = known {
            self.mention(
                entity,
                span,
                if place == AmountPlace::Norm { MentionRole::Object } else { MentionRole::Field },
            );
            return Measure::Counted(entity);
        }
        if self.scenario {
            return Measure::Unknown(word);
        }
        let near = self.near_unit(word);
        if place == AmountPlace::Norm && near.is_none() {
            let entity = self.undeclared_thing(word, span);
            self.mention(entity, span, MentionRole::Object);
            return Measure::Counted(entity);
        }
        let (text, at) = (self.text(span), self.at(span));
        let finding = Finding::new(
            "structure/unknown-unit",
            Level::Warning,
            format!("`{text}` is no unit, and nothing of this name is declared"),
            at,
        )
        .saying("counts something unknown");
        let finding = match near {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), false, at, near)
            }
            None if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                finding.help(format!("a currency stands before its number: `{text} 2 billion`"))
            }
            None => finding
                .help(format!("declare what is counted (`thing {text} \"…\"`), or use a unit such as `personnel`")),
        };
        self.report(finding);
        Measure::Unknown(word)
    }

    /// The declared thing or clause of a word, in the singular or plural.
    fn counted(&mut self, word: Symbol, span: Span) -> Option<Entity> {
        if let Some(found) = self.lookup(word).or_else(|| self.standard_thing(word, span)) {
            return Some(found);
        }
        let text = self.ground.model.text(word);
        let other = match text.strip_suffix('s') {
            Some(singular) => singular.to_owned(),
            None => format!("{text}s"),
        };
        let other = self.ground.model.names.get(&other)?;
        self.lookup(other).or_else(|| self.standard_thing(other, span))
    }

    fn near_unit(&mut self, word: Symbol) -> Option<String> {
        self.suggestions = self.suggestions.checked_sub(2 * self.vocabulary.units.len())?;
        let units = self.vocabulary.units.iter().flat_map(|unit| [unit.plural, unit.name]);
        let text = self.ground.model.text(word);
        // Short words are near to too many units.
        if text.len() < 5 {
            return None;
        }
        closest(text, units.map(|unit| self.ground.model.text(unit))).map(str::to_owned)
    }

    /// A number that can be reckoned with; a finding where it cannot.
    pub(super) fn number(&mut self, digits: Number) -> Option<Rational> {
        let text = self.text(digits.span);
        let wrong = match number(text) {
            Ok(number) => return Some(number),
            // The parser has reported it.
            Err(BadNumber::NoDigits) => return None,
            Err(wrong) => wrong,
        };
        let (message, label, help) = match wrong {
            BadNumber::ZeroDenominator => (
                format!("`{text}` divides by zero"),
                "a fraction of nothing",
                "write the parts it is divided into below the line",
            ),
            _ => (
                format!("`{text}` has more than 15 digits"),
                "too long to reckon with",
                "write fewer digits, or a word of scale: `2.5 billion`",
            ),
        };
        self.error("quantity/bad-number", message, digits.span, label.into(), help.into());
        None
    }

    /// A bare number as a quantity, the `5` of `UNC 5` and the `40%` of `FR 40%`.
    pub(super) fn count(&mut self, count: Number) -> Option<Quantity> {
        let text = self.text(count.span);
        let digits = text.strip_suffix('%').map_or(text, str::trim_end);
        let is_share = digits.len() < text.len();
        let value =
            self.number(Number { span: Span::new(count.span.start, count.span.start + digits.len() as u32) })?;
        let value = if is_share { value / Rational::from_integer(100) } else { value };
        let limit = Some(Limit { value, strict: false });
        Some(Quantity {
            at: self.at(count.span),
            low: limit,
            high: limit,
            about: false,
            up_to: false,
            further: false,
            measure: if is_share { Measure::Share } else { Measure::Number },
            per: None,
            of: None,
        })
    }

    /// `30 days`; nothing where the number cannot be reckoned with. The middle of half a month, which is 14 to 16 days.
    pub(super) fn duration(&mut self, duration: &Duration) -> Offset {
        match self.offset(duration.number, duration.unit, duration.span) {
            Some((least, most)) => Offset { days: (least.days + most.days) / 2, ..least },
            None => Offset::default(),
        }
    }

    /// `at least 6 months`, `28..31 days`
    pub(super) fn length(&mut self, length: &tree::Length) -> Length {
        let at = self.at(length.span);
        let first = self.offset(length.low, length.unit, length.span);
        let last = length.high.map_or(first, |high| self.offset(high, length.unit, length.span));
        let (low, high) = (first.map(|(least, _)| least), last.map(|(_, most)| most));
        if let (Some(low), Some(high)) = (low, high)
            && low.compare(high) == Some(std::cmp::Ordering::Greater)
        {
            let message = format!("`{}` runs from the longer time to the shorter", self.text(length.span));
            self.error(
                "time/impossible-range",
                message,
                length.span,
                "no length of time lies in this range".into(),
                "write the shorter time first".into(),
            );
        }
        let (low, high) = match length.bound {
            Some(Bound::AtLeast | Bound::MoreThan) => (low, None),
            Some(Bound::AtMost | Bound::UpTo | Bound::FewerThan) => (None, high),
            _ => (low, high),
        };
        Length { at, low, high, about: length.bound == Some(Bound::About) }
    }

    /// `every 2 weeks`, `every month`
    pub(super) fn interval(&mut self, number: Option<Number>, unit: TimeUnit, span: Span) -> Length {
        let every = match number.filter(|number| !number.span.is_empty()) {
            Some(number) => self.offset(number, unit, span),
            None => Offset::range_of(Rational::from_integer(1), unit),
        };
        let (low, high) = (every.map(|(least, _)| least), every.map(|(_, most)| most));
        Length { at: self.at(span), low, high, about: false }
    }

    /// The least and the most that a length can be.
    fn offset(&mut self, digits: Number, unit: TimeUnit, span: Span) -> Option<(Offset, Offset)> {
        if digits.span.is_empty() {
            return Offset::range_of(Rational::from_integer(1), unit);
        }
        let number = self.number(digits)?;
        let range = Offset::range_of(number, unit);
        match range {
            None => {
                let message = format!("`{}` is no length of time that can be reckoned with", self.text(span));
                let help = "write whole months and years (`9 months`), and let what is shorter be days or hours";
                self.error("quantity/bad-number", message, span, "has no fixed length".into(), help.into());
            }
            Some((least, most)) if least != most => {
                let message = format!("`{}` leaves open how many days half a month has", self.text(span));
                let finding = Finding::new("quantity/half-month", Level::Advice, message, self.at(span))
                    .saying("half a month: 14, 15 or 16 days")
                    .help("write the whole months and the days apart, or all of it in days: `285 days`");
                self.findings.push(finding);
            }
            Some(_) => {}
        }
        range
    }
}

/// The ends of a range, as the words before it say.
fn limits(bound: Option<Bound>, low: Option<Rational>, high: Option<Rational>) -> (Option<Limit>, Option<Limit>) {
    let at = |value: Option<Rational>| value.map(|value| Limit { value, strict: false });
    let beyond = |value: Option<Rational>| value.map(|value| Limit { value, strict: true });
    match bound {
        Some(Bound::AtLeast) => (at(low), None),
        Some(Bound::MoreThan) => (beyond(low), None),
        Some(Bound::AtMost | Bound::UpTo) => (None, at(high)),
        Some(Bound::FewerThan) => (None, beyond(high)),
        Some(Bound::About | Bound::Exactly) | None => (at(low), at(high)),
    }
}
