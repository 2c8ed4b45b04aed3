//! From findings to what a reader sees: one file a format, each a function from a [`Report`] to a `String`.
//!
//! Knows no rule, no file and no stream.

pub mod text;

mod sketch;

pub mod concise;

pub mod export;

pub mod full;

pub mod json;

pub mod narrated;

pub mod page;

mod host;

pub mod github;

pub mod gitlab;

pub mod junit;

pub mod markdown;

pub mod sarif;

use crate::finding::{Finding, Level};
use crate::rules::pages::Page;
use crate::source::{Position, SourceFile, Sources};
use std::time::Duration;

/// How findings are written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Annotated text, for a terminal.
    Full,
    /// One line a finding.
    Concise,
    /// Whole sentences without drawings, for screen readers.
    Narrated,
    /// One JSON object.
    Json,
    /// One JSON object a line, the summary last.
    Ndjson,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Commands that make GitHub annotate a change.
    Github,
    /// The code quality report of GitLab.
    Gitlab,
    /// JUnit's XML: a suite a file, a case a clause.
    Junit,
    /// A comment for a pull request.
    Markdown,
}

/// How the formats for people look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    /// Whether colours are used; nothing is said by colour alone.
    pub color: bool,
    /// How many columns a line may take.
    pub width: usize,
    /// Whether codes lead to their pages where [`Report::rules_url`] says where these are; for terminals that know links.
    pub links: bool,
    /// Whether accepted findings are shown and not only counted. The JSON formats always hold them.
    pub accepted: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, width: 100, links: false, accepted: false }
    }
}

/// A finding with the texts that its places lie in.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// The finding.
    pub finding: &'a Finding,
}

/// All that one run has to say.
#[derive(Clone, Debug, Default)]
pub struct Report<'a> {
    /// The findings in the order to show, accepted ones included.
    pub shown: Vec<Shown<'a>>,
    /// The counts.
    pub summary: Summary,
    /// The drafts read, in their order; only [`Format::Junit`] asks for them.
    pub drafts: Vec<Draft>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// The pages of codes that only the vocabulary of a draft knows; only [`Format::Sarif`] asks for them.
    pub pages: Vec<Page<'static>>,
    /// The folder that the names of files start from, as seen from the root of the repository: empty, or ending in `/`.
    pub folder: String,
    /// The address of a page with a section a code, as `rapporteur rules --format markdown` writes it.
    pub rules_url: Option<String>,
}

/// A draft that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// Its file as shown.
    pub file: String,
    /// The names of its clauses and the lines they begin on, in the order of the text.
    pub clauses: Vec<(String, u32)>,
    /// The mildest level of its findings that makes the run fail; nothing where none does.
    pub fails: Option<Level>,
}

/// A file that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unread {
    /// The file as shown.
    pub file: String,
    /// Why not, in words.
    pub reason: String,
}

/// The counts that close a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// Drafts read.
    pub files: usize,
    /// Clauses in them.
    pub clauses: usize,
    /// Findings that are errors and not accepted.
    pub errors: usize,
    /// Findings that are warnings and not accepted.
    pub warnings: usize,
    /// Findings that are advice and not accepted.
    pub advice: usize,
    /// Findings that the drafters accept.
    pub accepted: usize,
    /// Findings that a baseline knows.
    pub known: usize,
    /// Findings, counted above too, that say a search gave up.
    pub undecided: usize,
}

impl Summary {
    /// Counts one finding.
    pub fn count(&mut self, finding: &Finding) {
        if finding.accepted.is_some() {
            self.accepted += 1;
            return;
        }
        if finding.known {
            self.known += 1;
            return;
        }
        match finding.level {
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
            Level::Advice => self.advice += 1,
        }
        if crate::policy::is_undecided(&finding.code) {
            self.undecided += 1;
        }
    }

    /// The line that closes a run: `2 files: 1 error, 3 warnings, 1 accepted (12 ms)`.
    pub fn line(&self, took: Duration) -> String {
        format!("{} ({} ms)", self.counts(), took.as_millis())
    }

    /// The counts in words: `2 files: 1 error, 3 warnings, 1 accepted`.
    pub fn counts(&self) -> String {
        let some = |n: usize, one: &str, many: &str| match n {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {many}")),
        };
        let mut parts: Vec<String> = [
            some(self.errors, "error", "errors"),
            some(self.warnings, "warning", "warnings"),
            some(self.advice, "advice", "pieces of advice"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() {
            parts.push("no findings".into());
        }
        parts.extend(some(self.undecided, "of them undecided", "of them undecided"));
        parts.extend(some(self.accepted, "accepted", "accepted"));
        parts.extend(some(self.known, "known", "known"));
        let files = some(self.files, "file", "files").unwrap_or_else(|| "no files".into());
        format!("{files}: {}", parts.join(", "))
    }
}

/// Writes a report down in a format; ends with a line end unless it is empty.
pub fn render(report: &Report, format: Format, style: Style) -> String {
    match format {
        Format::Full => full::render(report, style),
        Format::Concise => concise::render(report, style),
        Format::Narrated => narrated::render(report, style),
        Format::Json => json::render(report),
        Format::Ndjson => json::render_lines(report),
        Format::Sarif => sarif::render(report, style),
        Format::Github => github::render(report, style),
        Format::Gitlab => gitlab::render(report, style),
        Format::Junit => junit::render(report, style),
        Format::Markdown => markdown::render(report, style),
    }
}

impl<'a> Report<'a> {
    /// The address of the page of a code.
    pub fn url(&self, code: &str) -> Option<String> {
        self.rules_url.as_ref().map(|base| format!("{base}#{}", page::anchor(code)))
    }

    /// The findings that a person is shown.
    fn visible(&self, style: Style) -> impl Iterator<Item = Shown<'a>> + '_ {
        self.shown
            .iter()
            .copied()
            .filter(move |Shown { finding, .. }| finding.is_open() || (style.accepted && !finding.known))
    }
}

/// Turns byte offsets into lines and columns, cheaply where each lies behind the last one on the same line: a file may be
/// one line of five megabytes with a thousand findings.
#[derive(Default)]
struct Ruler<'a> {
    last: Option<(&'a SourceFile, u32, Position)>,
}

impl<'a> Ruler<'a> {
    fn position(&mut self, file: &'a SourceFile, offset: u32) -> Position {
        let offset = offset.min(file.text().len() as u32);
        let line = file.line_of(offset) as u32 + 1;
        let position = match self.last {
            Some((known, at, base)) if std::ptr::eq(known, file) && base.line == line && at <= offset => {
                let between = file.text().as_bytes().get(at as usize..offset as usize).unwrap_or(&[]);
                let further = between.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32;
                Position { line, column: base.column + further }
            }
            _ => file.position(offset),
        };
        self.last = Some((file, offset, position));
        position
    }
}
