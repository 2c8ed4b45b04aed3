//! SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), within the limits that code scanning services set.
//!
//! Accepted findings are left out unless asked for, since such services show what is suppressed as if it were not.

use super::host::{self, Fingerprints};
use super::text::visible;
use super::{Report, Ruler, Shown, Style, page};
use crate::finding::{Finding, Fix, Level};
use crate::model::standard::Standard;
use crate::rules::pages::{self, Page};
use crate::source::Loc;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

/// How many results a run may have: services show no more.
const MOST_RESULTS: usize = 5_000;
/// How many bytes all results together may take: services refuse larger files.
const MOST_BYTES: usize = 9_000_000;
/// How many places besides its own a result may have.
const MOST_PLACES: usize = 100;
/// What relative addresses are relative to.
const ROOT: &str = "%SRCROOT%";

/// Writes a log with one run.
pub fn render(report: &Report, style: Style) -> String {
    let shown = host::worst_first(report, style);
    let mut log = Log { report, rules: Vec::new(), indices: FxHashMap::default(), ruler: Ruler::default() };
    let (mut results, mut bytes) = (Vec::new(), 0);
    let mut fingerprints = Fingerprints::default();
    for &one in shown.iter().take(MOST_RESULTS) {
        let result = log.result(one, &fingerprints.next(report, one));
        bytes += result.to_string().len();
        if bytes > MOST_BYTES {
            break;
        }
        results.push(result);
    }
    let mut notes: Vec<Value> = report.unread.iter().map(|unread| unread_note(report, unread)).collect();
    if results.len() < shown.len() {
        let text = format!("The worst {} of {} findings are listed.", results.len(), shown.len());
        notes.push(json!({ "level": "warning", "message": { "text": text } }));
    }
    let version = env!("CARGO_PKG_VERSION");
    let run = json!({
        "tool": { "driver": { "name": "rapporteur", "version": version, "semanticVersion": version, "rules": log.rules } },
        "automationDetails": { "id": "rapporteur/" },
        "originalUriBaseIds": { ROOT: { "description": { "text": "The root of the repository." } } },
        "columnKind": "unicodeCodePoints",
        "invocations": [{
            "executionSuccessful": report.unread.is_empty(),
            "toolExecutionNotifications": notes,
        }],
        "results": results,
    });
    let mut text = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    })
    .to_string();
    text.push('\n');
    text
}

fn unread_note(report: &Report, unread: &super::Unread) -> Value {
    let at =
        json!({ "physicalLocation": { "artifactLocation": artifact(&host::in_repository(report, &unread.file)) } });
    let text = format!("{}: {}", unread.file, unread.reason);
    json!({ "level": "error", "message": { "text": visible(&text) }, "locations": [at] })
}

/// What is gathered on the way through the findings.
struct Log<'a, 'r> {
    report: &'r Report<'a>,
    /// The rules of which there is a finding.
    rules: Vec<Value>,
    /// Where each stands among them.
    indices: FxHashMap<&'a str, usize>,
    ruler: Ruler<'a>,
}

impl<'a> Log<'a, '_> {
    fn result(&mut self, shown: Shown<'a>, fingerprint: &str) -> Value {
        let finding = shown.finding;
        let rule = match self.indices.get(&*finding.code) {
            Some(&known) => known,
            None => {
                self.rules.push(rule(self.report, finding));
                self.indices.insert(&finding.code, self.rules.len() - 1);
                self.rules.len() - 1
            }
        };
        let mut result = Map::new();
        let mut put = |key: &str, value: Value| {
            result.insert(key.to_owned(), value);
        };
        put("ruleId", json!(finding.code));
        put("ruleIndex", json!(rule));
        put("kind", json!("fail"));
        put("level", json!(level(finding.level)));
        put("message", json!({ "text": visible(&host::told(finding)) }));
        let mut location = json!({ "physicalLocation": self.place(shown, finding.at()) });
        if let (Some(clause), Some(location)) = (&finding.clause, location.as_object_mut()) {
            location.insert("logicalLocations".to_owned(), json!([{ "name": clause, "kind": "member" }]));
        }
        put("locations", json!([location]));
        let related = self.related(shown);
        if related.len() > 1 {
            put("relatedLocations", Value::Array(related));
        }
        if !finding.story.is_empty() || !finding.clauses.is_empty() {
            put("codeFlows", json!([{ "threadFlows": [{ "locations": self.flow(shown) }] }]));
        }
        if !finding.fixes.is_empty() {
            put("fixes", finding.fixes.iter().map(|fix| self.fix(shown, fix)).collect());
        }
        // The second name is the one by which GitHub knows a result again.
        put("partialFingerprints", json!({ "clauseAndWords/v1": fingerprint, "primaryLocationLineHash": fingerprint }));
        if let Some(reason) = &finding.accepted {
            put(
                "suppressions",
                json!([{ "kind": "inSource", "status": "accepted", "justification": visible(reason) }]),
            );
        }
        put("properties", json!({ "certainty": finding.certainty.word(), "clauses": finding.clauses }));
        Value::Object(result)
    }

    /// Every place of a finding with what stands there.
    fn related(&mut self, shown: Shown<'a>) -> Vec<Value> {
        let mut places = Vec::new();
        for (id, label) in shown.finding.labels.iter().take(MOST_PLACES).enumerate() {
            let text = if label.text.is_empty() { shown.finding.message.as_str() } else { &label.text };
            places.push(json!({
                "id": id,
                "physicalLocation": self.place(shown, label.at),
                "message": { "text": visible(text) },
            }));
        }
        places
    }

    /// The events of the story, then the clauses that meet in it.
    fn flow(&mut self, shown: Shown<'a>) -> Vec<Value> {
        let first = self.place(shown, shown.finding.at());
        let told = shown.finding.story.iter().map(|step| {
            let told = super::full::told(step);
            let text = step.assumes.as_ref().map_or_else(|| told.clone(), |assumes| format!("{told}: {assumes}"));
            json!({ "location": { "physicalLocation": first, "message": { "text": visible(&text) } } })
        });
        let mut steps: Vec<Value> = told.collect();
        steps.extend(self.related(shown).into_iter().map(|mut location| {
            if let Some(location) = location.as_object_mut() {
                location.remove("id");
            }
            json!({ "location": location })
        }));
        for (order, step) in steps.iter_mut().enumerate() {
            if let Some(step) = step.as_object_mut() {
                step.insert("executionOrder".to_owned(), json!(order + 1));
            }
        }
        steps
    }

    fn fix(&mut self, shown: Shown<'a>, fix: &Fix) -> Value {
        let mut changes: Vec<(String, Vec<Value>)> = Vec::new();
        for edit in &fix.edits {
            let file = host::file(self.report, shown, edit.at);
            let replacement = json!({
                "deletedRegion": self.region(shown, edit.at),
                "insertedContent": { "text": edit.text },
            });
            match changes.iter_mut().find(|(known, _)| *known == file) {
                Some((_, replacements)) => replacements.push(replacement),
                None => changes.push((file, vec![replacement])),
            }
        }
        let changes: Vec<Value> = changes
            .into_iter()
            .map(|(file, replacements)| json!({ "artifactLocation": artifact(&file), "replacements": replacements }))
            .collect();
        let doubt = if fix.safe { "" } else { " (look whether it is what is meant)" };
        json!({ "description": { "text": format!("{}{doubt}", visible(&fix.title)) }, "artifactChanges": changes })
    }

    fn place(&mut self, shown: Shown<'a>, at: Loc) -> Value {
        json!({ "artifactLocation": artifact(&host::file(self.report, shown, at)), "region": self.region(shown, at) })
    }

    fn region(&mut self, shown: Shown<'a>, at: Loc) -> Value {
        let (start, end) = host::ends(shown, at, &mut self.ruler);
        json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
    }
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Advice => "note",
    }
}

/// What a code means, for those who see its finding in a list.
fn rule(report: &Report, finding: &Finding) -> Value {
    let Standard { vocabulary, names, .. } = Standard::embedded();
    let standard = pages::page(vocabulary, names, &finding.code);
    let page: Option<&Page> = standard.as_ref().or_else(|| report.pages.iter().find(|page| page.code == finding.code));
    let severity = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Advice => "recommendation",
    };
    let own = page.and_then(|page| page.level).unwrap_or(finding.level);
    let title = page.map_or(&*finding.code, |page| &page.title);
    let mut rule = json!({
        "id": finding.code,
        "shortDescription": { "text": sentence(title) },
        "fullDescription": { "text": page.map_or_else(|| sentence(title), |page| visible(&page.what).into_owned()) },
        "defaultConfiguration": { "level": level(own) },
        "properties": { "tags": [finding.group()], "precision": "very-high", "problem.severity": severity },
    });
    if let (Some(url), Some(rule)) = (report.url(&finding.code), rule.as_object_mut()) {
        rule.insert("helpUri".to_owned(), json!(url));
    }
    if let (Some(page), Some(rule)) = (page, rule.as_object_mut()) {
        rule.insert("help".to_owned(), json!({ "text": page::plain(page), "markdown": page::markdown(page) }));
    }
    rule
}

/// The words with a capital letter and a full stop.
fn sentence(words: &str) -> String {
    let words = visible(words);
    let mut letters = words.chars();
    let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

/// Where a file is: relative to the root, or with its whole path where it lies elsewhere.
fn artifact(file: &str) -> Value {
    let path = percent_encoded(file);
    match file {
        rooted if rooted.starts_with('/') => json!({ "uri": format!("file://{path}") }),
        rooted if rooted.get(1..).is_some_and(|rest| rest.starts_with(":/")) => {
            json!({ "uri": format!("file:///{path}") })
        }
        _ => json!({ "uri": path, "uriBaseId": ROOT }),
    }
}

/// A path as it stands in an address (RFC 3986).
fn percent_encoded(path: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'+' | b'@' | b',' => {
                out.push(byte.into());
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_and_without_odd_characters() {
        assert_eq!(artifact("drafts/é 1.decl"), json!({ "uri": "drafts/%C3%A9%201.decl", "uriBaseId": ROOT }));
        assert_eq!(artifact("/tmp/a.decl"), json!({ "uri": "file:///tmp/a.decl" }));
        assert_eq!(artifact("C:/a.decl"), json!({ "uri": "file:///C%3A/a.decl" }));
    }
}
