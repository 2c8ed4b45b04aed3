//! One line a finding: `path:line:column: level[code]: message`, as editors and `grep` like it.

use super::text::visible_line;
use super::{Report, Ruler, Style};
use std::fmt::Write;

/// Writes the findings down, one a line.
pub fn render(report: &Report, style: Style) -> String {
    let mut out = String::with_capacity(report.shown.len() * 100);
    let mut ruler = Ruler::default();
    for shown in report.visible(style) {
        let (finding, at) = (shown.finding, shown.finding.at());
        let file = shown.sources.file(at.file);
        let position = ruler.position(file, at.span.start);
        let _ = write!(
            out,
            "{}:{}:{}: {}[{}]: {}",
            visible_line(file.path()),
            position.line,
            position.column,
            finding.level.word(),
            finding.code,
            visible_line(&finding.message)
        );
        if let Some(reason) = &finding.accepted {
            let _ = write!(out, " (accepted: {})", visible_line(reason));
        }
        out.push('\n');
    }
    out
}
