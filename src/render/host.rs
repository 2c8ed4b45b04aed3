//! What the formats for services that host a repository have in common: where a file lies in it, which findings come first, and
//! how many there may be.

use super::{Report, Ruler, Shown, Style};
use crate::finding::{Finding, Level};
use crate::policy::identity::{Counter, Identity};
use crate::source::{Loc, Position};
use std::cmp::Reverse;

/// The findings that a person is shown, the worst first, else in their order.
pub fn worst_first<'a>(report: &Report<'a>, style: Style) -> Vec<Shown<'a>> {
    let mut shown: Vec<Shown> = report.visible(style).collect();
    shown.sort_by_key(|shown| Reverse(shown.finding.level));
    shown
}

/// A file as seen from the root of the repository.
pub fn in_repository(report: &Report, file: &str) -> String {
    let is_rooted = file.starts_with('/') || file.get(1..).is_some_and(|rest| rest.starts_with(":/"));
    if is_rooted || file.starts_with('<') {
        return file.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in report.folder.split('/').chain(file.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The file of a place, as seen from the root of the repository.
pub fn file(report: &Report, shown: Shown, at: Loc) -> String {
    in_repository(report, shown.sources.file(at.file).path())
}

/// The two ends of a place.
pub fn ends<'a>(shown: Shown<'a>, at: Loc, ruler: &mut Ruler<'a>) -> (Position, Position) {
    let file = shown.sources.file(at.file);
    (ruler.position(file, at.span.start), ruler.position(file, at.span.end))
}

/// Fingerprints that stay when lines move, each once in a run.
#[derive(Default)]
pub struct Fingerprints {
    counter: Counter,
}

impl Fingerprints {
    /// That of the next finding.
    pub fn next(&mut self, report: &Report, shown: Shown) -> String {
        let identity = Identity::of(shown.finding, shown.sources, file(report, shown, shown.finding.at()));
        identity.fingerprint(self.counter.nth(&identity))
    }
}

/// The message, and on lines of their own the story, the help and the reason for accepting it.
pub fn told(finding: &Finding) -> String {
    let mut text = finding.message.clone();
    if let Some(story) = super::full::story(finding) {
        text.push_str(&format!("\n{story}"));
    }
    if let Some(help) = finding.help.clone().or_else(|| finding.fixes.first().map(|fix| fix.title.clone())) {
        text.push_str(&format!("\nHelp: {help}"));
    }
    if let Some(reason) = &finding.accepted {
        text.push_str(&format!("\nAccepted because {reason}"));
    }
    text
}

/// `3 errors`, `1 warning`, `2 pieces of advice`.
pub fn counted(count: usize, level: Level) -> String {
    match (level, count) {
        (Level::Advice, 1) => "1 piece of advice".to_owned(),
        (Level::Advice, _) => format!("{count} pieces of advice"),
        (_, 1) => format!("1 {}", level.word()),
        (_, _) => format!("{count} {}s", level.word()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_root_of_the_repository() {
        let report = Report { folder: "drafts/".into(), ..Report::default() };
        for (file, named) in [
            ("paris.decl", "drafts/paris.decl"),
            ("../lib/a.decl", "lib/a.decl"),
            ("../../out.decl", "../out.decl"),
            ("/tmp/a.decl", "/tmp/a.decl"),
            ("C:/a.decl", "C:/a.decl"),
            ("<stdin>", "<stdin>"),
        ] {
            assert_eq!(in_repository(&report, file), named);
        }
    }
}
