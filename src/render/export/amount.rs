//! Amounts, points in time and lengths of time.

use super::View;
use super::value::Reference;
use crate::model::Entity;
use crate::model::quantity::{Limit, Measure, Quantity, Rational};
use crate::model::time::{self, Anchor, Instant, Length, Offset, Time};
use num_traits::ToPrimitive;
use schemars::JsonSchema;
use serde::Serialize;

/// A number, exactly and approximately.
#[derive(Serialize, JsonSchema)]
pub struct Number {
    /// The exact number: a decimal such as `2.5`, or a fraction such as `2/3` where no decimal is exact.
    #[schemars(extend("pattern" = "^-?[0-9]+([.][0-9]+|/[0-9]+)?$"))]
    exact: String,
    /// The nearest floating-point number.
    value: f64,
}

/// How many or how much, of what.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Quantity")]
pub struct QuantityView<'a> {
    /// The words in the draft.
    written: &'a str,
    /// The least that meets it; the same as `high` for one exact number.
    low: Option<LimitView>,
    /// The most that meets it.
    high: Option<LimitView>,
    /// Whether it says `about`.
    about: bool,
    /// Whether it says `up to`, so that zero meets it.
    up_to: bool,
    /// Whether it says `a further`: on top of what is there.
    further: bool,
    /// What is measured.
    measure: MeasureView<'a>,
    /// What it is counted by: `month` of `per month`.
    per: Option<&'a str>,
    /// What the share or the number is of.
    of: Option<Reference<'a>>,
}

/// An end of a range of numbers.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Limit")]
struct LimitView {
    /// The number, in the unit as written.
    #[serde(flatten)]
    number: Number,
    /// Whether the number itself is out, as in `more than n`.
    strict: bool,
}

/// What a number measures.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(rename = "Measure")]
enum MeasureView<'a> {
    /// A bare number.
    Number,
    /// A unit of the vocabulary.
    Unit {
        /// Its name in the singular.
        unit: &'a str,
        /// What it measures: `personnel`, `distance`.
        measures: Option<&'a str>,
        /// How many base units of its measure it is, if it can be converted.
        factor: Option<Number>,
    },
    /// A thing or clause that is counted by its own name: `3 hubs`.
    Counted {
        /// Which.
        of: Reference<'a>,
    },
    /// A word that is neither.
    Unknown {
        /// The word.
        word: &'a str,
    },
    /// A part of a whole: 1 is all of it, so that `40%` is 0.4.
    Share,
    /// Money.
    Money {
        /// The code of the currency by ISO 4217.
        currency: &'a str,
    },
    /// `equal shares`
    EqualShares,
    /// `the remaining`
    Remaining,
}

/// A point in time: an anchor, and what is added to it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Time")]
pub struct TimeView<'a> {
    /// The words in the draft.
    written: &'a str,
    /// What it is counted from.
    anchor: AnchorView<'a>,
    /// What is added; all parts are zero where nothing is.
    offset: OffsetView,
}

/// What a point in time is counted from.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(rename = "Anchor")]
enum AnchorView<'a> {
    /// A whole day.
    Date {
        /// The day: `2026-01-06`.
        #[schemars(extend("format" = "date"))]
        date: String,
    },
    /// A whole month.
    Month {
        /// The month: `2026-01`.
        #[schemars(extend("pattern" = "^-?[0-9]{4,6}-[0-9]{2}$"))]
        month: String,
    },
    /// A date with an hour.
    Instant {
        /// By ISO 8601, with its offset from UTC where the text gives one: `2026-01-06T04:00:00+02:00`.
        instant: String,
        /// Minutes ahead of UTC; `null` where the text does not say.
        offset_minutes: Option<i32>,
    },
    /// An event.
    Event {
        /// Its name.
        name: &'a str,
    },
    /// A point of a clause.
    Clause {
        /// Its name.
        name: &'a str,
        /// Which point.
        point: Point,
    },
    /// A point of one or more norms.
    Norms {
        /// Their names: `force(a)`.
        norms: Vec<String>,
        /// Which point.
        point: Point,
    },
    /// A point of a phase.
    Phase {
        /// Its name.
        name: &'a str,
        /// Which point.
        point: Point,
    },
    /// A point in the life of an instrument.
    Instrument {
        /// Its name.
        name: &'a str,
        /// Which point.
        milestone: Milestone,
    },
    /// Quoted words.
    Prose {
        /// The words without their quotation marks.
        prose: &'a str,
    },
    /// A name that is no time: undefined, or that of a party, place or thing.
    Unknown {
        /// The name.
        name: &'a str,
    },
    /// Left open on purpose.
    Open,
}

words! {
    /// A point of something that lasts.
    Point = time::Point {
        /// Where it starts.
        Start,
        /// Where it ends.
        End,
        /// When all its duties to achieve are done.
        Fulfilment,
    }
}

words! {
    /// A point in the life of an instrument.
    Milestone = time::Milestone {
        /// Its signature.
        Signature,
        /// Its entry into force.
        EntryIntoForce,
        /// Its expiry.
        Expiry,
    }
}

/// What is added to a point in time. Months have no fixed length and are kept apart; each part may be negative.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Offset")]
struct OffsetView {
    /// Months; a year is twelve.
    months: i32,
    /// Days; a week is seven.
    days: i32,
    /// Minutes.
    minutes: i64,
}

/// A length of time.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Length")]
pub struct LengthView<'a> {
    /// The words in the draft.
    written: &'a str,
    /// The shortest that meets it; the same as `high` for one exact length.
    low: Option<OffsetView>,
    /// The longest that meets it.
    high: Option<OffsetView>,
    /// Whether it says `about`.
    about: bool,
}

impl<'a> View<'a> {
    pub(super) fn quantity(self, quantity: &'a Quantity) -> QuantityView<'a> {
        QuantityView {
            written: self.written(quantity.at),
            low: quantity.low.map(limit),
            high: quantity.high.map(limit),
            about: quantity.about,
            up_to: quantity.up_to,
            further: quantity.further,
            measure: self.measure(quantity.measure),
            per: quantity.per.map(|per| self.text(per)),
            of: quantity.of.map(|of| self.reference(of)),
        }
    }

    fn measure(self, measure: Measure) -> MeasureView<'a> {
        match measure {
            Measure::Number => MeasureView::Number,
            Measure::Unit(name) => {
                let vocabulary = &self.model.vocabulary;
                let unit = vocabulary.unit_ids.get(&name).map(|&id| vocabulary.unit(id));
                MeasureView::Unit {
                    unit: self.text(name),
                    measures: unit.map(|unit| self.text(unit.measures)),
                    factor: unit.and_then(|unit| unit.factor).map(number),
                }
            }
            Measure::Counted(entity) => MeasureView::Counted { of: self.reference(entity) },
            Measure::Unknown(word) => MeasureView::Unknown { word: self.text(word) },
            Measure::Share => MeasureView::Share,
            Measure::Money(currency) => MeasureView::Money { currency: self.text(currency) },
            Measure::EqualShares => MeasureView::EqualShares,
            Measure::Remaining => MeasureView::Remaining,
        }
    }

    pub(super) fn time(self, time: &'a Time) -> TimeView<'a> {
        TimeView { written: self.written(time.at), anchor: self.anchor(&time.anchor), offset: offset(time.offset) }
    }

    fn anchor(self, anchor: &'a Anchor) -> AnchorView<'a> {
        match anchor {
            Anchor::Date(date) => AnchorView::Date { date: date.to_string() },
            Anchor::Month(date) => AnchorView::Month { month: date.strftime("%Y-%m").to_string() },
            Anchor::Instant(at) => AnchorView::Instant { instant: iso(*at), offset_minutes: at.offset_minutes },
            Anchor::Event(id) => AnchorView::Event { name: self.name(Entity::Event(*id)) },
            Anchor::Clause(id, point) => {
                AnchorView::Clause { name: self.name(Entity::Clause(*id)), point: (*point).into() }
            }
            Anchor::Norms(norms, point) => AnchorView::Norms { norms: self.norm_names(*norms), point: (*point).into() },
            Anchor::Phase(id, point) => {
                AnchorView::Phase { name: self.name(Entity::Phase(*id)), point: (*point).into() }
            }
            Anchor::Instrument(id, milestone) => {
                AnchorView::Instrument { name: self.name(Entity::Instrument(*id)), milestone: (*milestone).into() }
            }
            Anchor::Prose(prose) => AnchorView::Prose { prose },
            Anchor::Unknown(name) => AnchorView::Unknown { name: self.text(*name) },
            Anchor::Open => AnchorView::Open,
        }
    }

    pub(super) fn length(self, length: &'a Length) -> LengthView<'a> {
        LengthView {
            written: self.written(length.at),
            low: length.low.map(offset),
            high: length.high.map(offset),
            about: length.about,
        }
    }
}

fn offset(offset: Offset) -> OffsetView {
    OffsetView { months: offset.months, days: offset.days, minutes: offset.minutes }
}

fn iso(at: Instant) -> String {
    match at.offset_minutes {
        None => at.local.to_string(),
        Some(0) => format!("{}Z", at.local),
        Some(minutes) => {
            let (sign, ahead) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
            format!("{}{sign}{:02}:{:02}", at.local, ahead / 60, ahead % 60)
        }
    }
}

fn limit(limit: Limit) -> LimitView {
    LimitView { number: number(limit.value), strict: limit.strict }
}

fn number(value: Rational) -> Number {
    let (n, d) = (*value.numer(), *value.denom());
    let float = n.to_f64().unwrap_or(0.0) / d.to_f64().unwrap_or(1.0);
    Number { exact: decimal(value).unwrap_or_else(|| format!("{n}/{d}")), value: float }
}

/// The number as a decimal, if it has an end.
fn decimal(value: Rational) -> Option<String> {
    let (n, d) = (value.numer().unsigned_abs(), value.denom().unsigned_abs());
    let mut text = if *value.numer() < 0 { String::from("-") } else { String::new() };
    text.push_str(&n.checked_div(d)?.to_string());
    let mut rest = n.checked_rem(d)?;
    // A number of a draft has at most 15 digits after its point; a share may have a few more.
    for place in 0..24 {
        if rest == 0 {
            return Some(text);
        }
        if place == 0 {
            text.push('.');
        }
        rest = rest.checked_mul(10)?;
        text.push_str(&(rest / d).to_string());
        rest %= d;
    }
    (rest == 0).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_are_decimals_where_a_decimal_is_exact() {
        let shown = |n, d| number(Rational::new(n, d)).exact;
        assert_eq!(shown(10_000, 1), "10000");
        assert_eq!(shown(5, 2), "2.5");
        assert_eq!(shown(-1, 40), "-0.025");
        assert_eq!(shown(2, 3), "2/3");
        assert_eq!(number(Rational::new(2, 5)).value, 0.4);
    }

    #[test]
    fn instants_say_how_far_they_are_from_utc() {
        let at = |offset_minutes| iso(Instant { local: date(2026, 1, 6).at(4, 0, 0, 0), offset_minutes });
        assert_eq!(at(None), "2026-01-06T04:00:00");
        assert_eq!(at(Some(0)), "2026-01-06T04:00:00Z");
        assert_eq!(at(Some(-210)), "2026-01-06T04:00:00-03:30");
    }
}
