//! `rapporteur check`: the main job.

use super::inputs::{self, Input};
use super::settings::{Asked, Exertion, FailOn, Selection, Settings};
use super::streams::{self, Color};
use super::{End, Failure, disk, disk::Disk};
use crate::finding::Finding;
use crate::model::Model;
use crate::model::entity::Item;
use crate::model::standard::Standard;
use crate::policy::is_undecided;
use crate::render::{Draft, Format, Report, Shown, Style, Summary, Unread, render};
use crate::rules::pages::{self, Page};
use crate::source::{FileId, Sources};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What `check` is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders, or `-` for standard input; this folder if none is given
    paths: Vec<PathBuf>,
    /// How findings are written [default: full on a terminal, concise elsewhere]
    #[arg(long, value_enum)]
    format: Option<Wanted>,
    /// The mildest finding that makes the run fail [default: error]
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// End with code 0 whatever is found
    #[arg(long)]
    exit_zero: bool,
    /// End with code 0 where there is nothing to read
    #[arg(long)]
    allow_no_input: bool,
    /// Also write the findings to a file, as in `json=findings.json`; may be repeated
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    output: Vec<(Wanted, PathBuf)>,
    /// Read by this checklist, whatever the draft says
    #[arg(long, value_name = "NAME")]
    checklist: Option<String>,
    /// How far the search for contradictions goes before it says that it does not know
    /// [default: normal]
    #[arg(long, value_enum, value_name = "EFFORT")]
    effort: Option<Exertion>,
    /// Also show the findings that the drafters accept
    #[arg(long)]
    accepted: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// How many columns a line may take [default: those of the terminal]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    width: Option<u16>,
    /// The day on which acceptances are judged
    #[arg(long, value_name = "DATE", hide = true)]
    today: Option<Date>,
    #[command(flatten)]
    selection: Selection,
}

/// A format by its name on the command line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Wanted {
    /// Annotated text
    Full,
    /// One line a finding
    Concise,
    /// Sentences for screen readers; also by NO_GRAPHICS=1
    Narrated,
    /// One JSON object
    Json,
    /// One JSON object a line
    Ndjson,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub; a summary of the job where `GITHUB_STEP_SUMMARY` names a file
    Github,
    /// The code quality report of GitLab
    Gitlab,
    /// JUnit's XML
    Junit,
    /// A comment for a pull request
    Markdown,
}

impl From<Wanted> for Format {
    fn from(wanted: Wanted) -> Self {
        match wanted {
            Wanted::Full => Format::Full,
            Wanted::Concise => Format::Concise,
            Wanted::Narrated => Format::Narrated,
            Wanted::Json => Format::Json,
            Wanted::Ndjson => Format::Ndjson,
            Wanted::Sarif => Format::Sarif,
            Wanted::Github => Format::Github,
            Wanted::Gitlab => Format::Gitlab,
            Wanted::Junit => Format::Junit,
            Wanted::Markdown => Format::Markdown,
        }
    }
}

impl Args {
    /// Every format that is asked for by name.
    fn formats(&self) -> impl Iterator<Item = Wanted> + '_ {
        self.format.into_iter().chain(self.output.iter().map(|(format, _)| *format))
    }
}

fn parse_output(value: &str) -> Result<(Wanted, PathBuf), String> {
    let (format, file) = value.split_once('=').ok_or("write FORMAT=FILE, as in `json=findings.json`")?;
    if file.is_empty() {
        return Err(format!("no file is named after `{format}=`"));
    }
    Ok((<Wanted as clap::ValueEnum>::from_str(format, false)?, PathBuf::from(file)))
}

/// A draft that has been read, without what only the rules needed.
struct Outcome {
    settings: Settings,
    sources: Sources,
    findings: Vec<Finding>,
    clauses: usize,
    /// For formats that ask for them; else without clauses.
    draft: Draft,
    /// The pages of codes that only its own vocabulary knows, for formats that ask for them.
    pages: Vec<Page<'static>>,
}

/// Checks drafts.
pub fn run(args: &Args) -> Result<End, Failure> {
    let started = Instant::now();
    let inputs = inputs::collect(&args.paths, &args.selection)?;
    let asked = Asked {
        checklist: args.checklist.clone(),
        effort: args.effort,
        fail_on: args.fail_on,
        baseline: None,
        today: Some(args.today.unwrap_or_else(today)),
    };
    let one = |input: &Input, part_with: fn(Model)| {
        check_one(input, args, Settings::of(input, &asked, &inputs.configs), part_with)
    };
    let outcomes: Vec<Result<Option<Outcome>, Failure>> = match inputs.found.as_slice() {
        // Starting the other threads takes longer than most drafts. And the process ends soon: to give the memory of a large
        // model back piece by piece would only keep the user waiting.
        [only] => vec![one(only, std::mem::forget)],
        several => several.par_iter().map(|input| one(input, drop)).collect(),
    };
    let mut drafts = Vec::with_capacity(outcomes.len());
    let mut failures = inputs.failures;
    for outcome in outcomes {
        match outcome {
            Ok(draft) => drafts.extend(draft),
            Err(failure @ Failure::Usage(_)) => return Err(failure),
            Err(failure) => failures.push(failure),
        }
    }
    let left_out = inputs.found.is_empty() && inputs.excluded > 0;
    if drafts.is_empty() && failures.is_empty() && !args.allow_no_input && !left_out {
        return Err(Failure::NoInput(inputs::listed(&args.paths)));
    }
    let (report, end) = report(&drafts);
    let report = Report { unread: failures.iter().map(unread).collect(), folder: disk::below_repository(), ..report };
    let style = Style { accepted: args.accepted, ..streams::style(args.color, args.width.map(usize::from)) };
    let format = args.format.map_or_else(default_format, Format::from);
    streams::say(&render(&report, format, style))?;
    for (format, file) in &args.output {
        let text = render(&report, (*format).into(), Style { color: false, ..style });
        std::fs::write(file, text).map_err(|error| Failure::file(file.display(), error))?;
    }
    if args.formats().any(|format| format == Wanted::Github) {
        summarize(&report, style)?;
    }
    close(&report.summary, format, &failures, started);
    // The same holds of many findings.
    std::mem::forget(drafts);
    if !failures.is_empty() {
        return Err(Failure::SomeFiles);
    }
    Ok(if args.exit_zero { End::Good } else { end })
}

fn today() -> Date {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date()
}

/// Checks one draft; `part_with` takes the model, of which the findings need no more.
fn check_one(input: &Input, args: &Args, settings: Settings, part_with: fn(Model)) -> Result<Option<Outcome>, Failure> {
    let Some(text) = inputs::read(input)? else { return Ok(None) };
    let disk = Disk::of(input.path.as_deref());
    let checked = crate::check(Path::new(&input.name), text, &disk, &settings.options);
    if let Some(name) = &args.checklist {
        super::explain::known_checklist(name, &checked.model.vocabulary, &checked.model.names)?;
    }
    let clauses = checked.own_clauses();
    let mut draft = Draft { file: input.name.clone(), clauses: Vec::new(), fails: settings.fail_on.level() };
    if args.formats().any(|format| format == Wanted::Junit) {
        let own = checked.model.clauses.iter().map(|clause| &clause.item).filter(|item| item.own);
        let line = |item: &Item| checked.sources.file(item.whole.file).position(item.whole.span.start).line;
        draft.clauses = own.map(|item| (checked.model.text(item.name).to_owned(), line(item))).collect();
    }
    let wants_pages = args.formats().any(|format| format == Wanted::Sarif);
    let pages = if wants_pages { own_pages(&checked.findings, &checked.model) } else { Vec::new() };
    part_with(checked.model);
    let (sources, findings) = (checked.sources, checked.findings);
    Ok(Some(Outcome { settings, sources, findings, clauses, draft, pages }))
}

/// The pages of what was found by the draft's own vocabulary.
fn own_pages(findings: &[Finding], model: &Model) -> Vec<Page<'static>> {
    let Standard { vocabulary, names, .. } = Standard::embedded();
    let codes: BTreeSet<&str> = findings.iter().map(|finding| &*finding.code).collect();
    let own = codes.into_iter().filter(|code| pages::page(vocabulary, names, code).is_none());
    own.filter_map(|code| pages::page(&model.vocabulary, &model.names, code)).map(Page::owned).collect()
}

fn unread(failure: &Failure) -> Unread {
    match failure {
        Failure::File { path, reason } => Unread { file: path.clone(), reason: reason.clone() },
        other => Unread { file: ".".to_owned(), reason: other.to_string() },
    }
}

/// Adds what was found to the summary of the job that runs this, where there is one.
fn summarize(report: &Report, style: Style) -> Result<(), Failure> {
    let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) else { return Ok(()) };
    let text = render(report, Format::Markdown, Style { color: false, ..style });
    let added = std::fs::OpenOptions::new().append(true).create(true).open(&file);
    let added = added.and_then(|mut file| file.write_all(text.as_bytes()));
    added.map_err(|error| Failure::file(Path::new(&file).display(), error))
}

/// Everything found, draft by draft; what several drafts import is reported once. And how the run ends.
fn report(drafts: &[Outcome]) -> (Report<'_>, End) {
    let mut report = Report { summary: Summary { files: drafts.len(), ..Summary::default() }, ..Report::default() };
    let mut shared = rustc_hash::FxHashSet::default();
    let (mut failing, mut undecided) = (false, false);
    for Outcome { settings, sources, findings, clauses, draft, pages } in drafts {
        report.summary.clauses += clauses;
        report.drafts.push(draft.clone());
        report.pages.extend(pages.iter().cloned());
        for finding in findings {
            let at = finding.at();
            // Only files that others can import need to be looked up again.
            let path = sources.file(at.file).path();
            let new = drafts.len() == 1
                || (at.file == FileId::default() && !crate::policy::is_unacceptable(&finding.code))
                || shared.insert((path, at.span, &finding.code, &finding.message));
            if new {
                report.summary.count(finding);
                let counts = finding.accepted.is_none();
                failing |= counts && draft.fails.is_some_and(|level| finding.level >= level);
                undecided |= counts && settings.fail_on == FailOn::Undecided && is_undecided(&finding.code);
                report.shown.push(Shown { sources, finding });
            }
        }
    }
    let end = match (failing, undecided) {
        (true, _) => End::Findings,
        (false, true) => End::Undecided,
        (false, false) => End::Good,
    };
    (report, end)
}

fn default_format() -> Format {
    match streams::on_terminal() {
        _ if std::env::var_os("NO_GRAPHICS").is_some_and(|value| !value.is_empty() && value != "0") => Format::Narrated,
        true => Format::Full,
        false => Format::Concise,
    }
}

/// Says on standard error what could not be read, and the counts where the findings do not hold them.
fn close(summary: &Summary, format: Format, failures: &[Failure], started: Instant) {
    let mut text = String::new();
    for failure in failures {
        text.push_str(&format!("rapporteur: {failure}\n"));
    }
    if !matches!(format, Format::Json | Format::Ndjson) {
        if summary.errors + summary.warnings + summary.advice > 0 && format != Format::Concise {
            text.push('\n');
        }
        text.push_str(&summary.line(started.elapsed()));
        text.push('\n');
    }
    streams::note(&text);
}
