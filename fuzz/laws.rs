//! What must hold for every text: shared by the fuzz targets and by the bounded run in `tests/laws.rs`.

use rapporteur::check;
use rapporteur::load::NoFiles;
use rapporteur::policy::Options;
use rapporteur::render::{self, Format, Report, Shown, Style};
use rapporteur::source::{FileId, SourceFile};
use rapporteur::syntax::lex::lex;
use rapporteur::syntax::{Arena, parse, print};
use std::path::Path;

/// Every text has a tree, and every finding about it lies inside it.
pub fn parses(text: &str) {
    let file = SourceFile::new("draft.decl", text);
    let arena = Arena::new();
    let (_, findings) = parse(FileId(0), &file, &arena);
    for finding in findings {
        let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.at);
        for at in finding.labels.iter().map(|label| label.at).chain(edits) {
            assert!(text.get(at.span.range()).is_some(), "{} lies outside the text: {:?}", finding.code, at.span);
        }
    }
}

/// What is formatted can be formatted again without a change, and holds the same words.
pub fn formats(text: &str) {
    let file = SourceFile::new("draft.decl", text);
    let Ok(once) = print::format(FileId(0), &file) else { return };
    let again = SourceFile::new("draft.decl", once.as_str());
    assert_eq!(print::format(FileId(0), &again).as_deref(), Ok(once.as_str()), "formatting twice differs");
    let words = |file: &SourceFile| -> Vec<String> {
        lex(FileId(0), file.code(), 0).tokens.iter().map(|token| file.slice(token.span).replace("\r\n", "\n")).collect()
    };
    assert_eq!(words(&file), words(&again), "formatting changed a word");
    let found = |text: &str| -> Vec<(String, String)> {
        let checked = check(Path::new("draft.decl"), text, &NoFiles::default(), &Options::default());
        let mut found: Vec<_> = checked
            .findings
            .iter()
            // White space that the formatter takes out is the one thing that may be said before and not after.
            .filter(|finding| !matches!(&*finding.code, "syntax/tab" | "syntax/odd-space"))
            .map(|finding| (finding.code.to_string(), finding.message.clone()))
            .collect();
        found.sort();
        found
    };
    let (before, after) = (found(text), found(&once));
    let differ = before.iter().zip(&after).find(|(before, after)| before != after);
    assert!(before == after, "formatting changed a finding: {differ:?}\n--- from\n{text}\n--- to\n{once}");
}

/// Every text can be checked and its findings shown in every format, and no control character reaches the reader.
pub fn checks(text: &str) {
    let checked = check(Path::new("draft.decl"), text, &NoFiles::default(), &Options::default());
    let mut report = Report::default();
    for finding in &checked.findings {
        report.summary.count(finding);
        report.shown.push(Shown { sources: &checked.sources, finding });
    }
    for format in [Format::Full, Format::Concise, Format::Narrated, Format::Json, Format::Ndjson] {
        let shown = render::render(&report, format, Style::default());
        let control = shown.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(control, None, "a control character in {format:?}");
    }
}
