//! Which words are called vague, and which stay plain words of a sound draft.

#![allow(missing_docs, reason = "tests")]

use rapporteur::check;
use rapporteur::load::NoFiles;
use rapporteur::policy::Options;

/// The vague words found in a draft, each with its list.
fn vague(text: &str) -> Vec<String> {
    let checked = check("a.decl".as_ref(), text, &NoFiles::default(), &Options::default());
    let found = checked.findings.iter().filter(|finding| finding.group() == "vague");
    found.map(|finding| format!("{} `{}`", finding.code, checked.sources.slice(finding.at()))).collect()
}

/// In a field that takes words as well as anything.
fn said(words: &str) -> Vec<String> {
    vague(&format!("hub depot \"Depot\" {{\n  inventory: \"{words}\"\n}}\n"))
}

/// Where an item says what it means.
fn defined(words: &str) -> Vec<String> {
    vague(&format!("event attack \"Attack\" {{\n  means: \"{words}\"\n}}\n"))
}

/// Each was once taken for vague, or nearly, and means what it says.
const PLAIN: &[&str] = &[
    "trucks that carry grain across the line of contact",
    "multiple rocket launchers",
    "units of the regular army",
    "the donors listed in Annex B",
    "two posts on both sides of the line",
    "graves of soldiers",
    "a zone of 5 km around the harbour",
    "minors under the age of 18",
    "critical infrastructure listed in the annex",
    "a bridge near Talbridge, built in 1971",
    "a company of limited liability",
    "the rapid reaction brigade",
    "temporary bridges of the engineers",
    "no fewer than 40 vehicles",
    "as many as the list names",
    "talks lasting 30 days",
    "stores that are permanently sealed",
    "proposed by the commission on 1 March",
    "persons who seek to return",
    "part of the northern depot",
    "a share of 40%",
    "decided by a majority of the members",
    "third parties named in the annex",
    "the Security Council, which keeps international peace and security",
    "after consultation of the host, within 7 days",
    "the effective date of the agreement",
    "forces of the interim government",
    "the Strong Hand Brigade",
];

/// What a careful reader asks about.
const VAGUE: &[(&str, &str)] = &[
    ("several vehicles", "several"),
    ("vehicles in adequate number", "adequate"),
    ("donors", "donors"),
    ("the partners", "partners"),
    ("stores in the vicinity of Kyiv", "in the vicinity of"),
    ("emptied as soon as possible", "as soon as possible"),
    ("equipment, such as radars", "such as"),
    ("a serious violation", "serious violation"),
    ("whatever is deemed necessary", "deemed necessary"),
    ("resources", "resources"),
];

#[test]
fn plain_words_stay_plain() {
    let wrong: Vec<String> = PLAIN.iter().flat_map(|words| said(words).into_iter().chain(defined(words))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn vague_words_are_found_at_the_word() {
    for (words, at) in VAGUE {
        let found = said(words);
        assert!(found.iter().any(|it| it.ends_with(&format!("`{at}`"))), "{words}: {found:?}");
    }
}

#[test]
fn a_definition_describes_and_is_still_asked_for_its_degree() {
    assert!(defined("a vehicle of the local authorities that moves regularly").is_empty());
    assert!(!said("a vehicle that moves regularly").is_empty());
    assert_eq!(defined("a credible threat"), ["vague/degree `credible`"]);
}

#[test]
fn what_the_draft_defines_is_not_vague_elsewhere() {
    let term = "term violation \"Serious violation\" {\n  means: \"fire by more than ten armed persons\"\n}\n";
    let hub = "hub depot \"Depot\" {\n  closure: \"on the day of a serious violation\"\n}\n";
    assert!(!vague(hub).is_empty());
    assert!(vague(&format!("{term}{hub}")).is_empty());
    // A definition does not excuse itself.
    let own = "term violation \"Serious violation\" {\n  means: \"a serious violation of the text\"\n}\n";
    assert_eq!(vague(own), ["vague/degree `serious violation`"]);
}
