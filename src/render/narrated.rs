//! Whole sentences and no drawings: what a screen reader can read aloud.

use super::text::visible_line;
use super::{Report, Ruler, Shown, Style};
use crate::finding::Label;
use std::fmt::Write;

/// How much of the text a label quotes at most, in characters.
const QUOTE: usize = 160;

/// Writes the findings down in sentences, a blank line between two.
pub fn render(report: &Report, style: Style) -> String {
    let mut out = String::with_capacity(report.shown.len() * 200);
    let mut ruler = Ruler::default();
    for (i, shown) in report.visible(style).enumerate() {
        if i > 0 {
            out.push('\n');
        }
        tell(&mut out, shown, &mut ruler);
    }
    out
}

fn tell<'a>(out: &mut String, shown: Shown<'a>, ruler: &mut Ruler<'a>) {
    let finding = shown.finding;
    let mut level = finding.level.word().to_owned();
    if let Some(first) = level.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let _ = writeln!(out, "{level} {}: {}.", finding.code, visible_line(&finding.message));
    for (i, label) in finding.labels.iter().enumerate() {
        let opening = if i == 0 { "In" } else { "Also in" };
        place(out, opening, label, shown, ruler);
    }
    for step in &finding.story {
        let _ = writeln!(out, "Story: {} at {}.", visible_line(&step.event), visible_line(&step.at));
        if let Some(assumes) = &step.assumes {
            let _ = writeln!(out, "The story assumes that {}.", visible_line(assumes));
        }
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(out, "Help: {}", visible_line(help));
    }
    if let Some(reason) = &finding.accepted {
        let _ = writeln!(out, "Accepted because: {}", visible_line(reason));
    }
}

fn place<'a>(out: &mut String, opening: &str, label: &Label, shown: Shown<'a>, ruler: &mut Ruler<'a>) {
    let file = shown.sources.file(label.at.file);
    let start = ruler.position(file, label.at.span.start);
    let _ = write!(out, "{opening} {}, line {}, column {}", visible_line(file.path()), start.line, start.column);
    let words = visible_line(shown.sources.slice(label.at));
    let words = words.trim();
    if !words.is_empty() {
        let short: String = words.chars().take(QUOTE).collect();
        let more = if short.len() < words.len() { " …" } else { "" };
        let _ = write!(out, ", at the words: {short}{more}");
    }
    match label.text.as_ref() {
        "" => out.push('\n'),
        text => {
            let _ = writeln!(out, "\n  Here: {}.", visible_line(text));
        }
    }
}
