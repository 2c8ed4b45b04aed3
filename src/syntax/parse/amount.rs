//! Numbers, amounts, lengths of time.

use super::treaty::{is_per_cent, number_in_words, per_cent};
use super::{Fail, Parsed, Tokens, is_name, word};
use crate::source::Span;
use crate::syntax::lex::Kind;
use crate::syntax::tree::{Amount, AmountKind, Bound, Duration, Length, Number, TimeUnit, Unit};
use crate::syntax::word::Word;
use crate::syntax::{treaty, trouble};
use nom::Parser;
use nom::combinator::opt;

/// number = NUMBER | FRACTION
pub(super) fn number<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Number> {
    match i.kind() {
        Kind::Number | Kind::Fraction => Ok((i.skip(1), Number { span: i.peek().span })),
        Kind::Word => match number_in_words(i) {
            Some((words, number)) => Ok(in_digits(i, words, number)),
            None => i.expected("a number"),
        },
        _ => i.expected("a number"),
    }
}

/// A number in words, after saying so: `thirty`, `thirty (30)`.
fn in_digits<'c, 'a>(i: Tokens<'c, 'a>, words: usize, number: u32) -> (Tokens<'c, 'a>, Number) {
    let (behind, word) = (i.skip(words), i.peek().span);
    let span = behind.span_from(word.start);
    i.cx.damaged.set(true);
    if words == 1 {
        i.report(trouble::number_word(i.loc(word), i.text(word), number));
    } else {
        i.report(treaty::number_twice(i.loc(span), i.text(span), i.text(i.ahead(2).span)));
    }
    (behind, Number { span })
}

/// Whether a range goes on here: `..`, or what people write for it, `80 to 120`, `8-12`.
fn range_sign(i: Tokens<'_, '_>) -> bool {
    let (sign, next) = (i.peek(), i.ahead(1));
    let between_numbers = !sign.first && next.kind == Kind::Number && !next.first && i.previous().kind == Kind::Number;
    match sign.kind {
        Kind::To => true,
        Kind::Minus => between_numbers,
        Kind::Word => sign.word == Word::To && between_numbers,
        _ => false,
    }
}

/// [ ".." number ], after saying so where the range is written in another way.
fn high<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Option<Number>> {
    if !range_sign(i) {
        return Ok((i, None));
    }
    let (low, sign) = (i.previous().span, i.peek());
    let (behind, high) = number(i.skip(1))?;
    if sign.kind != Kind::To {
        let typed = behind.span_from(low.start);
        let put = format!("{}..{}", i.text(low), i.text(high.span));
        i.report(trouble::range(i.loc(typed), i.text(typed), &put));
        i.cx.damaged.set(true);
    }
    Ok((behind, Some(high)))
}

/// How many tokens the words of a bound take, and which bound it is.
fn bound_ahead(i: Tokens<'_, '_>) -> Option<(usize, Bound)> {
    use Word::*;
    Some(match (i.word(), i.ahead(1).word, i.ahead(2).word) {
        (At, Least, _) => (2, Bound::AtLeast),
        (At, Most, _) => (2, Bound::AtMost),
        (Up, To, _) => (2, Bound::UpTo),
        (No, More, Than) => (3, Bound::AtMost),
        (No, Fewer | Less, Than) => (3, Bound::AtLeast),
        (More, Than, _) => (2, Bound::MoreThan),
        (Fewer | Less, Than, _) => (2, Bound::FewerThan),
        (About, _, _) => (1, Bound::About),
        (Exactly, _, _) => (1, Bound::Exactly),
        _ => return None,
    })
}

/// bound = "at" "least" | "at" "most" | "up" "to" | …
fn bound<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Bound> {
    match bound_ahead(i) {
        Some((words, bound)) => Ok((i.skip(words), bound)),
        None => Err(nom::Err::Error(Fail)),
    }
}

/// What a number, with or without a bound, turns out to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Measured {
    /// An amount of something.
    Amount,
    /// A length of time.
    Length,
}

/// Whether an amount or a length of time stands here, and which: `[bound] NUMBER [".." NUMBER] TIMEUNIT` is a length.
pub(super) fn measured(i: Tokens<'_, '_>) -> Option<Measured> {
    let skipped = match i.kind() {
        Kind::Number | Kind::Fraction => 0,
        Kind::Word => match i.word() {
            Word::Other => {
                let next = i.ahead(1);
                // `thirty days`
                if next.word.time_unit().is_some() || next.kind == Kind::OpenBracket {
                    return number_in_words(i).map(|_| Measured::Length);
                }
                return currency(i).map(|_| Measured::Amount);
            }
            Word::Equal if i.ahead(1).word == Word::Shares => return Some(Measured::Amount),
            Word::The if i.ahead(1).word == Word::Remaining => return Some(Measured::Amount),
            Word::A if i.ahead(1).word == Word::Further => return Some(Measured::Amount),
            _ => bound_ahead(i)?.0,
        },
        _ => return None,
    };
    let i = i.skip(skipped);
    if i.word() == Word::A && i.ahead(1).word == Word::Further {
        return Some(Measured::Amount);
    }
    match i.kind() {
        Kind::Number | Kind::Fraction => {}
        _ if skipped > 0 && number_in_words(i).is_some() => return Some(Measured::Length),
        _ => return currency(i).map(|_| Measured::Amount),
    }
    let unit = i.ahead(if range_sign(i.skip(1)) { 3 } else { 1 });
    Some(if unit.word.time_unit().is_some() && !unit.first { Measured::Length } else { Measured::Amount })
}

/// Whether `3 times` stands here, with or without a bound.
pub(super) fn is_frequency(i: Tokens<'_, '_>) -> bool {
    let i = i.skip(bound_ahead(i).map_or(0, |(words, _)| words));
    let high = matches!(i.kind(), Kind::Number | Kind::Fraction).then(|| if range_sign(i.skip(1)) { 3 } else { 1 });
    high.is_some_and(|unit| i.ahead(unit).word == Word::Times && !i.ahead(unit).first)
}

/// CURRENCY: three capitals before a number on their line that neither a unit of time nor `%` follows.
pub(super) fn currency(i: Tokens<'_, '_>) -> Option<Span> {
    let (token, next) = (i.peek(), i.ahead(1));
    let capitals = token.kind == Kind::Word
        && token.span.end - token.span.start == 3
        && i.text(token.span).bytes().all(|byte| byte.is_ascii_uppercase());
    let behind = i.ahead(2);
    let share = behind.kind == Kind::Percent || behind.word.time_unit().is_some();
    (capitals && next.kind == Kind::Number && !next.first && !share).then_some(token.span)
}

/// amount = [bound] ["a" "further"] (CURRENCY range [scale] | range ("%" | [scale] [UNIT])) [per] [every] | "equal" "shares" | "the" "remaining"
pub(super) fn amount<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Amount> {
    let from = start.peek().span.start;
    let (i, bound) = opt(bound).parse(start)?;
    let whole = match (i.word(), i.ahead(1).word) {
        (Word::Equal, Word::Shares) => Some(AmountKind::EqualShares),
        (Word::The, Word::Remaining) => Some(AmountKind::Remaining),
        _ => None,
    };
    if let Some(kind) = whole {
        let i = i.skip(2);
        // `the remaining 840 weapons` is as good as `the remaining weapons`; the number is then part of the words.
        let i = if matches!(i.kind(), Kind::Number | Kind::Fraction) { i.skip(1) } else { i };
        let (i, unit) = unit_word(i);
        let span = i.span_from(from);
        return Ok((i, Amount { span, bound, kind, further: false, unit, per: Span::default(), every: None }));
    }
    let (i, further) = opt((word(Word::A), word(Word::Further))).parse(i)?;
    let money = currency(i);
    let i = if money.is_some() { i.skip(1) } else { i };
    let (i, low) = number(i)?;
    let (i, high) = high(i)?;
    let (i, scale) = match i.word().scale() {
        Some(scale) if !i.peek().first => (i.skip(1), scale),
        _ => (i, 0),
    };
    let (i, unit) = match money {
        Some(span) => (i, Unit::Currency(span)),
        None if i.kind() == Kind::Percent || i.word() == Word::Percent && !i.peek().first => (i.skip(1), Unit::Percent),
        None => unit_word(i),
    };
    let (i, unit) = if matches!(unit, Unit::None) && is_per_cent(i) { (per_cent(i), Unit::Percent) } else { (i, unit) };
    let (i, per) = match i.word() {
        Word::Per if is_name(i.ahead(1)) || i.ahead(1).word.time_unit().is_some() => (i.skip(2), i.ahead(1).span),
        Word::Per => return i.skip(1).expected("a word (as in `per month` or `per hub`)"),
        _ => (i, Span::default()),
    };
    let is_times = matches!(unit, Unit::Word(span) if i.text(span) == "times");
    let (i, every) = if is_times && i.word() == Word::Every {
        let (i, duration) = every(i)?;
        (i, Some(duration))
    } else {
        (i, None)
    };
    let kind = AmountKind::Range { low, high, scale };
    Ok((i, Amount { span: i.span_from(from), bound, kind, further: further.is_some(), unit, per, every }))
}

/// UNIT: the word behind a number on its line.
fn unit_word<'c, 'a>(i: Tokens<'c, 'a>) -> (Tokens<'c, 'a>, Unit) {
    let token = i.peek();
    if is_name(token) && !token.first { (i.skip(1), Unit::Word(token.span)) } else { (i, Unit::None) }
}

/// `every 2 weeks` behind `times`; `every week` is one week.
fn every<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Duration> {
    let (i, _) = word(Word::Every)(i)?;
    let token = i.peek();
    if let Some(unit) = token.word.time_unit() {
        return Ok((i.skip(1), Duration { span: token.span, number: Number { span: Span::default() }, unit }));
    }
    duration(i)
}

/// duration = NUMBER TIMEUNIT
pub(super) fn duration<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Duration> {
    let from = i.peek().span.start;
    let (i, number) = match i.kind() {
        Kind::Number => number(i)?,
        Kind::Word => match number_in_words(i) {
            Some((words, number)) => in_digits(i, words, number),
            None => return i.expected("a length of time (such as `30 days`)"),
        },
        _ => return i.expected("a length of time (such as `30 days`)"),
    };
    let (i, unit) = time_unit(i)?;
    Ok((i, Duration { span: i.span_from(from), number, unit }))
}

/// TIMEUNIT
pub(super) fn time_unit<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, TimeUnit> {
    match i.word().time_unit() {
        Some(unit) if !i.peek().first => Ok((i.skip(1), unit)),
        _ => i.expected("a unit of time (such as `hours`, `days` or `months`)"),
    }
}

/// span = [bound] range TIMEUNIT
pub(super) fn length<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Length> {
    let from = start.peek().span.start;
    let (i, bound) = opt(bound).parse(start)?;
    let (i, low) = number(i)?;
    let (i, high) = high(i)?;
    let (i, unit) = time_unit(i)?;
    Ok((i, Length { span: i.span_from(from), bound, low, high, unit }))
}
