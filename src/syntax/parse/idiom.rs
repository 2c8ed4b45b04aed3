//! What a whole entry suffers from where it could not be read: the first known idiom of treaties in it.
//!
//! Looked for only behind a mistake, so that a sound draft pays nothing. What is found takes the place of all that was said of
//! the words from there on: of one slip that nobody understands two findings say less than one.

mod amount;
mod sentence;

use super::modal::is_modal;
use super::treaty::{in_draft_words, modal_words, number_in_words};
use super::{Tokens, is_name};
use crate::finding::Finding;
use crate::source::Span;
use crate::syntax::lex::Kind;
pub(super) use amount::{is_yearly, yearly};

/// An idiom: the words it takes, and what is said of it.
type Known = Option<(Span, Finding)>;

/// An entry that could not be read as it stands.
struct Entry<'c, 'a> {
    /// Its first token.
    start: Tokens<'c, 'a>,
    /// The index of the token behind its last one.
    end: usize,
    /// Where the modal words of a sentence begin.
    modal: Option<usize>,
    /// What was found odd in it and not understood, and whether it was taken for a name of several words.
    vague: Vec<(Span, bool)>,
}

/// Looks for a known idiom from `start` to `end`; `before` is how many findings there were ahead of this entry. Whether one was
/// found, and took the place of what was said.
pub(super) fn explain<'c, 'a>(start: Tokens<'c, 'a>, end: Tokens<'c, 'a>, before: usize) -> bool {
    // In a text full of mistakes nobody reads on to here.
    const ENOUGH: usize = 400;
    if before > ENOUGH {
        return false;
    }
    // A row of words without an end is no sentence.
    const LONGEST: usize = 1_000;
    let end = end.index().clamp(start.index() + 1, start.index() + LONGEST);
    let modal = (start.index()..end).find(|&at| is_modal(start.at(at)));
    let vague: Vec<(Span, bool)> = {
        let findings = start.cx.findings.borrow();
        let own = findings.get(before..).unwrap_or(&[]);
        own.iter().filter(|known| is_vague(known)).map(|known| (known.at().span, is_name_of_several(known))).collect()
    };
    let last_vague = vague.iter().map(|(span, _)| span.end).max();
    let entry = Entry { start, end, modal, vague };
    for at in start.index()..end {
        let i = start.at(at);
        if !matches!(i.kind(), Kind::Word | Kind::Path | Kind::Number | Kind::Fraction | Kind::Field) {
            continue;
        }
        let found = sentence::SURE.iter().find_map(|idiom| idiom(i, &entry)).or_else(|| {
            // What stands behind all that is unclear explains none of it.
            let unclear = last_vague.is_some_and(|last| last + 1 >= i.peek().span.start);
            let mut idioms = amount::IDIOMS.iter().chain(sentence::IDIOMS);
            if unclear { idioms.find_map(|idiom| idiom(i, &entry)) } else { None }
        });
        if let Some((span, finding)) = found {
            let mut findings = start.cx.findings.borrow_mut();
            let mut number = 0;
            findings.retain(|known| {
                number += 1;
                // The word before it is part of it.
                number <= before || known.at().span.end + 1 < span.start
            });
            findings.push(finding);
            start.cx.explained.borrow_mut().push(span);
            start.cx.damaged.set(true);
            return true;
        }
    }
    false
}

/// Whether a finding says no more than that something is odd here.
fn is_vague(finding: &Finding) -> bool {
    match &*finding.code {
        "syntax/unexpected" | "syntax/name-with-space" | "syntax/unquoted-words" | "syntax/reserved-name" => true,
        "syntax/missing-stop" | "syntax/and-between-acts" | "syntax/recipient-first" => true,
        "syntax/unknown-modal" | "syntax/phrase-first" => finding.fixes.is_empty(),
        _ => false,
    }
}

/// Whether a finding took words in a row for one name.
fn is_name_of_several(finding: &Finding) -> bool {
    finding.code == "syntax/name-with-space"
}

/// What holds an idiom against the words that stand at a place of an entry.
type Idiom = for<'c, 'a> fn(Tokens<'c, 'a>, &Entry<'c, 'a>) -> Known;

impl<'c, 'a> Entry<'c, 'a> {
    /// The words from one token to another, on one line.
    fn words(&self, from: usize, to: usize) -> String {
        let start = self.start.at(from);
        let span = self.start.at(to.max(from + 1)).span_from(start.peek().span.start);
        start.text(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Who acts: the words before the modal, without the mark of the sentence.
    fn subject(&self) -> Option<String> {
        let modal = self.modal?;
        let from = self.start.index();
        let marked = self.start.kind() == Kind::OpenBracket && self.start.ahead(2).kind == Kind::CloseBracket;
        let from = from + if marked { 3 } else { 0 };
        (modal > from).then(|| in_draft_words(self.start.at(from), modal))
    }

    /// The modal words.
    fn modal_words(&self) -> &'c str {
        self.modal.map_or("shall", |modal| modal_words(self.start.at(modal)))
    }

    /// Where the verb stands, if it is the first word behind the modal.
    fn verb(&self) -> Option<usize> {
        let modal = self.modal?;
        let words = self.modal_words().split_whitespace().count();
        let verb = self.start.at(modal + words);
        (modal + words < self.end && is_name(verb.peek())).then_some(modal + words)
    }

    /// `shall deploy`, or `shall …` where the verb is not to be found.
    fn deed(&self) -> String {
        match (self.modal, self.verb()) {
            (Some(modal), Some(verb)) => self.words(modal, verb + 1),
            _ => format!("{} …", self.modal_words()),
        }
    }
}

/// Whether so many tokens ahead there is this word, whatever its case.
fn is(i: Tokens<'_, '_>, ahead: usize, word: &str) -> bool {
    let token = i.ahead(ahead);
    token.kind == Kind::Word && i.text(token.span).eq_ignore_ascii_case(word)
}

/// Whether one of these words stands so many tokens ahead.
fn is_one(i: Tokens<'_, '_>, ahead: usize, words: &[&str]) -> bool {
    words.iter().any(|word| is(i, ahead, word))
}

/// How many of the next tokens are these words; none where they do not all stand here.
fn row(i: Tokens<'_, '_>, words: &[&[&str]]) -> usize {
    if words.iter().enumerate().all(|(ahead, one)| is_one(i, ahead, one)) { words.len() } else { 0 }
}

/// From the next token to behind so many.
fn over(i: Tokens<'_, '_>, tokens: usize) -> Span {
    i.skip(tokens).span_from(i.peek().span.start)
}

/// How many tokens a length of time takes that stands here, and how a draft writes it: `3 years`, `three (3) years`.
fn length(i: Tokens<'_, '_>) -> Option<(usize, String)> {
    if i.kind() == Kind::Number && i.ahead(1).word.time_unit().is_some() {
        return Some((2, i.text(over(i, 2)).to_owned()));
    }
    let (words, number) = number_in_words(i)?;
    Some((words + 1, format!("{number} {}", i.text(i.ahead(words).span))))
}
