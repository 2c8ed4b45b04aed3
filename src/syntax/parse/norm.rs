//! Sentences: subject, modal, acts with their phrases, full stop.

use super::amount::{Measured, measured};
use super::modal::modal;
use super::phrase::{capital_lead, phrase, phrase_led_by, starts_phrase};
use super::thing::{Slot, starts, things};
use super::time::is_modal_start;
use super::{DEEPEST, Few, Parsed, Tokens, is_name, word};
use crate::source::Span;
use crate::syntax::lex::{Kind, Token};
use crate::syntax::tree::{
    Act, ActForm, Ensured, Manner, Modal, Mode, Norm, Phrase, PhraseBody, Strength, ThingKind, Things,
};
use crate::syntax::trouble;
use crate::syntax::word::{Word, classify};
use nom::Parser;
use nom::combinator::opt;

/// norm = [mark] ( "there" | ["only"] subject ) [manner] modal [manner] { phrase } acts STOP
pub(super) fn norm<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, &'a Norm<'a>> {
    let from = start.peek().span.start;
    let (i, letter) = typed_mark(start).unwrap_or_else(|| mark(start));
    let (i, only) = opt(word(Word::Only)).parse(i)?;
    let (i, first) = phrases_first(i)?;
    let there = only.is_none() && i.word() == Word::There;
    let (i, subject) = if there { (i.skip(1), Things::default()) } else { subject(i)? };
    let (i, before) = manner(i);
    let (i, modal) = match modal(i) {
        Ok(read) => read,
        Err(_) => no_modal(i, &subject)?,
    };
    let (mut i, after) = manner(i);
    let mut shared = first;
    // A quotation behind the modal belongs to no verb yet, so it is words with no test.
    loop {
        i = match i.kind() {
            Kind::Comma if starts_phrase(i.skip(1)) => enclosed(i, &mut shared)?,
            Kind::Comma => stray_comma(i),
            _ if starts_phrase(i) => {
                let (next, one) = phrase(i)?;
                shared.push(one);
                next
            }
            _ => break,
        };
    }
    let (i, acts) = acts(i, there, modal.gerund)?;
    let (i, ()) = stop(i)?;
    let norm = Norm {
        span: i.span_from(from),
        letter,
        only: only.is_some(),
        subject,
        there,
        modal,
        manner: before.or(after),
        phrases: i.keep(&shared),
        acts,
        damaged: start.cx.damaged.get(),
    };
    Ok((i, i.put(norm)))
}

/// mark = "(" LETTER ")"
fn mark<'c, 'a>(i: Tokens<'c, 'a>) -> (Tokens<'c, 'a>, Span) {
    let inside = i.ahead(1);
    let closed = i.ahead(2).kind == Kind::CloseBracket;
    if i.kind() == Kind::OpenBracket && matches!(inside.kind, Kind::Word | Kind::Number) && closed {
        (i.skip(3), inside.span)
    } else {
        (i, Span::default())
    }
}

/// A mark as letters have it, `1.` or `a)`, after saying so.
fn typed_mark<'c, 'a>(i: Tokens<'c, 'a>) -> Option<(Tokens<'c, 'a>, Span)> {
    let (token, next) = (i.peek(), i.ahead(1));
    let is_mark = match (token.kind, next.kind) {
        (Kind::Number | Kind::Word, Kind::CloseBracket) => true,
        (Kind::Number, Kind::Stop) => token.span.end == next.span.start && !i.ahead(2).first,
        _ => false,
    };
    if !is_mark {
        return None;
    }
    i.report(trouble::typed_mark(i.loc(token.span.to(next.span)), i.text(token.span)));
    i.cx.damaged.set(true);
    Some((i.skip(2), token.span))
}

/// A phrase before the subject: said to be misplaced, then read as if it stood behind the modal.
fn phrases_first<'c, 'a>(mut i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Few<Phrase<'a>>> {
    let mut phrases = Few::new();
    loop {
        // `at least 5 states shall …` begins with its subject.
        let lead = if i.word() != Word::Other && measured(i) == Some(Measured::Amount) {
            return Ok((i, phrases));
        } else if i.word().leads() || i.word() == Word::No && i.ahead(2).word == Word::Than {
            i.word()
        } else if i.kind() == Kind::Word && i.word() == Word::Other && !is_modal_start(i.ahead(1).word) {
            match capital_lead(i) {
                Some(lead) => lead,
                None => return Ok((i, phrases)),
            }
        } else {
            return Ok((i, phrases));
        };
        let (next, one) = phrase_led_by(i, lead)?;
        let words = i.text(one.span);
        let mut lower = words.chars();
        let lower: String = lower.next().map(|c| c.to_ascii_lowercase()).into_iter().chain(lower).collect();
        i.report(trouble::phrase_first(i.loc(one.span), &lower));
        i.cx.damaged.set(true);
        phrases.push(one);
        i = if next.kind() == Kind::Comma { next.skip(1) } else { next };
    }
}

/// subject = thing { separator thing }
fn subject<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Things<'a>> {
    if !starts(i, Slot::Subject) {
        return match i.kind() {
            Kind::Word if is_modal_start(i.word()) => i.fail(trouble::no_subject(i.here(), i.text(i.peek().span))),
            Kind::Word => i.fail(trouble::reserved(i.here(), i.text(i.peek().span))),
            Kind::OpenBracket
                if matches!(i.ahead(1).kind, Kind::Word | Kind::Number) && i.ahead(2).kind != Kind::CloseBracket =>
            {
                let letter = i.ahead(1).span;
                i.report(trouble::open_mark(i.loc(i.peek().span.to(letter)), i.text(letter)));
                i.cx.damaged.set(true);
                subject(i.skip(2))
            }
            _ => i.expected("a field or a sentence (such as `lead: FR` or `FR shall deploy force.`)"),
        };
    }
    let (i, subject) = things(i, Slot::Subject)?;
    Ok((if i.kind() == Kind::Comma && is_modal_start(i.ahead(1).word) { stray_comma(i) } else { i }, subject))
}

/// manner = "each" | "jointly"
fn manner<'c, 'a>(i: Tokens<'c, 'a>) -> (Tokens<'c, 'a>, Option<Manner>) {
    match i.word() {
        Word::Each => (i.skip(1), Some(Manner::Each)),
        Word::Jointly => (i.skip(1), Some(Manner::Jointly)),
        _ => (i, None),
    }
}

/// What stands where a modal belongs; the rest of the sentence is then read on a guess.
fn no_modal<'c, 'a>(i: Tokens<'c, 'a>, subject: &Things<'a>) -> Parsed<'c, 'a, Modal> {
    let modal_ahead =
        (0..4).find(|&n| is_modal_start(i.ahead(n).word) || i.ahead(n).kind != Kind::Word || i.ahead(n).first);
    let ahead = modal_ahead.filter(|&n| n > 0 && is_modal_start(i.ahead(n).word) && i.ahead(n).kind == Kind::Word);
    let last = subject.list.last().filter(|thing| matches!(thing.kind, ThingKind::Name(_)));
    if let (Some(words), Some(last)) = (ahead, last) {
        let behind = i.skip(words);
        let span = behind.span_from(last.span.start);
        i.report_and_guess(trouble::name_with_space(i.loc(span), i.text(span)));
        if let Ok(read) = modal(behind) {
            return Ok(read);
        }
    }
    let word = i.text(i.peek().span);
    if i.kind() == Kind::Field && is_modal_start(classify(word.as_bytes())) {
        let colon = span_end_to_colon(i);
        return i.fail(trouble::colon(i.here(), word, i.loc(colon)));
    }
    if i.kind() != Kind::Word || i.peek().first && subject.list.len() == 1 && i.word() == Word::Other {
        return i.expected("a modal word (such as `shall`, `will` or `may`, behind the subject)");
    }
    let span = i.peek().span;
    let small = classify(word.to_ascii_lowercase().as_bytes());
    if small != i.word() && is_modal_start(small) {
        i.report_and_guess(trouble::capital_modal(i.here(), word));
    } else if word.len() > 3
        && word.ends_with('s')
        && i.word() == Word::Other
        && !word.starts_with("shall")
        && starts(i.skip(1), Slot::Object)
    {
        // The verb of the sentence, with no modal word before it.
        i.report_and_guess(trouble::present_tense(i.here(), word));
        return Ok((i, Modal { span, strength: Strength::Effort, mode: Mode::Oblige, gerund: false }));
    } else {
        // `is not going to`: up to the verb.
        let to =
            matches!(i.word(), Word::Is | Word::Are).then(|| (1..4).find(|&n| i.ahead(n).word == Word::To)).flatten();
        let behind = i.skip(to.unwrap_or(1));
        let words = behind.span_from(span.start);
        i.report_and_guess(trouble::unknown_modal(i.loc(words), i.text(words)));
        let behind = if to.is_some() { behind.skip(1) } else { behind_not(behind).0 };
        return Ok((behind, Modal { span, strength: Strength::Effort, mode: Mode::Oblige, gerund: false }));
    }
    let behind = i.skip(1);
    let (behind, mode) = behind_not(behind);
    Ok((behind, Modal { span, strength: Strength::Effort, mode, gerund: false }))
}

/// From the end of a field's name to behind its colon.
fn span_end_to_colon(i: Tokens<'_, '_>) -> Span {
    let end = i.peek().span.end;
    let spaces = i.cx.text.get(end as usize..).and_then(|rest| rest.find(':')).unwrap_or(0) as u32;
    Span::new(end, end + spaces + 1)
}

/// Behind `not` and `to`, and what they make of a modal word.
fn behind_not<'c, 'a>(i: Tokens<'c, 'a>) -> (Tokens<'c, 'a>, Mode) {
    let (i, mode) = if i.word() == Word::Not { (i.skip(1), Mode::Forbid) } else { (i, Mode::Oblige) };
    (if i.word() == Word::To { i.skip(1) } else { i }, mode)
}

/// Whether a new sentence begins here: a mark or not, names, and one of the modal words that are never a name.
fn begins_sentence(i: Tokens<'_, '_>) -> bool {
    const MOST_NAMES: usize = 8;
    let (i, _) = mark(i);
    let is_list = |token: Token| match token.kind {
        Kind::Path | Kind::Comma => true,
        Kind::Word => !token.word.is_reserved() || matches!(token.word, Word::And | Word::The | Word::All | Word::No),
        _ => false,
    };
    let names = (0..MOST_NAMES).take_while(|&n| is_list(i.ahead(n))).count();
    names > 0 && i.ahead(names).word.is_reserved() && is_modal_start(i.ahead(names).word)
}

/// act { ";" ["and"] act }
fn acts<'c, 'a>(i: Tokens<'c, 'a>, there: bool, gerund: bool) -> Parsed<'c, 'a, &'a [Act<'a>]> {
    let (mut i, first) = act(i, there, gerund)?;
    let mut acts: Few<Act<'a>> = Few::from_iter([first]);
    loop {
        i = match (i.kind(), i.word()) {
            (Kind::Semicolon, _) if i.ahead(1).kind == Kind::Stop => i.skip(1),
            (Kind::Semicolon, _) if i.ahead(1).kind == Kind::CloseBrace || begins_sentence(i.skip(1)) => {
                return Ok((i, i.keep(&acts)));
            }
            (Kind::Semicolon, _) if i.ahead(1).word == Word::And => i.skip(2),
            (Kind::Semicolon, _) => i.skip(1),
            (_, Word::And | Word::Or) if is_verb(i.ahead(1)) && !begins_sentence(i.skip(1)) => {
                i.report(trouble::and_between_acts(i.here()));
                i.skip(1)
            }
            _ => match swallowed_verb(i, &mut acts) {
                Some(rest) => rest,
                None => return Ok((i, i.keep(&acts))),
            },
        };
        if i.kind() == Kind::Stop && i.previous().kind == Kind::Semicolon {
            return Ok((i, i.keep(&acts)));
        }
        let (rest, another) = act(i, there, gerund)?;
        acts.push(another);
        i = rest;
    }
}

/// `deploy force and establish hubs`: the list before has taken the verb for a name. Gives it back and goes on behind `and`.
fn swallowed_verb<'c, 'a>(i: Tokens<'c, 'a>, acts: &mut Few<Act<'a>>) -> Option<Tokens<'c, 'a>> {
    let here = i.index();
    let joint = i.cx.tokens.get(here.checked_sub(2)?)?;
    let verb = i.cx.tokens.get(here.checked_sub(1)?)?;
    if joint.word != Word::And || verb.kind != Kind::Word || i.peek().first && i.kind() == Kind::Word {
        return None;
    }
    // `deploy tanks and guns "as needed"` is a list and words with no test.
    if matches!(i.kind(), Kind::Text | Kind::LongText) {
        return None;
    }
    if !starts(i, Slot::Object) && !starts_phrase(i) {
        return None;
    }
    let last = acts.last_mut()?;
    let names = match last.phrases.last() {
        Some(Phrase { body: PhraseBody::Names(names), .. }) => *names,
        Some(_) => return None,
        None => last.objects,
    };
    let (taken, before) = names.list.split_last()?;
    if before.is_empty() || taken.span != verb.span {
        return None;
    }
    // `to ukraine and poland within 30 days` is a list and a phrase, not a verb.
    if starts_phrase(i) && !starts(i, Slot::Named) {
        return None;
    }
    let names = Things { list: before, any: names.any };
    let mut phrases: Few<Phrase<'a>> = Few::from_slice(last.phrases);
    match phrases.last_mut() {
        Some(phrase) => phrase.body = PhraseBody::Names(names),
        None => last.objects = names,
    }
    last.phrases = i.keep(&phrases);
    i.report(trouble::and_between_acts(i.loc(joint.span)));
    Some(i.at(here - 1))
}

/// Whether a token can be a verb.
fn is_verb(token: Token) -> bool {
    token.kind == Kind::Word && (!token.word.is_reserved() || token.word == Word::Be)
}

/// act = [mark] ( "be" NAME { phrase } | "ensure" "that" things act | NAME [objects] { phrase } )
fn act<'c, 'a>(start: Tokens<'c, 'a>, there: bool, gerund: bool) -> Parsed<'c, 'a, Act<'a>> {
    let from = start.peek().span.start;
    let (i, letter) = mark(start);
    let form = match (there, i.word()) {
        (true, Word::Be) => ActForm::Constitutive,
        (false, Word::Be) => ActForm::Passive,
        (true, _) => return i.expected("`be` (as in `there shall be a-commission`)"),
        _ => ActForm::Active,
    };
    let i = if form == ActForm::Active { i } else { i.skip(1) };
    if form == ActForm::Constitutive {
        if !starts(i, Slot::Object) {
            return i.expected("a name (such as `commission`, for what there shall be)");
        }
        let (i, objects) = things(i, Slot::Object)?;
        return finish(
            i,
            from,
            Act { span: Span::default(), letter, form, verb: Span::default(), objects, phrases: &[], ensured: None },
        );
    }
    let verb = i.peek();
    if !is_verb(verb) || verb.word == Word::Be {
        if is_modal_start(verb.word) || verb.word == Word::Not {
            return i.fail(trouble::twice(i.here(), i.text(verb.span), i.ahead(1).span.start));
        }
        let wanted = match (form, gerund) {
            (ActForm::Passive, _) => "a verb (as in `be deployed`)",
            (_, true) => "a verb (as in `refrain from deploying`)",
            _ => "a verb (as in `shall deploy`)",
        };
        if verb.kind == Kind::Word && !verb.word.leads() {
            return i.fail(trouble::reserved(i.here(), i.text(verb.span)));
        }
        return i.expected(wanted);
    }
    let i = i.skip(1);
    let mut act = Act {
        span: Span::default(),
        letter,
        form,
        verb: verb.span,
        objects: Things::default(),
        phrases: &[],
        ensured: None,
    };
    if form == ActForm::Active && verb.word == Word::Ensure && i.word() == Word::That {
        let (i, ensured) = ensured(i.skip(1))?;
        act.ensured = Some(i.put(ensured));
        act.span = i.span_from(from);
        return Ok((i, act));
    }
    let (i, objects) =
        if form == ActForm::Active && starts_object(i) { things(i, Slot::Object)? } else { (i, Things::default()) };
    act.objects = objects;
    finish(i, from, act)
}

/// Whether an object stands behind the verb; a length of time there begins a phrase.
#[inline]
fn starts_object(i: Tokens<'_, '_>) -> bool {
    starts(i, Slot::Object)
}

/// Reads the phrases of an act.
#[inline]
fn finish<'c, 'a>(mut i: Tokens<'c, 'a>, from: u32, mut act: Act<'a>) -> Parsed<'c, 'a, Act<'a>> {
    let mut phrases: Few<Phrase<'a>> = Few::new();
    loop {
        let token = i.peek();
        match (token.kind, token.word) {
            (Kind::Stop | Kind::Semicolon, _) => break,
            _ if starts_phrase(i) => {
                let (next, one) = phrase(i)?;
                phrases.push(one);
                i = next;
            }
            (Kind::Comma, _) if starts_phrase(i.skip(1)) => i = enclosed(i, &mut phrases)?,
            (_, Word::And) if starts_phrase(i.skip(1)) && !starts(i.skip(1), Slot::Named) => {
                i.report(trouble::and_between_phrases(i.here()));
                i.cx.damaged.set(true);
                i = i.skip(1);
            }
            // `notify UA of breach`
            (_, Word::Of) if is_name(i.ahead(1)) => {
                let place = i.loc(token.span);
                i.report_and_guess(
                    trouble::unexpected(place, "`of`", "`about`")
                        .help("`of` joins a part to its whole; write `about` for what something concerns"),
                );
                i = i.skip(2);
            }
            _ => break,
        }
    }
    act.span = i.span_from(from);
    act.phrases = i.keep(&phrases);
    Ok((i, act))
}

/// "that" things act
fn ensured<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Ensured<'a>> {
    let depth = i.cx.depth.get();
    if depth >= DEEPEST {
        return i.fail(trouble::too_deep(i.here()));
    }
    i.cx.depth.set(depth + 1);
    let read = things(i, Slot::Subject).and_then(|(i, actors)| {
        let (i, act) = act(i, false, false)?;
        Ok((i, Ensured { actors, act }))
    });
    i.cx.depth.set(depth);
    read
}

/// A phrase behind a comma, and often before another: said to need none, then read.
fn enclosed<'c, 'a>(
    comma: Tokens<'c, 'a>,
    phrases: &mut Few<Phrase<'a>>,
) -> Result<Tokens<'c, 'a>, nom::Err<super::Fail>> {
    comma.cx.damaged.set(true);
    comma.cx.in_commas.set(true);
    let read = phrase(comma.skip(1));
    comma.cx.in_commas.set(false);
    let (i, one) = read?;
    phrases.push(one);
    let second = (i.kind() == Kind::Comma).then(|| i.here());
    comma.report(trouble::stray_comma(comma.here(), second));
    Ok(if second.is_some() { i.skip(1) } else { i })
}

/// Behind a comma that joins nothing, after saying so.
fn stray_comma<'c, 'a>(i: Tokens<'c, 'a>) -> Tokens<'c, 'a> {
    i.report(trouble::stray_comma(i.here(), None));
    i.cx.damaged.set(true);
    i.skip(1)
}

/// STOP. Where it is missing the sentence is kept, if what follows is clearly something new.
pub(super) fn stop<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, ()> {
    let token = i.peek();
    if token.kind == Kind::Stop {
        return Ok((i.skip(1), ()));
    }
    let last = i.previous();
    // Another mark for the full stop, and then something new: `… until 2027-07-01;`.
    if matches!(token.kind, Kind::Semicolon | Kind::Comma | Kind::Colon) {
        let next = i.ahead(1);
        let is_end = matches!(next.kind, Kind::CloseBrace | Kind::End) || next.first && next.kind == Kind::OpenBracket;
        if is_end
            || token.kind == Kind::Semicolon && begins_sentence(i.skip(1))
            || next.first && begins_sentence(i.skip(1))
        {
            i.report(trouble::wrong_stop(i.here(), i.text(token.span)));
            return Ok((i.skip(1), ()));
        }
    }
    let is_new = token.first || matches!(token.kind, Kind::CloseBrace | Kind::Field | Kind::End | Kind::OpenBracket);
    if is_new {
        let next = if token.kind == Kind::End { i.loc(last.span) } else { i.here() };
        i.report(trouble::missing_stop(i.loc(last.span), next));
        return Ok((i, ()));
    }
    match (token.kind, token.word) {
        (Kind::Word, _) if last.kind == Kind::Path && i.text(last.span).contains('.') => {
            i.fail(trouble::joined_sentences(i.loc(last.span), i.text(last.span)))
        }
        (Kind::Word, found) if is_modal_start(found) => i.fail(trouble::modal_again(i.here())),
        (Kind::Word, Word::And | Word::Or) if is_modal_start(i.ahead(1).word) || begins_sentence(i.skip(1)) => {
            i.fail(trouble::modal_again(i.here()))
        }
        (Kind::Word, Word::And) if is_name(i.ahead(1)) => i.fail(trouble::and_between_acts(i.here())),
        (Kind::Word, word) if !word.is_reserved() && is_name(last) => {
            let mut end = i.skip(1);
            while is_name(end.peek()) && !end.peek().first {
                end = end.skip(1);
            }
            let span = end.span_from(last.span.start);
            i.report_and_guess(trouble::name_with_space(i.loc(span), i.text(span)));
            // The phrases behind are read for their own sake and thrown away: the sentence is damaged.
            let (rest, _) = finish(
                end,
                last.span.start,
                Act {
                    span: Span::default(),
                    letter: Span::default(),
                    form: ActForm::Active,
                    verb: last.span,
                    objects: Things { list: &[], any: false },
                    phrases: &[],
                    ensured: None,
                },
            )?;
            stop(rest)
        }
        (Kind::Comma, _) => {
            let behind = i.skip(if i.ahead(1).word == Word::And { 2 } else { 1 });
            i.fail(if is_modal_start(behind.word()) {
                trouble::modal_again(behind.here())
            } else {
                trouble::stray_comma(i.here(), None)
            })
        }
        _ => i.expected("a phrase or the full stop of the sentence"),
    }
}
