//! One mistake is one finding, at the right words, and what stands behind it is read all the same.
//!
//! `tests/recovery/*.txt` hold drafts with what is to be found in them; `UPDATE=1 cargo test --test recovery` writes the
//! findings anew, and the difference shows what has changed.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use rapporteur::finding::{Finding, Level};
use rapporteur::load::NoFiles;
use rapporteur::policy::Options;
use rapporteur::source::{FileId, SourceFile};
use rapporteur::{check, syntax};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What is said about words and not about what the draft means: that belongs to the rules, and their tests.
fn counts(finding: &&Finding) -> bool {
    const VALUES: [&str; 3] = ["time/impossible-date", "quantity/impossible-range", "quantity/bad-number"];
    let about_words = ["syntax", "structure"].contains(&finding.group()) || VALUES.contains(&&*finding.code);
    finding.level > Level::Advice && about_words
}

/// What is found in a draft: one line each with its place, its code, the words underlined, the message and the fix.
fn found(text: &str) -> String {
    let checked = check(Path::new("a.decl"), text, &NoFiles::default(), &Options::default());
    let mut lines = String::new();
    for finding in checked.findings.iter().filter(counts) {
        let at = finding.at();
        let place = checked.sources.file(at.file).position(at.span.start);
        let words = checked.sources.slice(at).escape_debug();
        write!(lines, "{}:{} {} `{words}`: {}", place.line, place.column, finding.code, finding.message).unwrap();
        if let Some(fix) = finding.fixes.first() {
            write!(lines, " → {}{}", fix.title, if fix.safe { "" } else { ", perhaps" }).unwrap();
        }
        lines.push('\n');
    }
    lines
}

/// The drafts of a file: behind each a line `--` and its findings, then a line `==`.
fn cases(text: &str) -> Vec<(&str, &str)> {
    text.split("==\n").filter(|case| !case.trim().is_empty()).map(|case| case.split_once("--\n").unwrap()).collect()
}

#[test]
fn mistakes_are_found_once_and_at_their_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recovery");
    let mut names: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for name in names {
        let text = std::fs::read_to_string(&name).unwrap();
        let mut written = String::new();
        for (draft, _) in cases(&text) {
            write!(written, "{draft}--\n{}==\n", found(draft)).unwrap();
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&name, &written).unwrap();
        }
        let wrong: Vec<_> = text.lines().zip(written.lines()).filter(|(before, now)| before != now).take(5).collect();
        assert!(text == written || std::env::var_os("UPDATE").is_some(), "{}: {wrong:#?}", name.display());
    }
}

#[test]
fn every_draft_of_the_broken_examples_is_found_out_as_it_is_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/broken");
    let mut names: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut written = String::new();
    for name in names.iter().filter(|name| name.extension().is_some_and(|end| end == "decl")) {
        let text = String::from_utf8_lossy(&std::fs::read(name).unwrap()).into_owned();
        write!(written, "== {}\n{}\n", name.file_name().unwrap().to_string_lossy(), found(&text)).unwrap();
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recovery.broken.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&golden, &written).unwrap();
    }
    let known = std::fs::read_to_string(&golden).unwrap_or_default();
    let wrong: Vec<_> = known.lines().zip(written.lines()).filter(|(before, now)| before != now).take(5).collect();
    assert!(known == written, "UPDATE=1 cargo test --test recovery; {wrong:#?}");
}

/// Nobody may have to mend two places for one mistake: with all safe fixes applied, none of them is found again.
#[test]
fn safe_fixes_mend_what_they_are_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recovery");
    for entry in std::fs::read_dir(&folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for (draft, _) in cases(&text) {
            let file = SourceFile::new("a.decl", draft);
            let arena = syntax::Arena::new();
            let (_, findings) = syntax::parse(FileId(0), &file, &arena);
            for finding in &findings {
                let Some(fix) = finding.fixes.first().filter(|fix| fix.safe) else { continue };
                let mut mended = draft.to_owned();
                let mut edits = fix.edits.clone();
                edits.sort_by_key(|edit| std::cmp::Reverse(edit.at.span));
                for edit in &edits {
                    mended.replace_range(edit.at.span.range(), &edit.text);
                }
                let arena = syntax::Arena::new();
                let (_, left) = syntax::parse(FileId(0), &SourceFile::new("a.decl", mended.as_str()), &arena);
                // Tabs and spaces are reported once a file: the next of them takes the place of the first.
                let once = ["syntax/tab", "syntax/odd-space"].contains(&finding.code.as_ref());
                assert!(
                    left.len() < findings.len() || once && left.len() == findings.len(),
                    "{} is not mended by `{}`\n--- from\n{draft}--- to\n{mended}--- left: {left:#?}",
                    finding.code,
                    fix.title,
                );
            }
        }
    }
}

/// What a message proposes to write, as a draft: sentences, phrases and fields that stand between backticks in its help and are
/// complete.
fn proposals(finding: &Finding) -> Vec<String> {
    const PHRASES: [&str; 12] = [
        "no earlier than ",
        "no later than ",
        "every ",
        "by ",
        "from ",
        "within ",
        "until ",
        "upon ",
        "after ",
        "to ",
        "in ",
        "\"",
    ];
    const MODALS: [&str; 5] = [" shall ", " may ", " must ", " will ", " should "];
    let help = finding.help.as_deref().unwrap_or("");
    let snippets = help.split('`').skip(1).step_by(2).filter(|snippet| !snippet.contains(['…', '{', '(']));
    // What a scenario expects is written otherwise.
    let snippets = snippets.filter(|snippet| !snippet.starts_with("in breach of"));
    let draft = |snippet: &str| {
        let is_field =
            snippet.split_once(": ").is_some_and(|(name, value)| !name.contains([' ', '"']) && !value.is_empty());
        if MODALS.iter().any(|modal| snippet.contains(modal)) && !snippet.starts_with('"') && !is_field {
            return Some(format!("clause x {{ {}. }}", snippet.trim_end_matches('.')));
        }
        if is_field {
            return Some(format!("clause x {{ {snippet} }}"));
        }
        let complete = snippet.contains(' ') && PHRASES.iter().any(|lead| snippet.starts_with(lead));
        complete.then(|| format!("clause x {{ FR shall meet GB {snippet}. }}"))
    };
    snippets.filter_map(draft).collect()
}

#[test]
fn what_messages_propose_is_accepted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recovery");
    let (mut asked, mut refused) = (0, Vec::new());
    for entry in std::fs::read_dir(&folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for (draft, _) in cases(&text) {
            let checked = check(Path::new("a.decl"), draft, &NoFiles::default(), &Options::default());
            for finding in checked.findings.iter().filter(counts) {
                for proposal in proposals(finding) {
                    asked += 1;
                    let arena = syntax::Arena::new();
                    let file = SourceFile::new("a.decl", proposal.as_str());
                    let (_, findings) = syntax::parse(FileId(0), &file, &arena);
                    if let Some(first) = findings.first() {
                        refused.push(format!("{}: {proposal}\n    {}", finding.code, first.message));
                    }
                }
            }
        }
    }
    refused.sort();
    refused.dedup();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert!(asked > 100, "only {asked} proposals were found");
}

#[test]
fn many_mistakes_are_counted_and_not_listed() {
    let text = format!("clause many \"Many\" {{\n{}}}\n", "  FR could help UA.\n".repeat(1_000));
    let file = SourceFile::new("a.decl", text);
    let arena = syntax::Arena::new();
    let (_, findings) = syntax::parse(FileId(0), &file, &arena);
    assert_eq!(findings.len(), 201);
    assert_eq!(findings[200].code, "syntax/too-many");
    assert_eq!(findings[200].message, "800 more places cannot be read");
}

#[test]
fn what_is_nested_too_deeply_is_given_up_once() {
    for (open, close) in [("(", ")"), ("not ", ""), ("not (", ")")] {
        let text = format!("clause aid {{\n  FR shall go if {}b{}.\n}}\n", open.repeat(5_000), close.repeat(5_000));
        let file = SourceFile::new("a.decl", text);
        let arena = syntax::Arena::new();
        let (_, findings) = syntax::parse(FileId(0), &file, &arena);
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_ref()).collect();
        assert_eq!(codes, ["syntax/too-deep"], "{open}");
    }
}
