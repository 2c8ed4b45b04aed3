//! A comment for a pull request, or the summary of a job: what is to settle, the worst first; advice is folded away.

use super::host::{self, counted};
use super::text::visible_line;
use super::{Report, Ruler, Shown, Style};
use crate::finding::Level;
use std::fmt::Write;

/// How many bytes a comment may have; services refuse longer ones.
const MOST_BYTES: usize = 60_000;

/// Writes the comment.
pub fn render(report: &Report, style: Style) -> String {
    let shown = host::worst_first(report, style);
    let mut out = format!("### rapporteur: {}\n", headline(report));
    for unread in &report.unread {
        let _ = writeln!(out, "\n- **cannot be read** {}: {}", code(&unread.file), escaped(&unread.reason));
    }
    let mut ruler = Ruler::default();
    let mut left_out = Vec::new();
    for level in [Level::Error, Level::Warning, Level::Advice] {
        let of_level: Vec<Shown> = shown.iter().copied().filter(|shown| shown.finding.level == level).collect();
        if of_level.is_empty() {
            continue;
        }
        let title = counted(of_level.len(), level);
        let folded = level == Level::Advice;
        if folded {
            let _ = write!(out, "\n<details>\n<summary>{title}</summary>\n\n");
        } else {
            let _ = write!(out, "\n**{title}**\n\n");
        }
        let mut listed = 0;
        for &one in &of_level {
            let line = told(report, one, &mut ruler);
            if out.len() + line.len() > MOST_BYTES {
                break;
            }
            out.push_str(&line);
            listed += 1;
        }
        if folded {
            out.push_str("\n</details>\n");
        }
        if listed < of_level.len() {
            left_out.push(counted(of_level.len() - listed, level));
        }
    }
    if !left_out.is_empty() {
        let _ = writeln!(out, "\nNot listed, for want of room: {}.", left_out.join(", "));
    }
    let _ = writeln!(out, "\n{}.", report.summary.counts());
    out
}

fn headline(report: &Report) -> String {
    let summary = report.summary;
    let levels = [(summary.errors, Level::Error), (summary.warnings, Level::Warning), (summary.advice, Level::Advice)];
    let counts: Vec<String> =
        levels.into_iter().filter(|(count, _)| *count > 0).map(|(count, level)| counted(count, level)).collect();
    if counts.is_empty() { "nothing to settle".to_owned() } else { counts.join(", ") }
}

/// A finding as an entry of a list, its help on a line of its own.
fn told<'a>(report: &Report<'a>, shown: Shown<'a>, ruler: &mut Ruler<'a>) -> String {
    let finding = shown.finding;
    let (start, _) = host::ends(shown, finding.at(), ruler);
    let place = format!("{}:{}", host::file(report, shown, finding.at()), start.line);
    let mut text = format!("- {} {}: {}\n", code(&place), code(&finding.code), escaped(&finding.message));
    if let Some(story) = super::full::story(finding) {
        let _ = writeln!(text, "  <br>{}", escaped(&story));
    }
    if let Some(help) = &finding.help {
        let lines: Vec<String> = help.lines().map(|line| escaped(line.trim())).collect();
        let _ = writeln!(text, "  <br>*Help:* {}", lines.join("<br>"));
    }
    if let Some(reason) = &finding.accepted {
        let _ = writeln!(text, "  <br>Accepted because {}", escaped(reason));
    }
    text
}

/// Words as code.
fn code(words: &str) -> String {
    let words = visible_line(words);
    if words.contains('`') { format!("`` {words} ``") } else { format!("`{words}`") }
}

/// Prose as Markdown: what is quoted in backticks stays so, everything else means itself.
fn escaped(words: &str) -> String {
    let words = visible_line(words);
    let pieces: Vec<&str> = words.split('`').collect();
    let paired = pieces.len() % 2 == 1;
    let mut out = String::with_capacity(words.len() + 8);
    for (i, piece) in pieces.iter().enumerate() {
        if paired && i % 2 == 1 {
            let _ = write!(out, "`{piece}`");
            continue;
        }
        if !paired && i > 0 {
            out.push_str("\\`");
        }
        for c in piece.chars() {
            match c {
                '<' => out.push_str("&lt;"),
                '&' => out.push_str("&amp;"),
                '\\' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => out.extend(['\\', c]),
                // A name behind it would be called to the discussion.
                '@' => out.push_str("@\u{2060}"),
                c => out.push(c),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_draft_are_no_markup() {
        assert_eq!(escaped("`a_b` is *vague* <b> @all"), "`a_b` is \\*vague\\* &lt;b> @\u{2060}all");
        assert_eq!(escaped("one ` alone_"), "one \\` alone\\_");
        assert_eq!(code("a`b"), "`` a`b ``");
    }
}
