//! The text of the files under check, and places in it.
//!
//! Knows lines, columns and the ` ```decl ` fences of a Markdown file; knows nothing of what the text says.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

/// A stretch of one file, in bytes from its start; the end is not part of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The stretch from `start` to just before `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest stretch that holds both.
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether no byte is in it; an empty span at 0 also stands for "absent" in the tree.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// As a range to slice a text with.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies within this one.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Which file of a [`Sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct FileId(pub u32);

impl FileId {
    /// The standard library, which no [`Sources`] holds: nothing in it can be shown.
    pub const STANDARD: FileId = FileId(u32::MAX);
}

/// A stretch of a named file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Loc {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
}

impl Loc {
    /// The stretch `span` of `file`.
    pub const fn new(file: FileId, span: Span) -> Self {
        Self { file, span }
    }
}

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A ` ```decl ` fence of a Markdown file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fence {
    /// The lines between the marks, whole.
    pub inside: Span,
    /// How many spaces stand before the opening mark, as in a list.
    pub indent: u32,
}

/// One file: its name as the user gave it, its text, and where its lines begin.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    text: String,
    code: Option<String>,
    lines: OnceLock<Vec<u32>>,
    characters: OnceLock<Vec<u32>>,
}

/// How many bytes lie between two places whose count of characters is kept.
const STRIDE: usize = 4096;

impl SourceFile {
    /// Takes a name to show and the text. A name that ends in `.md` or `.markdown` makes it a literate draft: only what
    /// stands in ` ```decl ` fences is read.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let literate = path.ends_with(".md") || path.ends_with(".markdown");
        let code = literate.then(|| outside_fences_blanked(&text));
        Self { path, text, code, lines: OnceLock::new(), characters: OnceLock::new() }
    }

    /// The name to show.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text as it stands in the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the parser reads: the text, or for a literate draft the same number of bytes with all prose blanked out.
    pub fn code(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.text)
    }

    /// Whether this is a Markdown file with fences.
    pub fn is_literate(&self) -> bool {
        self.code.is_some()
    }

    /// The ` ```decl ` fences of a Markdown file, in order; none of any other file.
    pub fn fences(&self) -> Vec<Fence> {
        if self.is_literate() { fences(&self.text) } else { Vec::new() }
    }

    /// The words at a span; empty where the span is outside the text or splits a character.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The byte offset at which each line begins.
    pub fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|i| i as u32 + 1)).collect()
        })
    }

    /// Which line (from 0) a byte offset is on.
    pub fn line_of(&self, offset: u32) -> usize {
        self.line_starts().partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(self.text.len() as u32);
        let line = self.line_of(offset);
        let start = self.line_starts().get(line).copied().unwrap_or(0);
        Position { line: line as u32 + 1, column: self.characters(start as usize, offset as usize) + 1 }
    }

    /// How many characters begin in a stretch. On a long line each place would cost the way from its start, so that the
    /// counts up to every [`STRIDE`] are kept.
    fn characters(&self, start: usize, end: usize) -> u32 {
        let bytes = self.text.as_bytes();
        if end - start <= STRIDE {
            return begun(bytes.get(start..end).unwrap_or(&[]));
        }
        let known = self.characters.get_or_init(|| {
            let counts = bytes.chunks(STRIDE).scan(0, |all, chunk| {
                *all += begun(chunk);
                Some(*all)
            });
            std::iter::once(0).chain(counts).collect()
        });
        let up_to = |place: usize| {
            let stride = place / STRIDE;
            known.get(stride).copied().unwrap_or(0) + begun(bytes.get(stride * STRIDE..place).unwrap_or(&[]))
        };
        up_to(end) - up_to(start)
    }
}

/// How many characters begin in these bytes: at each that is not a continuation byte of UTF-8.
fn begun(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

/// All files of one run, by [`FileId`].
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Takes a file in and gives its id.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(self.files.len() as u32 - 1)
    }

    /// The file of an id; ids come from [`Sources::add`]. Of [`FileId::STANDARD`] it is an empty file.
    pub fn file(&self, id: FileId) -> &SourceFile {
        static NOWHERE: LazyLock<SourceFile> = LazyLock::new(|| SourceFile::new("standard library", ""));
        self.files.get(id.0 as usize).unwrap_or(&NOWHERE)
    }

    /// The words at a place.
    pub fn slice(&self, loc: Loc) -> &str {
        self.file(loc.file).slice(loc.span)
    }

    /// Every file with its id, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, file)| (FileId(i as u32), file))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Where the ` ```decl ` fences of a Markdown text are, in order.
fn fences(text: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    let mut open: Option<(char, usize, Fence)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at as u32;
        at += line.len();
        let bare = line.trim_start_matches(' ');
        let mark = bare.chars().next().filter(|c| matches!(c, '`' | '~'));
        let run = mark.map_or(0, |m| bare.chars().take_while(|&c| c == m).count());
        let rest = bare.get(run..).unwrap_or("").trim();
        match (open, mark) {
            (None, Some(m)) if run >= 3 && rest.split_whitespace().next() == Some("decl") => {
                let indent = (line.len() - bare.len()) as u32;
                open = Some((m, run, Fence { inside: Span::new(at as u32, at as u32), indent }));
            }
            (Some((m, length, mut fence)), Some(closing)) if m == closing && run >= length && rest.is_empty() => {
                fence.inside.end = start;
                fences.push(fence);
                open = None;
            }
            _ => {}
        }
    }
    if let Some((_, _, mut fence)) = open {
        fence.inside.end = text.len() as u32;
        fences.push(fence);
    }
    fences
}

/// The same bytes with everything outside ` ```decl ` fences turned to spaces; line ends stay, so offsets and lines hold.
fn outside_fences_blanked(text: &str) -> String {
    let mut blanked = String::with_capacity(text.len());
    let blank = |outside: &str, blanked: &mut String| {
        blanked.extend(outside.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte as char } else { ' ' }));
    };
    let mut at = 0;
    for Fence { inside, .. } in fences(text) {
        blank(text.get(at..inside.start as usize).unwrap_or(""), &mut blanked);
        blanked.push_str(text.get(inside.range()).unwrap_or(""));
        at = inside.end as usize;
    }
    blank(text.get(at..).unwrap_or(""), &mut blanked);
    blanked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let file = SourceFile::new("a.decl", "é名x\nab");
        assert_eq!(file.position(5), Position { line: 1, column: 3 });
        assert_eq!(file.position(7), Position { line: 2, column: 1 });
        assert_eq!(file.position(99), Position { line: 2, column: 3 });
    }

    #[test]
    fn columns_of_a_long_line_are_counted_right() {
        let text = format!("ab\n{}", "é1".repeat(STRIDE));
        let file = SourceFile::new("a.decl", text.as_str());
        for characters in [1, STRIDE / 2, STRIDE, STRIDE + 7, 2 * STRIDE - 1] {
            let offset: usize = text.chars().take(3 + characters).map(char::len_utf8).sum();
            assert_eq!(file.position(offset as u32), Position { line: 2, column: characters as u32 + 1 });
        }
    }

    #[test]
    fn prose_around_fences_is_blanked_byte_for_byte() {
        let file = SourceFile::new("a.md", "# Été\n```decl\nparty FR\n```\nend\n");
        assert_eq!(file.code().len(), file.text().len());
        assert_eq!(file.code().trim(), "party FR");
        assert_eq!(file.code().find("party"), file.text().find("party"));
    }

    #[test]
    fn only_decl_fences_are_read() {
        let file = SourceFile::new("a.md", "```rust\nparty FR\n```\n~~~~decl\nparty GB\n~~~\n~~~~\n");
        assert_eq!(file.code().trim(), "party GB\n~~~");
    }

    #[test]
    fn a_fence_in_a_list_is_indented_and_the_last_may_stay_open() {
        let file = SourceFile::new("a.md", "- x\n  ```decl\n  party FR\n  ```\n```decl\nparty GB");
        let inside: Vec<_> = file.fences().iter().map(|fence| (file.slice(fence.inside), fence.indent)).collect();
        assert_eq!(inside, [("  party FR\n", 2), ("party GB", 0)]);
    }
}
