//! `rapporteur test`: a library holds to its own examples.

use super::config::Configs;
use super::disk::Disk;
use super::inputs::{self, Input};
use super::known::is_of_library;
use super::settings::{Asked, Selection, Settings};
use super::{End, Failure, streams};
use crate::finding::{Finding, Level};
use crate::policy::Options;
use crate::render::{Format, Report, Shown, Summary, render};
use crate::rules::language::EXAMPLE;
use crate::rules::pages::{self, Example, Page};
use crate::source::{FileId, Sources};
use std::path::{Path, PathBuf};

/// What `test` is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Libraries and drafts with rules, words or kinds of their own, or folders of them [default: this folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    /// How what is wrong is written
    #[arg(long, value_enum, default_value_t = Layout::Full)]
    format: Layout,
}

/// How what is wrong is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Layout {
    /// Annotated text
    Full,
    /// One line each
    Concise,
}

/// A file whose examples have been tried.
struct Tried {
    sources: Sources,
    wrong: Vec<Finding>,
    codes: usize,
    examples: usize,
    /// The rules that show no draft with the defect: nobody knows what they find.
    bare: Vec<String>,
}

/// Tries all examples.
pub fn run(args: &Args) -> Result<End, Failure> {
    let inputs = inputs::collect(&args.paths, &args.selection)?;
    let mut failures = inputs.failures;
    let mut all = Vec::new();
    for input in &inputs.found {
        match inputs::read(input) {
            Ok(Some(text)) => all.push(try_all(input, text, &libraries(input, &inputs.configs))),
            Ok(None) => {}
            Err(failure) => failures.push(failure),
        }
    }
    if all.is_empty() && failures.is_empty() {
        return Err(Failure::NoInput(inputs::listed(&args.paths)));
    }
    let mut report = Report::default();
    let (mut codes, mut examples) = (0, 0);
    for tried in &all {
        codes += tried.codes;
        examples += tried.examples;
        for finding in &tried.wrong {
            report.summary.count(finding);
            report.shown.push(Shown { sources: &tried.sources, finding });
        }
    }
    let format = if args.format == Layout::Full { Format::Full } else { Format::Concise };
    let mut text = render(&report, format, streams::style(streams::Color::Auto, None));
    let Summary { errors, .. } = report.summary;
    let verdict = match errors {
        0 => "all as they should be".to_owned(),
        errors => format!("{errors} wrong"),
    };
    text.push_str(&format!("{}, {}: {verdict}\n", counted(examples, "example"), counted(codes, "code")));
    let bare: Vec<String> = all.iter().flat_map(|tried| &tried.bare).map(|code| format!("`{code}`")).collect();
    if !bare.is_empty() {
        text.push_str(&format!("without a bad draft that shows what they find: {}\n", bare.join(", ")));
    }
    streams::say(&text)?;
    for failure in &failures {
        streams::note(&format!("rapporteur: {failure}\n"));
    }
    if !failures.is_empty() {
        return Err(Failure::SomeFiles);
    }
    Ok(if errors > 0 { End::Findings } else { End::Good })
}

/// The libraries that the configuration gives to every draft: one library may need the words of another.
fn libraries(input: &Input, configs: &Configs) -> Options {
    let libraries = Settings::of(input, &Asked::default(), configs).options.libraries;
    Options { libraries, today: Some(jiff::civil::date(2026, 1, 1)), ..Options::default() }
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Tries the examples of everything that a file itself defines.
fn try_all(input: &Input, text: String, options: &Options) -> Tried {
    let path = Path::new(&input.name);
    let disk = Disk::of(input.path.as_deref());
    let library = crate::check(path, text, &disk, options);
    let (mut wrong, mut codes, mut examples, mut bare) = (Vec::new(), 0, 0, Vec::new());
    let names = &library.model.names;
    let is_rule = |page: &Page| {
        let rules = &library.model.vocabulary.rules;
        rules.iter().any(|rule| page.code.split_once('/') == Some((&rule.group, names.text(rule.name))))
    };
    wrong.extend(library.findings.iter().filter(|it| is_of_library(it) && it.level == Level::Error).cloned());
    let own = pages::all(&library.model.vocabulary, &library.model.names)
        .filter(|page| page.level.is_some() && page.at.is_some_and(|at| at.file == FileId::default()));
    for page in own {
        let all: Vec<(&Example, bool)> =
            page.bad.iter().map(|it| (it, true)).chain(page.good.iter().map(|it| (it, false))).collect();
        if page.bad.is_empty() && is_rule(&page) {
            bare.push(page.code.to_string());
        }
        codes += usize::from(!all.is_empty());
        examples += all.len();
        for (example, bad) in all {
            wrong.extend(try_one(&page, example, bad, path, &disk, options));
        }
    }
    Tried { sources: library.sources, wrong, codes, examples, bare }
}

/// Reads one example as a draft beside the library, which it imports behind its last line.
fn try_one(
    page: &Page,
    example: &Example,
    bad: bool,
    library: &Path,
    disk: &Disk,
    options: &Options,
) -> Option<Finding> {
    let name = library.file_name().unwrap_or_default().to_string_lossy();
    let text = format!("{}\nimport \"{name}\"\n", example.text);
    let checked = crate::check(&library.with_file_name("example.decl"), text, disk, options);
    let (_, file) = checked.sources.iter().next()?;
    let reason = page.misjudged(example, bad, &checked.findings, file)?;
    let others: Vec<String> = checked
        .findings
        .iter()
        .filter(|it| it.at().file == FileId::default() && (it.code == page.code || it.group() == "syntax" || bad))
        .take(MOST)
        .map(|it| format!("line {}: {}: {}", file.position(it.at().span.start).line, it.code, it.message))
        .collect();
    let found = if others.is_empty() { "nothing is found in it".to_owned() } else { others.join("\n") };
    let what = if bad { "bad" } else { "good" };
    Some(
        Finding::new(EXAMPLE, Level::Error, format!("`{}`: {reason}", page.code), page.at?)
            .saying(format!("see its {what} draft"))
            .help(format!("found in that draft:\n{found}")),
    )
}

/// How many findings of an example are listed.
const MOST: usize = 6;
