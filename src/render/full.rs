//! Findings as annotated text: the title, the words in their lines with what stands there, and what to write instead.

use super::sketch::Sketch;
use super::text::{visible, visible_line, wrap};
use super::{Report, Ruler, Shown, Style};
use crate::finding::{Finding, Level, StoryStep};
use crate::model::standard::Standard;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};
use std::fmt::{self, Display, Write};

/// Draws the findings, a blank line between two. Findings that differ only in the line that is missing share a picture.
pub fn render(report: &Report, style: Style) -> String {
    let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    // Lines are broken beforehand: the handler would break codes and names at their hyphens.
    let handler = GraphicalReportHandler::new_themed(theme).with_wrap_lines(false).without_syntax_highlighting();
    let mut out = String::with_capacity(report.shown.len() * 400);
    let mut one = String::new();
    let groups = grouped(report.visible(style));
    let merged: Vec<Option<Finding>> = groups.iter().map(|group| merged(group)).collect();
    let mut ruler = Ruler::default();
    let url = |finding: &Finding| report.url(&finding.code).filter(|_| style.links);
    for (i, (group, merged)) in groups.iter().zip(&merged).enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let Some((last, others)) = group.split_last() else { continue };
        for shown in others {
            let title = Drawing::title_only(shown.finding, style.width, url(shown.finding).as_deref());
            let _ = handler.render_report(&mut out, &title);
        }
        let shown = merged.as_ref().map_or(*last, |finding| Shown { sources: last.sources, finding });
        let drawing = Drawing::new(shown, style.width, url(shown.finding).as_deref(), &mut ruler);
        one.clear();
        if handler.render_report(&mut one, &drawing).is_ok() {
            join_frames(&mut out, &one, &drawing.sketch);
        } else {
            let _ = writeln!(out, "  {}", drawing.title);
        }
    }
    out
}

/// The findings in their order, those together that are about lines missing in the same place.
fn grouped<'a>(shown: impl Iterator<Item = Shown<'a>>) -> Vec<Vec<Shown<'a>>> {
    let mut groups: Vec<Vec<Shown>> = Vec::new();
    for one in shown {
        let (finding, at) = (one.finding, one.finding.at());
        let missing = |finding: &Finding| finding.example.is_some() && finding.is_open();
        // Findings at one place stand together, so the search back ends early.
        let group = groups.iter_mut().rev().map_while(|group| {
            let first = group.first().map(|first| (first.finding, std::ptr::eq(first.sources, one.sources)));
            first.filter(|(first, same)| *same && first.at() == at).map(|(first, _)| (group, first))
        });
        let mut group = group.filter(|(_, first)| missing(first) && first.group() == finding.group());
        match group.next().filter(|_| missing(finding)) {
            Some((group, _)) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// What several findings of one place say together under the title of the last; nothing where there is only one.
fn merged(group: &[Shown]) -> Option<Finding> {
    let (first, last) = (group.first()?.finding, group.last().filter(|_| group.len() > 1)?.finding);
    let said: Vec<&str> = group.iter().filter_map(|it| it.finding.labels.first()).map(|it| it.text.as_ref()).collect();
    let mut finding = last.clone().saying(match said.as_slice() {
        [_, _] | [_, _, _] => said.join(", "),
        more => format!("{} lines are missing here", more.len()),
    });
    for label in group.iter().flat_map(|shown| shown.finding.labels.iter().skip(1)) {
        if !finding.labels.contains(label) {
            finding.labels.push(label.clone());
        }
    }
    let lines: Vec<&str> = group.iter().filter_map(|shown| shown.finding.example.as_deref()).collect();
    finding.help = Some(format!(
        "write, for example:\n{}\n`rapporteur explain {}{}` says why it matters, and so for each of these codes",
        lines.join("\n"),
        first.code,
        where_explained(group, &first.code)
    ));
    Some(finding)
}

/// What to add to `explain` for a code that only the draft's own vocabulary knows.
fn where_explained(group: &[Shown], code: &str) -> String {
    let standard = Standard::embedded();
    let symbols =
        code.split_once('/').and_then(|(kind, field)| standard.names.get(kind).zip(standard.names.get(field)));
    let known = symbols.and_then(|(kind, field)| standard.vocabulary.kind(kind)?.field(field));
    match group.first().filter(|_| known.is_none()) {
        Some(shown) => format!(" --draft {}", visible_line(shown.sources.file(shown.finding.at().file).path())),
        None => String::new(),
    }
}

/// A finding as the drawer wants it.
#[derive(Debug)]
struct Drawing {
    level: Level,
    title: String,
    help: Option<String>,
    sketch: Sketch,
}

impl Drawing {
    fn new<'a>(shown: Shown<'a>, width: usize, url: Option<&str>, ruler: &mut Ruler<'a>) -> Self {
        let finding = shown.finding;
        let help = advice(finding).map(|help| wrap(&visible(&help), width.saturating_sub(8).max(32)));
        Self { help, sketch: Sketch::new(shown, width, ruler), ..Self::title_only(finding, width, url) }
    }

    fn title_only(finding: &Finding, width: usize, url: Option<&str>) -> Self {
        let title = format!("{} {}: {}", finding.level.word(), finding.code, visible_line(&finding.message));
        let mut title = wrap(&title, width.saturating_sub(4).max(36));
        if let Some(url) = url {
            // The command OSC 8 of terminals; after the lines are broken, since it takes no room.
            let link = format!("\u{1b}]8;;{url}\u{1b}\\{}\u{1b}]8;;\u{1b}\\", finding.code);
            title = title.replacen(&*finding.code, &link, 1);
        }
        Self { level: finding.level, title, help: None, sketch: Sketch::default() }
    }
}

impl Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for Drawing {}

impl Diagnostic for Drawing {
    fn severity(&self) -> Option<Severity> {
        Some(match self.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Advice => Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.sketch)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.sketch.labels()))
    }
}

/// What stands under the text: the help or the first fix, the story, the reason for accepting it.
fn advice(finding: &Finding) -> Option<String> {
    let mut parts = Vec::new();
    let fix = || finding.fixes.first().map(|fix| fix.title.clone());
    parts.extend(finding.help.clone().or_else(fix));
    parts.extend(story(finding));
    if let Some(reason) = &finding.accepted {
        parts.push(format!("Accepted because {reason}"));
    }
    (!parts.is_empty()).then(|| parts.join("\n"))
}

/// The story in sentences: when what comes, and who is assumed to have broken what by it.
pub(super) fn story(finding: &Finding) -> Option<String> {
    if finding.story.is_empty() {
        return None;
    }
    let steps: Vec<String> = finding.story.iter().map(told).collect();
    let assumed: Vec<&str> = finding.story.iter().filter_map(|step| step.assumes.as_deref()).collect();
    let assumes = match assumed.as_slice() {
        [] => String::new(),
        some => format!(" It assumes that {}.", some.join(" and ")),
    };
    Some(format!("Story: {}.{assumes}", steps.join(", ")))
}

pub(super) fn told(step: &StoryStep) -> String {
    match step.at.as_str() {
        "never" => format!("{} never", step.event),
        at => format!("{} on {at}", step.event),
    }
}

/// Appends a drawing, with the frames that follow each other in one file joined into one: the drawer makes a frame of each
/// stretch, and a reader wants to see two clauses of a clash together.
fn join_frames(out: &mut String, drawn: &str, sketch: &Sketch) {
    let mut stretches = sketch.stretches.iter().enumerate().peekable();
    let mut inside = false;
    for line in drawn.lines() {
        let Some(&(i, stretch)) = stretches.peek() else {
            let _ = writeln!(out, "{line}");
            continue;
        };
        let same = |other: Option<usize>| {
            other.and_then(|i| sketch.stretches.get(i)).is_some_and(|other| other.file == stretch.file)
        };
        let frame = line.trim_start_matches(' ');
        let indent = line.len() - frame.len();
        let at_edge = indent == stretch.digits + 2;
        let digits = sketch.stretches.iter().filter(|other| other.file == stretch.file).map(|other| other.digits).max();
        let pad = digits.unwrap_or(0).saturating_sub(stretch.digits);
        if !inside && at_edge && frame.starts_with("╭─[") {
            inside = true;
            if same(i.checked_sub(1)) {
                let _ = writeln!(out, "{:1$}⋮", "", indent + pad);
                continue;
            }
        } else if inside && at_edge && frame == "╰────" {
            inside = false;
            stretches.next();
            if same(Some(i + 1)) {
                continue;
            }
        } else if !inside {
            let _ = writeln!(out, "{line}");
            continue;
        }
        let _ = writeln!(out, "{:pad$}{line}", "");
    }
}
