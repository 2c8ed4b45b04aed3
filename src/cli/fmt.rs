//! `rapporteur fmt`: one layout for all drafts.

use super::inputs::{self, Input};
use super::settings::Selection;
use super::streams::{self, Color};
use super::{End, Failure, write};
use crate::render::{Format, Report, Shown, Style, render};
use crate::source::{FileId, SourceFile, Sources};
use crate::syntax::print;
use rayon::prelude::*;
use similar::TextDiff;
use std::path::PathBuf;

/// What `fmt` is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders, or `-` for standard input, which goes to standard output; this folder if none is given
    paths: Vec<PathBuf>,
    /// Change nothing; name the files that would change, and end with code 1 if there are any
    #[arg(long)]
    check: bool,
    /// Change nothing; show what would change, and end with code 1 if anything would
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    selection: Selection,
}

/// What became of a draft.
enum Laid {
    /// It is laid out already, or is no draft.
    Same,
    /// It would look like this.
    New { before: String, after: String },
    /// It cannot be read; the findings that say why, ready to be shown.
    Broken(String),
}

/// Lays drafts out.
pub fn run(args: &Args) -> Result<End, Failure> {
    let inputs = inputs::collect(&args.paths, &args.selection)?;
    let done: Vec<Result<Laid, Failure>> = inputs.found.par_iter().map(|input| lay_out(input, args)).collect();
    let (mut out, mut said) = (String::new(), String::new());
    let mut failures = inputs.failures;
    let (mut changed, mut broken) = (0, 0);
    for (input, laid) in inputs.found.iter().zip(done) {
        let to_stdout = to_stdout(input, args);
        match laid {
            Ok(Laid::Same) => {}
            Ok(Laid::New { after, .. }) if to_stdout => out.push_str(&after),
            Ok(Laid::New { before, after }) => {
                changed += 1;
                if args.check {
                    out.push_str(&format!("{}\n", input.name));
                }
                if args.diff {
                    out.push_str(&difference(&input.name, &before, &after));
                }
                let target = input.path.as_deref().filter(|_| !args.check && !args.diff);
                match target.map(|path| write::replace(path, &after)) {
                    Some(Ok(())) => said.push_str(&format!("{}: laid out\n", input.name)),
                    Some(Err(failure)) => failures.push(Failure::file(&input.name, failure)),
                    None => {}
                }
            }
            Ok(Laid::Broken(findings)) => {
                broken += 1;
                said.push_str(&findings);
            }
            Err(failure) => failures.push(failure),
        }
    }
    if inputs.found.is_empty() && failures.is_empty() {
        if inputs.excluded > 0 {
            return Ok(End::Good);
        }
        return Err(Failure::NoInput(inputs::listed(&args.paths)));
    }
    streams::say(&out)?;
    if broken > 0 {
        said.push_str("rapporteur: a draft that cannot be read is left as it is\n");
    }
    for failure in &failures {
        said.push_str(&format!("rapporteur: {failure}\n"));
    }
    streams::note(&said);
    match () {
        () if !failures.is_empty() => Err(Failure::SomeFiles),
        () if broken > 0 || (changed > 0 && (args.check || args.diff)) => Ok(End::Findings),
        () => Ok(End::Good),
    }
}

/// Standard input comes out on standard output, changed or not.
fn to_stdout(input: &Input, args: &Args) -> bool {
    input.path.is_none() && !args.check && !args.diff
}

fn lay_out(input: &Input, args: &Args) -> Result<Laid, Failure> {
    let Some(before) = inputs::read(input)? else { return Ok(Laid::Same) };
    let file = SourceFile::new(input.name.as_str(), before.as_str());
    Ok(match print::format(FileId::default(), &file) {
        Ok(after) if after == before && !to_stdout(input, args) => Laid::Same,
        Ok(after) => Laid::New { before, after },
        Err(findings) => {
            let mut sources = Sources::default();
            sources.add(file);
            let shown = findings.iter().map(|finding| Shown { sources: &sources, finding }).collect();
            let report = Report { shown, ..Report::default() };
            let style = Style { color: false, ..streams::style(Color::Never, None) };
            Laid::Broken(render(&report, Format::Concise, style))
        }
    })
}

fn difference(name: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().context_radius(3).header(name, name).to_string()
}
