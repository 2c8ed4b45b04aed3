//! JUnit's XML, as test runners and CI servers read it: a suite a file, a case a clause. A case fails with the findings that make
//! the run fail; milder ones stand in its output.

use super::host;
use super::text::visible;
use super::{Report, Ruler, Shown, Style};
use crate::finding::Level;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

/// The case of findings that belong to no clause and no item.
const TEXT: &str = "the text as a whole";

/// A clause and what is found in it.
struct Case<'a> {
    name: &'a str,
    line: Option<u32>,
    failing: Vec<Shown<'a>>,
    milder: Vec<Shown<'a>>,
}

/// A file and its clauses.
struct Suite<'a> {
    file: &'a str,
    cases: Vec<Case<'a>>,
    /// The mildest level that makes a case fail.
    fails: Option<Level>,
    /// Why it could not be read.
    unread: Option<&'a str>,
}

impl Suite<'_> {
    fn failures(&self) -> usize {
        self.cases.iter().filter(|case| !case.failing.is_empty()).count()
    }

    fn errors(&self) -> usize {
        usize::from(self.unread.is_some())
    }

    fn tests(&self) -> usize {
        self.cases.len() + self.errors()
    }
}

/// Writes all suites.
pub fn render(report: &Report, style: Style) -> String {
    let suites = suites(report, style);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing into memory does not fail.
    let _ = write(&mut writer, report, &suites);
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    text.push_str(&String::from_utf8_lossy(&writer.into_inner()));
    text.push('\n');
    text
}

fn suites<'a>(report: &'a Report<'a>, style: Style) -> Vec<Suite<'a>> {
    let clean =
        |(name, line): &'a (String, u32)| Case { name, line: Some(*line), failing: Vec::new(), milder: Vec::new() };
    let read = report.drafts.iter().map(|draft| Suite {
        file: &draft.file,
        cases: draft.clauses.iter().map(clean).collect(),
        fails: draft.fails,
        unread: None,
    });
    let unread = report.unread.iter().map(|unread| Suite {
        file: &unread.file,
        cases: Vec::new(),
        fails: None,
        unread: Some(&unread.reason),
    });
    let mut suites: Vec<Suite> = read.chain(unread).collect();
    let mut known: rustc_hash::FxHashMap<(&str, &str), (usize, usize)> = rustc_hash::FxHashMap::default();
    let mut files: rustc_hash::FxHashMap<&str, usize> = rustc_hash::FxHashMap::default();
    for (i, suite) in suites.iter().enumerate() {
        files.entry(suite.file).or_insert(i);
        for (j, case) in suite.cases.iter().enumerate() {
            known.entry((suite.file, case.name)).or_insert((i, j));
        }
    }
    for shown in report.visible(style) {
        let finding = shown.finding;
        let file = shown.sources.file(finding.at().file).path();
        let name = finding.clause.as_deref().unwrap_or(TEXT);
        // A file that is only imported has a suite once something is found in it.
        let suite = *files.entry(file).or_insert_with(|| {
            suites.push(Suite { file, cases: Vec::new(), fails: Some(Level::Error), unread: None });
            suites.len() - 1
        });
        let Some(Suite { cases, fails, .. }) = suites.get_mut(suite) else { continue };
        let (_, case) = *known.entry((file, name)).or_insert_with(|| {
            cases.push(Case { name, line: None, failing: Vec::new(), milder: Vec::new() });
            (suite, cases.len() - 1)
        });
        let Some(case) = cases.get_mut(case) else { continue };
        let failing = finding.is_open() && fails.is_some_and(|level| finding.level >= level);
        if failing { case.failing.push(shown) } else { case.milder.push(shown) }
    }
    suites
}

fn write(out: &mut Writer<Vec<u8>>, report: &Report, suites: &[Suite]) -> io::Result<()> {
    let sum = |of: fn(&Suite) -> usize| suites.iter().map(of).sum::<usize>().to_string();
    let all = out.create_element("testsuites").with_attributes([
        ("name", "rapporteur"),
        ("tests", sum(|suite| suite.tests()).as_str()),
        ("failures", sum(|suite| suite.failures()).as_str()),
        ("errors", sum(|suite| suite.errors()).as_str()),
    ]);
    all.write_inner_content(|out| {
        let mut ruler = Ruler::default();
        suites.iter().try_for_each(|one| suite(out, report, one, &mut ruler))
    })?;
    Ok(())
}

fn suite<'a>(
    out: &mut Writer<Vec<u8>>,
    report: &Report<'a>,
    suite: &Suite<'a>,
    ruler: &mut Ruler<'a>,
) -> io::Result<()> {
    let file = host::in_repository(report, suite.file);
    let file = said(&file);
    let count = |n: usize| n.to_string();
    let whole = out.create_element("testsuite").with_attributes([
        ("name", &*file),
        ("tests", count(suite.tests()).as_str()),
        ("failures", count(suite.failures()).as_str()),
        ("errors", count(suite.errors()).as_str()),
    ]);
    whole.write_inner_content(|out| {
        if let Some(reason) = suite.unread {
            let case = out.create_element("testcase").with_attributes([("name", "reading"), ("classname", &*file)]);
            case.write_inner_content(|out| {
                let error =
                    out.create_element("error").with_attributes([("message", &*said(reason)), ("type", "unread")]);
                error.write_empty().map(|_| ())
            })?;
        }
        suite.cases.iter().try_for_each(|one| case(out, &file, one, ruler))
    })?;
    Ok(())
}

fn case<'a>(out: &mut Writer<Vec<u8>>, file: &str, case: &Case<'a>, ruler: &mut Ruler<'a>) -> io::Result<()> {
    let name = said(case.name);
    let line = case.line.map(|line| line.to_string());
    let mut element =
        out.create_element("testcase").with_attributes([("name", &*name), ("classname", file), ("file", file)]);
    if let Some(line) = &line {
        element = element.with_attribute(("line", line.as_str()));
    }
    if case.failing.is_empty() && case.milder.is_empty() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|out| {
        if let Some(first) = case.failing.first().map(|shown| shown.finding) {
            let more = match case.failing.len() {
                1 => String::new(),
                n => format!(" (and {} more)", n - 1),
            };
            let message = format!("{}{more}", first.message);
            let failure =
                out.create_element("failure").with_attributes([("message", &*said(&message)), ("type", &*first.code)]);
            failure.write_text_content(BytesText::new(&said(&listed(&case.failing, ruler))))?;
        }
        if !case.milder.is_empty() {
            let text = listed(&case.milder, ruler);
            out.create_element("system-out").write_text_content(BytesText::new(&said(&text)))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Findings with their places, a blank line between two.
fn listed<'a>(all: &[Shown<'a>], ruler: &mut Ruler<'a>) -> String {
    let mut text = String::new();
    for (i, &shown) in all.iter().enumerate() {
        let (start, _) = host::ends(shown, shown.finding.at(), ruler);
        let file = shown.sources.file(shown.finding.at().file).path();
        let (level, code) = (shown.finding.level.word(), &shown.finding.code);
        let blank = if i > 0 { "\n" } else { "" };
        let told = host::told(shown.finding);
        let _ = writeln!(text, "{blank}{file}:{}:{}: {level}[{code}]: {told}", start.line, start.column);
    }
    text
}

/// Text without what XML 1.0 does not allow even by number.
fn said(text: &str) -> Cow<'_, str> {
    match visible(text) {
        shown if shown.contains(['\u{FFFE}', '\u{FFFF}']) => {
            Cow::Owned(shown.replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}"))
        }
        shown => shown,
    }
}
