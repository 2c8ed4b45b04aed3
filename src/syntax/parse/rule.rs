//! Rules: what they range over, what they expect, what they mark.

use super::amount::{currency, duration, number};
use super::time::{month_or_date, point, text};
use super::value::field;
use super::{DEEPEST, Few, Parsed, Tokens, is_name, mark};
use crate::source::Span;
use crate::syntax::lex::Kind;
use crate::syntax::tree::rule::*;
use crate::syntax::tree::{Amount, AmountKind, Entry, Unit};
use crate::syntax::trouble;
use crate::syntax::word::Word;
use nom::Parser;
use nom::combinator::opt;

/// rule-entry = FOR variable { "," variable } | EXPECT expression [ "," STRING ] | MARK members [ "," STRING ] | FACT value { separator value }
pub(super) fn rule_entry<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Entry<'a>> {
    let name = start.peek().span;
    if start.kind() != Kind::Field {
        return start.expected("a line of the rule (such as `expect: has t.area`)");
    }
    let i = start.skip(1);
    let (i, kind) = match start.text(name) {
        "for" => {
            let (mut i, first) = binding(i)?;
            let mut all = Few::from_iter([first]);
            while i.kind() == Kind::Comma {
                let (next, one) = binding(i.skip(1))?;
                all.push(one);
                i = next;
            }
            if i.word() == Word::Or {
                return i.fail(
                    trouble::unexpected(i.here(), "`or`", "the end of the condition")
                        .help("a condition with `or` stands between brackets: `where (n.binds or has n.amount)`"),
                );
            }
            (i, LineKind::For(i.keep(&all)))
        }
        "expect" => {
            let (i, expected) = expression(i)?;
            match (i.kind(), text(i.ahead(1))) {
                (Kind::Comma, Some(words)) => (i.skip(2), LineKind::Expect(expected, Some(words))),
                (Kind::Comma, None) => return i.skip(1).expected("what is missing otherwise, in quotation marks"),
                _ => (i, LineKind::Expect(expected, None)),
            }
        }
        "mark" => {
            let (i, set) = set(i)?;
            match (i.kind(), text(i.ahead(1))) {
                (Kind::Comma, Some(words)) => (i.skip(2), LineKind::Mark(set, Some(words))),
                (Kind::Comma, None) => return i.skip(1).expected("the words to show there, in quotation marks"),
                _ => (i, LineKind::Mark(set, None)),
            }
        }
        "when" => {
            return start.fail(
                trouble::unexpected(start.here(), "`when:`", "a line of a rule")
                    .help("a condition of the rule stands behind `where`: `for: n in norms where n.binds`"),
            );
        }
        _ => return field(start).map(|(i, field)| (i, Entry::Field(field))),
    };
    let line = Line { span: i.span_from(name.start), name, kind };
    Ok((i, Entry::Rule(i.put(line))))
}

/// variable = NAME "in" set [ "where" all [ "implies" all ] ]
fn binding<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Binding<'a>> {
    let name = start.peek();
    if name.kind != Kind::Word || !is_name(name) {
        if name.kind == Kind::Word && start.ahead(1).word == Word::In {
            let word = start.text(name.span);
            return start.fail(
                trouble::unexpected(start.here(), &format!("`{word}`"), "a variable")
                    .help(format!("`{word}` is a word of the language; give the variable another name, such as `x`")),
            );
        }
        return start.expected("a variable (such as `t in troops`)");
    }
    let i = start.skip(1);
    if i.word() != Word::In {
        return i.expected("`in` and a set (such as `t in troops`)");
    }
    let (i, set) = path(i.skip(1), "a set (such as `troops` or `t.members`)")?;
    let (i, condition) = match i.text(i.peek().span) {
        "where" if i.kind() == Kind::Word => {
            let (i, condition) = condition(i.skip(1))?;
            let condition: &Expression = i.put(condition);
            (i, Some(condition))
        }
        _ => (i, None),
    };
    Ok((i, Binding { span: i.span_from(name.span.start), name: name.span, set, condition }))
}

/// set = NAME | PATH
fn path<'c, 'a>(i: Tokens<'c, 'a>, expected: &str) -> Parsed<'c, 'a, Span> {
    let token = i.peek();
    if is_name(token) && !i.text(token.span).contains('(') { Ok((i.skip(1), token.span)) } else { i.expected(expected) }
}

/// members = variable | set
fn set<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Set<'a>> {
    if i.ahead(1).word == Word::In {
        let (i, binding) = binding(i)?;
        return Ok((i, Set::Where(i.put(binding))));
    }
    let (i, path) = path(i, "what to take (such as `t.places` or `n in norms where n.binds`)")?;
    Ok((i, Set::Path(path)))
}

/// all [ "implies" all ]
fn condition<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Expression<'a>> {
    deeper(start, |start| {
        let (i, first) = all(start)?;
        if !is_word(i, "implies") {
            return Ok((i, first));
        }
        let (i, second) = all(i.skip(1))?;
        Ok((i, made(i, start, ExpressionKind::Implies(i.put((first, second))))))
    })
}

/// expression = any [ "implies" expression ]; any = all { "or" all }
fn expression<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Expression<'a>> {
    deeper(start, |start| {
        let (i, first) = joined(start, Word::Or, all, ExpressionKind::Any)?;
        if !is_word(i, "implies") {
            return Ok((i, first));
        }
        let (i, second) = expression(i.skip(1))?;
        Ok((i, made(i, start, ExpressionKind::Implies(i.put((first, second))))))
    })
}

/// Reads something that may stand in itself, to a depth that no text can exhaust.
fn deeper<'c, 'a>(
    start: Tokens<'c, 'a>,
    read: impl FnOnce(Tokens<'c, 'a>) -> Parsed<'c, 'a, Expression<'a>>,
) -> Parsed<'c, 'a, Expression<'a>> {
    let depth = start.cx.depth.get();
    if depth >= DEEPEST {
        return start.fail(trouble::too_deep(start.here()));
    }
    start.cx.depth.set(depth + 1);
    let result = read(start);
    start.cx.depth.set(depth);
    result
}

/// all = claim { "and" claim }
fn all<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Expression<'a>> {
    joined(i, Word::And, claim, ExpressionKind::All)
}

/// One operand, or several with a word between them.
fn joined<'c, 'a>(
    start: Tokens<'c, 'a>,
    joint: Word,
    operand: fn(Tokens<'c, 'a>) -> Parsed<'c, 'a, Expression<'a>>,
    join: fn(&'a [Expression<'a>]) -> ExpressionKind<'a>,
) -> Parsed<'c, 'a, Expression<'a>> {
    let (mut i, first) = operand(start)?;
    if i.word() != joint {
        return Ok((i, first));
    }
    let mut all = Few::from_iter([first]);
    while i.word() == joint {
        let (next, one) = operand(i.skip(1))?;
        all.push(one);
        i = next;
    }
    Ok((i, made(i, start, join(i.keep(&all)))))
}

/// claim = "not" claim | quantified | "has" set | operand [ comparison operand ]
fn claim<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Expression<'a>> {
    if start.word() == Word::Not {
        let (i, inner) = deeper(start.skip(1), claim)?;
        return Ok((i, made(i, start, ExpressionKind::Not(i.put(inner)))));
    }
    if let Some(quantifier) = quantifier(start) {
        let (i, binding) = binding(start.skip(1))?;
        return Ok((i, made(i, start, ExpressionKind::Quantified(quantifier, i.put(binding)))));
    }
    if is_word(start, "has") && is_name(start.ahead(1)) {
        let (i, path) = path(start.skip(1), "a path (such as `t.area`)")?;
        return Ok((i, made(i, start, ExpressionKind::Has(path))));
    }
    let (i, left) = operand(start)?;
    let Some((words, comparison)) = comparison(i) else { return Ok((i, left)) };
    let (i, right) = operand(i.skip(words))?;
    Ok((i, made(i, start, ExpressionKind::Compare(i.put((left, right)), comparison))))
}

/// quantified = ( "some" | "every" | "no" ) variable
fn quantifier(i: Tokens<'_, '_>) -> Option<Quantifier> {
    match i.word() {
        Word::Every => Some(Quantifier::Every),
        Word::No => Some(Quantifier::No),
        _ if is_word(i, "some") && is_name(i.ahead(1)) && i.ahead(2).word == Word::In => Some(Quantifier::Some),
        _ => None,
    }
}

/// comparison = "=" | "!=" | "<" | "<=" | ">" | ">=" | "is" [ "not" ] | [ "not" ] "in" | "within" | "covers" | "says"
fn comparison(i: Tokens<'_, '_>) -> Option<(usize, Comparison)> {
    Some(match (i.kind(), i.word()) {
        (Kind::Equals, _) => (1, Comparison::Equal),
        (Kind::Unequal, _) => (1, Comparison::Unequal),
        (Kind::Less, _) => (1, Comparison::Less),
        (Kind::LessEqual, _) => (1, Comparison::AtMost),
        (Kind::Greater, _) => (1, Comparison::Greater),
        (Kind::GreaterEqual, _) => (1, Comparison::AtLeast),
        (_, Word::Is) if i.ahead(1).word == Word::Not => (2, Comparison::IsNot),
        (_, Word::Is) => (1, Comparison::Is),
        (_, Word::Not) if i.ahead(1).word == Word::In => (2, Comparison::NotIn),
        (_, Word::In) => (1, Comparison::In),
        (_, Word::Within) => (1, Comparison::Within),
        _ if is_word(i, "covers") => (1, Comparison::Covers),
        _ if is_word(i, "says") => (1, Comparison::Says),
        _ => return None,
    })
}

/// operand = "(" expression ")" | STRING | duration | day | measure | count | sum | set
fn operand<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Expression<'a>> {
    let token = start.peek();
    let done = |i: Tokens<'c, 'a>, kind| Ok((i, made(i, start, kind)));
    if let Some(quoted) = text(token) {
        return done(start.skip(1), ExpressionKind::Text(quoted));
    }
    match token.kind {
        Kind::OpenBracket => {
            let (i, inner) = expression(start.skip(1))?;
            let (i, ()) = close(i)?;
            return done(i, inner.kind);
        }
        kind if month_or_date(kind) => {
            // A date alone: what is added to it in a draft has no use in a rule.
            let (i, time) = point(start)?;
            return done(i, ExpressionKind::Time(i.put(time)));
        }
        Kind::Number if start.ahead(1).word.time_unit().is_some() && !start.ahead(1).first => {
            let (i, length) = duration(start)?;
            return done(i, ExpressionKind::Duration(length));
        }
        Kind::Number | Kind::Fraction => {
            let (i, amount) = measure(start)?;
            return done(i, ExpressionKind::Amount(i.put(amount)));
        }
        _ => {}
    }
    if currency(start).is_some() {
        let (i, amount) = measure(start)?;
        return done(i, ExpressionKind::Amount(i.put(amount)));
    }
    if let Some(inside) = counted(start) {
        return done(start.skip(1), ExpressionKind::Count(Set::Path(inside)));
    }
    if start.ahead(1).kind == Kind::OpenBracket && is_word(start, "count") {
        let (i, set) = set(start.skip(2))?;
        let (i, ()) = close(i)?;
        return done(i, ExpressionKind::Count(set));
    }
    if start.ahead(1).kind == Kind::OpenBracket && is_word(start, "sum") {
        let (i, of) = path(start.skip(2), "what to add up (such as `n.amount`)")?;
        if i.word() != Word::For {
            return i.expected("`for` and a set (as in `sum(n.amount for n in norms)`)");
        }
        let (i, binding) = binding(i.skip(1))?;
        let (i, ()) = close(i)?;
        return done(i, ExpressionKind::Sum(of, i.put(binding)));
    }
    let (i, path) = path(start, "something that holds or not (such as `t.area within zone`)")?;
    done(i, ExpressionKind::Path(path))
}

/// COUNTED: `count(parties)` is one token, as `force(a)` is.
fn counted(i: Tokens<'_, '_>) -> Option<Span> {
    let token = i.peek();
    let inside = i.text(token.span).strip_prefix("count(")?.strip_suffix(')')?;
    let start = token.span.start + "count(".len() as u32;
    (token.kind == Kind::Path).then(|| Span::new(start, start + inside.len() as u32))
}

/// measure = CURRENCY NUMBER [ SCALE ] | number [ SCALE ] [ "%" | PERCENT | MEASURE ]
fn measure<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Amount> {
    let from = start.peek().span.start;
    let money = currency(start);
    let (i, low) = number(if money.is_some() { start.skip(1) } else { start })?;
    let (i, scale) = match i.word().scale() {
        Some(scale) if !i.peek().first => (i.skip(1), scale),
        _ => (i, 0),
    };
    let next = i.peek();
    let (i, unit) = match money {
        Some(span) => (i, Unit::Currency(span)),
        None if next.kind == Kind::Percent || next.word == Word::Percent && !next.first => (i.skip(1), Unit::Percent),
        None if next.kind == Kind::Word && is_name(next) && !next.first && !is_word(i, "implies") => {
            (i.skip(1), Unit::Word(next.span))
        }
        None => (i, Unit::None),
    };
    let kind = AmountKind::Range { low, high: None, scale };
    let span = i.span_from(from);
    Ok((i, Amount { span, bound: None, kind, further: false, unit, per: Span::default(), every: None }))
}

fn close<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, ()> {
    match opt(mark(Kind::CloseBracket)).parse(i)? {
        (i, Some(_)) => Ok((i, ())),
        _ => i.expected("`)`"),
    }
}

fn is_word(i: Tokens<'_, '_>, word: &str) -> bool {
    i.kind() == Kind::Word && i.text(i.peek().span) == word
}

fn made<'a>(i: Tokens<'_, 'a>, start: Tokens<'_, 'a>, kind: ExpressionKind<'a>) -> Expression<'a> {
    Expression { span: i.span_from(start.peek().span.start), kind }
}
