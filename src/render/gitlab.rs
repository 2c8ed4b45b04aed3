//! The code quality report of GitLab: a list of issues, each with a fingerprint by which the next run knows it again.

use super::host::{self, Fingerprints};
use super::text::visible;
use super::{Report, Ruler, Style};
use crate::finding::Level;
use serde_json::{Value, json};

/// Writes the report.
pub fn render(report: &Report, style: Style) -> String {
    let mut ruler = Ruler::default();
    let mut fingerprints = Fingerprints::default();
    let issue = |shown: super::Shown<'_>, start: u32, end: u32, fingerprint: String| {
        json!({
            "type": "issue",
            "check_name": shown.finding.code,
            "description": visible(&shown.finding.message),
            "content": { "body": visible(&host::told(shown.finding)) },
            "categories": ["Clarity"],
            "severity": severity(shown.finding.level),
            "fingerprint": fingerprint,
            "location": {
                "path": host::file(report, shown, shown.finding.at()),
                "lines": { "begin": start, "end": end },
            },
        })
    };
    let mut issues: Vec<Value> = Vec::new();
    for shown in report.visible(style) {
        let (start, end) = host::ends(shown, shown.finding.at(), &mut ruler);
        let fingerprint = fingerprints.next(report, shown);
        issues.push(issue(shown, start.line, end.line, fingerprint));
    }
    let mut text = Value::Array(issues).to_string();
    text.push('\n');
    text
}

const fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "critical",
        Level::Warning => "major",
        Level::Advice => "info",
    }
}
