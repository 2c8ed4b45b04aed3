//! A file, its items and their entries, and how reading goes on behind a mistake.

use super::idiom::explain;
use super::modal::is_modal;
use super::norm::{norm, stop};
use super::rule::rule_entry;
use super::scenario::sentence;
use super::time::{is_modal_start, text};
use super::value::{field, field_with_equals};
use super::{Context, Few, Parsed, Tokens, is_name};
use crate::source::Span;
use crate::syntax::lex::Kind;
use crate::syntax::tree::{Acceptance, Entry, Field, Item, Tree};
use crate::syntax::word::{Word, classify};
use crate::syntax::{treaty, trouble};

/// draft = { item }
pub(in crate::syntax) fn draft<'a>(cx: &Context<'_, 'a>) -> Tree<'a> {
    let mut i = Tokens::new(cx);
    let mut items = Vec::new();
    while i.kind() != Kind::End {
        fresh(i);
        match i.kind() {
            Kind::CloseBrace => {
                i.report(trouble::stray_brace(i.here()));
                i = i.skip(1);
            }
            _ => match item(i) {
                Ok((rest, item)) => {
                    items.push(item);
                    i = rest;
                }
                Err(_) => i = next_item(i.at(cx.stuck.get().max(i.index() + 1)), i),
            },
        }
    }
    Tree { items, comments: Vec::new(), skipped: cx.skipped.take() }
}

/// A new entry begins: what was said of the last one does not count any more.
fn fresh(i: Tokens<'_, '_>) {
    i.cx.guessing.set(false);
    i.cx.damaged.set(false);
    i.cx.depth.set(0);
    i.cx.in_commas.set(false);
}

/// At the next item, or the end; what lies between is kept as skipped.
fn next_item<'c, 'a>(mut i: Tokens<'c, 'a>, from: Tokens<'c, 'a>) -> Tokens<'c, 'a> {
    while i.kind() != Kind::End && !starts_item(i) {
        i = i.skip(1);
    }
    let skipped = i.span_from(from.peek().span.start);
    i.cx.skipped.borrow_mut().push(skipped);
    i
}

/// Whether an item begins here: at the start of a line a word, a name, and then a label, a block or, at the margin, the end of the line.
///
/// No entry of a block looks like that, so a block that is not closed ends where this is true.
fn starts_item(i: Tokens<'_, '_>) -> bool {
    let (token, name, third) = (i.peek(), i.ahead(1), i.ahead(2));
    if !token.first || token.kind != Kind::Word {
        return false;
    }
    if token.word == Word::Import {
        return text(name).is_some();
    }
    let is_keyword = token.word == Word::Rule || is_name(token) && token.word != Word::Version;
    if name.first || !is_keyword || starts_sentence(i) {
        return false;
    }
    if text(name).is_some() && third.kind == Kind::OpenBrace {
        return true;
    }
    if name.kind == Kind::Field {
        return at_margin(i) && text(third).is_some();
    }
    if !is_name(name) {
        return false;
    }
    let at_margin = at_margin(i);
    match third.kind {
        Kind::OpenBrace => true,
        Kind::Equals => at_margin,
        Kind::Text | Kind::LongText => !third.first && matches!(i.ahead(3).kind, Kind::OpenBrace) || at_margin,
        _ => at_margin && third.first,
    }
}

/// item = import | scenario | rule | plain-item
fn item<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Item<'a>> {
    let keyword = start.peek();
    if keyword.word == Word::Import {
        return import(start);
    }
    if keyword.word != Word::Rule && holds_sentence(start) {
        return outside(start);
    }
    if keyword.kind == Kind::Word && (is_name(keyword) || keyword.word == Word::Rule) {
        let (i, mut item) = named(start)?;
        // A field stands in a block, and so does a sentence away from the margin: the block was begun.
        let begun = i.kind() == Kind::Field || !at_margin(i) && holds_sentence(i);
        if item.has_block || !begun || i.kind() == Kind::CloseBrace {
            return Ok((i, item));
        }
        no_open_brace(i, &mut item);
        let i = block(i, &mut item);
        item.span = i.span_from(keyword.span.start);
        return Ok((i, item));
    }
    match (keyword.kind, keyword.word) {
        (Kind::Field, _) => outside_field(start),
        (_, Word::Accept | Word::Expect) => outside(start),
        (_, Word::Field) => start.fail(
            trouble::unexpected(start.here(), "`field`", "an item")
                .saying("this stands in no kind")
                .help("put it into the kind that has this field: `kind NAME \"Label\" { field … }`"),
        ),
        _ => start.expected("an item (such as `party FR \"France\"` or `troops force { … }`)"),
    }
}

/// plain-item = KEYWORD ITEM-NAME [LABEL] ( block | BREAK )
fn named<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Item<'a>> {
    let keyword = start.peek();
    let mut item = Item {
        span: keyword.span,
        keyword: keyword.span,
        name: Span::default(),
        label: None,
        has_block: false,
        entries: &[],
        damaged: false,
    };
    let i = name(start.skip(1), &mut item)?;
    let i = match text(i.peek()) {
        Some(label) if !i.peek().first || i.ahead(1).kind == Kind::OpenBrace => {
            item.label = Some(label);
            i.skip(1)
        }
        _ => i,
    };
    let i = match i.kind() {
        Kind::OpenBrace => block(i, &mut item),
        Kind::Field if !i.peek().first => {
            no_open_brace(i, &mut item);
            block(i, &mut item)
        }
        Kind::Comma | Kind::Stop | Kind::Semicolon if !i.peek().first => {
            let mark = i.text(i.peek().span);
            i.report(trouble::end_mark(i.here(), mark, "an item"));
            i.skip(1)
        }
        Kind::CloseBrace => i,
        Kind::Equals => {
            i.report(trouble::end_mark(i.here(), "=", "a name"));
            item.damaged = true;
            let i = i.skip(1);
            let i = if text(i.peek()).is_some() && !i.peek().first { i.skip(1) } else { i };
            if i.kind() == Kind::OpenBrace { block(i, &mut item) } else { i }
        }
        _ if !i.peek().first => match inner_quotes(i) {
            Some(i) if i.kind() == Kind::OpenBrace => block(i, &mut item),
            Some(i) => i,
            None => i.expected::<()>("a label or a block (such as `\"Label\" { … }`)")?.0,
        },
        _ => i,
    };
    item.span = i.span_from(keyword.span.start);
    Ok((i, item))
}

/// Says that an item lacks the brace before its first line.
fn no_open_brace<'a>(i: Tokens<'_, 'a>, item: &mut Item<'a>) {
    let head = i.loc(i.previous().span);
    let name = if item.name.is_empty() { item.keyword } else { item.name };
    i.report(trouble::missing_open_brace(head, i.text(name), i.here(), is_closed(i)));
    item.damaged = true;
}

/// Whether a brace closes the block whose first line stands here, before another item begins.
fn is_closed(mut i: Tokens<'_, '_>) -> bool {
    loop {
        match i.kind() {
            Kind::CloseBrace => return true,
            Kind::End => return false,
            Kind::OpenBrace => (i, _) = balanced(i),
            _ if starts_item(i) => return false,
            _ => i = i.skip(1),
        }
    }
}

/// Behind what an unescaped quotation mark has put outside its quotation, after saying so: `"The "red" depot"`.
pub(super) fn inner_quotes<'c, 'a>(start: Tokens<'c, 'a>) -> Option<Tokens<'c, 'a>> {
    let before = start.previous();
    if text(before).is_none() || before.span.end != start.peek().span.start || start.kind() != Kind::Word {
        return None;
    }
    let mut i = start;
    while matches!(i.kind(), Kind::Word | Kind::Text) && !i.peek().first {
        i = i.skip(1);
    }
    let outside = i.span_from(start.peek().span.start);
    start.report(trouble::inner_quotes(start.loc(outside)));
    start.cx.damaged.set(true);
    Some(i)
}

/// Whether the next token is the first of its line, with nothing before it.
fn at_margin(i: Tokens<'_, '_>) -> bool {
    let start = i.peek().span.start as usize;
    start == 0 || i.cx.text.as_bytes().get(start - 1) == Some(&b'\n')
}

/// Whether a word and a modal stand here, and not a keyword and a name such as `guarantee` or `plan`.
pub(super) fn starts_sentence(i: Tokens<'_, '_>) -> bool {
    is_modal(i.skip(1))
}

/// Whether a sentence stands on this line where an item belongs: a modal among its first words.
fn holds_sentence(i: Tokens<'_, '_>) -> bool {
    if i.kind() == Kind::OpenBracket {
        return true;
    }
    for ahead in 1..6 {
        let token = i.ahead(ahead);
        if token.first || !matches!(token.kind, Kind::Word | Kind::Path | Kind::Comma) {
            return false;
        }
        if is_modal(i.skip(ahead)) {
            return true;
        }
    }
    false
}

/// A sentence outside any block.
fn outside<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Item<'a>> {
    if i.word() == Word::Accept {
        return i.fail(
            trouble::unexpected(i.here(), "an acceptance", "an item").saying("this holds for nothing here").help(
                "put it into the declaration if it holds for the whole draft, into the clause that it is about, or into a checklist",
            ),
        );
    }
    i.fail(
        trouble::unexpected(i.here(), "a sentence", "an item")
            .saying("this sentence stands in no block")
            .help("put it into a clause: `clause NAME \"Label\" { FR shall … }`"),
    )
}

/// A field outside any block.
fn outside_field<'c, 'a>(i: Tokens<'c, 'a>) -> Parsed<'c, 'a, Item<'a>> {
    i.fail(
        trouble::unexpected(i.here(), &i.describe(), "an item")
            .saying("this field stands in no block")
            .help("put it between the `{` and `}` of the item that it describes"),
    )
}

/// Reads the name behind the keyword.
fn name<'c, 'a>(i: Tokens<'c, 'a>, item: &mut Item<'a>) -> Result<Tokens<'c, 'a>, nom::Err<super::Fail>> {
    let token = i.peek();
    let may_lack = i.text(item.keyword) == "scenario";
    if token.kind == Kind::Word && !token.first {
        // A field may be called after any word of the grammar: `from:`, `by:`, `within:`.
        if token.word.is_reserved() && i.text(item.keyword) != "field" {
            i.report(trouble::reserved_item(i.here(), i.text(token.span), i.text(item.keyword)));
            i.cx.damaged.set(true);
            item.damaged = true;
        }
        let mut end = i.skip(1);
        while is_name(end.peek()) && !end.peek().first {
            end = end.skip(1);
        }
        item.name = end.span_from(token.span.start);
        if end.index() > i.index() + 1 {
            i.report(trouble::name_with_space(i.loc(item.name), i.text(item.name)));
            item.damaged = true;
        }
        return Ok(end);
    }
    if token.kind == Kind::Field && !token.first && text(i.ahead(1)).is_some() {
        i.report(trouble::colon_behind_name(i.here(), i.text(token.span)));
        i.cx.damaged.set(true);
        (item.name, item.damaged) = (token.span, true);
        return Ok(i.skip(1));
    }
    if may_lack && (text(token).is_some() || token.kind == Kind::OpenBrace) {
        return Ok(i);
    }
    if token.kind == Kind::Number && !token.first {
        let place = i.here();
        i.fail::<()>(
            trouble::unexpected(place, &i.describe(), "a name")
                .help("a name begins with a letter: `phase-1`, `clause-4`"),
        )?;
    }
    i.expected::<()>("a name (such as `FR` or `force`)")?;
    Ok(i)
}

/// import = "import" STRING [ "as" NAME ]
fn import<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Item<'a>> {
    let i = start.skip(1);
    let Some(file) = text(i.peek()) else {
        if i.kind() != Kind::Path || i.peek().first {
            return i.expected("the file in quotation marks (such as `\"parties.decl\"`)");
        }
        return i.fail(trouble::unquoted_file(i.here(), i.text(i.peek().span)));
    };
    let i = i.skip(1);
    let (i, name) = match i.word() {
        Word::As if i.ahead(1).kind == Kind::Word && is_name(i.ahead(1)) => (i.skip(2), i.ahead(1).span),
        Word::As => return i.skip(1).expected("a name for the imported file"),
        _ => (i, Span::default()),
    };
    let span = i.span_from(start.peek().span.start);
    let keyword = start.peek().span;
    Ok((i, Item { span, keyword, name, label: Some(file), has_block: false, entries: &[], damaged: false }))
}

/// "{" { entry } "}". Never fails: what cannot be read is skipped, and the item marked damaged.
fn block<'c, 'a>(open: Tokens<'c, 'a>, item: &mut Item<'a>) -> Tokens<'c, 'a> {
    item.has_block = true;
    let keyword = open.text(item.keyword);
    let holds_sentences = !matches!(keyword, "rule" | "scenario");
    let mut i = if open.kind() == Kind::OpenBrace { open.skip(1) } else { open };
    let mut entries: Few<Entry<'a>> = Few::new();
    loop {
        fresh(i);
        if i.kind() == Kind::CloseBrace {
            item.entries = i.keep(&entries);
            return i.skip(1);
        }
        if i.kind() == Kind::End || starts_item(i) {
            let next = (i.kind() != Kind::End).then(|| i.here());
            let name = if item.name.is_empty() { keyword } else { open.text(item.name) };
            // The message about a block that is not opened speaks of both braces.
            if open.kind() == Kind::OpenBrace {
                i.report(trouble::missing_brace(open.here(), name, next));
            }
            item.damaged = true;
            item.entries = i.keep(&entries);
            return i;
        }
        let before = i.cx.findings.borrow().len();
        match entry(i, keyword) {
            Ok((rest, entry)) => {
                let mistaken = i.cx.findings.borrow().len() > before;
                // What an idiom has made of the sentence is nothing to draw conclusions from.
                if mistaken && holds_sentences && explain(i, rest, before) {
                    i.cx.skipped.borrow_mut().push(rest.span_from(i.peek().span.start));
                } else {
                    entries.push(entry);
                }
                item.damaged |= i.cx.damaged.get();
                i = rest;
            }
            Err(_) => {
                item.damaged = true;
                let stuck = i.cx.stuck.get().max(i.index());
                let rest = next_entry(i.at(stuck));
                let rest = if rest.index() <= i.index() { i.skip(1) } else { rest };
                if holds_sentences {
                    explain(i, rest, before);
                }
                i.cx.skipped.borrow_mut().push(rest.span_from(i.peek().span.start));
                i = rest;
            }
        }
    }
}

/// Behind the block that opens here, nested ones included, and whether it is closed.
fn balanced<'c, 'a>(open: Tokens<'c, 'a>) -> (Tokens<'c, 'a>, bool) {
    let mut i = open;
    let mut depth = 0usize;
    loop {
        match i.kind() {
            Kind::OpenBrace => depth += 1,
            Kind::CloseBrace => depth = depth.saturating_sub(1),
            Kind::End => return (i, false),
            _ => {}
        }
        i = i.skip(1);
        if depth == 0 {
            return (i, true);
        }
    }
}

/// entry = field | acceptance | nested-item | norm
#[inline]
fn entry<'c, 'a>(i: Tokens<'c, 'a>, within: &str) -> Parsed<'c, 'a, Entry<'a>> {
    match (i.kind(), i.word()) {
        _ if within == "rule" => rule_entry(i),
        (Kind::Field, _) => field(i).map(|(i, field)| (i, Entry::Field(field))),
        (_, Word::Accept) => acceptance(i).map(|(i, accept)| (i, Entry::Acceptance(i.put(accept)))),
        (_, Word::Field) if i.ahead(1).kind == Kind::Word && !i.ahead(1).first => {
            named(i).map(|(i, nested)| (i, Entry::Item(i.put(nested))))
        }
        (_, Word::Version)
            if i.ahead(1).kind == Kind::Word && is_name(i.ahead(1)) && !i.ahead(1).first && !starts_sentence(i) =>
        {
            named(i).map(|(i, nested)| (i, Entry::Item(i.put(nested))))
        }
        (Kind::Word, _) if is_torn_field(i) => {
            // `certified by: UN`
            let span = i.peek().span.to(i.ahead(1).span);
            i.report(treaty::torn_field(i.loc(span), i.text(span)));
            i.cx.damaged.set(true);
            let (rest, field) = field(i.skip(1))?;
            Ok((rest, Entry::Field(Field { damaged: true, ..field })))
        }
        (Kind::Word, word) if word.is_reserved() && torn_phrase(i).is_some() => {
            let (words, put) = torn_phrase(i).unwrap_or((1, ""));
            let span = i.skip(words).span_from(i.peek().span.start);
            let value = i.ahead(words).span;
            let finding = treaty::torn_phrase(i.loc(span), i.text(span), put, i.text(value));
            i.skip(words).fail(finding)
        }
        (Kind::Word, _) if i.ahead(1).kind == Kind::Equals => {
            field_with_equals(i).map(|(i, field)| (i, Entry::Field(field)))
        }
        _ if within == "scenario" => sentence(i).map(|(i, sentence)| (i, Entry::Sentence(i.put(sentence)))),
        (Kind::Stop | Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::CloseBracket, _) => {
            i.expected("a field or a sentence (such as `lead: FR` or `FR shall deploy force.`)")
        }
        _ => norm(i).map(|(i, norm)| (i, Entry::Norm(norm))),
    }
}

/// How many words of the language before a colon are taken for a field, and what a draft writes: `subject to: access`.
fn torn_phrase(i: Tokens<'_, '_>) -> Option<(usize, &'static str)> {
    if !i.peek().first && i.previous().kind != Kind::OpenBrace {
        return None;
    }
    let words = (1..4).find(|&n| i.ahead(n).kind == Kind::Field)? + 1;
    if (1..words).any(|n| i.ahead(n).first) {
        return None;
    }
    let all = i.text(i.skip(words).span_from(i.peek().span.start));
    let known = [
        ("subject to", "when: subject to"),
        ("without prejudice to", "when: without prejudice to"),
        ("in accordance with", "when: in accordance with"),
        ("in force", "in-force:"),
        ("entry into force", "in-force:"),
    ];
    known.iter().find(|(typed, _)| all == *typed).map(|(_, put)| (words, *put))
}

/// Whether the name of a field stands here in two words: `certified by: UN`.
fn is_torn_field(i: Tokens<'_, '_>) -> bool {
    let (first, second) = (i.peek(), i.ahead(1));
    first.first
        && is_name(first)
        && second.kind == Kind::Field
        && !second.first
        && !is_modal_start(classify(i.text(second.span).as_bytes()))
}

/// At the next entry behind a mistake: behind a full stop, at a field, at a mark or a subject with its modal at the start
/// of a line, at an item, or at the end of the block.
fn next_entry<'c, 'a>(mut i: Tokens<'c, 'a>) -> Tokens<'c, 'a> {
    let stuck = i.index();
    loop {
        let token = i.peek();
        match token.kind {
            Kind::End | Kind::CloseBrace => return i,
            Kind::Stop => return i.skip(1),
            Kind::Field if i.index() > stuck || token.first => return i,
            Kind::OpenBracket if token.first && i.index() > stuck => return i,
            Kind::OpenBrace => {
                (i, _) = balanced(i);
                continue;
            }
            _ => {}
        }
        if token.first && i.index() > stuck {
            let subject = is_name(token) && (starts_sentence(i) || i.ahead(1).kind == Kind::Comma);
            if subject || token.word == Word::Accept || starts_item(i) {
                return i;
            }
        }
        i = i.skip(1);
    }
}

/// acceptance = "accept" code { separator code } [ "until" DATE ] "because" STRING STOP
fn acceptance<'c, 'a>(start: Tokens<'c, 'a>) -> Parsed<'c, 'a, Acceptance<'a>> {
    let mut codes = Few::new();
    let mut i = start.skip(1);
    loop {
        if !is_name(i.peek()) {
            return i.expected("the code of a finding (such as `troops/strength`)");
        }
        let from = i.peek().span.start;
        i = i.skip(1);
        // A code names a field, and a field may be called after any word: `event/by`.
        if i.kind() == Kind::Slash && i.ahead(1).kind == Kind::Word {
            i = i.skip(2);
        }
        codes.push(i.span_from(from));
        match (i.kind(), i.word()) {
            (Kind::Comma, _) if i.ahead(1).word == Word::And => i = i.skip(2),
            (Kind::Comma, _) | (_, Word::And) => i = i.skip(1),
            _ => break,
        }
    }
    let until = if i.word() == Word::Until {
        let date = i.ahead(1);
        if date.kind != Kind::Date {
            return i.skip(1).expected("a date (such as `2026-12-31`)");
        }
        i = i.skip(2);
        date.span
    } else {
        Span::default()
    };
    let mut because = None;
    if i.word() == Word::Because {
        let Some(reason) = text(i.ahead(1)) else { return i.skip(1).expected("the reason in quotation marks") };
        because = Some(reason);
        i = i.skip(2);
    }
    if because.is_none() {
        let span = i.span_from(start.peek().span.start);
        i.report(trouble::missing_reason(i.loc(span)));
        i.cx.damaged.set(true);
    }
    let (i, ()) = stop(i)?;
    Ok((i, Acceptance { span: i.span_from(start.peek().span.start), codes: i.keep(&codes), until, because }))
}
