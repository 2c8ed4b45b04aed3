//! `rapporteur check`: the main job.

mod known;
mod mend;
mod outcome;
mod progress;
mod statistics;
mod watch;

use super::settings::{Asked, Exertion, FailOn, Selection};
use super::streams::{self, Color};
use super::{End, Failure, disk, inputs, write};
use crate::policy::is_undecided;
use crate::render::{Format, Report, Shown, Style, Summary, Unread, render};
use jiff::civil::Date;
use mend::Mended;
use outcome::Outcome;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

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
    /// Also say on standard error how long each step takes, and each rule, the dearest first
    #[arg(long)]
    timings: bool,
    /// Also show the findings that the drafters accept
    #[arg(long)]
    accepted: bool,
    /// The file of known findings, which are counted and not shown [default: that of `rapporteur.toml`]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Record all findings in the baseline as known
    #[arg(long)]
    update_baseline: bool,
    /// Take out of the baseline what is no longer found
    #[arg(long, conflicts_with = "update_baseline")]
    prune_baseline: bool,
    /// Fail where the baseline records what is no longer found
    #[arg(long)]
    strict_baseline: bool,
    /// Mend what can be mended without changing what is meant, and report what is left
    #[arg(long)]
    fix: bool,
    /// Mend also what may change what is meant; with `--fix` or `--diff`
    #[arg(long)]
    unsafe_fixes: bool,
    /// Write nothing and show what `--fix` would change; ends with code 1 if it would change anything
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
    /// Check again whenever a file that bears on it changes
    #[arg(long, conflicts_with_all = ["fix", "diff", "update_baseline", "prune_baseline"])]
    watch: bool,
    /// Show how often each code is found instead of the findings; as a list with `--format json`
    #[arg(long)]
    statistics: bool,
    /// Print findings and failures only
    #[arg(long, short)]
    quiet: bool,
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

/// Checks drafts, once or again and again.
pub fn run(args: &Args) -> Result<End, Failure> {
    if args.unsafe_fixes && !args.fix && !args.diff {
        return Err(Failure::Usage("`--unsafe-fixes` goes with `--fix` or `--diff`".to_owned()));
    }
    if !args.watch {
        return once(args).end;
    }
    let mut watch = watch::Watch::new(&args.paths)?;
    loop {
        if streams::on_terminal() {
            streams::say("\u{1b}[2J\u{1b}[H")?;
        }
        let run = once(args);
        if let Err(failure) = run.end {
            streams::note(&format!("rapporteur: {failure}\n"));
        }
        for file in run.read {
            watch.beside(&file)?;
        }
        streams::note("waiting for a change\n");
        watch.wait()?;
    }
}

/// What came of one run.
struct Run {
    end: Result<End, Failure>,
    /// Every file that was read; asked for by `--watch` only.
    read: Vec<PathBuf>,
}

fn once(args: &Args) -> Run {
    let mut read = Vec::new();
    let end = check(args, &mut read);
    Run { end, read }
}

fn check(args: &Args, read: &mut Vec<PathBuf>) -> Result<End, Failure> {
    let mut clock = Clock::start();
    let mut inputs = inputs::collect(&args.paths, &args.selection)?;
    clock.lap("finding drafts");
    let asked = Asked {
        checklist: args.checklist.clone(),
        effort: args.effort,
        fail_on: args.fail_on,
        baseline: args.baseline.clone(),
        today: Some(args.today.unwrap_or_else(today)),
    };
    let mut drafts = outcome::all(&mut inputs, args, &asked)?;
    clock.lap("checking");
    if args.watch {
        read.extend(drafts.iter().flat_map(|draft| draft.sources.iter().map(|(_, file)| PathBuf::from(file.path()))));
    }
    let left_out = inputs.found.is_empty() && inputs.excluded > 0;
    if drafts.is_empty() && inputs.failures.is_empty() && !args.allow_no_input && !left_out {
        return Err(Failure::NoInput(inputs::listed(&args.paths)));
    }
    let mut mended = Mended::default();
    if args.fix || args.diff {
        (drafts, mended) = mend::apply(drafts, args, &mut inputs.failures)?;
        clock.lap("mending");
    }
    if args.diff {
        return difference(args, &mended, &inputs.failures);
    }
    let known = known::apply(&mut drafts, args)?;
    let (report, mut end) = report(&drafts);
    let report =
        Report { unread: inputs.failures.iter().map(unread).collect(), folder: disk::below_repository(), ..report };
    let style = Style { accepted: args.accepted, ..streams::style(args.color, args.width.map(usize::from)) };
    let format = args.format.map_or_else(default_format, Format::from);
    let text = if args.statistics { counts(&report, args)? } else { render(&report, format, style) };
    match &mended.stdin {
        // Standard output is for the mended text.
        Some(mended) => {
            streams::say(mended)?;
            streams::note(&text);
        }
        None => streams::say(&text)?,
    }
    for (format, file) in &args.output {
        write::whole(file, &render(&report, (*format).into(), Style { color: false, links: false, ..style }))?;
    }
    if args.formats().any(|format| format == Wanted::Github) {
        summarize(&report, style)?;
    }
    clock.lap("writing");
    streams::note(&known.notes);
    close(&report.summary, format, &inputs.failures, &mending(args, &mended, &report), args.quiet, &clock);
    if args.timings {
        streams::note(&clock.told(&drafts));
    }
    if known.stale && args.strict_baseline && end == End::Good {
        end = End::Findings;
    }
    if !args.watch {
        // The same holds of many findings.
        std::mem::forget(drafts);
    }
    if !inputs.failures.is_empty() {
        return Err(Failure::SomeFiles);
    }
    Ok(if args.exit_zero { End::Good } else { end })
}

/// The counts of `--statistics`.
fn counts(report: &Report, args: &Args) -> Result<String, Failure> {
    match args.format {
        None | Some(Wanted::Full | Wanted::Concise | Wanted::Narrated) => Ok(statistics::text(report)),
        Some(Wanted::Json) => Ok(statistics::json(report)),
        Some(_) => Err(Failure::Usage("`--statistics` is text, or a list with `--format json`".to_owned())),
    }
}

/// How long a run and its parts take.
struct Clock {
    started: Instant,
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn start() -> Self {
        let now = Instant::now();
        Self { started: now, last: now, laps: Vec::new() }
    }

    /// Another part is done.
    fn lap(&mut self, part: &'static str) {
        let now = Instant::now();
        self.laps.push((part, now - self.last));
        self.last = now;
    }

    /// The parts, and within the checking the stations, summed over all drafts: several are checked at a time.
    fn told(&self, drafts: &[Outcome]) -> String {
        let mut stations: Vec<(&'static str, Duration)> = Vec::new();
        for &(station, took) in drafts.iter().flat_map(|draft| &draft.timings) {
            match stations.iter_mut().find(|(known, _)| *known == station) {
                Some((_, sum)) => *sum += took,
                None => stations.push((station, took)),
            }
        }
        let line = |name: &str, took: &Duration| format!("{:>10.2} ms  {name}\n", took.as_secs_f64() * 1e3);
        let mut text = String::new();
        for (part, took) in &self.laps {
            text.push_str(&line(part, took));
            if *part == "checking" {
                text.extend(stations.iter().map(|(name, took)| line(&format!("  {name}"), took)));
            }
        }
        text + &line("in all", &self.started.elapsed())
    }
}

fn today() -> Date {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date()
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
    let text = render(report, Format::Markdown, Style { color: false, links: false, ..style });
    let added = std::fs::OpenOptions::new().append(true).create(true).open(&file);
    let added = added.and_then(|mut file| file.write_all(text.as_bytes()));
    added.map_err(|error| Failure::file(Path::new(&file).display(), error))
}

/// Everything found, draft by draft, and how the run ends.
fn report(drafts: &[Outcome]) -> (Report<'_>, End) {
    let mut report = Report { summary: Summary { files: drafts.len(), ..Summary::default() }, ..Report::default() };
    let (mut failing, mut undecided) = (false, false);
    for Outcome { settings, sources, findings, clauses, draft, pages, .. } in drafts {
        report.summary.clauses += clauses;
        report.drafts.push(draft.clone());
        report.pages.extend(pages.iter().cloned());
        let url = settings.config.as_ref().and_then(|config| config.rules_url.as_ref());
        report.rules_url = report.rules_url.or_else(|| url.map(|said| said.value.clone()));
        for finding in findings {
            report.summary.count(finding);
            failing |= finding.is_open() && draft.fails.is_some_and(|level| finding.level >= level);
            undecided |= finding.is_open() && settings.fail_on == FailOn::Undecided && is_undecided(&finding.code);
            report.shown.push(Shown { sources, finding });
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

/// Shows what would be mended.
fn difference(args: &Args, mended: &Mended, failures: &[Failure]) -> Result<End, Failure> {
    streams::say(&mended.diff)?;
    let mut text: String = failures.iter().map(|failure| format!("rapporteur: {failure}\n")).collect();
    if !args.quiet {
        let (fixes, drafts) = (counted(mended.fixes, "finding"), counted(mended.drafts, "file"));
        text.push_str(&format!("{fixes} would be mended in {drafts}\n"));
    }
    streams::note(&text);
    match () {
        () if !failures.is_empty() => Err(Failure::SomeFiles),
        () if mended.diff.is_empty() => Ok(End::Good),
        () => Ok(End::Findings),
    }
}

/// What was mended, or else what could be.
fn mending(args: &Args, mended: &Mended, report: &Report) -> String {
    if args.fix {
        return format!("{} mended in {}\n", counted(mended.fixes, "finding"), counted(mended.drafts, "file"));
    }
    let (safe, other) = mend::mendable(report.shown.iter().map(|shown| shown.finding));
    match (safe, other) {
        (0, _) => String::new(),
        (safe, 0) => format!("`--fix` mends {safe} of these\n"),
        (safe, other) => format!("`--fix` mends {safe} of these, `--fix --unsafe-fixes` {other} more\n"),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Says on standard error what could not be read, and the counts where the findings do not hold them.
fn close(summary: &Summary, format: Format, failures: &[Failure], mending: &str, quiet: bool, clock: &Clock) {
    let mut text = String::new();
    for failure in failures {
        text.push_str(&format!("rapporteur: {failure}\n"));
    }
    if !quiet && !matches!(format, Format::Json | Format::Ndjson) {
        if summary.errors + summary.warnings + summary.advice > 0 && format != Format::Concise {
            text.push('\n');
        }
        text.push_str(&summary.line(clock.started.elapsed()));
        text.push('\n');
        text.push_str(mending);
    }
    streams::note(&text);
}
