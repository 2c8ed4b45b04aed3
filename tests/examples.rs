//! The drafts in `examples/` say what their first lines promise.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use rapporteur::finding::Finding;
use rapporteur::load::Loader;
use rapporteur::policy::Options;
use rapporteur::rules::{self, Draft};
use rapporteur::{Checked, check};
use std::fs;
use std::path::{Path, PathBuf};

#[path = "../examples/generate.rs"]
mod generate;

/// Reads files as the command does, without its limits.
struct Disk;

impl Loader for Disk {
    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        fs::read(path).map_err(|failure| failure.to_string())
    }

    fn resolve(&self, from: &Path, wanted: &str) -> Result<PathBuf, String> {
        Ok(from.parent().unwrap_or(Path::new("")).join(wanted))
    }
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

fn checked(name: &str) -> Checked {
    let path = example(name);
    let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
    check(&path, text, &Disk, &Options::default())
}

/// A finding in one line, for a failed assertion.
fn line(checked: &Checked, finding: &Finding) -> String {
    let at = finding.labels[0].at;
    let line = checked.sources.file(at.file).position(at.span.start).line;
    format!("{line}: {} {} `{}`\n", finding.code, finding.message, checked.sources.slice(at))
}

fn lines(checked: &Checked) -> String {
    checked.findings.iter().map(|finding| line(checked, finding)).collect()
}

#[test]
fn a_complete_draft_has_no_finding() {
    let aceh = checked("aceh-2005.decl");
    assert!(aceh.findings.is_empty(), "{}", lines(&aceh));
}

/// The open points of the declaration as public comment named them: what is open, the code that says so, the words that it
/// underlines.
const OPEN_POINTS: &[(&str, &str, &str)] = &[
    ("four starts", "time/perhaps-the-same", "after ceasefire"),
    ("a start that nobody defines", "event/means", "ceasefire"),
    ("a start that nobody defines", "event/means", "peace-deal"),
    ("a start that nobody defines", "event/means", "post-ceasefire"),
    ("nobody certifies it", "event/certified-by", "cessation"),
    ("credible by what test", "vague/degree", "credible"),
    ("continues, and starts later", "time/continuation-delayed", "continue"),
    ("readiness where a guarantee is claimed", "commitment/response", "stands ready to"),
    ("an agreement to agree", "binding/agree-to-agree", "finalise"),
    ("legal force claimed", "binding/claims-more-than-form", "legal"),
    ("who establishes the commission", "structure/nobody-obliged", "will be established"),
    ("who sits on it", "body/members", "\"others not named\""),
    ("how it decides", "body/decides", "commission"),
    ("by when", "body/deadline", "commission"),
    ("on what evidence", "body/evidence", "commission"),
    ("with what remedies", "body/remedies", "commission"),
    ("what follows a finding", "body/effect", "commission"),
    ("to address a breach", "binding/no-outcome", "address"),
    ("what a breach is", "event/means", "breach"),
    ("a lead that is only proposed", "monitoring/lead", "\"proposed: the United States\""),
    ("a part for a state that does not sign", "role/non-party-role", "US"),
    ("a force led by a continent", "troops/lead", "\"European-led\""),
    ("who commands the force", "troops/command", "force"),
    ("how the cell stands to the rest", "body/relation", "open"),
    ("how many soldiers", "troops/strength", "force"),
    ("where", "troops/area", "force"),
    ("what for", "troops/mandate", "force"),
    ("when they may shoot", "troops/rules-of-engagement", "force"),
    ("for how long", "troops/duration", "force"),
    ("under what status", "troops/status", "force"),
    ("at whose cost", "troops/funding", "force"),
    ("who contributes", "troops/contributions", "force"),
    ("willing nations", "vague/actor", "willing nations"),
    ("how many hubs", "hub/number", "hubs"),
    ("where the hubs are", "hub/location", "\"across Ukraine\""),
    ("whose they are", "hub/owner", "hubs"),
    ("what is in them", "hub/inventory", "hubs"),
    ("who guards them", "hub/security", "hubs"),
    ("who may inspect them", "hub/access", "hubs"),
    ("how far from the line", "hub/distance", "hubs"),
    ("when they close", "hub/closure", "hubs"),
    ("a start, and no latest day", "time/no-deadline", "after post-ceasefire"),
    ("how much support", "support/amount", "armed-forces"),
    ("when", "support/schedule", "armed-forces"),
    ("until when", "support/until", "armed-forces"),
    ("which attacks count", "commitment/scope", "response"),
    ("in what form Ukraine asks", "event/means", "request"),
    ("which organ asks", "event/certified-by", "request"),
    ("from which day", "declaration/in-force", "paris"),
    ("for how long", "declaration/expires", "paris"),
    ("how it is amended", "declaration/amendment", "paris"),
    ("who keeps it", "declaration/depositary", "paris"),
    ("signed, or adopted", "declaration/signed", "open"),
    ("who takes part and does not sign", "structure/signatories-differ", "EU"),
    ("bound by nothing", "structure/silent-party", "RU"),
];

#[test]
fn the_open_points_of_the_paris_declaration_are_found_at_their_words() {
    let paris = checked("paris-2026.decl");
    let missing: Vec<_> = OPEN_POINTS
        .iter()
        .filter(|(_, code, words)| {
            !paris.findings.iter().any(|finding| {
                let underlines =
                    |words: &str| finding.labels.iter().any(|label| paris.sources.slice(label.at) == words);
                finding.code == *code && finding.accepted.is_none() && underlines(words)
            })
        })
        .collect();
    assert!(missing.is_empty(), "{missing:#?}\n{}", lines(&paris));
}

#[test]
fn every_quotation_of_the_paris_declaration_stands_in_its_source() {
    let paris = checked("paris-2026.decl");
    let draft = Draft { model: &paris.model, sources: &paris.sources };
    let mut read = |_, name: &str| fs::read_to_string(example(name)).map_err(|failure| failure.to_string());
    let wrong: String = rules::source::quotations(&draft, &mut read).iter().map(|it| line(&paris, it)).collect();
    assert!(wrong.is_empty(), "{wrong}");
}

/// Findings that mean that a text could not be read, or names what nobody declared.
fn is_misread(finding: &Finding) -> bool {
    const CODES: [&str; 10] = [
        "structure/undefined-name",
        "structure/undeclared-thing",
        "structure/duplicate-name",
        "structure/unknown-kind",
        "structure/unknown-field",
        "structure/unknown-verb",
        "structure/unknown-unit",
        "structure/unknown-norm",
        "structure/wrong-kind",
        "structure/wrong-value",
    ];
    finding.code.starts_with("syntax/") || CODES.contains(&&*finding.code)
}

#[test]
fn the_sound_examples_and_the_generated_draft_are_read_as_they_are_meant() {
    for name in ["paris-2026.decl", "aceh-2005.decl", "minimal.decl", "literate.md", "library/security-terms.decl"] {
        let draft = checked(name);
        let wrong: String = draft.findings.iter().filter(|it| is_misread(it)).map(|it| line(&draft, it)).collect();
        assert!(wrong.is_empty(), "{name}\n{wrong}");
    }
    for seed in 1..=5 {
        let text = generate::draft(300, seed);
        let draft = check(Path::new("generated.decl"), text, &Disk, &Options::default());
        assert_eq!(draft.own_clauses(), 300);
        let wrong: String = draft.findings.iter().filter(|it| is_misread(it)).map(|it| line(&draft, it)).collect();
        assert!(wrong.is_empty(), "seed {seed}\n{wrong}");
    }
}

#[test]
fn the_same_numbers_give_the_same_draft() {
    assert_eq!(generate::draft(50, 7), generate::draft(50, 7));
    assert_ne!(generate::draft(50, 7), generate::draft(50, 8));
    assert!(generate::draft_with(200, 7, 0).len() > 1000, "a draft without flaws is a draft as well");
}

#[test]
fn every_broken_draft_gets_an_error() {
    let mut names: Vec<_> = fs::read_dir(example("broken")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    for name in names {
        let name = format!("broken/{}", name.to_string_lossy());
        let draft = checked(&name);
        let errors = draft.findings.iter().filter(|it| is_misread(it) || it.code.starts_with("time/"));
        assert!(errors.count() > 0, "{name}");
    }
}

/// Ten mistakes: the code, and the words underlined.
const TEN: [(&str, &str); 10] = [
    ("syntax/equals", "="),
    ("structure/unknown-field", "strenght"),
    ("syntax/digit-grouping", "10,000"),
    ("structure/undefined-name", "DE"),
    ("structure/unknown-verb", "estabish"),
    ("syntax/missing-stop", "2027-09-01"),
    ("syntax/unknown-modal", "could"),
    ("syntax/article", "the"),
    ("time/impossible-date", "2026-02-30"),
    ("syntax/unclosed-text", "\"Final provisions {"),
];

#[test]
fn ten_mistakes_are_all_found_in_one_run() {
    let draft = checked("broken/ten-mistakes.decl");
    let found = |(code, words): &(&str, &str)| {
        draft
            .findings
            .iter()
            .any(|finding| finding.code == *code && draft.sources.slice(finding.labels[0].at) == *words)
    };
    let missing: Vec<_> = TEN.iter().filter(|row| !found(row)).collect();
    assert!(missing.is_empty(), "{missing:?}\n{}", lines(&draft));
}
