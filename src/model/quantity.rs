//! Amounts: exact numbers with units.

use super::{Entity, Symbol};
use crate::source::Loc;
use num_rational::Ratio;

/// An exact number. Numbers in a draft have at most 15 digits, so products of two of them with a unit's factor fit.
pub type Rational = Ratio<i128>;

/// How many or how much, of what.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The words.
    pub at: Loc,
    /// The least that meets it.
    pub low: Option<Limit>,
    /// The most that meets it.
    pub high: Option<Limit>,
    /// Whether it says `about`: it makes no error.
    pub about: bool,
    /// Whether it says `up to`, so that zero meets it.
    pub up_to: bool,
    /// Whether it says `a further`: on top of what is there.
    pub further: bool,
    /// What is measured.
    pub measure: Measure,
    /// `per month`, `per hub`.
    pub per: Option<Symbol>,
    /// What the share or the number is of.
    pub of: Option<Entity>,
}

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    /// The number, in the unit as written.
    pub value: Rational,
    /// Whether the number itself is out: `more than n`, `fewer than n`.
    pub strict: bool,
}

/// What a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// A bare number.
    Number,
    /// A unit of the vocabulary, by its singular name.
    Unit(Symbol),
    /// A declared thing or clause counted by its own name: `3 hubs`.
    Counted(Entity),
    /// A word that is neither.
    Unknown(Symbol),
    /// A part of a whole, 1 is all of it: `40%`, `2/3`.
    Share,
    /// Money, by its ISO 4217 code.
    Money(Symbol),
    /// `equal shares`
    EqualShares,
    /// `the remaining`
    Remaining,
}

impl Quantity {
    /// The number where it is one exact number.
    pub fn exact(&self) -> Option<Rational> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high && !low.strict && !self.about => Some(low.value),
            _ => None,
        }
    }
}

/// Why digits are no number that can be reckoned with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadNumber {
    /// More than 15 digits.
    TooLong,
    /// A fraction of nothing.
    ZeroDenominator,
    /// Something else than digits.
    NoDigits,
}

/// The most digits that a number may have.
const MOST_DIGITS: usize = 15;

/// Reads digits as the text has them: `10_000`, `2.5`, `2/3`.
pub fn number(text: &str) -> Result<Rational, BadNumber> {
    // Most numbers are a few digits.
    if text.len() <= MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        let value = text.bytes().fold(0_i64, |value, digit| value * 10 + i64::from(digit - b'0'));
        return Ok(Rational::from_integer(i128::from(value)));
    }
    if let Some((above, below)) = text.split_once('/') {
        let (above, below) = (number(above)?, number(below)?);
        if below == Rational::ZERO {
            return Err(BadNumber::ZeroDenominator);
        }
        // Decimals on either side could grow beyond what can be reckoned with.
        return if above.is_integer() && below.is_integer() { Ok(above / below) } else { Err(BadNumber::TooLong) };
    }
    // Fifteen digits fit into 64 bits.
    let (mut value, mut digits, mut scale) = (0_i64, 0_usize, None);
    for c in text.trim().chars() {
        match (c, scale) {
            ('_', _) => {}
            ('.', None) => scale = Some(1_i64),
            _ => {
                let digit = c.to_digit(10).ok_or(BadNumber::NoDigits)?;
                // Leading zeros are digits of no weight.
                digits += usize::from(digits > 0 || digit > 0 || scale.is_some());
                if digits > MOST_DIGITS {
                    return Err(BadNumber::TooLong);
                }
                value = value * 10 + i64::from(digit);
                scale = scale.map(|scale| scale * 10);
            }
        }
    }
    if text.trim().is_empty() {
        return Err(BadNumber::NoDigits);
    }
    let value = i128::from(value);
    Ok(scale.map_or_else(|| Rational::from_integer(value), |scale| Rational::new(value, i128::from(scale))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact() {
        assert_eq!(number("10_000"), Ok(Rational::from_integer(10_000)));
        assert_eq!(number("2.5"), Ok(Rational::new(5, 2)));
        assert_eq!(number("2/3"), Ok(Rational::new(2, 3)));
        assert_eq!(number("0.10"), Ok(Rational::new(1, 10)));
    }

    #[test]
    fn a_number_that_cannot_be_reckoned_with_is_refused() {
        assert_eq!(number("1/0"), Err(BadNumber::ZeroDenominator));
        assert_eq!(number("1234567890123456"), Err(BadNumber::TooLong));
        assert_eq!(number("000000000000000000001"), Ok(Rational::from_integer(1)));
        assert_eq!(number("ten"), Err(BadNumber::NoDigits));
    }
}
