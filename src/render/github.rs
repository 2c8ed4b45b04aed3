//! Commands of GitHub's runner that annotate a change. It shows ten of a kind for each step, so the worst come first and a line
//! says how many are left out.

use super::host::{self, counted};
use super::text::visible;
use super::{Report, Ruler, Shown, Style};
use crate::finding::Level;
use std::fmt::Write;

/// How many annotations of a kind are shown.
const MOST: usize = 10;

/// Writes a command a finding, ten of each level.
pub fn render(report: &Report, style: Style) -> String {
    let mut out = String::new();
    let mut ruler = Ruler::default();
    for unread in report.unread.iter().take(MOST) {
        let file = property(&host::in_repository(report, &unread.file));
        let _ = writeln!(out, "::error file={file}::{}", data(&format!("{}: {}", unread.file, unread.reason)));
    }
    let room = MOST.saturating_sub(report.unread.len());
    let shown = host::worst_first(report, style);
    let mut left_out = Vec::new();
    for level in [Level::Error, Level::Warning, Level::Advice] {
        let most = if level == Level::Error { room } else { MOST };
        let of_level = || shown.iter().filter(|shown| shown.finding.level == level);
        of_level().take(most).for_each(|shown| annotate(&mut out, report, *shown, &mut ruler));
        let more = of_level().count().saturating_sub(most);
        if more > 0 {
            left_out.push(counted(more, level));
        }
    }
    if !left_out.is_empty() {
        let _ = writeln!(out, "Not annotated, since only {MOST} of a kind are shown: {}.", left_out.join(", "));
    }
    out
}

fn annotate<'a>(out: &mut String, report: &Report<'a>, shown: Shown<'a>, ruler: &mut Ruler<'a>) {
    let (finding, at) = (shown.finding, shown.finding.at());
    let (start, end) = host::ends(shown, at, ruler);
    let file = host::file(report, shown, at);
    let kind = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Advice => "notice",
    };
    let _ = write!(out, "::{kind} file={},line={},endLine={}", property(&file), start.line, end.line);
    // Columns of a stretch over several lines are refused.
    if start.line == end.line {
        let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
    }
    // The log shows the text alone, so that it repeats the place.
    let text = format!("{file}:{}:{}: {}", start.line, start.column, host::told(finding));
    let _ = writeln!(out, ",title={}::{}", property(&finding.code), data(&text));
}

/// Text in a command: what would end the line is written by number.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text between the commas of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
