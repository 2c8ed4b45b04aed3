//! `--statistics`: how often each code is found, the most frequent first.

use crate::finding::Level;
use crate::model::standard::Standard;
use crate::render::Report;
use crate::rules::pages;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A code and how often it is found.
#[derive(Debug, Serialize)]
struct Row<'a> {
    count: usize,
    level: &'static str,
    code: &'a str,
    title: String,
    fixable: usize,
}

fn rows<'a>(report: &Report<'a>) -> Vec<Row<'a>> {
    let Standard { vocabulary, names, .. } = Standard::embedded();
    let mut counts: BTreeMap<&str, (usize, Level, usize)> = BTreeMap::new();
    for finding in report.shown.iter().map(|shown| shown.finding).filter(|finding| finding.is_open()) {
        let (count, level, fixable) = counts.entry(&finding.code).or_insert((0, finding.level, 0));
        *count += 1;
        *level = (*level).max(finding.level);
        *fixable += usize::from(!finding.fixes.is_empty());
    }
    let title = |code: &str| {
        let page = pages::page(vocabulary, names, code);
        page.map(|page| page.title.into_owned()).unwrap_or_default()
    };
    let mut rows: Vec<Row> = counts
        .into_iter()
        .map(|(code, (count, level, fixable))| Row { count, level: level.word(), code, title: title(code), fixable })
        .collect();
    rows.sort_by(|a, b| b.count.cmp(&a.count).then(a.code.cmp(b.code)));
    rows
}

/// The codes in columns.
pub fn text(report: &Report) -> String {
    let rows = rows(report);
    let wide = rows.iter().map(|row| row.code.len()).max().unwrap_or(0);
    let digits = rows.iter().map(|row| row.count.to_string().len()).max().unwrap_or(1);
    let mut out = String::new();
    for Row { count, level, code, title, .. } in rows {
        let line = format!("{count:digits$}  {level:7}  {code:wide$}  {title}");
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// The codes as a JSON list.
pub fn json(report: &Report) -> String {
    let mut text = serde_json::to_string(&rows(report)).unwrap_or_default();
    text.push('\n');
    text
}
