//! Actors, objects and places: names, quotations, amounts, and the words that stand for several parties.

use super::amount::{Measured, amount, measured};
use super::modal::is_modal;
use super::time::{read_reference, reference, text};
use super::treaty;
use super::{DEEPEST, Few, Parsed, Tokens, is_name};
use crate::syntax::lex::Kind;
use crate::syntax::tree::{Thing, ThingKind, Things};
use crate::syntax::trouble;
use crate::syntax::word::Word;

/// Where a list of things stands; an amount has no place among names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Slot {
    /// Before the modal.
    Subject,
    /// Behind the verb.
    Object,
    /// Behind the leading word of a phrase.
    Named,
}

/// Whether a thing begins here.
#[inline]
pub(super) fn starts(i: Tokens<'_, '_>, slot: Slot) -> bool {
    let token = i.peek();
    match token.kind {
        Kind::Path | Kind::Text | Kind::LongText => true,
        Kind::Number | Kind::Fraction => slot != Slot::Named && measured(i) == Some(Measured::Amount),
        Kind::Word => match token.word {
            Word::Other => true,
            // `anyone except FR and the remaining states`: the amount is not one of those excepted.
            Word::The | Word::A => slot != Slot::Named || measured(i).is_none(),
            Word::An | Word::Nobody | Word::Anyone => true,
            Word::No if i.ahead(1).word == Word::Party => true,
            Word::All if i.ahead(1).word == Word::Parties => true,
            word if !word.is_reserved() => true,
            Word::Each | Word::All | Word::Every => treaty::is_before_name(i),
            _ => slot != Slot::Named && measured(i) == Some(Measured::Amount),
        },
        _ => false,
    }
}

/// things = thing { joint thing }
#[inline]
pub(super) fn things<'c, 'a>(i: Tokens<'c, 'a>, slot: Slot) -> Parsed<'c, 'a, Things<'a>> {
    let (mut i, first) = thing(i, slot)?;
    let mut list: Few<Thing<'a>> = Few::from_iter([first]);
    let mut any = false;
    loop {
        let token = i.peek();
        let after = match (token.kind, token.word) {
            (Kind::Comma, _) if i.cx.in_commas.get() => return Ok((i, Things { list: i.keep(&list), any })),
            (Kind::Comma, _) if matches!(i.ahead(1).word, Word::And | Word::Or) => 2,
            (Kind::Comma, _) => 1,
            (_, Word::And | Word::Or) => 1,
            _ => return Ok((i, Things { list: i.keep(&list), any })),
        };
        let next = i.skip(after);
        if !starts(next, slot) {
            // The caller knows better what a joint without a thing behind it was meant to be.
            return Ok((i, Things { list: i.keep(&list), any }));
        }
        any |= next.previous().word == Word::Or;
        let (rest, another) = thing(next, slot)?;
        list.push(another);
        i = rest;
    }
}

/// thing = reference | STRING | amount [ "of" reference ] | "the" "parties" | "all" "parties" | "no" "party" | "nobody" | "anyone" "except" things
#[inline]
pub(super) fn thing<'c, 'a>(i: Tokens<'c, 'a>, slot: Slot) -> Parsed<'c, 'a, Thing<'a>> {
    let token = i.peek();
    let from = token.span.start;
    if let Some(quoted) = text(token) {
        return Ok((i.skip(1), Thing { span: token.span, kind: ThingKind::Text(quoted) }));
    }
    let next = i.ahead(1);
    let fixed = match (token.word, next.word) {
        (Word::The, Word::Parties) => Some((2, ThingKind::TheParties)),
        (Word::All, Word::Parties) => Some((2, ThingKind::AllParties)),
        (Word::No, Word::Party) => Some((2, ThingKind::Nobody)),
        (Word::Nobody, _) => Some((1, ThingKind::Nobody)),
        _ => None,
    };
    if let Some((words, kind)) = fixed {
        let i = i.skip(words);
        return Ok((i, Thing { span: i.span_from(from), kind }));
    }
    if token.word == Word::Anyone && next.word == Word::Except {
        let depth = i.cx.depth.get();
        if depth >= DEEPEST {
            return i.fail(trouble::too_deep(i.here()));
        }
        i.cx.depth.set(depth + 1);
        let exempt = things(i.skip(2), Slot::Named);
        i.cx.depth.set(depth);
        let (i, exempt) = exempt?;
        return Ok((i, Thing { span: i.span_from(from), kind: ThingKind::AnyoneExcept(i.put(exempt)) }));
    }
    let may_be_amount = token.kind != Kind::Word || token.word != Word::Other || next.kind == Kind::Number;
    if slot != Slot::Named && may_be_amount && measured(i).is_some() {
        let (i, amount) = amount(i)?;
        let (i, of) = if i.word() == Word::Of {
            let (i, of) = reference(skip_article(i.skip(1)))?;
            (i, Some(of))
        } else {
            (i, None)
        };
        return Ok((i, Thing { span: i.span_from(from), kind: ThingKind::Amount(i.put((amount, of))) }));
    }
    if token.kind == Kind::Word
        && next.kind == Kind::Word
        && let Some(read) = treaty::before_name(i, slot)
    {
        return read;
    }
    if is_article(i) {
        return thing(skip_article(i), slot);
    }
    if is_name(token) {
        return Ok((i.skip(1), Thing { span: token.span, kind: ThingKind::Name(read_reference(i, token)) }));
    }
    if token.kind == Kind::Word {
        return i.fail(trouble::reserved(i.here(), i.text(token.span)));
    }
    i.expected(match slot {
        Slot::Subject => "a party, body or other subject",
        Slot::Object => "an object",
        Slot::Named => "a name or a quoted description",
    })
}

/// Whether an article stands before a name: `the commission`, `The commission shall`.
fn is_article(i: Tokens<'_, '_>) -> bool {
    let (token, next) = (i.peek(), i.ahead(1));
    match token.word {
        Word::The | Word::A | Word::An => is_name(next) || next.kind == Kind::Text,
        Word::Other if token.kind == Kind::Word && token.span.end - token.span.start <= 3 => {
            let capital = matches!(i.text(token.span), "The" | "A" | "An");
            capital && is_name(next) && !next.first && !is_modal(i.skip(1)) && !is_verdict(next.word)
        }
        _ => false,
    }
}

/// Whether a party called `A` stands before this, not an article: `expect A free to deploy`.
fn is_verdict(word: Word) -> bool {
    matches!(word, Word::Obliged | Word::Expected | Word::Free | Word::Forbidden | Word::Entitled)
}

/// Behind an article, after saying that names have none.
fn skip_article<'c, 'a>(i: Tokens<'c, 'a>) -> Tokens<'c, 'a> {
    if !is_article(i) {
        return i;
    }
    i.report(treaty::article(i));
    i.cx.damaged.set(true);
    i.skip(1)
}
