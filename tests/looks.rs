//! How each finding looks to a drafter: the bad drafts of all pages, and what is said of them.
//!
//! One file a family in `tests/looks/`; after a change of words, `UPDATE=1 cargo test --test looks` writes them anew, and the
//! difference shows what drafters will see.

use rapporteur::check;
use rapporteur::load::NoFiles;
use rapporteur::model::standard::Standard;
use rapporteur::policy::Options;
use rapporteur::render::{Format, Report, Shown, Style, render};
use rapporteur::rules::pages::{self, Page};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The findings of a page's own code in its bad drafts, as a terminal of 80 columns shows them.
fn drawn(page: &Page) -> String {
    let options = Options { today: Some(jiff::civil::date(2026, 1, 1)), ..Options::default() };
    let style = Style { width: 80, ..Style::default() };
    let mut drawn = format!("== {}\n\n", page.code);
    for example in &page.bad {
        let mut files = NoFiles::default();
        files.texts.extend(page.files.iter().map(|(name, text)| (name.into(), text.clone())));
        let checked = check(Path::new("example.decl"), example.text.as_str(), &files, &options);
        let sources = &checked.sources;
        let own = checked.findings.iter().filter(|finding| finding.code == page.code);
        let report = Report { shown: own.map(|finding| Shown { sources, finding }).collect(), ..Report::default() };
        drawn.push_str(&render(&report, Format::Full, style));
        drawn.push('\n');
    }
    drawn
}

#[test]
fn findings_look_as_they_are_written_down() {
    let standard = Standard::embedded();
    let chapters: BTreeSet<String> = pages::headings().map(|code| group(code).to_owned()).collect();
    let mut families: BTreeMap<String, String> = BTreeMap::new();
    for page in pages::all(&standard.vocabulary, &standard.names).filter(|page| !page.bad.is_empty()) {
        // The fields of all kinds are asked for in the same words.
        let family = if chapters.contains(group(&page.code)) { group(&page.code) } else { "fields" };
        families.entry(family.to_owned()).or_default().push_str(&drawn(&page));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/looks");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for (family, drawn) in &families {
            std::fs::write(folder.join(format!("{family}.txt")), drawn).unwrap();
        }
        return;
    }
    for (family, drawn) in &families {
        let known = std::fs::read_to_string(folder.join(format!("{family}.txt"))).unwrap_or_default();
        let differ = known.lines().zip(drawn.lines()).enumerate().find(|(_, (known, drawn))| known != drawn);
        assert!(
            known == *drawn,
            "tests/looks/{family}.txt is not what is drawn, from {differ:?} on; `UPDATE=1 cargo test --test looks` writes it"
        );
    }
    let files = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, families.len(), "a file in tests/looks belongs to no family");
}

fn group(code: &str) -> &str {
    code.split('/').next().unwrap_or(code)
}
