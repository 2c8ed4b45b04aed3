//! Runs the pages: what a page calls bad has the defect where it says so, what it calls good has not.

use rapporteur::check;
use rapporteur::finding::Finding;
use rapporteur::load::NoFiles;
use rapporteur::model::standard::Standard;
use rapporteur::policy::Options;
use rapporteur::rules::{self, pages};
use rapporteur::source::SourceFile;
use std::collections::BTreeSet;

#[test]
fn every_row_has_a_page_and_every_page_a_row() {
    let rows: Vec<&str> = rules::all().map(|rule| rule.code).collect();
    let unique: BTreeSet<&str> = rows.iter().copied().collect();
    assert_eq!(rows.len(), unique.len(), "a code is used twice");
    let written: Vec<&str> = pages::headings().collect();
    let sections: BTreeSet<&str> = written.iter().copied().collect();
    assert_eq!(written.len(), sections.len(), "a page is written twice");
    let missing: Vec<&&str> = unique.difference(&sections).collect();
    let stray: Vec<&&str> = sections.difference(&unique).collect();
    assert!(missing.is_empty() && stray.is_empty(), "without a page: {missing:?}; without a row: {stray:?}");
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
    for page in pages::chapters() {
        // A page about what cannot be read shows that in its bad drafts, and nothing else of the kind.
        let bad = page.bad.iter().map(|example| (example, page.code.as_ref()));
        for (example, but) in bad.chain(page.good.iter().map(|example| (example, ""))) {
            let file = SourceFile::new("example.decl", example.text.as_str());
            let checked = check("example.decl".as_ref(), example.text.as_str(), &files(&page), &Options::default());
            let unread = checked.findings.iter().filter(|it| it.group() == "syntax" && it.code != but);
            wrong.extend(unread.map(|it| format!("{}: {}\n{}", page.code, shown(it, &file), example.text)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn shown(finding: &Finding, file: &SourceFile) -> String {
    let line = file.position(finding.at().span.start).line;
    format!("line {line}: {} {} at `{}`", finding.code, finding.message, file.slice(finding.at().span))
}

#[test]
fn chapters_say_the_truth() {
    report(pages::chapters().flat_map(|page| run(&page)).collect());
}

#[test]
fn pages_of_the_vocabulary_say_the_truth() {
    let standard = Standard::embedded();
    let written: BTreeSet<String> = pages::chapters().map(|page| page.code.into_owned()).collect();
    let pages = pages::all(&standard.vocabulary, &standard.names);
    let made = pages.filter(|page| !written.contains(page.code.as_ref()));
    report(made.flat_map(|page| run(&page)).collect());
}

#[test]
fn every_rule_written_as_data_says_why_where_from_and_shows_both() {
    let standard = Standard::embedded();
    for rule in &standard.vocabulary.rules {
        let name = standard.names.text(rule.name);
        assert!(
            !rule.what.is_empty() && !rule.why.is_empty() && !rule.source.is_empty() && !rule.help.text.is_empty(),
            "{name}"
        );
        assert!(!rule.bad.is_empty() && !rule.good.is_empty() && !rule.marks.is_empty(), "{name}");
    }
    for checklist in &standard.vocabulary.checklists {
        assert!(!checklist.why.is_empty() && !checklist.source.is_empty(), "{}", standard.names.text(checklist.name));
    }
}

#[test]
fn a_page_is_found_by_its_code() {
    let standard = Standard::embedded();
    for page in pages::all(&standard.vocabulary, &standard.names) {
        let found = pages::page(&standard.vocabulary, &standard.names, &page.code);
        assert_eq!(found.as_ref(), Some(&page));
    }
    assert_eq!(pages::page(&standard.vocabulary, &standard.names, "troops/nothing"), None);
}

/// What stands beside the drafts of a page.
fn files(page: &pages::Page) -> NoFiles {
    let mut files = NoFiles::default();
    files.texts.extend(page.files.iter().map(|(name, text)| (name.into(), text.clone())));
    files
}

fn report(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} examples are wrong\n\n{}", wrong.len(), wrong.join("\n"));
}

/// What is wrong with the examples of a page: a bad one must have the finding at its marks, a good one must not have it.
fn run(page: &pages::Page) -> Vec<String> {
    let mut wrong = Vec::new();
    let options = Options { today: Some(jiff::civil::date(2026, 1, 1)), ..Options::default() };
    for (example, bad) in page.bad.iter().map(|it| (it, true)).chain(page.good.iter().map(|it| (it, false))) {
        let checked = check("example.decl".as_ref(), example.text.as_str(), &files(page), &options);
        let Some((_, file)) = checked.sources.iter().next() else { continue };
        if let Some(reason) = page.misjudged(example, bad, &checked.findings, file) {
            let all: Vec<String> = checked.findings.iter().map(|it| shown(it, file)).collect();
            wrong.push(format!("== {}: {reason}\n{}found:\n{}\n", page.code, example.text, all.join("\n")));
        }
    }
    wrong
}
