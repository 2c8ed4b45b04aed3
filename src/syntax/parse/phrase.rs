//! Phrases: where, when, with whom, on what condition.

use super::amount::{Measured, amount, duration, is_frequency, length, measured, number, time_unit};
use super::condition::either;
use super::thing::{Slot, starts, thing, things};
use super::time::{is_exact, month_or_date, point, read_reference, text, with_offset};
use super::treaty;
use super::{Parsed, Tokens, is_name};
use crate::syntax::lex::Kind;
use crate::syntax::tree::{Lead, Number, Offset, Phrase, PhraseBody, Text, Thing, ThingKind, Things};
use crate::syntax::trouble;
use crate::syntax::word::{Word, classify};

/// Whether a phrase begins here. A quotation is one only on the line of the word before it inside a `when:` field.
#[inline]
pub(super) fn starts_phrase(i: Tokens<'_, '_>) -> bool {
    let token = i.peek();
    match token.kind {
        Kind::Word => leads(i),
        Kind::Text | Kind::LongText => true,
        Kind::Number | Kind::Fraction => distance(i) || is_frequency(i),
        _ => false,
    }
}

/// Whether a word begins a phrase here: `only`, `at`, `up`, `no` and others begin other things as well.
#[inline]
fn leads(i: Tokens<'_, '_>) -> bool {
    let word = i.word();
    match word {
        // `thirty days after ceasefire`
        Word::Other => i.ahead(1).word.time_unit().is_some() && distance(i),
        Word::Only => i.ahead(1).word == Word::In && i.ahead(2).word == Word::Order,
        Word::At if !matches!(i.ahead(1).word, Word::Least | Word::Most) => true,
        Word::About if measured(i).is_none() => true,
        Word::No if !matches!(i.ahead(1).word, Word::Later | Word::Earlier) => distance(i) || is_frequency(i),
        Word::No => true,
        Word::At | Word::About | Word::Up | Word::Exactly | Word::More | Word::Fewer | Word::Less => {
            distance(i) || is_frequency(i)
        }
        _ => word.leads(),
    }
}

/// Whether `D after T` begins here, with or without a bound.
pub(super) fn distance(i: Tokens<'_, '_>) -> bool {
    matches!(
        i.word(),
        Word::Other
            | Word::At
            | Word::More
            | Word::Fewer
            | Word::Less
            | Word::No
            | Word::About
            | Word::Exactly
            | Word::Up
    ) && measured(i) == Some(Measured::Length)
}

/// phrase = place | other | time | condition | order | STRING
#[inline]
pub(super) fn phrase<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Phrase<'a>> {
    phrase_led_by(i, i.word())
}

/// The word in lower case, where it is one of the grammar with a capital: `Within`, `After`.
pub(super) fn capital_lead(i: Tokens<'_, '_>) -> Option<Word> {
    let token = i.peek();
    let text = i.text(token.span);
    let mut chars = text.chars();
    if token.kind != Kind::Word || !chars.next()?.is_ascii_uppercase() || !chars.next()?.is_ascii_lowercase() {
        return None;
    }
    Some(classify(text.to_ascii_lowercase().as_bytes())).filter(|word| word.leads())
}

/// A phrase whose first word is taken for `lead`.
pub(super) fn phrase_led_by<'c, 'a>(start: Tokens<'c, 'a>, lead: Word) -> Parsed<'c, 'a, Phrase<'a>> {
    let from = start.peek().span.start;
    let done =
        |i: Tokens<'c, 'a>, lead: Lead, body: PhraseBody<'a>| Ok((i, Phrase { span: i.span_from(from), lead, body }));
    if let Some(quoted) = text(start.peek()) {
        return done(start.skip(1), Lead::Words, PhraseBody::Text(quoted));
    }
    if is_frequency(start) {
        let (i, times) = amount(start)?;
        return done(i, Lead::Every, PhraseBody::Amount(i.put(times)));
    }
    if matches!(start.kind(), Kind::Number | Kind::Fraction) || distance(start) {
        let (i, length) = length(start)?;
        let (i, lead) = match i.word() {
            Word::After | Word::From => (i.skip(1), Lead::After),
            Word::Before => (i.skip(1), Lead::Before),
            _ => match treaty::before_or_after(i) {
                Some(read) => read,
                None => return i.expected("`after` or `before` and an event (such as `30 days after ceasefire`)"),
            },
        };
        let (i, time) = point(i)?;
        return done(i, lead, PhraseBody::Distance(length, i.put(time)));
    }
    let (second, third) = (start.ahead(1).word, start.ahead(2).word);
    let in_a_row = second == Word::Other && is_name(start.ahead(2)) && !start.ahead(2).first;
    if (in_a_row || is_odd(lead, second, third))
        && let Some(read) = treaty::in_other_words(start).or_else(|| treaty::untested_words(start))
    {
        return read;
    }
    if matches!(lead, Word::If | Word::Unless | Word::While)
        && let Some(read) = treaty::untested(start)
    {
        return read;
    }
    let (words, lead) = match (lead, second, third) {
        (Word::In, Word::Agreement, Word::With) => (3, Lead::InAgreementWith),
        (Word::In, Word::Parallel, Word::With) => (3, Lead::InParallelWith),
        (Word::In, Word::Accordance, Word::With) => (3, Lead::InAccordanceWith),
        (Word::In, _, _) => (1, Lead::In),
        (Word::To, _, _) => (1, Lead::To),
        (Word::From, _, _) => (1, Lead::From),
        (Word::At, _, _) => (1, Lead::At),
        (Word::On, _, _) => (1, Lead::On),
        (Word::Along, _, _) => (1, Lead::Along),
        (Word::Across, _, _) => (1, Lead::Across),
        (Word::Near, _, _) => (1, Lead::Near),
        (Word::Against, _, _) => (1, Lead::Against),
        (Word::About, _, _) => (1, Lead::About),
        (Word::According, Word::To, _) => (2, Lead::AccordingTo),
        (Word::With, _, _) => (1, Lead::With),
        (Word::For, _, _) => (1, Lead::For),
        (Word::Under, _, _) => (1, Lead::Under),
        (Word::Only, Word::In, Word::Order) if start.ahead(3).word == Word::To => (4, Lead::OnlyInOrderTo),
        (Word::Subject, Word::To, _) => (2, Lead::SubjectTo),
        (Word::Notwithstanding, _, _) => (1, Lead::Notwithstanding),
        (Word::Without, Word::Prejudice, Word::To) => (3, Lead::WithoutPrejudiceTo),
        (Word::Except, Word::As, Word::In) => (3, Lead::ExceptAsIn),
        (Word::Except, _, _) => (1, Lead::Except),
        (Word::Within, _, _) => (1, Lead::Within),
        (Word::By, _, _) => (1, Lead::By),
        (Word::No, Word::Later, Word::Than) => (3, Lead::NoLaterThan),
        (Word::No, Word::Earlier, Word::Than) => (3, Lead::NoEarlierThan),
        (Word::Before, _, _) => (1, Lead::Before),
        (Word::After, _, _) => (1, Lead::After),
        (Word::Upon, Word::Each, _) => (2, Lead::UponEach),
        (Word::Upon, _, _) => (1, Lead::Upon),
        (Word::Until, _, _) => (1, Lead::Until),
        (Word::Every, _, _) => (1, Lead::Every),
        (Word::During, _, _) => (1, Lead::During),
        (Word::If, _, _) => (1, Lead::If),
        (Word::Unless, _, _) => (1, Lead::Unless),
        (Word::While, _, _) => (1, Lead::While),
        (Word::As, _, _) => return as_begins(start),
        _ => return start.expected("a phrase (such as `in PLACE`, `within 30 days of EVENT` or `if EVENT`)"),
    };
    let i = start.skip(words);
    let (i, body) = body(i, start, lead)?;
    done(i, lead, body)
}

/// Whether the words behind the leading one may make a treaty's phrase of it, such as `in the event of`.
#[inline]
fn is_odd(lead: Word, second: Word, third: Word) -> bool {
    match lead {
        Word::In | Word::With | Word::On => {
            matches!(second, Word::The | Word::Or | Word::A)
                || second == Word::Other && matches!(third, Word::Of | Word::With | Word::To)
        }
        Word::At => matches!(second, Word::All | Word::The),
        Word::Without => second != Word::Prejudice,
        Word::As => matches!(second, Word::Of | Word::From | Word::Other),
        Word::Except => second == Word::For,
        Word::Subject => third == Word::The,
        _ => false,
    }
}

/// A phrase whose leading words stand before `i`.
pub(super) fn led_by<'c, 'a>(start: Tokens<'c, 'a>, i: Tokens<'c, 'a>, lead: Lead) -> Parsed<'c, 'a, Phrase<'a>> {
    let (i, body) = body(i, start, lead)?;
    Ok((i, Phrase { span: i.span_from(start.peek().span.start), lead, body }))
}

/// What stands behind the leading word.
fn body<'c, 'a>(i: Tokens<'c, 'a>, start: Tokens<'c, 'a>, lead: Lead) -> Parsed<'c, 'a, PhraseBody<'a>> {
    match lead {
        Lead::Within => within(i),
        Lead::NoLaterThan
        | Lead::NoEarlierThan
        | Lead::Before
        | Lead::After
        | Lead::Upon
        | Lead::UponEach
        | Lead::Until
        | Lead::During => {
            let (i, time) = point(i)?;
            Ok((i, PhraseBody::Time(i.put(time))))
        }
        Lead::By | Lead::From | Lead::On | Lead::At if is_exact(i) => {
            let (i, time) = point(i)?;
            Ok((i, PhraseBody::Time(i.put(time))))
        }
        Lead::To | Lead::At if i.word() == Word::A && treaty::distance_of(i).is_some() => {
            let (i, amount) = amount(i.skip(3))?;
            Ok((i, PhraseBody::Amount(i.put(amount))))
        }
        Lead::By | Lead::To if measured(i).is_some() => {
            let (i, amount) = amount(i)?;
            Ok((i, PhraseBody::Amount(i.put(amount))))
        }
        Lead::In if measured(i) == Some(Measured::Length) => in_duration(i, start),
        Lead::For if measured(i).is_some() => {
            let (i, length) = length(i)?;
            Ok((i, PhraseBody::Length(length)))
        }
        Lead::Every => every(i),
        Lead::If | Lead::Unless | Lead::While => {
            let (i, condition) = either(i)?;
            Ok((i, PhraseBody::Condition(i.put(condition))))
        }
        Lead::OnlyInOrderTo => match text(i.peek()) {
            Some(purpose) => Ok((i.skip(1), PhraseBody::Text(purpose))),
            None => i.expected("the purpose in quotation marks"),
        },
        _ => names(i),
    }
}

/// names = named { separator named }
fn names<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, PhraseBody<'a>> {
    if !starts(i, Slot::Named) {
        let token = i.peek();
        let digits = i.text(token.span);
        if token.kind == Kind::Number && digits.len() == 4 && ["19", "20", "21"].iter().any(|c| digits.starts_with(c)) {
            i.report(crate::syntax::treaty::year(i.here(), digits));
            i.cx.damaged.set(true);
            return Ok((i.skip(1), PhraseBody::Text(Text { span: token.span, long: false })));
        }
        if month_or_date(token.kind) || token.kind == Kind::Number {
            return i.expected(
                "a name (such as `ukraine`; a date or a number stands behind `by`, `on`, `within` or `after`)",
            );
        }
        // Gives the message for a reserved word or a wrong mark.
        let (i, one) = thing(i, Slot::Named)?;
        return Ok((i, PhraseBody::Names(Things { list: i.keep(&[one]), any: false })));
    }
    let (i, list) = things(i, Slot::Named)?;
    Ok((i, PhraseBody::Names(list)))
}

/// "within" duration [ ("of" | "after" | "before" | "from") point ]
fn within<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, PhraseBody<'a>> {
    let (i, by) = duration(i)?;
    // `within 30 days from nobody`: those who stand for several parties are no point in time.
    let is_anchor = match i.word() {
        Word::Of | Word::After => true,
        Word::From => !matches!(
            (i.ahead(1).word, i.ahead(2).word),
            (Word::Nobody | Word::Anyone | Word::No | Word::All, _) | (Word::The, Word::Parties)
        ),
        _ => false,
    };
    if is_anchor {
        let (i, time) = point(i.skip(1))?;
        return Ok((i, PhraseBody::Within(by, Some(i.put(time)))));
    }
    if i.word() == Word::Before {
        // Within the 30 days before T: up to T, from T - 30 days on.
        let (i, mut time) = point(i.skip(1))?;
        time.offsets = with_offset(i, time.offsets, Offset { back: true, by });
        return Ok((i, PhraseBody::Within(by, Some(i.put(time)))));
    }
    Ok((i, PhraseBody::Within(by, None)))
}

/// `in 30 days`: a deadline or a delay; read as a deadline after saying so.
fn in_duration<'c, 'a>(i: Tokens<'c, 'a>, start: Tokens<'c, 'a>) -> Parsed<'c, 'a, PhraseBody<'a>> {
    let (after, by) = duration(i)?;
    let place = start.loc(after.span_from(start.peek().span.start));
    start.report(trouble::in_duration(place, start.text(by.span)));
    start.cx.damaged.set(true);
    if matches!(after.word(), Word::Of | Word::After | Word::From) {
        let (i, time) = point(after.skip(1))?;
        return Ok((i, PhraseBody::Within(by, Some(i.put(time)))));
    }
    Ok((after, PhraseBody::Within(by, None)))
}

/// "every" [ NUMBER ] TIMEUNIT
fn every<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, PhraseBody<'a>> {
    if i.kind() == Kind::Number || treaty::number_in_words(i).is_some() {
        let (i, count) = number(i)?;
        let (i, unit) = time_unit(i)?;
        return Ok((i, PhraseBody::Every(Some(count), unit)));
    }
    if let Some(count) = treaty::every_other(i) {
        let token = i.peek();
        i.report(trouble::number_word(i.here(), i.text(token.span), count));
        i.cx.damaged.set(true);
        let (i, unit) = time_unit(i.skip(1))?;
        return Ok((i, PhraseBody::Every(Some(Number { span: token.span }), unit)));
    }
    // Without a number the unit is a word like any other, and may stand on the next line.
    match i.word().time_unit() {
        Some(unit) => Ok((i.skip(1), PhraseBody::Every(None, unit))),
        None => i.expected("a length of time (such as `every 2 weeks` or `every month`)"),
    }
}

/// "as" reference ("begins" | "begin"); free words such as `as soon as possible` are taken whole.
fn as_begins<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Phrase<'a>> {
    let from = start.peek().span.start;
    let name = start.skip(1);
    if is_name(name.peek()) && matches!(name.ahead(1).word, Word::Begins | Word::Begin) {
        let token = name.peek();
        let one = Thing { span: token.span, kind: ThingKind::Name(read_reference(name, token)) };
        let i = name.skip(2);
        let body = PhraseBody::Names(Things { list: i.keep(&[one]), any: false });
        return Ok((i, Phrase { span: i.span_from(from), lead: Lead::As, body }));
    }
    let mut i = start.skip(1);
    let ends = |i: Tokens<'_, '_>| {
        let next_phrase = i.word().leads() && i.word() != Word::As;
        next_phrase || matches!(i.word(), Word::No | Word::And) || i.text(i.peek().span) == "but"
    };
    while i.kind() == Kind::Word && !i.peek().first && !ends(i) {
        i = i.skip(1);
    }
    let span = i.span_from(from);
    let finding = trouble::unquoted(start.loc(span), start.text(span));
    // `as soon as possible but no later than …`: the word between goes with it.
    let joins = i.kind() == Kind::Word && (i.word() == Word::And || i.text(i.peek().span) == "but");
    if joins && (starts_phrase(i.skip(1)) || i.ahead(1).word == Word::In) {
        let quoted = format!("\"{}\"", start.text(span));
        let all = start.loc(span.to(i.peek().span));
        let joint = i.text(i.peek().span);
        let help = format!("write `{quoted}` without `{joint}`: phrases follow each other");
        let finding = crate::finding::Finding { fixes: Vec::new(), ..finding }.help(help);
        start.report(finding.fix("put them in quotation marks", true, all, quoted));
        i = i.skip(1);
    } else {
        start.report(finding);
    }
    start.cx.damaged.set(true);
    // Kept as if they were quoted, so that nothing is lost.
    Ok((i, Phrase { span, lead: Lead::Words, body: PhraseBody::Text(Text { span, long: false }) }))
}
