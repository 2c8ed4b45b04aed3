//! One layout for all drafts. Every word, comment and quotation stays as it was written; only white space changes.
//!
//! The tree says where items, entries, acts and phrases begin (see `plan`); this prints the tokens with what stands between.

mod plan;

use super::lex::{Kind, Token};
use super::typed;
use crate::finding::{Finding, Level};
use crate::source::{Fence, FileId, SourceFile, Span};
use memchr::{memchr, memchr_iter, memrchr};
use plan::{Gap, Line, Plan};

/// How wide a line may be before it is broken where it can be.
const WIDTH: usize = 120;
/// Spaces a level of depth.
const STEP: usize = 2;
/// Spaces before what goes on with an entry on another line, beyond those of the entry.
const HANGING: usize = 4;

/// The text of a file in the one layout. Of a Markdown file only what stands in its fences changes.
///
/// # Errors
///
/// The syntax errors of a file that cannot be read; such a file is to be left as it is.
pub fn format(id: FileId, file: &SourceFile) -> Result<String, Vec<Finding>> {
    let arena = super::Arena::new();
    let (tree, tokens, findings) = super::read(id, file, &arena);
    if findings.iter().any(|finding| finding.level == Level::Error) {
        return Err(findings.into_iter().filter(|finding| finding.level == Level::Error).collect());
    }
    let text = file.text();
    let fences = if file.is_literate() {
        file.fences()
    } else {
        vec![Fence { inside: Span::new(0, text.len() as u32), indent: 0 }]
    };
    let Some(&fence) = fences.first() else { return Ok(text.to_owned()) };
    let split = splits(&tokens, &tree.comments, &fences);
    let plan = plan::plan(text, &tree, &tokens, split);
    let mut printer = Printer {
        text,
        tokens: &tokens,
        comments: &tree.comments,
        fences: &fences,
        number: 0,
        fence,
        fresh: true,
        behind: None,
        line_end: line_end(text, &tokens, &plan),
        plan,
        column: 0,
        out: String::with_capacity(text.len() + text.len() / 8),
    };
    printer.out.push_str(text.get(..fence.inside.start as usize).unwrap_or(""));
    printer.print();
    Ok(printer.out)
}

/// The line end that a draft uses first, quotations and rules left aside: they are printed as they stand.
fn line_end(text: &str, tokens: &[Token], plan: &Plan) -> &'static str {
    let end = tokens.len().saturating_sub(1);
    let printed = plan.lines.iter().flat_map(|line| line.first..line.end).chain([end]);
    let first = printed
        .filter_map(|index| {
            let from = index.checked_sub(1).and_then(|index| tokens.get(index)).map_or(0, |before| before.span.end);
            text.get(from as usize..tokens.get(index)?.span.start as usize)
        })
        .find_map(|between| memchr(b'\n', between.as_bytes()).map(|at| between.split_at(at).0));
    if first.is_some_and(|before| before.ends_with('\r')) { "\r\n" } else { "\n" }
}

/// Before which tokens a comment stands or a fence has ended, so that they stay on another line than the token before.
fn splits(tokens: &[Token], comments: &[Span], fences: &[Fence]) -> Vec<bool> {
    let mut comments = comments.iter().copied().peekable();
    let mut ends = fences.iter().map(|fence| fence.inside.end).peekable();
    let split = |token: &Token| {
        let mut found = false;
        while comments.next_if(|comment| comment.start < token.span.start).is_some() {
            found = true;
        }
        while ends.next_if(|&end| end <= token.span.start).is_some() {
            found = true;
        }
        found
    };
    tokens.iter().map(split).collect()
}

/// How many columns a token takes, up to the end of its first line, and whether that is all of it.
fn width(text: &str, token: Token) -> (usize, bool) {
    let text = text.get(token.span.range()).unwrap_or("");
    match (token.kind, memchr(b'\n', text.as_bytes())) {
        (Kind::LongText, Some(end)) => (columns(text.get(..end).unwrap_or("")), false),
        (Kind::Field, _) => (columns(text) + 1, true),
        _ => (columns(text), true),
    }
}

/// How many characters a text has.
fn columns(text: &str) -> usize {
    // A character starts at every byte that is not a continuation byte of UTF-8.
    text.bytes().filter(|byte| byte & 0xC0 != 0x80).count()
}

/// How many spaces stand between a token and the one before it, on one line.
fn space(text: &str, tokens: &[Token], gaps: &[Gap], index: usize) -> usize {
    let before = index.checked_sub(1).and_then(|index| tokens.get(index));
    let (Some(before), Some(token)) = (before, tokens.get(index)) else { return 0 };
    match (before.kind, token.kind) {
        (Kind::OpenBrace, Kind::CloseBrace) => 0,
        (Kind::OpenBrace, _) | (_, Kind::CloseBrace) => 1,
        (_, Kind::Comma | Kind::Semicolon | Kind::Stop | Kind::CloseBracket | Kind::To | Kind::Slash) => 0,
        (Kind::OpenBracket | Kind::To | Kind::Slash, _) => 0,
        (Kind::Number | Kind::Fraction, Kind::Percent) => 0,
        (Kind::Number, Kind::Word) if is_date(text, *before, *token, tokens.get(index + 1)) => 2,
        _ if gaps.get(index) == Some(&Gap::Apart) => 2,
        _ => 1,
    }
}

/// Whether a number and its unit could be read as a date if a single space stood between them: `5  May`. In small letters
/// they need a year: `5 may` is a subject and its modal word.
fn is_date(text: &str, number: Token, unit: Token, next: Option<&Token>) -> bool {
    let unit = text.get(unit.span.range()).unwrap_or("");
    let letters = unit.bytes().take_while(u8::is_ascii_alphabetic).count();
    let is_whole = unit.starts_with(|c: char| c.is_ascii_uppercase())
        || next.is_some_and(|next| matches!(next.kind, Kind::Number | Kind::Fraction | Kind::Month | Kind::Date))
        || letters < unit.len();
    number.span.end - number.span.start <= 2 && is_whole && typed::month(unit.get(..letters).unwrap_or("")).is_some()
}

/// Which blank lines of the draft stay in front of a line, and whether one is put there.
#[derive(Clone, Copy, Default)]
struct Blanks {
    /// Those before the first comment, or the line itself.
    first: bool,
    /// Those between the comments.
    between: bool,
    /// Those before the line itself.
    last: bool,
    /// Whether one stands before the first comment or the line, whatever the draft has.
    always: bool,
}

struct Printer<'a> {
    text: &'a str,
    tokens: &'a [Token],
    plan: Plan,
    /// Those that are not printed yet.
    comments: &'a [Span],
    fences: &'a [Fence],
    /// Which of the fences is printed.
    number: usize,
    fence: Fence,
    /// Whether nothing has been printed in this fence.
    fresh: bool,
    /// Where the last thing printed ends, if there is one.
    behind: Option<u32>,
    line_end: &'static str,
    /// How many characters stand on the present line, the indentation of the fence apart.
    column: usize,
    out: String,
}

impl Printer<'_> {
    fn print(&mut self) {
        let lines = std::mem::take(&mut self.plan.lines);
        let mut before: Option<Line> = None;
        for line in &lines {
            self.line(*line, before);
            before = Some(*line);
        }
        let end = self.text.len() as u32;
        let always = before.is_some_and(|before| before.block);
        let kept = Blanks { first: true, between: true, last: false, always };
        self.comments_before(end, 0, kept);
        self.enter(end);
        // An ending without a line end is not left so.
        if !self.fresh {
            self.out.push_str(self.line_end);
        }
        self.out.push_str(self.text.get(self.fence.inside.end as usize..).unwrap_or(""));
    }

    /// Prints a line, on several lines if it has to be.
    fn line(&mut self, line: Line, before: Option<Line>) {
        let Some(&first) = self.tokens.get(line.first) else { return };
        let follows_open = before.is_none_or(|before| before.opens);
        let mut blanks = Blanks { first: !follows_open, between: true, last: !line.closes, always: false };
        if let Some(before) = before.filter(|_| line.top) {
            // A block takes a blank line on each side; where one stands among the comments between, it stays there.
            blanks.always = before.block || line.block && !self.has_blank(first.span.start);
        }
        let inner = if line.closes { line.indent + STEP } else { line.indent };
        self.begin(first.span.start, inner, line.indent, blanks);
        self.put(first);

        let hanging = line.indent + HANGING;
        let (all, one_line) = self.stretch(line.first, line.end, None);
        let is_long = line.indent + all > WIDTH || !one_line;
        let is_act = |index: usize| self.plan.gaps.get(index) == Some(&Gap::Act);
        let is_first = |index: usize| self.tokens.get(index).is_some_and(|token| token.first);
        let acts = (line.first + 1..line.end).any(|index| is_act(index) && (is_long || is_first(index)));
        let chunk = |printer: &Self, index, gap| printer.stretch(index, line.end, Some(gap)).0;
        let mut is_overlong = line.indent + chunk(self, line.first, Gap::Phrase) > WIDTH;
        for index in line.first + 1..line.end {
            let (Some(&token), Some(&gap)) = (self.tokens.get(index), self.plan.gaps.get(index)) else { return };
            let space = space(self.text, self.tokens, &self.plan.gaps, index);
            let is_split = self.plan.split.get(index) == Some(&true);
            let breaks = match gap {
                _ if is_split => false,
                Gap::Act if acts => true,
                Gap::Act | Gap::Phrase => self.column + space + chunk(self, index, Gap::Phrase) > WIDTH,
                Gap::List => is_overlong && self.column + space + chunk(self, index, Gap::List) > WIDTH,
                Gap::Join | Gap::Apart => false,
            };
            if is_split {
                self.begin(token.span.start, hanging, hanging, Blanks::default());
            } else if breaks {
                self.new_line(false, hanging);
            } else {
                self.spaces(space);
                self.column += space;
            }
            if is_split || gap >= Gap::Phrase {
                is_overlong = self.column + chunk(self, index, Gap::Phrase) > WIDTH;
            }
            self.put(token);
        }
        if let Some(block) = line.verbatim {
            self.copy(block);
            while self.comments.first().is_some_and(|comment| comment.start < block.end) {
                self.comments = self.comments.get(1..).unwrap_or(&[]);
            }
        }
    }

    /// How many columns the tokens from one on take, up to the next place that is as good for a break as `gap`, and
    /// whether they end on the line on which they begin. Counts no further than a line is wide.
    fn stretch(&self, first: usize, end: usize, gap: Option<Gap>) -> (usize, bool) {
        let mut columns = 0;
        for index in first..end {
            let (Some(&token), Some(&found)) = (self.tokens.get(index), self.plan.gaps.get(index)) else { break };
            if index > first {
                let is_split = self.plan.split.get(index) == Some(&true);
                if gap.is_some_and(|gap| found >= gap || is_split) {
                    break;
                }
                columns += space(self.text, self.tokens, &self.plan.gaps, index);
            }
            let (wide, one_line) = width(self.text, token);
            columns += wide;
            if !one_line || columns > WIDTH {
                return (columns, one_line);
            }
        }
        (columns, true)
    }

    /// Prints the comments before a token, and begins the line on which it will stand.
    fn begin(&mut self, next: u32, inner: usize, indent: usize, blanks: Blanks) {
        let is_first = self.comments_before(next, inner, blanks);
        self.enter(next);
        let kept = blanks.last && (blanks.first || !is_first) && self.blank_before(next);
        self.new_line(kept || is_first && blanks.always, indent);
    }

    /// Prints the comments before a place; whether none of them has a line of its own.
    fn comments_before(&mut self, next: u32, indent: usize, blanks: Blanks) -> bool {
        let mut is_first = true;
        let mut trails = self.behind.is_some();
        while let Some((&comment, rest)) = self.comments.split_first().filter(|(comment, _)| comment.start < next) {
            self.comments = rest;
            if trails && self.lines_before(comment.start) == 0 {
                self.out.push_str("  ");
            } else {
                self.enter(comment.start);
                let may_keep = if is_first { blanks.first } else { blanks.between };
                let kept = may_keep && self.blank_before(comment.start);
                self.new_line(kept || is_first && blanks.always, indent);
                is_first = false;
            }
            trails = false;
            self.out.push_str(self.text.get(comment.range()).unwrap_or("").trim_end());
            self.behind = Some(comment.end);
        }
        is_first
    }

    /// How many line ends stand between what was printed last and a place.
    fn lines_before(&self, place: u32) -> usize {
        let between = Span::new(self.behind.unwrap_or(place), place);
        self.text.get(between.range()).map_or(0, |between| memchr_iter(b'\n', between.as_bytes()).count())
    }

    fn blank_before(&self, place: u32) -> bool {
        self.lines_before(place) > 1
    }

    /// Whether the draft has a blank line between what was printed last and a place, be it between comments.
    fn has_blank(&self, place: u32) -> bool {
        let mut behind = self.behind.unwrap_or(place);
        let places = self.comments.iter().take_while(|comment| comment.start < place);
        for next in places.copied().chain([Span::new(place, place)]) {
            let between = self.text.get(behind as usize..next.start as usize).unwrap_or("");
            if memchr_iter(b'\n', between.as_bytes()).count() > 1 {
                return true;
            }
            behind = next.end;
        }
        false
    }

    /// Goes on in the fence in which a place lies; what stands between the fences is copied.
    fn enter(&mut self, place: u32) {
        while place >= self.fence.inside.end {
            let Some(&next) = self.fences.get(self.number + 1) else { return };
            if !self.fresh {
                self.out.push_str(self.line_end);
            }
            let between = self.fence.inside.end as usize..next.inside.start as usize;
            self.out.push_str(self.text.get(between).unwrap_or(""));
            self.fence = next;
            self.number += 1;
            self.fresh = true;
        }
    }

    fn new_line(&mut self, blank: bool, indent: usize) {
        if !self.fresh {
            self.out.push_str(self.line_end);
            if blank {
                self.out.push_str(self.line_end);
            }
        }
        self.fresh = false;
        self.spaces(self.fence.indent as usize + indent);
        self.column = indent;
    }

    fn spaces(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n(' ', count));
    }

    fn put(&mut self, token: Token) {
        self.copy(token.span);
        let (wide, one_line) = width(self.text, token);
        self.column += wide;
        if token.kind == Kind::Field {
            self.out.push(':');
        }
        if !one_line {
            let text = self.text.get(token.span.range()).unwrap_or("");
            let last = memrchr(b'\n', text.as_bytes()).and_then(|at| text.get(at + 1..)).unwrap_or("");
            self.column = columns(last);
        }
    }

    /// Prints words as they stand.
    fn copy(&mut self, span: Span) {
        self.out.push_str(self.text.get(span.range()).unwrap_or(""));
        self.behind = Some(span.end);
        // A long quotation may reach over the end of its fence.
        while span.end > self.fence.inside.end {
            let Some(&next) = self.fences.get(self.number + 1) else { return };
            self.fence = next;
            self.number += 1;
        }
    }
}
