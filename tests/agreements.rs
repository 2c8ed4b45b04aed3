//! Encodings of real agreements in `examples/`: all is read, sound timetables bring no contradiction, defects that history knows
//! are found, and each edit of a sound timetable brings the finding it must bring.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use rapporteur::finding::{Finding, Level};
use rapporteur::load::Loader;
use rapporteur::policy::Options;
use rapporteur::{Checked, check, rules};
use std::fs;
use std::path::{Path, PathBuf};

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

const AGREEMENTS: [&str; 12] = [
    "black-sea-grain-2022",
    "budapest-1994",
    "dayton-1a-1995",
    "doha-2020",
    "gaza-january-2025",
    "good-friday-1998",
    "kumanovo-1999",
    "minsk-2-2015",
    "nairobi-2022",
    "oslo-1993",
    "pretoria-2022",
    "taif-1989",
];

/// Timetables without a contradiction. In Dayton two forces never share an area because it stands empty for 45 days; in Kumanovo
/// one zone has two deadlines, for two parts of the forces in it.
const SOUND: [&str; 2] = ["dayton-1a-1995", "kumanovo-1999"];

/// What is known to be wrong with an agreement: the file, the code of the finding, words that it underlines.
const DEFECTS: [(&str, &str, &str); 16] = [
    ("black-sea-grain-2022", "structure/no-precedence", "linked"),
    ("black-sea-grain-2022", "role/unbound-party", "RU"),
    ("budapest-1994", "structure/no-prevailing-language", "languages: \"English\", \"Russian\", \"Ukrainian\""),
    ("budapest-1994", "event/means", "nuclear-aggression"),
    ("doha-2020", "role/unbound-party", "KABUL"),
    ("doha-2020", "quantity/up-to-zero", "up to 5_000 prisoners"),
    ("doha-2020", "event/means", "reduction"),
    ("gaza-january-2025", "binding/agree-to-agree", "agree"),
    ("minsk-2-2015", "time/soft-deadlock", "twelve"),
    ("minsk-2-2015", "structure/nobody-obliged", "shall be withdrawn"),
    ("minsk-2-2015", "event/means", "pulled-back"),
    ("nairobi-2022", "role/unbound-party", "ERITREA"),
    ("nairobi-2022", "role/unbound-party", "AMHARA"),
    ("nairobi-2022", "contradiction/condition", "in parallel with outside-withdrawal"),
    ("taif-1989", "contradiction/duty-against-exemption", "MILITIAS shall hand-over weapons to LEBANON"),
    ("taif-1989", "time/no-deadline", "after all-four + 2 years"),
];

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name).with_extension("decl")
}

fn text_of(name: &str) -> String {
    fs::read_to_string(example(name)).unwrap()
}

fn checked(name: &str, text: String) -> Checked {
    check(&example(name), text, &Disk, &Options::default())
}

/// A finding in one line, for a failed assertion.
fn line(checked: &Checked, finding: &Finding) -> String {
    let at = finding.labels[0].at;
    let line = checked.sources.file(at.file).position(at.span.start).line;
    format!("{line}: {} {}\n", finding.code, finding.message)
}

fn lines<'a>(checked: &'a Checked, only: impl Fn(&Finding) -> bool + 'a) -> String {
    checked.findings.iter().filter(|finding| only(finding)).map(|finding| line(checked, finding)).collect()
}

/// Whether a finding says that the draft contradicts itself, or that a time or an amount in it is impossible.
fn is_impossible(finding: &Finding) -> bool {
    let group = finding.code.split('/').next();
    matches!(group, Some("contradiction" | "undecided"))
        || finding.level == Level::Error && matches!(group, Some("time" | "quantity"))
}

#[test]
fn every_agreement_is_read_to_its_end_and_every_name_in_it_is_known() {
    for name in AGREEMENTS {
        let draft = checked(name, text_of(name));
        let unread = lines(&draft, |finding| {
            let is_open = matches!(finding.code.as_ref(), "structure/nobody-obliged" | "structure/versions-differ");
            let is_structure = finding.level == Level::Error && finding.code.starts_with("structure/") && !is_open;
            finding.code.starts_with("syntax/") || is_structure
        });
        assert!(draft.own_clauses() > 3, "{name}");
        assert!(unread.is_empty(), "{name}\n{unread}");
    }
}

#[test]
fn sound_timetables_have_no_contradiction() {
    for name in SOUND {
        let draft = checked(name, text_of(name));
        let found = lines(&draft, is_impossible);
        assert!(found.is_empty(), "{name}\n{found}");
    }
}

#[test]
fn defects_that_history_knows_are_found() {
    for (name, code, words) in DEFECTS {
        let draft = checked(name, text_of(name));
        let is_found = draft.findings.iter().any(|finding| {
            finding.code == code && finding.labels.iter().any(|label| draft.sources.slice(label.at).contains(words))
        });
        assert!(is_found, "{name}: {code} at `{words}`\n{}", lines(&draft, |_| true));
    }
}

/// Codes that the table names and that no rule has yet; an edit counts from the day on which its rule exists.
const WANTED: [&str; 4] =
    ["contradiction/quantity", "structure/duplicate", "time/ends-before-duty", "time/outside-phase"];

/// An edit: the code that it must bring, the words that it replaces, what stands there instead.
fn edits(table: &str) -> Vec<(&str, &str, String)> {
    let said: Vec<&str> = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(said.len().is_multiple_of(3), "an edit is three lines");
    said.chunks(3)
        .map(|edit| {
            let [code, old, new] = edit else { unreachable!("chunks of three") };
            (*code, old.strip_prefix("- ").unwrap(), new.strip_prefix("+ ").unwrap().replace("\\n", "\n"))
        })
        .collect()
}

#[test]
fn each_edit_of_the_dayton_timetable_brings_the_finding_it_must_bring() {
    let text = text_of("dayton-1a-1995");
    let mut wrong = String::new();
    for (code, old, new) in edits(include_str!("mutations/dayton.txt")) {
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once");
        let is_sound = code == "none";
        if !is_sound && rules::find(code).is_none() {
            assert!(WANTED.contains(&code), "no rule has the code {code}");
            continue;
        }
        let draft = checked("dayton-1a-1995", text.replace(old, &new));
        let other_errors = lines(&draft, |finding| finding.level == Level::Error && finding.code != code);
        if !other_errors.is_empty() {
            wrong += &format!("errors after `{new}` that {code} does not name:\n{other_errors}");
        }
        if !is_sound && draft.findings.iter().all(|finding| finding.code != code) {
            wrong += &format!("no {code} after `{new}`\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
