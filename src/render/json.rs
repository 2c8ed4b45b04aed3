//! Findings for programs: one JSON object, or one finding a line. Versioned; only ever added to.

use super::{Report, Ruler, Shown, Summary};
use crate::finding::{Edit, Finding, Fix, Label, StoryStep};
use crate::source::Loc;
use schemars::JsonSchema;
use serde::Serialize;

/// The name and version of the format.
pub const SCHEMA: &str = "rapporteur-findings/1";

/// Writes one object with all findings.
pub fn render(report: &Report) -> String {
    let mut ruler = Ruler::default();
    let findings = report.shown.iter().map(|&shown| finding_json(report, shown, &mut ruler)).collect();
    line(&Document { schema: SCHEMA, findings, summary: summary(report.summary) })
}

/// Writes each finding on a line of its own, the summary on the last.
pub fn render_lines(report: &Report) -> String {
    let mut out = String::with_capacity(report.shown.len() * 500);
    let mut ruler = Ruler::default();
    for &shown in &report.shown {
        out.push_str(&line(&finding_json(report, shown, &mut ruler)));
    }
    out.push_str(&line(&Last { schema: SCHEMA, summary: summary(report.summary) }));
    out
}

/// The JSON Schema of [`render`]'s object.
pub fn schema() -> String {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(Document)).unwrap_or_default();
    text.push('\n');
    text
}

fn line(value: &impl Serialize) -> String {
    // Maps with keys that are no strings are what serde_json refuses, and there are no maps here.
    let mut text = serde_json::to_string(value).unwrap_or_default();
    text.push('\n');
    text
}

/// All findings of a run.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Findings of rapporteur")]
struct Document<'a> {
    /// The name and version of this format: `rapporteur-findings/1`.
    schema: &'a str,
    /// The findings by file, place, level and code; accepted and known ones included.
    findings: Vec<FindingJson<'a>>,
    /// The counts.
    summary: SummaryJson,
}

#[derive(Serialize)]
struct Last<'a> {
    schema: &'a str,
    summary: SummaryJson,
}

/// The counts of a run.
#[derive(Serialize, JsonSchema)]
struct SummaryJson {
    /// Drafts read.
    files: usize,
    /// Clauses in them.
    clauses: usize,
    /// Findings that are errors and neither accepted nor known.
    errors: usize,
    /// Findings that are warnings and neither accepted nor known.
    warnings: usize,
    /// Findings that are advice and neither accepted nor known.
    advice: usize,
    /// Findings that the drafters accept.
    accepted: usize,
    /// Searches that gave up.
    undecided: usize,
    /// Findings that a baseline knows.
    baseline: usize,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct FindingJson<'a> {
    /// `group/name`: what it is of. Codes never change their meaning.
    code: &'a str,
    /// `error`, `warning` or `advice`.
    level: &'a str,
    /// One sentence that can be understood alone.
    message: &'a str,
    /// What to write instead.
    help: Option<&'a str>,
    /// Where to read more.
    url: Option<String>,
    /// The file.
    file: &'a str,
    /// The clause or item it is about, by name.
    clause: Option<&'a str>,
    /// The place to look at first.
    span: SpanJson,
    /// All places, the one to look at first in front.
    labels: Vec<LabelJson<'a>>,
    /// The norms that clash; empty for everything but a contradiction.
    clauses: &'a [String],
    /// Whether `clauses` is known to be a smallest set.
    minimal: bool,
    /// How many more of the same the finding stands for, neither labelled nor named.
    also: usize,
    /// `certain`; `conditional`: it holds in the story; `possible`: it holds if things left open are the same.
    certainty: &'a str,
    /// The dated story in which it happens.
    story: Vec<StepJson<'a>>,
    /// Edits that would resolve it, the best first.
    fixes: Vec<FixJson<'a>>,
    /// The reason under which the drafters accept it.
    accepted: Option<&'a str>,
    /// Whether a baseline knows it.
    known: bool,
}

/// A stretch of a file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Span")]
struct SpanJson {
    /// First byte, from 0.
    start: u32,
    /// The byte after the last one.
    end: u32,
    /// Line, from 1.
    line: u32,
    /// Column in characters, from 1.
    column: u32,
    /// Line of the end.
    end_line: u32,
    /// Column of the end.
    end_column: u32,
}

/// A place that takes part.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Label")]
struct LabelJson<'a> {
    /// The file.
    file: &'a str,
    /// The words.
    span: SpanJson,
    /// What stands there; may be empty.
    text: &'a str,
    /// The part it plays: `obliges`, `forbids`, …; may be empty.
    role: &'a str,
}

/// An event of a story.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StoryStep")]
struct StepJson<'a> {
    /// The event.
    event: &'a str,
    /// When it comes: `day 0`, `2026-03-01`, `never`.
    at: &'a str,
    /// What the story takes for broken by it: "Russia breaks `peace`".
    assumes: Option<&'a str>,
}

/// A way to resolve a finding.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Fix")]
struct FixJson<'a> {
    /// What it does, as a command.
    title: &'a str,
    /// Whether it keeps the meaning.
    safe: bool,
    /// The edits, none overlapping another.
    edits: Vec<EditJson<'a>>,
}

/// A change to a file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Edit")]
struct EditJson<'a> {
    /// The file.
    file: &'a str,
    /// First byte replaced.
    start: u32,
    /// The byte after the last one; the same as `start` to insert.
    end: u32,
    /// What to put there.
    text: &'a str,
}

fn summary(summary: Summary) -> SummaryJson {
    let Summary { files, clauses, errors, warnings, advice, accepted, known: baseline, undecided } = summary;
    SummaryJson { files, clauses, errors, warnings, advice, accepted, undecided, baseline }
}

fn finding_json<'a>(report: &Report, shown: Shown<'a>, ruler: &mut Ruler<'a>) -> FindingJson<'a> {
    // The example stands in the help already.
    let Finding { code, level, message, labels, help, example: _, clause, clauses, minimal, also, certainty, .. } =
        shown.finding;
    let Finding { story, fixes, accepted, known, .. } = shown.finding;
    let at = shown.finding.at();
    FindingJson {
        code,
        level: level.word(),
        message,
        help: help.as_deref(),
        url: report.url(code),
        file: shown.sources.file(at.file).path(),
        clause: clause.as_deref(),
        span: span(shown, at, ruler),
        labels: labels.iter().map(|each| label(shown, each, ruler)).collect(),
        clauses,
        minimal: *minimal,
        also: *also,
        certainty: certainty.word(),
        story: story
            .iter()
            .map(|StoryStep { event, at, assumes }| StepJson { event, at, assumes: assumes.as_deref() })
            .collect(),
        fixes: fixes.iter().map(|each| fix(shown, each)).collect(),
        accepted: accepted.as_deref(),
        known: *known,
    }
}

fn label<'a>(shown: Shown<'a>, Label { at, text, role }: &'a Label, ruler: &mut Ruler<'a>) -> LabelJson<'a> {
    LabelJson { file: shown.sources.file(at.file).path(), span: span(shown, *at, ruler), text, role }
}

fn fix<'a>(shown: Shown<'a>, Fix { title, safe, edits }: &'a Fix) -> FixJson<'a> {
    let edit = |Edit { at, text }: &'a Edit| {
        let file = shown.sources.file(at.file).path();
        EditJson { file, start: at.span.start, end: at.span.end, text }
    };
    FixJson { title, safe: *safe, edits: edits.iter().map(edit).collect() }
}

fn span<'a>(shown: Shown<'a>, at: Loc, ruler: &mut Ruler<'a>) -> SpanJson {
    let file = shown.sources.file(at.file);
    let (start, end) = (ruler.position(file, at.span.start), ruler.position(file, at.span.end));
    SpanJson {
        start: at.span.start,
        end: at.span.end,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}
