//! The parser: one function a production of `grammar/decl.ebnf`, in its order.
//!
//! Every choice is made by looking at the next token, or the next three; nothing is read twice. A production that cannot
//! go on reports what is there and what belongs there, and fails; the entry, the item or the file then goes on behind it.

mod amount;
mod condition;
mod idiom;
mod item;
mod modal;
mod norm;
mod phrase;
mod rule;
mod scenario;
mod thing;
mod time;
mod treaty;
mod value;

use super::labels::{Declared, Labels};
use super::lex::{Kind, Token};
use super::trouble;
use super::word::Word;
use crate::finding::Finding;
use crate::source::{FileId, Loc, Span};
use bumpalo_herd::Member;
use nom::IResult;
use nom::error::{ErrorKind, ParseError};
use smallvec::SmallVec;
use std::cell::{Cell, OnceCell, RefCell};

pub(super) use item::draft;
pub(super) use time::is_modal_start;

/// How deep conditions and `ensure that` may nest; drawn so that no text can exhaust the stack.
const DEEPEST: u32 = 64;

/// What all productions share.
pub(super) struct Context<'c, 'a> {
    /// Where the tree is kept.
    pub arena: Member<'a>,
    /// The file.
    pub file: FileId,
    /// The text of the file, also behind the stretch that is read.
    whole: &'c str,
    /// Its text up to where reading ends.
    pub text: &'c str,
    /// All its tokens.
    pub tokens: &'c [Token],
    /// What could not be read.
    pub findings: RefCell<Vec<Finding>>,
    /// Stretches that a finding explains, whatever else was said of a word in them; in their order.
    pub explained: RefCell<Vec<Span>>,
    /// What the items of the file are called.
    labels: OnceCell<Labels>,
    /// Stretches that were left out.
    pub skipped: RefCell<Vec<Span>>,
    /// The token at which the last production failed.
    stuck: Cell<usize>,
    /// Whether the rest of this entry is read on a guess, so that nothing more is said about it.
    guessing: Cell<bool>,
    /// Whether something in this entry was repaired or left out.
    damaged: Cell<bool>,
    /// Whether commas enclose the present phrase, so that they join nothing in it.
    in_commas: Cell<bool>,
    /// How deep the present condition is nested.
    depth: Cell<u32>,
}

impl<'c, 'a> Context<'c, 'a> {
    /// For the tokens of a text that is a stretch of another one, `whole`, from its beginning.
    pub fn new(file: FileId, whole: &'c str, text: &'c str, tokens: &'c [Token], arena: Member<'a>) -> Self {
        Self {
            arena,
            file,
            whole,
            text,
            tokens,
            findings: RefCell::default(),
            explained: RefCell::default(),
            labels: OnceCell::new(),
            skipped: RefCell::default(),
            stuck: Cell::new(0),
            guessing: Cell::new(false),
            damaged: Cell::new(false),
            in_commas: Cell::new(false),
            depth: Cell::new(0),
        }
    }

    /// The item that is called or labelled so.
    fn declared(&self, words: &str) -> Option<&Declared> {
        self.labels.get_or_init(|| Labels::of(self.whole)).get(words)
    }

    /// The first day with this number behind the signature, in a month of this number or in any, as a draft writes it.
    fn next_day(&self, month: Option<u32>, day: u32) -> String {
        let (year, signed, on) = self.labels.get_or_init(|| Labels::of(self.whole)).date.unwrap_or((2026, 1, 1));
        let (year, month) = match month {
            Some(month) => (if (month, day) > (signed, on) { year } else { year + 1 }, month),
            None if day > on => (year, signed),
            None if signed == 12 => (year + 1, 1),
            None => (year, signed + 1),
        };
        format!("{year}-{month:02}-{day:02}")
    }
}

/// The input of every production: the tokens that are left.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'c, 'a> {
    rest: &'c [Token],
    cx: &'c Context<'c, 'a>,
}

/// A production did not apply. What is to be said about it has been said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fail;

impl ParseError<Tokens<'_, '_>> for Fail {
    fn from_error_kind(_: Tokens<'_, '_>, _: ErrorKind) -> Self {
        Fail
    }

    fn append(_: Tokens<'_, '_>, _: ErrorKind, _: Self) -> Self {
        Fail
    }
}

/// What every production gives: the tokens behind it and its node.
pub(super) type Parsed<'c, 'a, T> = IResult<Tokens<'c, 'a>, T, Fail>;

/// A list while it is being read; most are short.
type Few<T> = SmallVec<[T; 8]>;

const END: Token = Token { kind: Kind::End, word: Word::Other, first: true, span: Span::new(0, 0) };

impl<'c, 'a> Tokens<'c, 'a> {
    pub fn new(cx: &'c Context<'c, 'a>) -> Self {
        Tokens { rest: cx.tokens, cx }
    }

    /// The next token; at the end of the file it is [`Kind::End`], again and again.
    #[inline]
    fn peek(self) -> Token {
        self.rest.first().copied().unwrap_or(END)
    }

    /// The token after `ahead` others.
    #[inline]
    fn ahead(self, ahead: usize) -> Token {
        self.rest.get(ahead).copied().unwrap_or(END)
    }

    #[inline]
    fn kind(self) -> Kind {
        self.peek().kind
    }

    #[inline]
    fn word(self) -> Word {
        self.peek().word
    }

    /// Behind the next `count` tokens; the end stays where it is.
    #[inline]
    fn skip(self, count: usize) -> Self {
        let count = count.min(self.rest.len().saturating_sub(1));
        Tokens { rest: self.rest.get(count..).unwrap_or(&[]), cx: self.cx }
    }

    /// The position of the next token in the file's list.
    fn index(self) -> usize {
        self.cx.tokens.len() - self.rest.len()
    }

    /// Just before the token of that index.
    fn at(self, index: usize) -> Self {
        Tokens { rest: self.cx.tokens.get(index..).unwrap_or(&[]), cx: self.cx }
    }

    /// The token before the next one.
    fn previous(self) -> Token {
        self.index().checked_sub(1).and_then(|index| self.cx.tokens.get(index)).copied().unwrap_or(END)
    }

    /// The stretch from a byte offset to the end of the token before the next one.
    #[inline]
    fn span_from(self, start: u32) -> Span {
        let end = self.previous().span.end;
        Span::new(start, end.max(start))
    }

    #[inline]
    fn text(self, span: Span) -> &'c str {
        self.cx.text.get(span.range()).unwrap_or("")
    }

    /// Puts a node into the tree.
    #[inline]
    fn put<T: Copy>(self, node: T) -> &'a T {
        self.cx.arena.alloc(node)
    }

    /// Puts a list into the tree.
    #[inline]
    fn keep<T: Copy>(self, list: &[T]) -> &'a [T] {
        if list.is_empty() { &[] } else { self.cx.arena.alloc_slice_copy(list) }
    }

    fn loc(self, span: Span) -> Loc {
        Loc::new(self.cx.file, span)
    }

    fn here(self) -> Loc {
        let span = self.peek().span;
        self.loc(span)
    }

    /// Says something about this entry, which can still be read on.
    fn report(self, finding: Finding) {
        if !self.cx.guessing.get() {
            self.cx.findings.borrow_mut().push(finding);
        }
    }

    /// Says something about this entry, and that what follows is read on a guess.
    fn report_and_guess(self, finding: Finding) {
        self.report(finding);
        self.cx.guessing.set(true);
        self.cx.damaged.set(true);
    }

    /// Gives this entry up here.
    fn fail<T>(self, finding: Finding) -> Parsed<'c, 'a, T> {
        self.report(finding);
        self.cx.damaged.set(true);
        self.cx.stuck.set(self.index());
        Err(nom::Err::Failure(Fail))
    }

    /// Gives this entry up here: `expected` belongs in this place.
    fn expected<T>(self, expected: &str) -> Parsed<'c, 'a, T> {
        let found = self.describe();
        self.fail(trouble::unexpected(self.here(), &found, expected))
    }

    /// The next token as a drafter would call it.
    fn describe(self) -> String {
        let token = self.peek();
        match token.kind {
            Kind::End => "the end of the file".into(),
            Kind::Text | Kind::LongText => "a quotation".into(),
            Kind::Field => format!("`{}:`", self.text(token.span)),
            _ => {
                let text = self.text(token.span);
                let shown: String = text.chars().take(40).collect();
                if shown.len() < text.len() { format!("`{shown}…`") } else { format!("`{shown}`") }
            }
        }
    }
}

/// Whether a token can be a name.
#[inline]
pub(super) fn is_name(token: Token) -> bool {
    match token.kind {
        Kind::Word => !token.word.is_reserved(),
        Kind::Path => true,
        _ => false,
    }
}

/// Reads a word of the grammar.
#[inline]
fn word<'c, 'a: 'c>(wanted: Word) -> impl Fn(Tokens<'c, 'a>) -> Parsed<'c, 'a, Token> {
    move |i| if i.word() == wanted { Ok((i.skip(1), i.peek())) } else { Err(nom::Err::Error(Fail)) }
}

/// Reads a mark.
#[inline]
fn mark<'c, 'a: 'c>(wanted: Kind) -> impl Fn(Tokens<'c, 'a>) -> Parsed<'c, 'a, Token> {
    move |i| if i.kind() == wanted { Ok((i.skip(1), i.peek())) } else { Err(nom::Err::Error(Fail)) }
}
