//! Encodings of real agreements in `examples/`: all is read, sound timetables bring no contradiction, defects that history knows
//! are found, each report is the one that was read and judged, and each edit of a sound timetable brings the one finding it must
//! bring.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use rapporteur::finding::{Finding, Level};
use rapporteur::load::Loader;
use rapporteur::policy::Options;
use rapporteur::{Checked, check, rules};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

const AGREEMENTS: [&str; 14] = [
    "aceh-2005",
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
    "paris-2026",
    "pretoria-2022",
    "taif-1989",
];

/// Timetables without a contradiction. In Dayton two forces never share an area because it stands empty for 45 days; in Kumanovo
/// one zone has two deadlines, for two parts of the forces in it.
const SOUND: [&str; 2] = ["dayton-1a-1995", "kumanovo-1999"];

/// What is known to be wrong with an agreement: the file, the code of the finding, words that it underlines.
///
/// Four known defects no reader of the text alone can see, and none is asked for: that ten days were too few at Doha, that
/// disarmament took longer than the six months of the monitors of Pretoria, that a slipped date of Oslo had no consequence, and
/// that "assurances" are more in one language of Budapest than in another. The two clocks of Dayton count different acts.
const DEFECTS: [(&str, &str, &str); 38] = [
    ("black-sea-grain-2022", "structure/no-precedence", "linked"),
    ("black-sea-grain-2022", "contradiction/quantity", "for 60 days"),
    ("black-sea-grain-2022", "binding/right-and-duty", "may"),
    ("budapest-1994", "role/judge-in-own-cause", "UNSC"),
    ("budapest-1994", "declaration/binding", "open"),
    ("budapest-1994", "commitment/duration", "four"),
    ("budapest-1994", "structure/no-prevailing-language", "languages: \"English\", \"Russian\", \"Ukrainian\""),
    ("budapest-1994", "event/means", "nuclear-aggression"),
    ("dayton-1a-1995", "troops/duration", "approximately one year"),
    ("dayton-1a-1995", "vague/effort", "strenuous efforts"),
    ("dayton-1a-1995", "vague/time", "as quickly as possible"),
    ("doha-2020", "role/unbound-party", "KABUL"),
    ("doha-2020", "binding/no-outcome", "discuss"),
    ("doha-2020", "withdrawal/verification", "forces-out"),
    ("doha-2020", "quantity/up-to-zero", "up to 5_000 prisoners"),
    ("doha-2020", "event/means", "reduction"),
    ("gaza-january-2025", "binding/agree-to-agree", "agree"),
    ("gaza-january-2025", "time/outside-phase", "by beginning + 50 days"),
    ("good-friday-1998", "structure/no-precedence", "letter"),
    ("good-friday-1998", "vague/effort", "any influence they may have"),
    ("kumanovo-1999", "role/unbound-party", "NATO"),
    ("kumanovo-1999", "vague/time", "soon"),
    ("minsk-2-2015", "time/soft-deadlock", "twelve"),
    ("minsk-2-2015", "structure/nobody-obliged", "shall be withdrawn"),
    ("minsk-2-2015", "structure/silent-party", "RU"),
    ("minsk-2-2015", "structure/versions-differ", "from silence-begins"),
    ("minsk-2-2015", "time/unbounded-prerequisite", "after settlement"),
    ("minsk-2-2015", "event/means", "pulled-back"),
    ("nairobi-2022", "structure/no-precedence", "nairobi"),
    ("nairobi-2022", "role/unbound-party", "ERITREA"),
    ("nairobi-2022", "role/unbound-party", "AMHARA"),
    ("nairobi-2022", "contradiction/condition", "in parallel with outside-withdrawal"),
    ("taif-1989", "contradiction/duty-against-exemption", "MILITIAS shall each hand-over weapons to LEBANON"),
    ("oslo-1993", "binding/agree-to-agree", "agree"),
    ("oslo-1993", "vague/untested-condition", "both agree"),
    ("taif-1989", "binding/agree-to-agree", "agree"),
    ("taif-1989", "event/certified-by", "all-four"),
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

fn golden(name: &str, ending: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports").join(name).with_extension(ending)
}

/// The reports as a drafter sees them. `UPDATE=1 cargo test --test agreements` writes them anew, and the difference is to be
/// read before it is taken in.
#[test]
fn each_report_is_as_it_was_read() {
    let mut wrong = String::new();
    for name in AGREEMENTS {
        let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args(["check", &format!("examples/{name}.decl"), "--format", "full", "--width", "100"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env_remove("NO_GRAPHICS")
            .output()
            .unwrap();
        let report = String::from_utf8(output.stdout).unwrap();
        if std::env::var_os("UPDATE").is_some() {
            fs::write(golden(name, "txt"), &report).unwrap();
        }
        if fs::read_to_string(golden(name, "txt")).unwrap_or_default() != report {
            wrong += &format!("tests/reports/{name}.txt\n");
        }
    }
    assert!(wrong.is_empty(), "out of date; UPDATE=1 cargo test --test agreements writes them:\n{wrong}");
}

/// What a reader says of a finding.
const JUDGEMENTS: [&str; 3] = ["true", "arguable", "false"];

/// Every finding of every report has been read as a lawyer of the other side would. A line of `tests/reports/*.judged` is the
/// judgement, the code, the words that are underlined, and why; a finding that nobody has judged or that is false fails, and so
/// does a judgement of what is not found any more.
#[test]
fn each_finding_of_an_agreement_is_judged_and_none_is_false() {
    let mut wrong = String::new();
    for name in AGREEMENTS {
        let draft = checked(name, text_of(name));
        let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
        for finding in draft.findings.iter().filter(|finding| finding.accepted.is_none()) {
            let words = draft.sources.slice(finding.labels[0].at).split_whitespace().collect::<Vec<_>>().join(" ");
            *found.entry((finding.code.to_string(), words.replace('|', "/"))).or_default() += 1;
        }
        let table = fs::read_to_string(golden(name, "judged")).unwrap_or_default();
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let parts: Vec<&str> = line.splitn(4, " | ").collect();
            let [judgement, code, words, why] = parts.as_slice() else { panic!("{name}: `{line}` is no judgement") };
            assert!(JUDGEMENTS.contains(judgement) && why.len() > 10, "{name}: `{line}`");
            if *judgement == "false" {
                wrong += &format!("{name}: a false finding: {line}\n");
            }
            match found.get_mut(&((*code).to_owned(), (*words).to_owned())) {
                Some(count) if *count > 0 => *count -= 1,
                _ => wrong += &format!("{name}: judged, and not found: {line}\n"),
            }
        }
        for ((code, words), count) in found.iter().filter(|(_, count)| **count > 0) {
            wrong += &format!("{name}: {count} not judged: true | {code} | {words} | \n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

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

/// What a finding says, wherever it stands.
fn said(finding: &Finding) -> (String, String) {
    (finding.code.to_string(), finding.message.to_string())
}

#[test]
fn each_edit_of_the_dayton_timetable_brings_the_one_finding_it_must_bring() {
    let text = text_of("dayton-1a-1995");
    let sound = checked("dayton-1a-1995", text.clone());
    let known: Vec<_> = sound.findings.iter().map(said).collect();
    let mut wrong = String::new();
    let edits = edits(include_str!("mutations/dayton.txt"));
    for (code, old, new) in &edits {
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once");
        assert!(*code == "none" || rules::find(code).is_some(), "no rule has the code {code}");
        let draft = checked("dayton-1a-1995", text.replace(old, new));
        let fresh: Vec<&Finding> = draft.findings.iter().filter(|finding| !known.contains(&said(finding))).collect();
        let right = match fresh.as_slice() {
            [] => *code == "none",
            [one] => one.code == *code,
            _ => false,
        };
        if !right {
            let fresh: String = fresh.iter().map(|finding| line(&draft, finding)).collect();
            wrong += &format!("`{new}` is to bring {code}, and brings:\n{fresh}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let kinds: std::collections::BTreeSet<_> = edits.iter().map(|(code, ..)| code).collect();
    assert!(edits.len() >= 50 && kinds.len() >= 14, "{} edits of {} kinds", edits.len(), kinds.len());
}
