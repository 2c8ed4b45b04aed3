//! Sentences: subject, modal, acts with their phrases, full stop.

use super::amount::{Measured, is_frequency, measured};
use super::modal::{is_modal, modal};
use super::phrase::{capital_lead, phrase, phrase_led_by, starts_phrase};
use super::thing::{Slot, starts, things};
use super::time::is_modal_start;
use super::treaty;
use super::{DEEPEST, Few, Parsed, Tokens, is_name, word};
use crate::finding::Finding;
use crate::source::Span;
use crate::syntax::lex::{Kind, Token};
use crate::syntax::tree::{
    Act, ActForm, Ensured, Lead, Manner, Modal, Mode, Norm, Phrase, PhraseBody, Strength, Text, Thing, ThingKind,
    Things,
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
    let (i, after) = manner(i);
    let mut shared = first;
    let (mut i, modal) = match treaty::effort(i) {
        Some(behind) => (behind, Modal { strength: modal.strength.min(Strength::Effort), ..modal }),
        None => (i, modal),
    };
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
        if treaty::is_before_name(i) {
            return Ok((i, phrases));
        }
        // `at least 5 states shall …` begins with its subject.
        let lead = if i.word() != Word::Other && measured(i) == Some(Measured::Amount) {
            return Ok((i, phrases));
        } else if i.word().leads() || i.word() == Word::No && i.ahead(2).word == Word::Than {
            i.word()
        } else if i.kind() == Kind::Word && i.word() == Word::Other && !is_modal_start(i.ahead(1).word) {
            match capital_lead(i) {
                // `Every party shall …`
                Some(Word::Every) if is_name(i.ahead(1)) => return Ok((i, phrases)),
                Some(lead) => lead,
                None if i.text(i.peek().span) == "No" && matches!(i.ahead(1).word, Word::Later | Word::Earlier) => {
                    Word::No
                }
                // `Where a violation has occurred, …`
                None if begins_told(i) => Word::If,
                None => return Ok((i, phrases)),
            }
        } else {
            return Ok((i, phrases));
        };
        i = phrase_first(i, lead, &mut phrases)?;
    }
}

/// Whether a phrase of treaties begins the sentence that the language has no word for, up to a comma: `Where …, FR shall`.
fn begins_told(i: Tokens<'_, '_>) -> bool {
    const LONGEST: usize = 16;
    let told =
        ["Where", "When", "Whenever", "Once", "Following", "Pending", "Provided"].contains(&i.text(i.peek().span));
    told && (2..LONGEST).any(|n| i.ahead(n).kind == Kind::Comma && !i.ahead(n + 1).first)
}

/// One phrase before the subject. What else is odd in it is part of this mistake; up to its comma it is one phrase, whatever
/// stands in it.
fn phrase_first<'c, 'a>(
    i: Tokens<'c, 'a>,
    lead: Word,
    phrases: &mut Few<Phrase<'a>>,
) -> Result<Tokens<'c, 'a>, nom::Err<super::Fail>> {
    const LONGEST: usize = 24;
    let ends = |token: Token| matches!(token.kind, Kind::Stop | Kind::Semicolon | Kind::CloseBrace | Kind::End);
    let modal = (1..LONGEST).find(|&n| ends(i.ahead(n)) || modal(i.skip(n)).is_ok()).unwrap_or(LONGEST);
    let comma = (1..modal).find(|&n| i.ahead(n).kind == Kind::Comma).filter(|_| modal < LONGEST);
    // `After ceasefire FR, GB shall …`: the comma joins those who act.
    let names = |next: Tokens<'c, 'a>| {
        let joins = |token: Token| token.kind == Kind::Comma || is_name(token) || token.word == Word::And;
        let (from, to) = (next.index(), i.index() + modal);
        let list = i.cx.tokens.get(from..to).unwrap_or(&[]);
        // `violates d, SL`: two names in a row are none of a list.
        let in_a_row = list.windows(2).any(|pair| pair.iter().all(|token| is_name(*token)));
        // `Unless otherwise agreed, SL`: no more does a condition go over into one.
        let told =
            matches!(lead, Word::If | Word::Unless | Word::While) && list.iter().any(|token| token.kind == Kind::Comma);
        !in_a_row && !told && list.iter().all(|token| joins(*token)) && starts(next, Slot::Subject)
    };
    let guessing = i.cx.guessing.replace(true);
    let read = phrase_led_by(i, lead);
    i.cx.guessing.set(guessing);
    let is_read = read.as_ref().is_ok_and(|(next, _)| comma.is_none_or(|comma| next.index() >= i.index() + comma));
    let (next, span) = match (read, comma) {
        (Ok((next, one)), _) if next.kind() == Kind::Comma => {
            phrases.push(one);
            (next.skip(1), one.span)
        }
        (Ok((next, one)), _) if names(next) || comma.is_none() && starts_phrase(next) => {
            phrases.push(one);
            (next, one.span)
        }
        (_, Some(comma)) => (i.skip(comma + 1), i.skip(comma).span_from(i.peek().span.start)),
        (Ok((next, one)), _) => {
            phrases.push(one);
            (next, one.span)
        }
        (Err(_), _) if modal == 1 => {
            let modal = i.skip(1);
            return i.fail::<()>(trouble::no_subject(modal.here(), modal.text(modal.peek().span))).map(|(i, ())| i);
        }
        (Err(error), _) => {
            let line = (1..LONGEST).find(|&n| n == modal || ends(i.ahead(n)) || i.ahead(n).first).unwrap_or(1);
            let span = i.skip(line).span_from(i.peek().span.start);
            i.report(trouble::phrase_first(i.loc(span), None));
            return Err(error);
        }
    };
    let put = in_order(i, next, span, is_read);
    i.report(trouble::phrase_first(i.loc(span), put.as_deref()));
    i.cx.damaged.set(true);
    Ok(next)
}

/// The sentence with the phrase at its end, where it is short enough to be shown; a phrase that could not be read in quotation
/// marks.
fn in_order<'c, 'a>(phrase: Tokens<'c, 'a>, rest: Tokens<'c, 'a>, span: Span, is_read: bool) -> Option<String> {
    const LONGEST: usize = 120;
    const MOST_WORDS: usize = 24;
    let stop = (1..MOST_WORDS).find(|&n| matches!(rest.ahead(n).kind, Kind::Stop | Kind::Semicolon))?;
    let deed = treaty::in_draft_words(rest, rest.index() + stop);
    let end = (phrase.index()..)
        .find(|&at| phrase.at(at).peek().span.start >= span.end || phrase.at(at).kind() == Kind::End)?;
    let words = if is_read { treaty::in_draft_words(phrase, end) } else { phrase.text(span).to_owned() };
    let words = small(&words);
    let words = match words.split_once(' ') {
        _ if is_read => words,
        Some((lead @ ("if" | "unless" | "while" | "where" | "when"), rest)) => {
            let lead = if ["where", "when"].contains(&lead) { "if" } else { lead };
            format!("{lead} \"{}\"", rest.replace('"', ""))
        }
        _ => format!("\"{}\"", words.replace('"', "")),
    };
    let put = format!("{deed} {words}.");
    (put.len() <= LONGEST && !put.contains('\n')).then_some(put)
}

/// With a small letter at the beginning.
fn small(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_ascii_lowercase()).into_iter().chain(chars).collect()
}

/// subject = thing { separator thing }
fn subject<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Things<'a>> {
    if !starts(i, Slot::Subject) {
        return match i.kind() {
            Kind::Word if is_modal_start(i.word()) => i.fail(trouble::no_subject(i.here(), i.text(i.peek().span))),
            Kind::Word if i.word() == Word::No && is_name(i.ahead(1)) => match treaty::before_name(i, Slot::Subject) {
                Some(read) => read.map(|(i, one)| (i, Things { list: i.keep(&[one]), any: false })),
                None => i.fail(trouble::reserved(i.here(), i.text(i.peek().span))),
            },
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
        i.report_and_guess(name_with_space(i, span));
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
        if let Some((words, put, gerund)) = treaty::other_modal(i) {
            let behind = i.skip(words);
            let all = behind.span_from(span.start);
            i.report(trouble::other_modal(i.loc(all), i.text(all), put, gerund));
            i.cx.damaged.set(true);
            let (strength, mode) = match put {
                "may" => (Strength::Option, Mode::Permit),
                "shall" => (Strength::Duty, Mode::Oblige),
                "is not obliged to" => (Strength::Duty, Mode::Release),
                _ => (Strength::Duty, Mode::Forbid),
            };
            return Ok((behind, Modal { span: all, strength, mode, gerund }));
        }
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
                i.report(trouble::and_between_acts(i.here(), i.text(i.peek().span), gives_leave(i)));
                i.cx.damaged.set(true);
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
    if !starts(i, Slot::Object) && !starts_phrase(i) || treaty::is_untested(i) || treaty::other_words(i).is_some() {
        return None;
    }
    // `free and unimpeded access`, `sovereignty and territorial integrity`
    if treaty::is_adjective(i.text(verb.span)) {
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
    i.report(trouble::and_between_acts(i.loc(joint.span), "and", false));
    i.cx.damaged.set(true);
    Some(i.at(here - 1))
}

/// Whether the modal word of the sentence permits, as far back as it is near.
fn gives_leave(i: Tokens<'_, '_>) -> bool {
    const NEAR: usize = 24;
    let here = i.index();
    (here.saturating_sub(NEAR)..here)
        .rev()
        .map(|at| i.at(at))
        .find(|i| is_modal(*i))
        .is_some_and(|i| i.word() == Word::May)
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
        if verb.word == Word::Never || verb.word == Word::Only {
            let finding = trouble::misplaced(i.here(), i.text(verb.span));
            return i.fail(finding);
        }
        let wanted = match (form, gerund) {
            (ActForm::Passive, _) => "a verb (as in `be deployed`)",
            (_, true) => "a verb (as in `refrain from deploying`)",
            _ => "a verb (as in `shall deploy`)",
        };
        if verb.kind == Kind::Word && !verb.word.leads() {
            return i.fail(trouble::reserved_verb(i.here(), i.text(verb.span)));
        }
        return i.expected(wanted);
    }
    let i = treaty::torn_verb(i.skip(1));
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

/// Whether an object stands behind the verb; a length of time begins a phrase, and so does how often something is done.
#[inline]
fn starts_object(i: Tokens<'_, '_>) -> bool {
    match i.kind() {
        Kind::Word if i.word() == Word::Other => !is_how_often(i),
        Kind::Word | Kind::Number | Kind::Fraction => starts(i, Slot::Object) && !is_frequency(i),
        _ => starts(i, Slot::Object),
    }
}

/// Whether `twice a year` stands behind the verb.
#[inline]
fn is_how_often(i: Tokens<'_, '_>) -> bool {
    matches!(i.ahead(1).word, Word::A | Word::Per)
        && i.ahead(2).word.time_unit().is_some()
        && matches!(i.text(i.peek().span), "once" | "twice" | "thrice")
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
            (_, Word::And | Word::Or) if starts_phrase(i.skip(1)) && !starts(i.skip(1), Slot::Named) => {
                i.report(trouble::and_between_phrases(i.here(), i.text(token.span)));
                i.cx.damaged.set(true);
                i = i.skip(1);
            }
            // `notify UA of breach`
            (_, Word::Of) if starts(i.skip(1), Slot::Named) && !token.first => i = of(i, &mut act, &mut phrases)?,
            _ => match treaty::behind_act(i, &mut act, &mut phrases)? {
                Some(next) => i = next,
                None => break,
            },
        }
    }
    act.span = i.span_from(from);
    act.phrases = i.keep(&phrases);
    Ok((i, act))
}

/// `notify UA of breach`, `the return of prisoners`: `of` between two names, after saying so.
fn of<'c, 'a>(
    i: Tokens<'c, 'a>,
    act: &mut Act<'a>,
    phrases: &mut Few<Phrase<'a>>,
) -> Result<Tokens<'c, 'a>, nom::Err<super::Fail>> {
    let verb = i.text(act.verb);
    let told = ["notify", "inform", "warn", "advise", "accuse", "tell", "remind"].contains(&verb);
    let before = i.previous().span;
    // What else is odd in the list behind is part of this mistake.
    let guessing = i.cx.guessing.replace(true);
    let read = things(i.skip(1), Slot::Named);
    i.cx.guessing.set(guessing);
    let (behind, list) = read?;
    let mut behind = behind;
    while is_name(behind.peek()) && !behind.peek().first && treaty::other_words(behind).is_none() {
        behind = behind.skip(1);
    }
    let words = behind.span_from(if told { i.ahead(1).span.start } else { before.start });
    let place = if told { i.here() } else { i.loc(behind.span_from(treaty::with_article(i, before.start))) };
    i.report(crate::syntax::treaty::of(place, i.text(words), told));
    i.cx.damaged.set(true);
    if !told {
        // The name before `of` is a part of the words, and nothing by itself.
        let names = match phrases.last_mut() {
            Some(Phrase { body: PhraseBody::Names(names), .. }) => Some(names),
            Some(_) => None,
            None => Some(&mut act.objects),
        };
        if let Some(names) = names
            && let Some((last, others)) = names.list.split_last()
            && last.span == before
        {
            let mut list: Few<Thing<'a>> = Few::from_slice(others);
            list.push(Thing { span: words, kind: ThingKind::Text(Text { span: words, long: false }) });
            names.list = i.keep(&list);
        }
        return Ok(behind);
    }
    let span = behind.span_from(i.peek().span.start);
    phrases.push(Phrase { span, lead: Lead::About, body: PhraseBody::Names(list) });
    Ok(behind)
}

/// A name of several words, its article included.
fn name_with_space(i: Tokens<'_, '_>, span: Span) -> Finding {
    let from = treaty::with_article(i, span.start);
    let mut finding = trouble::name_with_space(i.loc(span), i.text(span));
    if let Some(label) = finding.labels.first_mut() {
        label.at.span = Span::new(from, label.at.span.end);
    }
    finding
}

/// The phrases behind something that could not be read, for their own sake; the sentence is damaged.
pub(super) fn no_phrases<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Act<'a>> {
    let act = Act {
        span: Span::default(),
        letter: Span::default(),
        form: ActForm::Active,
        verb: i.previous().span,
        objects: Things { list: &[], any: false },
        phrases: &[],
        ensured: None,
    };
    finish(i, i.peek().span.start, act)
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
    let before = comma.cx.findings.borrow().len();
    let read = phrase(comma.skip(1));
    comma.cx.in_commas.set(false);
    let (i, one) = read?;
    phrases.push(one);
    let second = (i.kind() == Kind::Comma).then(|| i.here());
    // `shall, without delay, consult`: the commas go when the words are put in quotation marks.
    if let Some(known) = comma.cx.findings.borrow_mut().get_mut(before)
        && known.code == "syntax/unquoted-words"
    {
        trouble::without_commas(known, comma.here(), second);
        return Ok(if second.is_some() { i.skip(1) } else { i });
    }
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
        (Kind::Word, Word::And) if is_name(i.ahead(1)) => i.fail(trouble::and_between_acts(i.here(), "and", false)),
        (Kind::Word, word) if !word.is_reserved() && is_name(last) => {
            let mut end = i.skip(1);
            while is_name(end.peek()) && !end.peek().first && treaty::other_words(end).is_none() {
                end = end.skip(1);
            }
            let span = end.span_from(last.span.start);
            i.report_and_guess(name_with_space(i, span));
            let (rest, _) = no_phrases(end)?;
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
        (Kind::Word, _) => treaty::free_words(i),
        _ => i.expected("a phrase or the full stop of the sentence"),
    }
}
