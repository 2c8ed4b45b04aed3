//! `rapporteur export`: what a draft means, as JSON.

use super::disk::Disk;
use super::inputs::{self, Input};
use super::settings::{Asked, Selection, Settings};
use super::{End, Failure, streams};
use crate::finding::Level;
use crate::policy::is_unacceptable;
use std::path::{Path, PathBuf};

/// What `export` is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The draft: a file, a folder that holds just one, or `-` for standard input; this folder if none is given
    path: Option<PathBuf>,
    #[command(flatten)]
    selection: Selection,
}

/// Prints the model of a draft.
pub fn run(args: &Args) -> Result<End, Failure> {
    let paths: Vec<PathBuf> = args.path.iter().cloned().collect();
    let mut inputs = inputs::collect(&paths, &args.selection)?;
    if let Some(failure) = inputs.failures.pop() {
        return Err(failure);
    }
    let mut drafts: Vec<(&Input, String)> = Vec::new();
    for input in &inputs.found {
        if let Some(text) = inputs::read(input)? {
            drafts.push((input, text));
        }
    }
    let (input, text) = match drafts.len() {
        0 => return Err(Failure::NoInput(inputs::listed(&paths))),
        1 => drafts.remove(0),
        n => return Err(Failure::Usage(format!("{n} drafts found in {}; name one of them", inputs::listed(&paths)))),
    };
    let options = Settings::of(input, &Asked::default(), &inputs.configs).options;
    let checked = crate::check(Path::new(&input.name), text, &Disk::of(input.path.as_deref()), &options);
    streams::say(&crate::render::export::to_json(&checked.model, &checked.sources))?;
    // What cannot be read is missing in the model: whoever reads it must be told.
    let unread =
        checked.findings.iter().filter(|found| found.level == Level::Error && is_unacceptable(&found.code)).count();
    if unread == 0 {
        return Ok(End::Good);
    }
    let name = &input.name;
    streams::note(&format!("rapporteur: {name}: the model is not complete; `rapporteur check {name}` says why\n"));
    Ok(End::Findings)
}
