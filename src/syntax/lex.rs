//! From text to tokens.
//!
//! The lexer makes one token of a name with its path and letter (`force(a)`), of a field name (`by:` whatever the word),
//! of dates and instants; it knows the odd characters that word processors put in, names them, and goes on.

use super::typed::{self, DASHES};
use super::word::{Word, classify};
use super::{treaty, trouble};
use crate::finding::Finding;
use crate::source::{FileId, Loc, Span};
use memchr::{memchr, memchr3, memmem};

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A word: a name, a verb, a word of the grammar.
    Word,
    /// A word with a path, a letter or an act behind it: `june.zones`, `force(a)`, `force(a).2`.
    Path,
    /// A word and its colon; the token covers the word alone.
    Field,
    /// `10_000`, `2.5`
    Number,
    /// `2/3`
    Fraction,
    /// `2026-01-06`
    Date,
    /// `2001-10`
    Month,
    /// `2026-01-06T04:00+02:00`
    Instant,
    /// `"…"`
    Text,
    /// `"""…"""`
    LongText,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `(`
    OpenBracket,
    /// `)`
    CloseBracket,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `.` at the end of a sentence
    Stop,
    /// `..`
    To,
    /// `/`
    Slash,
    /// `%`
    Percent,
    /// `+`
    Plus,
    /// `-` that is not inside a word
    Minus,
    /// `=`
    Equals,
    /// `!=`, in a rule alone, as those below
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `:` that no word stands before
    Colon,
    /// The end of the file; always the last token.
    End,
}

/// A token.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Which word of the grammar, if it is a [`Kind::Word`].
    pub word: Word,
    /// Whether it is the first on its line.
    pub first: bool,
    /// Its bytes.
    pub span: Span,
}

/// What the lexer makes of a file.
#[derive(Debug)]
pub struct Lexed {
    /// The tokens; the last is [`Kind::End`].
    pub tokens: Vec<Token>,
    /// Every comment.
    pub comments: Vec<Span>,
    /// What could not be read as it stands.
    pub findings: Vec<Finding>,
}

/// Reads a text from a byte on that begins a line.
pub fn lex(file: FileId, text: &str, from: usize) -> Lexed {
    let mut lexer = Lexer {
        file,
        text,
        bytes: text.as_bytes(),
        at: from,
        first: true,
        tokens: Vec::with_capacity(text.len().saturating_sub(from) / 5 + 8),
        comments: Vec::new(),
        findings: Vec::new(),
        seen: Seen::default(),
        rule: Rule::Outside,
    };
    while lexer.step() {}
    let end = text.len() as u32;
    lexer.tokens.push(Token { kind: Kind::End, word: Word::Other, first: true, span: Span::new(end, end) });
    Lexed { tokens: lexer.tokens, comments: lexer.comments, findings: lexer.findings }
}

/// The letters and digits of ASCII: most of most words.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    plain
};

/// What has been reported once a file and need not be again.
#[derive(Default)]
struct Seen {
    tab: bool,
    odd_space: bool,
}

/// Whether the text at hand belongs to a rule, where values are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// It does not.
    Outside,
    /// The word `rule` has been read, but not yet the brace behind it.
    Begun,
    /// So many braces deep in its block.
    Inside(u32),
}

struct Lexer<'a> {
    file: FileId,
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    first: bool,
    tokens: Vec<Token>,
    comments: Vec<Span>,
    findings: Vec<Finding>,
    seen: Seen,
    rule: Rule,
}

impl<'a> Lexer<'a> {
    /// Reads one token or one stretch of white space; false at the end.
    #[inline]
    fn step(&mut self) -> bool {
        let Some(&byte) = self.bytes.get(self.at) else { return false };
        match byte {
            b' ' | b'\r' => self.at += 1,
            b'\n' => {
                self.at += 1;
                self.first = true;
            }
            b'\t' => {
                if !self.seen.tab {
                    self.seen.tab = true;
                    self.findings.push(trouble::tab(self.loc(self.at, self.at + 1)));
                }
                self.at += 1;
            }
            b'a'..=b'z' | b'A'..=b'Z' => self.word(),
            b'0'..=b'9' => self.number(),
            b'"' => self.text(),
            b'/' if self.peek(1) == Some(b'/') => {
                let end = memchr(b'\n', self.rest(self.at)).map_or(self.bytes.len(), |i| self.at + i);
                let end_of_text = if self.bytes.get(end.wrapping_sub(1)) == Some(&b'\r') { end - 1 } else { end };
                self.comments.push(Span::new(self.at as u32, end_of_text as u32));
                self.at = end;
            }
            b'/' if self.peek(1) == Some(b'*') => self.block_comment(),
            b'{' => {
                self.rule = match self.rule {
                    Rule::Outside => Rule::Outside,
                    Rule::Begun => Rule::Inside(1),
                    Rule::Inside(depth) => Rule::Inside(depth + 1),
                };
                self.mark(Kind::OpenBrace, 1);
            }
            b'}' => {
                self.rule = match self.rule {
                    Rule::Inside(depth @ 2..) => Rule::Inside(depth - 1),
                    _ => Rule::Outside,
                };
                self.mark(Kind::CloseBrace, 1);
            }
            b'!' | b'<' | b'>' if matches!(self.rule, Rule::Inside(_)) && self.comparison().is_some() => {
                let (kind, length) = self.comparison().unwrap_or((Kind::Less, 1));
                self.mark(kind, length);
            }
            b'(' => self.mark(Kind::OpenBracket, 1),
            b')' => self.mark(Kind::CloseBracket, 1),
            b',' => self.mark(Kind::Comma, 1),
            b';' => self.mark(Kind::Semicolon, 1),
            b'.' if self.peek(1) == Some(b'.') => self.mark(Kind::To, 2),
            b'.' => self.mark(Kind::Stop, 1),
            b'/' => self.mark(Kind::Slash, 1),
            b'%' => self.mark(Kind::Percent, 1),
            b'+' => self.mark(Kind::Plus, 1),
            b'-' => self.mark(Kind::Minus, 1),
            b'=' => self.mark(Kind::Equals, 1),
            b':' => self.mark(Kind::Colon, 1),
            _ => self.odd(),
        }
        true
    }

    #[inline]
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    #[inline]
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn rest(&self, from: usize) -> &'a [u8] {
        self.bytes.get(from..).unwrap_or(&[])
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or("")
    }

    fn loc(&self, from: usize, to: usize) -> Loc {
        Loc::new(self.file, Span::new(from as u32, to as u32))
    }

    #[inline]
    fn push(&mut self, kind: Kind, word: Word, from: usize, to: usize) {
        self.tokens.push(Token { kind, word, first: self.first, span: Span::new(from as u32, to as u32) });
        self.first = false;
        self.at = to;
    }

    #[inline]
    fn mark(&mut self, kind: Kind, length: usize) {
        self.push(kind, Word::Other, self.at, self.at + length);
    }

    /// The comparison that stands here, and its bytes.
    fn comparison(&self) -> Option<(Kind, usize)> {
        Some(match (self.byte(self.at)?, self.peek(1)) {
            (b'!', Some(b'=')) => (Kind::Unequal, 2),
            (b'<', Some(b'=')) => (Kind::LessEqual, 2),
            (b'>', Some(b'=')) => (Kind::GreaterEqual, 2),
            (b'<', _) => (Kind::Less, 1),
            (b'>', _) => (Kind::Greater, 1),
            _ => return None,
        })
    }

    /// A word, and what stands against it: a path, a letter, a colon.
    #[inline]
    fn word(&mut self) {
        let from = self.at;
        let end = self.word_end(from);
        match self.byte(end) {
            Some(b' ' | b'\t') if self.colon_after_spaces(end) => {
                self.push(Kind::Field, Word::Other, from, end);
                self.at = end + memchr(b':', self.rest(end)).unwrap_or(0) + 1;
            }
            Some(b':') => {
                self.push(Kind::Field, Word::Other, from, end);
                self.at = end + 1;
            }
            Some(b'.' | b'(') if self.path_end(end) > end => {
                let all = self.path_end(end);
                self.push(Kind::Path, Word::Other, from, all);
            }
            _ => {
                let word = classify(self.bytes.get(from..end).unwrap_or(&[]));
                if word == Word::Rule {
                    self.rule = Rule::Begun;
                }
                self.push(Kind::Word, word, from, end);
            }
        }
    }

    #[inline]
    fn colon_after_spaces(&self, at: usize) -> bool {
        matches!(self.byte(at + 1), Some(b':' | b' ' | b'\t')) && {
            let rest = self.rest(at);
            let spaces = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            rest.get(spaces) == Some(&b':')
        }
    }

    /// Where the word that starts at `from` ends: letters, digits, and hyphens with a letter or digit behind them.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a byte is always below 256")]
    fn word_end(&self, from: usize) -> usize {
        let mut at = from;
        loop {
            let rest = self.rest(at);
            at += rest.iter().position(|&byte| !PLAIN[byte as usize]).unwrap_or(rest.len());
            match self.byte(at) {
                Some(b'-') => match self.byte(at + 1) {
                    Some(next) if PLAIN[next as usize] => at += 2,
                    Some(next) if next >= 0x80 => match self.letter(at + 1) {
                        Some(length) => at += 1 + length,
                        None => return at,
                    },
                    _ => return at,
                },
                Some(byte) if byte >= 0x80 => match self.letter(at) {
                    Some(length) => at += length,
                    None => return at,
                },
                _ => return at,
            }
        }
    }

    /// The bytes of the letter, mark or digit of any script at `at`.
    fn letter(&self, at: usize) -> Option<usize> {
        let c = self.text.get(at..)?.chars().next()?;
        (unicode_ident::is_xid_continue(c) || c == '\u{2BC}').then(|| c.len_utf8())
    }

    /// Where the path, letter and act number behind a word end.
    fn path_end(&self, mut at: usize) -> usize {
        loop {
            let starts_word = match self.byte(at + 1) {
                Some(b'a'..=b'z' | b'A'..=b'Z') => true,
                Some(byte) if byte >= 0x80 => self.letter(at + 1).is_some(),
                _ => false,
            };
            if self.byte(at) != Some(b'.') || !starts_word {
                break;
            }
            at = self.word_end(at + 1);
        }
        if self.byte(at) == Some(b'(') {
            let end = self.word_end(at + 1);
            if end > at + 1 && self.byte(end) == Some(b')') {
                at = end + 1;
                if self.byte(at) == Some(b'.') && self.byte(at + 1).is_some_and(|byte| byte.is_ascii_digit()) {
                    at += 1;
                    while self.byte(at).is_some_and(|byte| byte.is_ascii_digit()) {
                        at += 1;
                    }
                }
            }
        }
        at
    }

    /// A number, fraction, date, month or instant.
    fn number(&mut self) {
        let from = self.at;
        let mut end = self.digits(from);
        let length = end - from;
        if length == 4 && self.byte(end) == Some(b'-') && self.digits(end + 1) == end + 3 {
            return self.date(from, end);
        }
        if let Some((from, typed)) = self.typed_date(from, length) {
            return self.put_date(from, &typed);
        }
        let grouped = |lexer: &Self, at: usize| {
            lexer.byte(at) == Some(b',') && lexer.digits(at + 1) == at + 4 && lexer.byte(at + 4) != Some(b'-')
        };
        if length <= 3 && grouped(self, end) {
            while grouped(self, end) {
                end += 4;
            }
            self.findings.push(trouble::grouped(self.loc(from, end), self.slice(from, end)));
            return self.push(Kind::Number, Word::Other, from, end);
        }
        if let Some(typed) = self.typed_number(from, end) {
            let end = from + typed.length;
            self.findings.push(typed.finding(self.loc(from, end), self.slice(from, end)));
            return self.push(Kind::Number, Word::Other, from, end);
        }
        if self.byte(end) == Some(b'/') && self.byte(end + 1).is_some_and(|byte| byte.is_ascii_digit()) {
            let end = self.digits(end + 1);
            return self.push(Kind::Fraction, Word::Other, from, end);
        }
        if self.byte(end) == Some(b'.') && self.byte(end + 1).is_some_and(|byte| byte.is_ascii_digit()) {
            let point = end;
            end = self.digits(point + 1);
            let again = self.byte(end) == Some(b'.') && self.byte(end + 1).is_some_and(|byte| byte.is_ascii_digit());
            if again || (end == point + 4 && length <= 3 && self.byte(from) != Some(b'0') && !self.scaled(end)) {
                while self.byte(end) == Some(b'.') && self.byte(end + 1).is_some_and(|byte| byte.is_ascii_digit()) {
                    end = self.digits(end + 1);
                }
                self.findings.push(trouble::grouped(self.loc(from, end), self.slice(from, end)));
            }
        }
        self.push(Kind::Number, Word::Other, from, end);
    }

    /// A date as people type it, whose first number of so many digits stands here, and where it begins: `6 January 2026`,
    /// `06/01/2026`, `2026-1-6`. Of `July 2026` the month is the token before, which is taken back.
    fn typed_date(&mut self, from: usize, length: usize) -> Option<(usize, typed::TypedDate)> {
        let begun = |last: &&Token| last.kind == Kind::Word && last.span.end as usize + 1 == from;
        if let Some(&last) = self.tokens.last().filter(begun)
            && self.byte(last.span.start as usize).is_some_and(|byte| byte.is_ascii_uppercase())
            && let Some(typed) = typed::month_first(self.slice(last.span.start as usize, self.text.len()))
        {
            self.tokens.pop();
            self.first = last.first;
            return Some((last.span.start as usize, typed));
        }
        let rest = || self.slice(from, self.text.len());
        let typed = match length {
            1 | 2 => typed::typed_date(rest()),
            4 if matches!(self.byte(from + 4), Some(b'-' | b'/' | b'.' | 0x80..)) => typed::year_first(rest()),
            _ => None,
        };
        typed.map(|typed| (from, typed))
    }

    fn put_date(&mut self, from: usize, typed: &typed::TypedDate) {
        let end = from + typed.length;
        self.findings.push(typed.finding(self.loc(from, end)));
        self.push(typed.kind(), Word::Other, from, end);
    }

    /// A number as people type it, whose first digits end at `end`.
    fn typed_number(&self, from: usize, end: usize) -> Option<typed::TypedNumber> {
        let suspect = match self.byte(end)? {
            b' ' => self.byte(end + 1).is_some_and(|byte| byte.is_ascii_digit()),
            b',' | b'\'' => self.byte(end + 1).is_some_and(|byte| byte.is_ascii_digit()),
            b'.' => self.byte(end + 1).is_some_and(|byte| byte.is_ascii_digit()),
            byte => byte.is_ascii_alphabetic() || byte >= 0x80,
        };
        if suspect { typed::number(self.slice(from, self.text.len())) } else { None }
    }

    /// Whether a scale word follows: `2.125 billion` is no grouping.
    fn scaled(&self, at: usize) -> bool {
        let rest = self.rest(at);
        [&b" thousand"[..], b" million", b" billion"].iter().any(|scale| rest.starts_with(scale))
    }

    #[inline]
    fn digits(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b'0'..=b'9' | b'_')) {
            at += 1;
        }
        at
    }

    /// A month, date or instant whose year ends at `year`.
    fn date(&mut self, from: usize, year: usize) {
        let month = year + 3;
        if self.byte(month) != Some(b'-') || self.digits(month + 1) != month + 3 {
            if matches!(self.byte(month), Some(b'-' | 0x80..))
                && let Some(typed) = typed::year_first(self.slice(from, self.text.len()))
            {
                return self.put_date(from, &typed);
            }
            return self.push(Kind::Month, Word::Other, from, month);
        }
        let day = month + 3;
        if self.byte(day) != Some(b'T') {
            return self.push(Kind::Date, Word::Other, from, day);
        }
        let clock = |at: usize| {
            self.bytes
                .get(at..)
                .map_or(at, |rest| at + rest.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b':').count())
        };
        let mut end = clock(day + 1);
        match self.byte(end) {
            Some(b'Z') => end += 1,
            Some(b'+' | b'-') if self.byte(end + 1).is_some_and(|byte| byte.is_ascii_digit()) => end = clock(end + 1),
            Some(byte) if byte.is_ascii_alphabetic() => {
                end = self.word_end(end);
                self.findings.push(typed::clock(self.loc(from, end), self.slice(from, day)));
            }
            _ => {}
        }
        self.push(Kind::Instant, Word::Other, from, end);
    }

    /// A quoted text, on one line or with three quotation marks over several.
    fn text(&mut self) {
        let from = self.at;
        if self.rest(from).starts_with(b"\"\"\"") {
            let Some(length) = memmem::find(self.rest(from + 3), b"\"\"\"") else {
                let (length, by_two) = trouble::unclosed_long_end(self.slice(from, self.text.len()));
                let end = from + length;
                let last = self.loc(end.saturating_sub(2).max(from), end);
                self.findings.push(trouble::unclosed_long(self.loc(from, from + 3), last, by_two));
                return self.push(Kind::LongText, Word::Other, from, end);
            };
            let end = from + 3 + length + 3;
            return self.push(Kind::LongText, Word::Other, from, end);
        }
        let mut at = from + 1;
        loop {
            let Some(next) = memchr3(b'"', b'\\', b'\n', self.rest(at)) else {
                at = self.bytes.len();
                break;
            };
            at += next;
            match self.byte(at) {
                Some(b'"') => return self.push(Kind::Text, Word::Other, from, at + 1),
                Some(b'\\') if self.byte(at + 1) != Some(b'\n') => at += 2,
                Some(b'\\') => at += 1,
                _ => break,
            }
        }
        // Not closed on its line: what a drafter meant to quote ends where the line or the block does.
        let end = trouble::unclosed_end(self.slice(from, at.min(self.text.len())));
        self.findings.push(trouble::unclosed(self.loc(from, from + end)));
        self.push(Kind::Text, Word::Other, from, from + end);
    }

    /// Everything else: letters of other scripts, odd spaces, typographic marks, stray characters.
    fn odd(&mut self) {
        let from = self.at;
        let Some(c) = self.text.get(from..).and_then(|rest| rest.chars().next()) else {
            self.at += 1;
            return;
        };
        let to = from + c.len_utf8();
        if unicode_ident::is_xid_start(c) && c != '_' {
            return self.word();
        }
        if trouble::is_invisible(c) && self.hidden(from, c) {
            return;
        }
        match c {
            '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{A0}' | '\u{2007}' | '\u{202F}'
            | '\u{200B}' | '\u{2009}' | '\u{3000}' | '\u{2028}' => {
                if !self.seen.odd_space {
                    self.seen.odd_space = true;
                    self.findings.push(trouble::odd_space(self.loc(from, to), c));
                }
                self.at = to;
            }
            '\'' | '’' if self.possessive(from, to) => {}
            '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '\'' | '`' => {
                let end = trouble::typographic_end(self.slice(from, self.text.len()));
                self.findings.push(trouble::typographic(self.loc(from, from + end), self.slice(from, from + end)));
                self.push(Kind::Text, Word::Other, from, from + end);
            }
            '_' if self.torn_name(from, to, |c| c == '_', trouble::underscored) => {}
            c if DASHES.contains(&c) && self.torn_name(from, to, |c| DASHES.contains(&c), trouble::dashed) => {}
            c if DASHES.contains(&c) => {
                let between =
                    self.tokens.last().is_some_and(|last| last.kind == Kind::Number && last.span.end as usize == from)
                        && self.byte(to).is_some_and(|byte| byte.is_ascii_digit());
                // Between two dates the parser has better words for it.
                let is_date = |last: &Token| matches!(last.kind, Kind::Date | Kind::Month);
                let rest = self.slice(to, self.text.len()).trim_start_matches(' ');
                let dates = self.tokens.last().is_some_and(is_date)
                    && self.digits(self.text.len() - rest.len()) == self.text.len() - rest.len() + 4;
                if !dates {
                    self.findings.push(trouble::dash(self.loc(from, to), between));
                }
                self.push(if between { Kind::To } else { Kind::Minus }, Word::Other, from, to);
            }
            c if typed::currency(c).is_some() => self.money(from, to, c),
            '!' | '?' if self.tokens.last().is_some_and(|last| last.kind != Kind::Stop && !self.first) => {
                self.findings.push(trouble::shouted(self.loc(from, to), self.slice(from, to)));
                self.push(Kind::Stop, Word::Other, from, to);
            }
            '[' | '<' if self.gap_end(from, c).is_some() => {
                let end = self.behind_unit(from, self.gap_end(from, c).unwrap_or(to));
                self.findings.push(trouble::gap(self.loc(from, end), self.slice(from, end)));
                self.push(Kind::Text, Word::Other, from, end);
            }
            '…' => {
                self.findings.push(trouble::stray(self.loc(from, to), c));
                self.at = to;
            }
            '#' => {
                let end = memchr(b'\n', self.rest(from)).map_or(self.bytes.len(), |i| from + i);
                self.findings.push(trouble::hash_comment(self.loc(from, to)));
                self.at = end;
            }
            _ => {
                // One finding for a run of them: a binary file is one mistake, not ten thousand.
                let mut end = to;
                for next in self.slice(to, self.text.len()).chars() {
                    if next.is_alphanumeric() || next.is_whitespace() || "\"{}().,;:/".contains(next) {
                        break;
                    }
                    end += next.len_utf8();
                }
                self.findings.push(trouble::stray(self.loc(from, end), c));
                self.at = end;
            }
        }
    }

    /// `SL's weapons`, `12 months' notice`: the apostrophe of a possessive behind a word. Of a length of time the mark is left
    /// out, of anything else the whole word, since a name says nothing of whose it is.
    fn possessive(&mut self, from: usize, to: usize) -> bool {
        let is_letter = |at: usize| self.slice(at, self.text.len()).starts_with(char::is_alphanumeric);
        let end = if self.byte(to) == Some(b's') { to + 1 } else { to };
        let word = |last: &&Token| matches!(last.kind, Kind::Word | Kind::Path) && last.span.end as usize == from;
        let Some(&last) = self.tokens.last().filter(word).filter(|_| !is_letter(end)) else { return false };
        let name = self.slice(last.span.start as usize, from);
        if end == to && !name.ends_with('s') {
            return false;
        }
        if last.word.time_unit().is_some() {
            self.findings.push(treaty::possessive_time(self.loc(from, end), name));
        } else {
            let spaces = self.rest(end).iter().take_while(|byte| **byte == b' ').count();
            let start = last.span.start as usize;
            self.findings.push(treaty::possessive(self.loc(start, end), self.loc(start, end + spaces), name));
            self.first = last.first;
            self.tokens.pop();
        }
        self.at = end;
        true
    }

    /// Where a gap in square or pointed brackets ends: on its line, with nothing else of the language inside.
    fn gap_end(&self, from: usize, open: char) -> Option<usize> {
        const LONGEST: usize = 80;
        let close = if open == '[' { ']' } else { '>' };
        let near = self.slice(from, self.text.len()).char_indices().take(LONGEST).take_while(|(_, c)| *c != '\n');
        let length = near.clone().find(|(_, c)| *c == close).map(|(at, _)| at + 1)?;
        let is_plain = near.take_while(|(at, _)| *at < length).all(|(_, c)| !"\"{};".contains(c)) && length > 2;
        is_plain.then_some(from + length)
    }

    /// Behind what the number of a gap counts: `[number] personnel` is one gap.
    fn behind_unit(&self, from: usize, end: usize) -> usize {
        let inside = self.slice(from + 1, end.saturating_sub(1)).trim();
        let is_number = ["number", "amount", "figure", "n", "x", "xx", "xxx"].contains(&&*inside.to_lowercase());
        let word = self.word_end(end + 1);
        let unit = self.bytes.get(end + 1..word).unwrap_or(&[]);
        let counts = unit.first().is_some_and(u8::is_ascii_lowercase) && !classify(unit).is_reserved();
        if is_number && self.byte(end) == Some(b' ') && counts { word } else { end }
    }

    /// A comment of other languages, `/* … */`.
    fn block_comment(&mut self) {
        let from = self.at;
        let length = memmem::find(self.rest(from), b"*/").map(|length| length + 2);
        let end = length.map_or(self.bytes.len(), |length| from + length);
        self.findings.push(trouble::block_comment(self.loc(from, from + 2)));
        self.comments.push(Span::new(from as u32, end as u32));
        self.at = end;
    }

    /// The word that ends at `from`, where a mark stands that no name has, and the rest of the word behind it: its start,
    /// and the end of all of it.
    fn torn_word(&self, from: usize, belongs: fn(char) -> bool) -> Option<(usize, usize)> {
        let last = self.tokens.last().filter(|last| last.kind == Kind::Word && last.span.end as usize == from)?;
        let rest = self.slice(from, self.text.len());
        let letter = |c: char| unicode_ident::is_xid_continue(c) || c == '-' || belongs(c);
        let length: usize = rest.chars().take_while(|c| letter(*c)).map(char::len_utf8).sum();
        let torn = rest.get(..length)?.trim_end_matches(|c: char| c == '-' || belongs(c));
        torn.chars().any(|c| !belongs(c)).then_some((last.span.start as usize, from + torn.len()))
    }

    /// Takes the word before together with the rest of it, and gives the token out again.
    fn mend_word(&mut self, start: usize, end: usize, finding: Finding) {
        self.findings.push(finding);
        self.first = self.tokens.pop().is_some_and(|token| token.first);
        if self.byte(end) == Some(b':') {
            self.push(Kind::Field, Word::Other, start, end);
            self.at = end + 1;
        } else {
            self.push(Kind::Word, Word::Other, start, end);
        }
    }

    /// A name with other marks than hyphens inside it: `rules–of–engagement`, `rules_of_engagement`.
    fn torn_name(&mut self, from: usize, to: usize, belongs: fn(char) -> bool, say: fn(Loc, &str) -> Finding) -> bool {
        let is_letter = self.slice(to, self.text.len()).chars().next().is_some_and(unicode_ident::is_xid_continue);
        let Some((start, end)) = self.torn_word(from, belongs).filter(|_| is_letter) else { return false };
        let finding = say(self.loc(start, end), self.slice(start, end));
        self.mend_word(start, end, finding);
        true
    }

    /// A character that cannot be seen inside a word.
    fn hidden(&mut self, from: usize, c: char) -> bool {
        let Some((start, end)) = self.torn_word(from, trouble::is_invisible) else { return false };
        let finding = trouble::hidden(self.loc(start, end), self.slice(start, end), c);
        self.mend_word(start, end, finding);
        true
    }

    /// `€2bn`, `5 million €`: a currency sign before or behind a number.
    fn money(&mut self, from: usize, to: usize, sign: char) {
        if let Some((before, typed)) = typed::money(self.slice(from, self.text.len())) {
            let end = from + typed.length;
            self.findings.push(typed.finding(self.loc(from, end), self.slice(from, end)));
            // The number alone is read; the scale word behind it is a part of what was reported.
            let digits = typed::number(self.slice(from + before, end))
                .map_or(self.digits(from + before), |number| from + before + number.length);
            return self.push(Kind::Number, Word::Other, from + before, digits.min(end));
        }
        let scale = |token: &&Token| token.kind == Kind::Word && token.word.scale().is_some();
        let number = match self.tokens.as_slice() {
            [.., number, last] if scale(&last) => Some((*number, last.span.end)),
            [.., last] => Some((*last, last.span.end)),
            [] => None,
        };
        match number.filter(|(number, end)| number.kind == Kind::Number && from - *end as usize <= 1) {
            Some((number, end)) => {
                let typed = self.slice(number.span.start as usize, end as usize);
                let finding = typed::money_behind(self.loc(number.span.start as usize, to), typed, sign);
                // What was said of the number is part of this.
                while self.findings.pop_if(|known| known.at().span.start >= number.span.start).is_some() {}
                self.findings.push(finding);
            }
            None => self.findings.push(trouble::stray(self.loc(from, to), sign)),
        }
        self.at = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_date_is_found_whatever_letters_follow_it() {
        let lexed = lex(FileId(0), "5 May 2026 — міністри України", 0);
        assert_eq!(lexed.tokens.first().map(|token| token.kind), Some(Kind::Date));
    }
}
