//! Conditions and states.

use super::time::{reference, text};
use super::treaty;
use super::{DEEPEST, Fail, Few, Parsed, Tokens, is_name, mark};
use crate::syntax::lex::Kind;
use crate::syntax::tree::{Condition, ConditionKind, State, StateKind};
use crate::syntax::trouble;
use crate::syntax::word::Word;
use nom::Parser;
use nom::combinator::opt;

/// either = both { "or" both }
pub(super) fn either<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Condition<'a>> {
    joined(i, Word::Or, both, ConditionKind::Or)
}

/// both = single { "and" single }
fn both<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Condition<'a>> {
    joined(i, Word::And, single, ConditionKind::And)
}

/// One operand, or several with a word between them.
fn joined<'c, 'a>(
    start: Tokens<'c, 'a>,
    joint: Word,
    operand: fn(Tokens<'c, 'a>) -> Parsed<'c, 'a, Condition<'a>>,
    join: fn(&'a [Condition<'a>]) -> ConditionKind<'a>,
) -> Parsed<'c, 'a, Condition<'a>> {
    let (mut i, first) = operand(start)?;
    if i.word() != joint {
        return Ok((i, first));
    }
    let mut all = Few::from_iter([first]);
    while i.word() == joint {
        let (next, condition) = operand(i.skip(1))?;
        all.push(condition);
        i = next;
    }
    Ok((i, Condition { span: i.span_from(start.peek().span.start), kind: join(i.keep(&all)) }))
}

/// single = "not" single | "(" either ")" | reference [ "is" [ "not" ] state ] | STRING
fn single<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Condition<'a>> {
    let depth = i.cx.depth.get();
    if depth >= DEEPEST {
        return i.fail(trouble::too_deep(i.here()));
    }
    i.cx.depth.set(depth + 1);
    let result = single_inner(i);
    i.cx.depth.set(depth);
    result
}

fn single_inner<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Condition<'a>> {
    let token = start.peek();
    let from = token.span.start;
    if let Some(quoted) = text(token) {
        return Ok((start.skip(1), Condition { span: token.span, kind: ConditionKind::Text(quoted) }));
    }
    if token.word == Word::Not {
        let (i, inner) = single(start.skip(1))?;
        return Ok((i, Condition { span: i.span_from(from), kind: ConditionKind::Not(i.put(inner)) }));
    }
    if token.kind == Kind::OpenBracket {
        let (i, inner) = either(start.skip(1))?;
        return match mark(Kind::CloseBracket)(i) {
            Ok((i, _)) => Ok((i, Condition { span: i.span_from(from), kind: inner.kind })),
            Err(_) => i.expected("`)`"),
        };
    }
    if matches!(token.word, Word::The | Word::A | Word::An) && is_name(start.ahead(1)) {
        start.report(treaty::article(start));
        return single_inner(start.skip(1));
    }
    if !is_name(token) {
        return start.expected("an event, a phase, a clause or a quoted condition");
    }
    let (i, name) = reference(start)?;
    let (i, state) = opt(is_state).parse(i)?;
    Ok((i, Condition { span: i.span_from(from), kind: ConditionKind::Holds(name, state) }))
}

/// "is" [ "not" ] state
pub(super) fn is_state<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, State> {
    if i.word() != Word::Is {
        return Err(nom::Err::Error(Fail));
    }
    let negated = i.ahead(1).word == Word::Not;
    let i = i.skip(if negated { 2 } else { 1 });
    let kind = match i.word() {
        Word::Fulfilled => StateKind::Fulfilled,
        Word::Broken => StateKind::Broken,
        Word::Due => StateKind::Due,
        Word::InForce => StateKind::InForce,
        _ => return i.expected("`fulfilled`, `broken`, `due` or `in-force`"),
    };
    Ok((i.skip(1), State { kind, negated }))
}
