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
    let sound =
        ["stationing", "ceasefire", "support", "pause", "settlement"].map(|name| format!("../tests/sound/{name}.decl"));
    for name in sound.iter().map(String::as_str).chain(["aceh-2005.decl"]) {
        let draft = checked(name);
        assert!(draft.own_clauses() > 3, "{name}");
        assert!(draft.findings.is_empty(), "{name}\n{}", lines(&draft));
    }
}

/// What other tools miss: the clause that cannot be kept, and all that it cannot be kept with.
const MISSES: [&[&str]; 3] =
    [&["help(a)", "quiet(a)"], &["radar-duty(a)", "first-weeks(a)", "hot(a)"], &["guns-out(a)", "inventory(a)"]];

#[test]
fn a_trigger_that_may_never_come_three_clauses_and_an_innocent_one_are_told_apart() {
    let draft = checked("three-misses.decl");
    let found: Vec<Vec<&str>> =
        draft.findings.iter().map(|finding| finding.clauses.iter().map(|it| &**it).collect()).collect();
    assert_eq!(found, MISSES, "{}", lines(&draft));
    for finding in &draft.findings {
        assert_eq!(finding.code, "contradiction/duty-against-ban");
        assert!(finding.minimal && !finding.story.is_empty(), "{}", line(&draft, finding));
    }
}

/// An open point of the declaration: what public comment asked, and the findings that ask it, each a code and words that it
/// underlines.
type OpenPoint = (&'static str, &'static [(&'static str, &'static str)]);

const MAY_INCLUDE: &str = "may-include: \"military capabilities\", \"intelligence and logistics\", \"diplomatic initiatives\", \
                           \"additional sanctions\"";

/// The open points, each under its number in `examples/paris-2026.md`.
const OPEN_POINTS: &[OpenPoint] = &[
    (
        "1. four texts start on four events; none is defined, and nobody certifies that a cessation is credible",
        &[
            ("time/perhaps-the-same", "after ceasefire"),
            ("time/perhaps-the-same", "after cessation"),
            ("time/perhaps-the-same", "after peace-deal"),
            ("time/perhaps-the-same", "after post-ceasefire"),
            ("event/means", "ceasefire"),
            ("event/means", "peace-deal"),
            ("event/means", "post-ceasefire"),
            ("structure/empty-definition", "\"a credible cessation of hostilities\""),
            ("vague/degree", "credible"),
            ("event/certified-by", "cessation"),
        ],
    ),
    ("2. support continues, and starts only after a ceasefire", &[("time/continuation-delayed", "continue")]),
    (
        "3. a guarantee that binds in law is promised in words that promise nothing yet",
        &[
            ("binding/claims-more-than-form", "legal"),
            ("commitment/response", "stands ready to"),
            ("binding/agree-to-agree", "finalise"),
            ("binding/may-include", MAY_INCLUDE),
        ],
    ),
    (
        "4. nobody establishes the commission; who sits on it, how and by when it decides, on what evidence, with what effect",
        &[
            ("structure/nobody-obliged", "will be established"),
            ("body/members", "\"others not named\""),
            ("body/decides", "commission"),
            ("body/deadline", "commission"),
            ("body/evidence", "commission"),
            ("body/remedies", "commission"),
            ("body/effect", "commission"),
            ("body/on-deadlock", "commission"),
            ("body/complainants", "commission"),
        ],
    ),
    (
        "5. what a breach is and what an attack is; what follows a finding",
        &[
            ("event/means", "breach"),
            ("structure/empty-definition", "\"a future armed attack by Russia\""),
            ("event/certified-by", "attack"),
            ("binding/no-outcome", "address"),
            ("body/effect", "commission"),
        ],
    ),
    (
        "6. a lead that is proposed, by a state that does not sign; no commander; how cell, headquarters and commission relate",
        &[
            ("monitoring/lead", "\"proposed: the United States\""),
            ("role/non-party-role", "US"),
            ("troops/lead", "\"European-led\""),
            ("troops/command", "force"),
            ("body/relation", "open"),
        ],
    ),
    (
        "7. the force: size, composition, area, mandate, rules, command, duration, status, cost",
        &[
            ("troops/strength", "force"),
            ("vague/actor", "willing nations"),
            ("troops/contributions", "force"),
            ("troops/area", "force"),
            ("troops/mandate", "force"),
            ("troops/rules-of-engagement", "force"),
            ("troops/command", "force"),
            ("troops/duration", "force"),
            ("troops/status", "force"),
            ("troops/funding", "force"),
            ("troops/protection", "force"),
        ],
    ),
    (
        "8. the hubs: number, places, owner, stocks, guards, inspection, distance, closure",
        &[
            ("hub/number", "hubs"),
            ("hub/location", "\"across Ukraine\""),
            ("hub/owner", "hubs"),
            ("hub/inventory", "hubs"),
            ("hub/security", "hubs"),
            ("hub/access", "hubs"),
            ("hub/release", "hubs"),
            ("hub/distance", "hubs"),
            ("hub/closure", "hubs"),
            ("time/no-deadline", "after post-ceasefire"),
            ("role/unbound-party", "FR"),
            ("structure/no-precedence", "intent"),
        ],
    ),
    (
        "9. the support: amount, schedule, end",
        &[
            ("support/amount", "armed-forces"),
            ("support/schedule", "armed-forces"),
            ("support/until", "armed-forces"),
            ("vague/duration", "long-term"),
        ],
    ),
    (
        "10. which attacks count: drones, proxies, attacks on the force or on hubs; and how fast the answer comes",
        &[
            ("commitment/scope", "response"),
            ("commitment/area", "response"),
            ("commitment/response-time", "response"),
            ("commitment/consultation", "response"),
        ],
    ),
    (
        "11. the consent: in what form, by which organ, how it is withdrawn and with what notice",
        &[("event/means", "request"), ("event/certified-by", "request"), ("troops/revocation", "force")],
    ),
    (
        "12. no final provisions; signed, or adopted, and by whom",
        &[
            ("declaration/in-force", "paris"),
            ("declaration/expires", "paris"),
            ("declaration/amendment", "paris"),
            ("declaration/depositary", "paris"),
            ("declaration/disputes", "paris"),
            ("declaration/suspension", "paris"),
            ("declaration/signed", "open"),
            ("structure/signatories-differ", "US"),
        ],
    ),
    ("13. Russia is bound by nothing", &[("structure/silent-party", "RU")]),
];

#[test]
fn the_open_points_of_the_paris_declaration_are_found_at_their_words() {
    let paris = checked("paris-2026.decl");
    let found = |(code, words): &(&str, &str)| {
        paris.findings.iter().filter(|finding| finding.code == *code && finding.accepted.is_none()).any(|finding| {
            let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            finding.labels.iter().any(|label| folded(paris.sources.slice(label.at)) == folded(words))
        })
    };
    let missing: Vec<_> = OPEN_POINTS
        .iter()
        .flat_map(|(point, findings)| findings.iter().map(move |finding| (point, finding)))
        .filter(|(_, finding)| !found(finding))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}\n{}", lines(&paris));
}

#[test]
fn every_quotation_of_the_paris_declaration_stands_in_its_source() {
    let paris = checked("paris-2026.decl");
    let draft = Draft { model: &paris.model, sources: &paris.sources, effort: Default::default() };
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
    ("syntax/unclosed-text", "\"Final provisions"),
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
