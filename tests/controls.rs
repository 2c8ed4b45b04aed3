//! Sound drafts that look like contradictions (`controls.txt`): each brings no finding, and an edit of it brings the one named.

#![allow(clippy::expect_used, clippy::panic, reason = "a failure here is a failed test")]

use rapporteur::finding::Finding;
use rapporteur::load::NoFiles;
use rapporteur::policy::Options;
use rapporteur::{Checked, check};
use std::path::Path;

/// A declaration that leaves nothing out.
const HEAD: &str = r#"
declaration d "Agreement" {
  form: agreement
  binding: legal
  signed: 2027-01-01
  signatories: FR, GB, UA, US
  in-force: signature
  expires: 2032-01-01
  withdrawal: "written notice, 12 months ahead"
  amendment: "in writing, by all parties"
  suspension: "30 days after written notice"
  disputes: "an arbitrator named by all parties"
  depositary: UA
}
party FR "France" { kind: state }
party GB "the United Kingdom" { kind: state }
party UA "Ukraine" { kind: state }
party US "the United States" { kind: state }
"#;

struct Control<'a> {
    name: &'a str,
    draft: &'a str,
    /// A code, words of the draft, what takes their place.
    edit: Option<(&'a str, &'a str, &'a str)>,
}

fn controls(text: &str) -> Vec<Control<'_>> {
    let read = |part| {
        let (name, body): (&str, &str) = str::split_once(part, '\n').expect("a name and a draft");
        let (draft, edit) = body.split_once("\n!! ").map_or((body, None), |(draft, edit)| (draft, Some(edit)));
        let edit = edit.map(|edit| {
            let lines: Vec<&str> = edit.lines().filter(|line| !line.is_empty()).collect();
            let [code, old, new] = lines.as_slice() else { panic!("{name}: an edit is three lines") };
            (*code, old.strip_prefix("- ").expect("- old"), new.strip_prefix("+ ").expect("+ new"))
        });
        Control { name, draft, edit }
    };
    text.split("\n== ").skip(1).map(read).collect()
}

fn checked(draft: &str) -> Checked {
    check(Path::new("control.decl"), format!("{HEAD}{draft}"), &NoFiles::default(), &Options::default())
}

fn lines(checked: &Checked) -> String {
    let line = |finding: &Finding| format!("  {}: {}\n", finding.code, finding.message);
    checked.findings.iter().map(line).collect()
}

#[test]
fn what_only_looks_like_a_contradiction_brings_no_finding() {
    let mut wrong = String::new();
    for control in controls(include_str!("controls.txt")) {
        let found = lines(&checked(control.draft));
        if !found.is_empty() {
            wrong += &format!("{}\n{found}", control.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn an_edit_of_what_only_looks_like_a_contradiction_brings_one() {
    let mut wrong = String::new();
    let all = controls(include_str!("controls.txt"));
    for control in &all {
        let Some((code, old, new)) = control.edit else { continue };
        assert_eq!(control.draft.matches(old).count(), 1, "{}: `{old}` stands once", control.name);
        let draft = checked(&control.draft.replace(old, new));
        if draft.findings.iter().all(|finding| finding.code != code) {
            wrong += &format!("{}: no {code}\n{}", control.name, lines(&draft));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let edited = all.iter().filter(|control| control.edit.is_some()).count();
    assert!(all.len() >= 45 && edited >= 30, "{} controls, {edited} of them edited", all.len());
}
