//! The lines of a scenario: what happens, and what is expected then.

use super::condition::is_state;
use super::norm::stop;
use super::phrase::{distance, phrase, starts_phrase};
use super::thing::{Slot, things};
use super::time::reference;
use super::{Few, Parsed, Tokens, is_name};
use crate::source::Span;
use crate::syntax::lex::Kind;
use crate::syntax::tree::{Act, ActForm, Phrase, Sentence, SentenceKind, Things};
use crate::syntax::word::Word;
use nom::Parser;
use nom::combinator::opt;

/// sentence = ( "expect" expectation | story ) STOP
pub(super) fn sentence<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Sentence<'a>> {
    let from = i.peek().span.start;
    let (i, kind) = if i.word() == Word::Expect { expectation(i.skip(1))? } else { story(i)? };
    let (i, ()) = stop(i)?;
    Ok((i, Sentence { span: i.span_from(from), kind }))
}

/// story = reference [ is-state ] ( "never" | moment )
fn story<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, SentenceKind<'a>> {
    let (i, what) = reference(i)?;
    let (i, state) = opt(is_state).parse(i)?;
    if i.word() == Word::Never {
        return Ok((i.skip(1), SentenceKind::Story { what, state, when: None }));
    }
    // A story is told in exact points in time; `moment` is a phrase that begins with one of these.
    let exact = matches!(i.word(), Word::On | Word::At) || distance(i);
    if !exact {
        return i.expected("the day of this event (such as `on 2026-03-01`, `10 days after ceasefire` or `never`)");
    }
    let (i, when) = phrase(i)?;
    Ok((i, SentenceKind::Story { what, state, when: Some(when) }))
}

/// expectation = things ( is-state [ phrase ] | "in" "breach" "of" reference [ phrase ] | verdict "to" deed )
fn expectation<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, SentenceKind<'a>> {
    let (i, who) = things(i, Slot::Subject)?;
    let verdict = i.peek().span;
    match (i.word(), i.ahead(1).word) {
        (Word::Is, _) => {
            let (i, state) = is_state(i)?;
            let (i, when) = opt_phrase(i)?;
            let verdict = i.span_from(verdict.start);
            Ok((i, SentenceKind::Expect { who, verdict, state: Some(state), act: None, of: None, when }))
        }
        (Word::In, Word::Breach) if i.ahead(2).word == Word::Of => {
            let (i, of) = reference(i.skip(3))?;
            let (i, when) = opt_phrase(i)?;
            Ok((i, SentenceKind::Expect { who, verdict, state: None, act: None, of: Some(of), when }))
        }
        (Word::Obliged | Word::Expected | Word::Free | Word::Forbidden | Word::Entitled, Word::To) => {
            let (i, act) = deed(i.skip(2))?;
            Ok((i, SentenceKind::Expect { who, verdict, state: None, act: Some(act), of: None, when: None }))
        }
        _ => i.expected(
            "what is expected (such as `obliged to deploy`, `free to deploy`, `in breach of force` or `is fulfilled`)",
        ),
    }
}

fn opt_phrase<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Option<Phrase<'a>>> {
    if starts_phrase(i) {
        let (i, when) = phrase(i)?;
        return Ok((i, Some(when)));
    }
    Ok((i, None))
}

/// deed = VERB [ objects ] { phrase }
fn deed<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Act<'a>> {
    let verb = i.peek();
    if !is_name(verb) || verb.kind != Kind::Word {
        return i.expected("a verb (as in `obliged to deploy`)");
    }
    let mut i = i.skip(1);
    let mut act = Act {
        span: verb.span,
        letter: Span::default(),
        form: ActForm::Active,
        verb: verb.span,
        objects: Things::default(),
        phrases: &[],
        ensured: None,
    };
    if super::thing::starts(i, Slot::Object) {
        (i, act.objects) = things(i, Slot::Object)?;
    }
    let mut phrases = Few::new();
    while starts_phrase(i) {
        let (next, one) = phrase(i)?;
        phrases.push(one);
        i = next;
    }
    act.phrases = i.keep(&phrases);
    act.span = i.span_from(verb.span.start);
    Ok((i, act))
}
