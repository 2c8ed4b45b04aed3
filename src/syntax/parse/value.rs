//! Fields and their values.

use super::amount::{Measured, amount, length, measured, number};
use super::item::inner_quotes;
use super::modal::is_modal;
use super::phrase::{phrase, starts_phrase};
use super::time::{is_exact, point, read_reference, reference, text};
use super::treaty;
use super::{Few, Parsed, Tokens, is_name};
use crate::source::Span;
use crate::syntax::lex::Kind;
use crate::syntax::tree::{Field, Number, Phrase, Reference, Text, TimeBase, Value, ValueKind};
use crate::syntax::word::Word;
use crate::syntax::{idiom, trouble};

/// field = WHEN ( "none" | phrase { MORE phrase } ) | FIELD value { separator value }
pub(super) fn field<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Field<'a>> {
    let name = start.peek().span;
    let i = start.skip(1);
    let mut field = Field { span: name, name, values: &[], phrases: &[], damaged: false };
    let i = rest(i, &mut field)?;
    field.span = i.span_from(name.start);
    field.damaged = start.cx.damaged.get();
    Ok((i, field))
}

/// What stands behind the name of a field.
fn rest<'c, 'a>(i: Tokens<'c, 'a>, field: &mut Field<'a>) -> Result<Tokens<'c, 'a>, nom::Err<super::Fail>> {
    if i.text(field.name) != "when" {
        return values(i, field);
    }
    if i.word() == Word::Nothing {
        field.values = i.keep(&[Value { span: i.peek().span, kind: ValueKind::None }]);
        return ended(i.skip(1), field);
    }
    phrases(i, field)
}

fn phrases<'c, 'a>(mut i: Tokens<'c, 'a>, field: &mut Field<'a>) -> Result<Tokens<'c, 'a>, nom::Err<super::Fail>> {
    if !starts_phrase(i) {
        i.expected::<()>("a phrase (such as `after ceasefire`; `none` where no phrase holds)")?;
    }
    let mut phrases: Few<Phrase<'a>> = Few::new();
    // Behind the first, a quotation at the start of a line is the subject of the next sentence.
    while starts_phrase(i)
        && (phrases.is_empty() || !i.peek().first || !matches!(i.kind(), Kind::Text | Kind::LongText))
    {
        let (next, one) = phrase(i)?;
        phrases.push(one);
        i = next;
        if i.kind() == Kind::Comma && starts_phrase(i.skip(1)) {
            i.report(trouble::stray_comma(i.here(), None));
            i = i.skip(1);
        }
    }
    field.phrases = i.keep(&phrases);
    Ok(i)
}

fn values<'c, 'a>(i: Tokens<'c, 'a>, field: &mut Field<'a>) -> Result<Tokens<'c, 'a>, nom::Err<super::Fail>> {
    if matches!(i.kind(), Kind::Field | Kind::CloseBrace | Kind::End | Kind::Stop) {
        i.report(trouble::no_value(i.loc(field.name), i.text(field.name)));
        i.cx.damaged.set(true);
        return Ok(if i.kind() == Kind::Stop { i.skip(1) } else { i });
    }
    if i.kind() == Kind::Word
        && i.word().is_reserved()
        && !may_be_value(i)
        && let Some(behind) = treaty::free_value(i, i)
    {
        let words = behind.span_from(i.peek().span.start);
        let kind = ValueKind::Text(Text { span: words, long: false });
        field.values = i.keep(&[Value { span: words, kind }]);
        return Ok(behind);
    }
    let (mut i, first) = value(i)?;
    let mut list: Few<Value<'a>> = Few::from_iter([first]);
    loop {
        let after = match (i.kind(), i.word()) {
            (Kind::Comma, _) if i.ahead(1).word == Word::And => 2,
            (Kind::Comma, _) => 1,
            (_, Word::And) => 1,
            _ => break,
        };
        let next = i.skip(after);
        // `members: FR, GB, UA shall …`: the comma before a sentence joins nothing either.
        let sentence = next.peek().first && is_name(next.peek()) && is_modal(next.skip(1));
        if sentence || matches!(next.kind(), Kind::Field | Kind::CloseBrace | Kind::End) {
            i.report(trouble::stray_comma(i.here(), None));
            field.values = i.keep(&list);
            return Ok(next);
        }
        let (rest, another) = value(next)?;
        list.push(another);
        i = rest;
    }
    field.values = i.keep(&list);
    ended(i, field)
}

/// What stands behind a value on its line and is no new entry: a name of several words, a full stop.
fn ended<'c, 'a>(i: Tokens<'c, 'a>, field: &mut Field<'a>) -> Result<Tokens<'c, 'a>, nom::Err<super::Fail>> {
    let token = i.peek();
    if token.first {
        return Ok(i);
    }
    if let Some(behind) = sentence(i, field) {
        return Ok(behind);
    }
    if is_modal(i) && field.values.len() > 1 {
        let expected = "the end of the line";
        i.fail::<()>(
            trouble::unexpected(i.here(), &i.describe(), expected)
                .help("begin the sentence on a line of its own; behind a number a word on the same line is its unit"),
        )?;
    }
    if let Some(behind) = treaty::each_side(i, field.name) {
        return Ok(behind);
    }
    if let Some(behind) = typed_range(i, field) {
        return Ok(behind);
    }
    if token.kind == Kind::Stop {
        i.report(trouble::end_mark(i.here(), ".", "a field"));
        return Ok(i.skip(1));
    }
    if token.kind == Kind::Semicolon {
        i.report(trouble::end_mark(i.here(), ";", "a field"));
        return Ok(i.skip(1));
    }
    if let Some(behind) = inner_quotes(i) {
        return Ok(behind);
    }
    if let Some(behind) = free_words(i, field) {
        return Ok(behind);
    }
    let last_is_name = field.values.last().is_some_and(|value| {
        matches!(value.kind, ValueKind::Name { .. } | ValueKind::Amount(_) | ValueKind::Of(..) | ValueKind::Time(_))
    });
    if last_is_name && is_name(token) && token.kind == Kind::Word && !may_begin_entry(i) {
        let mut end = i;
        while matches!(end.kind(), Kind::Word | Kind::Number) && !end.peek().first {
            end = end.skip(1);
        }
        let from = field.values.last().map_or(token.span.start, |value| value.span.start);
        let span = end.span_from(from);
        i.report(trouble::name_with_space(i.loc(span), i.text(span)));
        i.cx.damaged.set(true);
        return Ok(end);
    }
    Ok(i)
}

/// `withdrawal: any party may withdraw`: behind a sentence where the value belongs, which is then taken for words.
fn sentence<'c, 'a>(i: Tokens<'c, 'a>, field: &mut Field<'a>) -> Option<Tokens<'c, 'a>> {
    let [only] = field.values else { return None };
    let name = matches!(only.kind, ValueKind::Name { .. });
    let ends = |n: &usize| {
        i.ahead(*n).first || matches!(i.ahead(*n).kind, Kind::Field | Kind::CloseBrace | Kind::Stop | Kind::End)
    };
    let begins = is_modal(i) || i.kind() == Kind::Word && crate::syntax::treaty::is_determiner(i.text(only.span));
    if !name || !begins {
        return None;
    }
    let line = (0..).find(ends)?;
    (0..line).find(|&n| is_modal(i.skip(n)))?;
    let behind = i.skip(line);
    let span = behind.span_from(only.span.start);
    let ended = behind.kind() == Kind::Stop && !behind.peek().first;
    let all = if ended { span.to(behind.peek().span) } else { span };
    i.report(idiom::sentence_in_field(i.loc(span), i.loc(all), i.text(field.name), i.text(span)));
    i.cx.explained.borrow_mut().push(span);
    i.cx.damaged.set(true);
    let kind = ValueKind::Text(Text { span, long: false });
    field.values = i.keep(&[Value { span, kind }]);
    Some(if ended { behind.skip(1) } else { behind })
}

/// Whether a word of the grammar begins a value: a bound, an article, a fixed word.
fn may_be_value(i: Tokens<'_, '_>) -> bool {
    measured(i).is_some()
        || matches!(i.word(), Word::No | Word::The | Word::A | Word::An)
        || i.ahead(1).first
        || matches!(i.ahead(1).kind, Kind::Comma | Kind::Slash)
}

/// `means: any use of force across the line`: words without quotation marks behind the only value, which is then one.
fn free_words<'c, 'a>(i: Tokens<'c, 'a>, field: &mut Field<'a>) -> Option<Tokens<'c, 'a>> {
    let [only] = field.values else { return None };
    if i.kind() != Kind::Word || !matches!(only.kind, ValueKind::Name { .. } | ValueKind::Of(..)) {
        return None;
    }
    let mut start = i;
    while start.peek().span.start > only.span.start {
        start = start.at(start.index().checked_sub(1)?);
    }
    let behind = treaty::free_value(start, i)?;
    let span = behind.span_from(only.span.start);
    let kind = ValueKind::Text(Text { span, long: false });
    field.values = i.keep(&[Value { span, kind }]);
    Some(behind)
}

/// Behind an amount whose bound is written in another way: `5_000+`, `ca. 5_000`.
fn typed_range<'c, 'a>(i: Tokens<'c, 'a>, field: &Field<'a>) -> Option<Tokens<'c, 'a>> {
    let last = field.values.last()?;
    let number = |ahead: usize| i.ahead(ahead).kind == Kind::Number && !i.ahead(ahead).first;
    let words = i.text(last.span);
    let say = |behind: Tokens<'c, 'a>, put: String| {
        // The unit behind the number is no part of the mistake, and is read with it.
        let end = if is_name(behind.peek()) && !behind.peek().first { behind.skip(1) } else { behind };
        let typed = behind.span_from(last.span.start);
        i.report(trouble::range(i.loc(typed), i.text(typed), &put));
        i.cx.damaged.set(true);
        Some(end)
    };
    match (&last.kind, i.kind(), i.word()) {
        (ValueKind::Amount(_), Kind::Plus, _) => say(i.skip(1), format!("at least {words}")),
        (ValueKind::Name { .. }, Kind::Stop, _) if is_roughly(words) && number(1) => {
            say(i.skip(2), format!("about {}", i.text(i.ahead(1).span)))
        }
        (ValueKind::Name { name, count: Some(count), on: None }, _, _) if is_roughly(i.text(name.span)) => {
            say(i, format!("about {}", i.text(count.span)))
        }
        _ => None,
    }
}

/// A word for `about` that is not the language's own.
fn is_roughly(word: &str) -> bool {
    ["ca", "circa", "approx", "approximately", "roughly", "around", "nearly", "almost", "some"].contains(&word)
}

/// Whether `no` begins `no more than` here.
fn at_most(i: Tokens<'_, '_>) -> bool {
    matches!(i.ahead(1).word, Word::More | Word::Fewer | Word::Less) && i.ahead(2).word == Word::Than
}

/// Whether another entry can begin with this word behind a value on its line; its next word tells.
fn may_begin_entry(i: Tokens<'_, '_>) -> bool {
    let next = i.ahead(1);
    match next.kind {
        Kind::Word => next.word.is_reserved() || is_modal(i.skip(1)) || i.word() == Word::Version,
        Kind::Comma | Kind::Number | Kind::Fraction => true,
        _ => false,
    }
}

/// value = STRING | "open" | "yes" | "none" | time-away | length | amount | "no" | code-value | exact | BARE | counted
fn value<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Value<'a>> {
    let token = start.peek();
    let from = token.span.start;
    let done = |i: Tokens<'c, 'a>, kind: ValueKind<'a>| Ok((i, Value { span: i.span_from(from), kind }));
    if let Some(quoted) = text(token) {
        return done(start.skip(1), ValueKind::Text(quoted));
    }
    let fixed = match token.word {
        Word::Open => Some(ValueKind::Open),
        Word::Yes => Some(ValueKind::Yes),
        Word::No if !at_most(start) => Some(ValueKind::No),
        Word::Nothing => Some(ValueKind::None),
        _ => None,
    };
    if let Some(kind) = fixed {
        return done(start.skip(1), kind);
    }
    match measured(start) {
        Some(Measured::Amount) => {
            let (i, amount) = amount(start)?;
            return done(i, ValueKind::Amount(i.put(amount)));
        }
        Some(Measured::Length) => {
            let unit = treaty::number_in_words(start).map_or(1, |(words, _)| words);
            let is_plain =
                matches!(token.kind, Kind::Number | Kind::Word) && start.ahead(unit).word.time_unit().is_some();
            if is_plain && matches!(start.ahead(unit + 1).word, Word::After | Word::Before | Word::From) {
                let (i, time) = point(start)?;
                return done(i, ValueKind::Time(i.put(time)));
            }
            let (i, length) = length(start)?;
            return done(i, ValueKind::Length(length));
        }
        None => {}
    }
    if token.kind == Kind::Word && start.ahead(1).kind == Kind::Slash && start.ahead(2).kind == Kind::Word {
        let i = start.skip(3);
        return done(i, ValueKind::Code(i.span_from(from)));
    }
    if is_exact(start) {
        let (i, time) = point(start)?;
        // `quantity of personnel` has the shape of `start of withdrawal`.
        if let (TimeBase::Of(word, of), true) = (&time.base, time.offsets.is_empty()) {
            let is_point = matches!(start.text(*word), "start" | "end" | "fulfilment" | "signature" | "expiry");
            if !is_point {
                let (_, first) = reference(start)?;
                return done(i, ValueKind::Of(first, *of));
            }
        }
        return done(i, ValueKind::Time(i.put(time)));
    }
    if matches!(token.word, Word::The | Word::A | Word::An) && is_name(start.ahead(1)) && !start.ahead(1).first {
        start.cx.damaged.set(true);
        start.report(treaty::article(start));
        return value(start.skip(1));
    }
    if token.kind == Kind::Word && token.word.is_reserved() {
        // A word of the grammar alone is a word like any other: `met-by: under, start`.
        let next = start.ahead(1);
        if next.first || matches!(next.kind, Kind::Comma | Kind::CloseBrace | Kind::Field | Kind::End) {
            let name = Reference::path_only(token.span);
            return done(start.skip(1), ValueKind::Name { name, count: None, on: None });
        }
        return start.fail(trouble::reserved(start.here(), start.text(token.span)));
    }
    if !is_name(token) {
        return start.expected("a value (such as a name, an amount, a date, a quotation, or `open`)");
    }
    // `means: any use of force`: a word before a name belongs to words without quotation marks.
    let (i, name) = (start.skip(1), read_reference(start, token));
    let counted = i.kind() == Kind::Number && !i.peek().first && i.ahead(1).word.time_unit().is_none();
    let (i, count) = if counted {
        let (i, count) = number(i)?;
        let share = i.kind() == Kind::Percent;
        let i = if share { i.skip(1) } else { i };
        (i, Some(Number { span: i.span_from(count.span.start) }))
    } else {
        (i, None)
    };
    let (i, on) = if i.word() == Word::On {
        let (i, on) = point(i.skip(1))?;
        (i, Some(i.put(on)))
    } else {
        (i, None)
    };
    done(i, ValueKind::Name { name, count, on })
}

/// The stretch of a field's name, for entries that are no field but should have been.
pub(super) fn field_with_equals<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Field<'a>> {
    let name: Span = start.peek().span;
    let equals = start.skip(1);
    let between = start.loc(Span::new(name.end, equals.peek().span.end));
    start.report(trouble::equals(equals.here(), start.text(name)).fix("write `:`", true, between, ":"));
    let mut field = Field { span: name, name, values: &[], phrases: &[], damaged: false };
    let i = equals.skip(1);
    let i = rest(i, &mut field)?;
    field.span = i.span_from(name.start);
    field.damaged = start.cx.damaged.get();
    Ok((i, field))
}
