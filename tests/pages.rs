//! Runs the pages: what a page calls bad has the defect where it says so, what it calls good has not.

use rapporteur::finding::Finding;
use rapporteur::rules::{self, pages};
use rapporteur::source::{FileId, SourceFile};
use std::collections::BTreeSet;

#[test]
fn every_row_has_a_page_and_every_page_a_row() {
    let rows: Vec<&str> = rules::all().map(|rule| rule.code).collect();
    let unique: BTreeSet<&str> = rows.iter().copied().collect();
    assert_eq!(rows.len(), unique.len(), "a code is used twice");
    let written: Vec<&str> = pages::headings().collect();
    let sections: BTreeSet<&str> = written.iter().copied().collect();
    assert_eq!(written.len(), sections.len(), "a page is written twice");
    assert_eq!(unique, sections);
}

#[test]
fn titles_are_short_and_lower_case() {
    for rule in rules::all() {
        assert!(rule.title.split_whitespace().count() <= 8, "{}: {}", rule.code, rule.title);
        assert!(!rule.title.ends_with('.') && !rule.title.starts_with(char::is_uppercase), "{}", rule.code);
    }
}

#[test]
fn every_page_says_what_and_why() {
    for page in pages::chapters() {
        assert!(!page.what.is_empty() && !page.why.is_empty(), "{}", page.code);
        for bad in &page.bad {
            assert!(!bad.marks.is_empty(), "{}: the bad draft marks no words", page.code);
        }
        assert_eq!(page.bad.is_empty(), page.good.is_empty(), "{}: a bad draft and a good one", page.code);
    }
}

#[test]
fn every_example_can_be_read() {
    let mut wrong = Vec::new();
    for page in pages::chapters().filter(|page| !page.code.starts_with("syntax/")) {
        for example in page.bad.iter().chain(&page.good) {
            let file = SourceFile::new("example.decl", example.text.as_str());
            let (_, findings) = rapporteur::syntax::parse(FileId(0), &file);
            wrong.extend(findings.iter().map(|it| format!("{}: {}\n{}", page.code, shown(it, &file), example.text)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn shown(finding: &Finding, file: &SourceFile) -> String {
    let line = file.position(finding.at().span.start).line;
    format!("line {line}: {} {} at `{}`", finding.code, finding.message, file.slice(finding.at().span))
}
