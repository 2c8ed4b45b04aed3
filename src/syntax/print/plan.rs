//! What the tree says about the layout: which tokens begin a line of their own, and before which a long one may be broken.

use super::{STEP, WIDTH, space, width};
use crate::source::Span;
use crate::syntax::lex::{Kind, Token};
use crate::syntax::parse::{is_modal_start, is_name};
use crate::syntax::tree::{Act, Entry, Item, Lead, Norm, Phrase, SentenceKind, Tree};
use crate::syntax::word::Word;

/// Behind this depth the indentation grows no more.
const DEEPEST: usize = 40;

/// What may stand between a token and the one before it; the later ones are the better places to break a line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Gap {
    /// Nothing but the space that the two marks want.
    Join,
    /// Two spaces: a new entry within a block on one line.
    Apart,
    /// A break, where a list is too long for a line.
    List,
    /// A break, before a phrase that does not fit.
    Phrase,
    /// A break, before an act that does not fit, or where acts stand on lines of their own.
    Act,
}

/// What is printed from the margin on: an item's head, an entry, a closing brace, or a whole item on one line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its first token.
    pub first: usize,
    /// The token behind its last one.
    pub end: usize,
    /// Columns before it.
    pub indent: usize,
    /// Whether it begins an item of the file itself.
    pub top: bool,
    /// Whether it belongs to an item that takes several lines.
    pub block: bool,
    /// Whether it ends with the brace that opens a block.
    pub opens: bool,
    /// Whether it is the brace that closes a block.
    pub closes: bool,
    /// What follows its last token and is printed byte for byte: what stands in the block of a rule.
    pub verbatim: Option<Span>,
}

/// The layout of a file, apart from comments and blank lines.
pub(super) struct Plan {
    /// What is printed from the margin on, in order.
    pub lines: Vec<Line>,
    /// What may stand before each token.
    pub gaps: Vec<Gap>,
    /// Whether a line end must stay before the token: a comment, the end of a fence, or a number whose unit the token is not.
    pub split: Vec<bool>,
}

/// Lays a file out.
pub(super) fn plan(text: &str, tree: &Tree, tokens: &[Token], split: Vec<bool>) -> Plan {
    let gaps = vec![Gap::Join; tokens.len()];
    let plan = Plan { lines: Vec::with_capacity(tokens.len() / 8), gaps, split };
    let mut planner = Planner { text, tokens, at: 0, plan };
    for item in &tree.items {
        planner.apart(item);
    }
    planner.at = 0;
    for item in &tree.items {
        planner.item(item, 0);
    }
    planner.plan
}

struct Planner<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    plan: Plan,
}

impl Planner<'_> {
    /// The first token at or behind a place; places come in the order of the text.
    fn seek(&mut self, start: u32) -> usize {
        while self.tokens.get(self.at).is_some_and(|token| token.span.start < start) {
            self.at += 1;
        }
        self.at
    }

    fn token(&self, index: usize) -> Option<Token> {
        self.tokens.get(index).copied()
    }

    fn set(&mut self, index: usize, gap: Gap) {
        if let Some(known) = self.plan.gaps.get_mut(index) {
            *known = (*known).max(gap);
        }
    }

    fn must_split(&mut self, index: usize) {
        if let Some(split) = self.plan.split.get_mut(index) {
            *split = true;
        }
    }

    fn item(&mut self, item: &Item, depth: usize) {
        let first = self.seek(item.span.start);
        let indent = depth.min(DEEPEST) * STEP;
        let top = depth == 0;
        let mut line =
            Line { first, end: first, indent, top, block: false, opens: false, closes: false, verbatim: None };
        if !item.has_block {
            line.end = self.seek(item.span.end);
            return self.plan.lines.push(line);
        }
        while self.token(self.at).is_some_and(|token| !matches!(token.kind, Kind::OpenBrace | Kind::End)) {
            self.at += 1;
        }
        let open = self.at;
        if self.text.get(item.keyword.range()) == Some("rule") {
            let start = self.token(open).map_or(item.span.end, |brace| brace.span.end);
            let block = Span::new(start, item.span.end);
            line.end = open + 1;
            line.verbatim = Some(block);
            line.block = self.text.get(block.range()).is_some_and(|text| text.contains('\n'));
            self.seek(item.span.end);
            return self.plan.lines.push(line);
        }
        let is_empty = item.entries.is_empty() && self.plan.split.get(open + 1) != Some(&true);
        if is_empty || self.fits(first, item.span.end, indent) {
            line.end = self.seek(item.span.end);
            return self.plan.lines.push(line);
        }
        line.end = open + 1;
        line.opens = true;
        line.block = top;
        self.plan.lines.push(line);
        for entry in item.entries {
            self.entry(entry, depth + 1);
        }
        let close = self.seek(item.span.end.saturating_sub(1));
        let end = self.seek(item.span.end);
        self.plan.lines.push(Line { first: close, end, top: false, opens: false, closes: true, ..line });
    }

    /// Whether an item was written on one line and has room on it.
    fn fits(&self, first: usize, end: u32, indent: usize) -> bool {
        let mut column = indent;
        let mut index = first;
        while let Some(token) = self.token(index).filter(|token| token.span.start < end) {
            let (wide, one_line) = width(self.text, token);
            column += wide;
            if index > first {
                column += space(self.text, self.tokens, &self.plan.gaps, index);
            }
            if column > WIDTH || !one_line || token.first && index > first {
                return false;
            }
            index += 1;
        }
        true
    }

    /// Sets the entries of a block apart, for the case that it is printed on one line.
    fn apart(&mut self, item: &Item) {
        for entry in item.entries {
            let index = self.seek(span(entry).start);
            self.set(index, Gap::Apart);
            if let Entry::Item(nested) = entry {
                self.apart(nested);
            }
        }
    }

    fn entry(&mut self, entry: &Entry, depth: usize) {
        if let Entry::Item(nested) = entry {
            return self.item(nested, depth);
        }
        let span = span(entry);
        let first = self.seek(span.start);
        match entry {
            Entry::Field(field) => self.phrases(field.phrases.get(1..).unwrap_or(&[]), false),
            Entry::Norm(norm) => self.norm(norm),
            Entry::Sentence(sentence) => match &sentence.kind {
                SentenceKind::Story { .. } => {}
                SentenceKind::Expect { act, when, .. } => {
                    if let Some(act) = act {
                        self.phrases(act.phrases, true);
                    }
                    if let Some(when) = when {
                        self.phrases(std::slice::from_ref(when), true);
                    }
                }
            },
            Entry::Acceptance(_) | Entry::Item(_) | Entry::Rule(_) => {}
        }
        let end = self.seek(span.end);
        for index in first + 1..end {
            self.inside(entry, first, index);
        }
        let indent = depth.min(DEEPEST) * STEP;
        self.plan.lines.push(Line {
            first,
            end,
            indent,
            top: false,
            block: false,
            opens: false,
            closes: false,
            verbatim: None,
        });
    }

    fn norm(&mut self, norm: &Norm) {
        self.phrases(norm.phrases, true);
        for (number, act) in norm.acts.iter().enumerate() {
            if number == 0 && norm.acts.len() > 1 && !act.letter.is_empty() {
                let index = self.seek(act.span.start);
                self.set(index, Gap::Act);
            }
            self.act(act);
        }
    }

    fn act(&mut self, act: &Act) {
        // What is ensured may itself ensure something; the parser bounds how deep.
        if let Some(ensured) = &act.ensured {
            self.act(&ensured.act);
        }
        self.phrases(act.phrases, true);
    }

    /// A phrase may begin a line, but a quotation at the start of a line in a `when:` field would be the next subject.
    fn phrases(&mut self, phrases: &[Phrase], quotations: bool) {
        for phrase in phrases {
            if quotations || phrase.lead != Lead::Words {
                let index = self.seek(phrase.span.start);
                self.set(index, Gap::Phrase);
            }
        }
    }

    /// What the marks and joints of an entry say about a token inside it.
    fn inside(&mut self, entry: &Entry, first: usize, index: usize) {
        let (Some(before), Some(token)) = (self.token(index - 1), self.token(index)) else { return };
        let next = self.token(index + 1);
        if token.first && self.is_bound(before, token) {
            self.must_split(index);
        }
        let joint = matches!(token.word, Word::And | Word::Or);
        match entry {
            Entry::Acceptance(_) => {
                // `accept plan` on a line of its own: the next word would make a sentence of it.
                if index == first + 2 && token.first && is_modal_start(before.word) {
                    self.must_split(index);
                }
                if matches!(token.word, Word::Until | Word::Because) {
                    self.set(index, Gap::Phrase);
                } else if before.kind == Kind::Comma && index > first + 2 {
                    self.set(index, Gap::List);
                }
            }
            Entry::Field(field) => {
                // A word of the grammar is a value only where its line ends behind it, or a comma stands there.
                let ends_line = token.first && token.word == Word::And && before.word.is_reserved();
                if ends_line && field.phrases.is_empty() {
                    self.must_split(index);
                }
                // At the start of a line a word of the grammar is no value, and a name before a modal is a subject.
                let is_free = match token.kind {
                    Kind::Word | Kind::Path => is_name(token) && !next.is_some_and(|next| is_modal_start(next.word)),
                    _ => true,
                };
                if before.kind == Kind::Comma && is_free || joint && before.kind != Kind::Comma {
                    self.set(index, Gap::List);
                }
            }
            _ if before.kind == Kind::Semicolon && token.kind != Kind::Stop => self.set(index, Gap::Act),
            _ if before.kind == Kind::Comma || joint && before.kind != Kind::Semicolon => self.set(index, Gap::List),
            _ => {}
        }
    }

    /// Whether two tokens on two lines would mean something else on one: a number takes the word on its line for its unit,
    /// three capitals before a number are a currency.
    fn is_bound(&self, before: Token, token: Token) -> bool {
        let is_number = |token: Token| matches!(token.kind, Kind::Number | Kind::Fraction);
        let is_capitals = || {
            let text = self.text.get(before.span.range()).unwrap_or("");
            text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        if is_number(token) {
            return before.kind == Kind::Word && is_capitals();
        }
        let counts =
            is_number(before) || before.word.scale().is_some() || matches!(before.word, Word::Shares | Word::Remaining);
        counts && (is_name(token) || token.word.scale().is_some() || token.word.time_unit().is_some())
    }
}

/// The words of an entry.
fn span(entry: &Entry) -> Span {
    match entry {
        Entry::Field(field) => field.span,
        Entry::Norm(norm) => norm.span,
        Entry::Item(item) => item.span,
        Entry::Acceptance(acceptance) => acceptance.span,
        Entry::Sentence(sentence) => sentence.span,
        Entry::Rule(line) => line.span,
    }
}
