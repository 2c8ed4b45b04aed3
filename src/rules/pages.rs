//! The pages of the codes: what each detects, why, and drafts that show it.
//!
//! A code with a row has a section in its family's chapter; a field or a lexicon of a vocabulary makes its page out of its
//! own words. `explain` prints pages and the tests run them.

use super::{Rule, find};
use crate::finding::{Finding, Level};
use crate::model::vocabulary::{Evidence, FieldSpec, Kind, Lexicon, Vocabulary};
use crate::model::{Names, rule as data};
use crate::source::{Loc, SourceFile};
use std::borrow::Cow;

/// What there is to say about a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<'a> {
    /// `group/name`
    pub code: Cow<'a, str>,
    /// The defect in a few words.
    pub title: Cow<'a, str>,
    /// How bad it is unless a checklist says otherwise; absent for an optional field, of which only open points are
    /// reported, as advice.
    pub level: Option<Level>,
    /// What it detects, in a sentence.
    pub what: Cow<'a, str>,
    /// Why it matters.
    pub why: Cow<'a, str>,
    /// The practice or text behind it; may be empty.
    pub source: Cow<'a, str>,
    /// When to accept it; may be empty.
    pub accept: Cow<'a, str>,
    /// Files that stand beside the drafts, by name.
    pub files: Vec<(String, String)>,
    /// Drafts that have the defect.
    pub bad: Vec<Example>,
    /// Drafts that do not.
    pub good: Vec<Example>,
    /// Where a vocabulary defines it, or changed it last; absent for a code with a row.
    pub at: Option<Loc>,
}

/// A short draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The draft, without the marks.
    pub text: String,
    /// The places that the finding underlines.
    pub marks: Vec<Mark>,
}

/// `//~ words` at the end of a line: a finding starts on this line, and its first place is exactly these words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The line, from 1.
    pub line: u32,
    /// The words; empty where only the line is marked.
    pub words: String,
}

impl Page<'_> {
    /// The same page with words of its own.
    pub fn owned(self) -> Page<'static> {
        let own = |words: Cow<str>| Cow::Owned(words.into_owned());
        Page {
            code: own(self.code),
            title: own(self.title),
            level: self.level,
            what: own(self.what),
            why: own(self.why),
            source: own(self.source),
            accept: own(self.accept),
            files: self.files,
            bad: self.bad,
            good: self.good,
            at: self.at,
        }
    }
}

impl Example {
    /// Reads a draft with its marks.
    pub fn new(text: &str) -> Self {
        let (mut clean, mut marks) = (String::with_capacity(text.len()), Vec::new());
        for (line, number) in text.lines().zip(1..) {
            match line.split_once("//~") {
                Some((draft, words)) => {
                    clean.push_str(draft.trim_end());
                    marks.push(Mark { line: number, words: words.trim().to_owned() });
                }
                None => clean.push_str(line),
            }
            clean.push('\n');
        }
        Self { text: clean, marks }
    }
}

impl Page<'_> {
    /// What is wrong with an example of this page, whose draft is this file and has these findings: nothing where a bad draft
    /// has the defect at its marks and at the page's level, and a good one has it not.
    pub fn misjudged(&self, example: &Example, bad: bool, findings: &[Finding], file: &SourceFile) -> Option<String> {
        let found: Vec<&Finding> = findings.iter().filter(|it| it.code == self.code && it.accepted.is_none()).collect();
        let place = |finding: &Finding| (file.position(finding.at().span.start).line, file.slice(finding.at().span));
        let told = |finding: &&Finding| {
            let (line, words) = place(finding);
            format!("line {line}: `{words}`")
        };
        if !bad {
            let first = found.first()?;
            return Some(format!("the good draft has it, in {}", told(first)));
        }
        let Some(first) = found.first() else { return Some("the bad draft does not have it".to_owned()) };
        if self.level.is_some_and(|level| level != first.level) {
            return Some(format!("it is found as {}", first.level.word()));
        }
        let missed = example.marks.iter().find(|mark| {
            !found.iter().any(|finding| {
                let (line, words) = place(finding);
                line == mark.line && (mark.words.is_empty() || mark.words == words)
            })
        })?;
        let found: Vec<String> = found.iter().map(told).collect();
        Some(format!(
            "the bad draft has it not in line {} at `{}`, but in {}",
            missed.line,
            missed.words,
            found.join(", ")
        ))
    }
}

/// The chapters: Markdown with a section a code.
const CHAPTERS: &[&str] = &[
    include_str!("../syntax/syntax.md"),
    include_str!("structure.md"),
    include_str!("role.md"),
    include_str!("time.md"),
    include_str!("quantity.md"),
    include_str!("contradiction.md"),
    include_str!("amounts.md"),
    include_str!("order.md"),
    include_str!("binding.md"),
    include_str!("vague.md"),
    include_str!("source.md"),
];

/// Every page of the chapters, in their order.
pub fn chapters<'a>() -> impl Iterator<Item = Page<'a>> {
    CHAPTERS.iter().copied().flat_map(|chapter| sections(chapter).filter_map(|(code, body)| section(code, body)))
}

/// The codes that the chapters write about, in their order, whether or not they have a row.
pub fn headings() -> impl Iterator<Item = &'static str> {
    CHAPTERS.iter().copied().flat_map(|chapter| sections(chapter).map(|(code, _)| code))
}

/// Every page: those of the chapters, then the fields, the lexicons and the rules of a vocabulary.
pub fn all<'a>(vocabulary: &'a Vocabulary, names: &'a Names) -> impl Iterator<Item = Page<'a>> {
    // The fields that every clause has stand in each kind of clause as well.
    let kinds = vocabulary.kinds.iter().filter(|kind| names.text(kind.name) != "every-clause");
    let of_kind = move |kind: &'a Kind| kind.fields.iter().map(move |spec| field(names, kind, spec));
    chapters()
        .chain(kinds.clone().flat_map(of_kind))
        .chain(kinds.filter_map(move |kind| provision(vocabulary, names, kind)))
        .chain(vocabulary.lexicons.iter().map(move |list| lexicon(names, list)))
        .chain(vocabulary.rules.iter().map(move |one| rule(names, one)))
}

/// The page of a code.
pub fn page<'a>(vocabulary: &'a Vocabulary, names: &'a Names, code: &str) -> Option<Page<'a>> {
    let written = CHAPTERS.iter().copied().flat_map(sections).find(|(known, _)| *known == code);
    if let Some((code, body)) = written {
        return section(code, body);
    }
    let (group, name) = code.split_once('/')?;
    let name = names.get(name)?;
    if let Some(found) = vocabulary.rules.iter().find(|one| &*one.group == group && one.name == name) {
        return Some(rule(names, found));
    }
    if group == "provision" {
        return vocabulary.kind(name).and_then(|kind| provision(vocabulary, names, kind));
    }
    if group == "vague" {
        return vocabulary.lexicons.iter().find(|list| list.name == name).map(|list| lexicon(names, list));
    }
    let kind = vocabulary.kind(names.get(group)?)?;
    kind.field(name).map(|spec| field(names, kind, spec))
}

/// The sections of a chapter: code and body.
fn sections(chapter: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    // A line break before the mark, so that no `##` inside a draft begins a section.
    chapter.split("\n## ").skip(1).map(|section| match section.split_once('\n') {
        Some((code, body)) => (code.trim(), body),
        None => (section.trim(), ""),
    })
}

/// Reads a section. Nothing comes of one whose code has no row.
fn section<'a>(code: &'static str, body: &'static str) -> Option<Page<'a>> {
    let rule: &Rule = find(code)?;
    let (mut what, mut why, mut accept) = (String::new(), String::new(), String::new());
    let (mut files, mut bad, mut good) = (Vec::new(), Vec::new(), Vec::new());
    let mut rest = body;
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if let Some(name) = line.strip_prefix("```file ") {
            let (text, after) = after.split_once("\n```").unwrap_or((after, ""));
            files.push((name.trim().to_owned(), format!("{text}\n")));
            rest = after.split_once('\n').map_or("", |(_, after)| after);
            continue;
        }
        if let Some(mark) = line.strip_prefix("```decl") {
            let (draft, after) = after.split_once("\n```").unwrap_or((after, ""));
            let example = Example::new(draft);
            if mark.trim() == "bad" {
                bad.push(example)
            } else {
                good.push(example)
            }
            rest = after.split_once('\n').map_or("", |(_, after)| after);
            continue;
        }
        let (part, text) = match line {
            line if line.starts_with("Why: ") => (&mut why, line.trim_start_matches("Why: ")),
            line if line.starts_with("Accept it ") => (&mut accept, line),
            // A paragraph goes on over several lines.
            line if !accept.is_empty() => (&mut accept, line),
            line if !why.is_empty() && bad.is_empty() => (&mut why, line),
            line => (&mut what, line),
        };
        if !text.trim().is_empty() {
            if !part.is_empty() {
                part.push(' ');
            }
            part.push_str(text.trim());
        }
        rest = after;
    }
    Some(Page {
        code: Cow::Borrowed(code),
        title: Cow::Borrowed(rule.title),
        level: Some(rule.level),
        what: Cow::Owned(what),
        why: Cow::Owned(why),
        source: Cow::Borrowed(""),
        accept: Cow::Owned(accept),
        files,
        bad,
        good,
        at: None,
    })
}

/// The page of a field: the draft without it, and with its example.
fn field<'a>(names: &'a Names, kind: &'a Kind, spec: &'a FieldSpec) -> Page<'a> {
    let (keyword, name) = (names.text(kind.name), names.text(spec.name));
    // What a field comes after has to be there, or nothing is asked.
    let before = spec.after.iter().find_map(|evidence| match evidence {
        Evidence::Field(name) => kind.field(*name),
        _ => None,
    });
    let context = before.map_or("", |before| &*before.example);
    let draft = |line: &str| {
        let lines = [context, line].into_iter().filter(|line| !line.trim().is_empty());
        let inner: String = lines.map(|line| format!("  {}\n", line.trim())).collect();
        Example::new(&format!("{keyword} example \"{}\" {{\n{inner}}}\n", kind.label))
    };
    let bad = spec.level.map(|_| {
        let mut bad = draft("");
        bad.marks.push(Mark { line: 1, words: "example".to_owned() });
        bad
    });
    let good = if spec.example.trim().is_empty() { Vec::new() } else { vec![draft(&spec.example)] };
    Page {
        code: Cow::Owned(format!("{keyword}/{name}")),
        title: Cow::Owned(format!("{}: {} missing", kind.label, super::completeness::lower_first(&spec.label))),
        level: spec.level,
        what: Cow::Owned(match spec.level {
            Some(_) => match before.map(|before| names.text(before.name)) {
                Some(before) => {
                    format!(
                        "A `{keyword}` with `{before}` but without `{name}`, with it left open, or with it in words only."
                    )
                }
                None => format!("A `{keyword}` without `{name}`, with it left open, or with it in words only."),
            },
            None => format!("A `{keyword}` whose `{name}` is left open, or given in words only."),
        }),
        why: Cow::Borrowed(&spec.why),
        source: Cow::Borrowed(&spec.source),
        accept: Cow::Borrowed(""),
        files: Vec::new(),
        bad: bad.into_iter().collect(),
        good,
        at: Some(spec.at),
    }
}

/// The page of a kind of provision that some checklist requires: a text without it, and with its example.
fn provision<'a>(vocabulary: &'a Vocabulary, names: &'a Names, kind: &'a Kind) -> Option<Page<'a>> {
    let requiring = vocabulary.checklists.iter().filter(|checklist| checklist.requires.contains(&kind.name));
    let requiring: Vec<&str> = requiring.map(|checklist| names.text(checklist.name)).collect();
    let (name, checklist) = (names.text(kind.name), requiring.first()?);
    let text = format!("declaration example \"Example\" {{ checklist: {checklist} }}\n");
    let mut bad = Example::new(&text);
    bad.marks.push(Mark { line: 1, words: "example".to_owned() });
    let good = Example::new(&format!("{text}\n{}\n", kind.example.trim_matches('\n')));
    let label = super::completeness::lower_first(&kind.label);
    Some(Page {
        code: Cow::Owned(format!("provision/{name}")),
        title: Cow::Owned(format!("no {label}")),
        level: Some(Level::Warning),
        what: Cow::Owned(format!(
            "A text that is read by a checklist which requires a `{name}`, and has none: {}.",
            crate::model::ticked(requiring, 99)
        )),
        why: Cow::Borrowed(&kind.why),
        source: Cow::Borrowed(&kind.source),
        accept: Cow::Borrowed(""),
        files: Vec::new(),
        bad: vec![bad],
        good: if kind.example.trim().is_empty() { Vec::new() } else { vec![good] },
        at: Some(kind.at),
    })
}

/// The page of a lexicon: its own examples.
fn lexicon<'a>(names: &'a Names, list: &'a Lexicon) -> Page<'a> {
    let examples = |text: &str| {
        if text.trim().is_empty() { Vec::new() } else { vec![Example::new(text.trim_matches('\n'))] }
    };
    let words: Vec<String> = list.words.iter().map(|word| format!("`{word}`")).collect();
    Page {
        code: Cow::Owned(format!("vague/{}", names.text(list.name))),
        title: Cow::Borrowed(&list.label),
        level: Some(list.level),
        what: Cow::Owned(format!("One of these in quoted words: {}.", words.join(", "))),
        why: Cow::Borrowed(&list.why),
        source: Cow::Borrowed(&list.source),
        accept: Cow::Borrowed(""),
        files: Vec::new(),
        bad: examples(&list.bad),
        good: examples(&list.good),
        at: Some(list.at),
    }
}

/// The page of a rule: what it expects as it is written, and its own examples.
fn rule<'a>(names: &'a Names, rule: &'a data::Rule) -> Page<'a> {
    let lines = |word: &str| {
        let all = rule.shown.lines().filter_map(|line| line.strip_prefix(word));
        all.map(|line| format!("`{}`", line.trim())).collect::<Vec<_>>()
    };
    let (each, expected) = (lines("for:").join(", and each "), lines("expect:"));
    let what = if rule.what.is_empty() { String::new() } else { format!("{}\n", rule.what) };
    let examples = |all: &[Box<str>]| all.iter().map(|text| Example::new(text.trim_matches('\n'))).collect();
    Page {
        code: Cow::Owned(format!("{}/{}", rule.group, names.text(rule.name))),
        title: Cow::Borrowed(&rule.label),
        level: rule.level,
        what: Cow::Owned(format!("{}Of each {each} it expects {}.", what, crate::model::listed(&expected, "and"))),
        why: Cow::Borrowed(&rule.why),
        source: Cow::Borrowed(&rule.source),
        accept: Cow::Borrowed(""),
        files: Vec::new(),
        bad: examples(&rule.bad),
        good: examples(&rule.good),
        at: Some(rule.at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_of_the_draft() {
        let example = Example::new("party FR\nFR shall go.   //~ shall\n");
        assert_eq!(example.text, "party FR\nFR shall go.\n");
        assert_eq!(example.marks, [Mark { line: 2, words: "shall".to_owned() }]);
    }
}
