//! `rapporteur rules`: every code there is.

use super::known::{Known, known_checklist};
use super::{End, Failure, streams};
use crate::finding::Level;
use crate::render::page;
use crate::rules::pages::{self, Page};
use serde::Serialize;
use std::fmt::Write;
use std::path::PathBuf;

/// What `rules` is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How the list is written
    #[arg(long, value_enum, default_value_t = Layout::Text)]
    format: Layout,
    /// The levels as this checklist sets them
    #[arg(long, value_name = "NAME")]
    checklist: Option<String>,
    /// A draft or library whose own rules and levels count too
    #[arg(long, value_name = "FILE")]
    draft: Option<PathBuf>,
}

/// How a list is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Layout {
    /// Columns
    Text,
    /// One JSON array
    Json,
    /// A Markdown page: a table, and a section a code
    Markdown,
}

/// A code.
#[derive(Debug, Serialize)]
struct Row {
    code: String,
    /// Absent where the checklist switches it off, and for an optional field.
    level: Option<&'static str>,
    title: String,
    /// Where a library defines or changes it; absent for what comes with the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    defined: Option<String>,
}

/// Lists the codes.
pub fn run(args: &Args) -> Result<End, Failure> {
    let known = Known::of(args.draft.as_deref())?;
    if let Some(name) = &args.checklist {
        known_checklist(name, known.vocabulary(), known.names())?;
    }
    let (vocabulary, names) = (known.vocabulary(), known.names());
    let levels = known.levels(args.checklist.as_deref());
    let leveled = |page: &Page| levels.level(&page.code, page.level).map(Level::word);
    let rows: Vec<Row> = pages::all(vocabulary, names)
        .map(|page| Row {
            level: leveled(&page),
            code: page.code.into_owned(),
            title: page.title.into_owned(),
            defined: page.at.and_then(|at| known.place(at)),
        })
        .collect();
    streams::say(&match args.format {
        Layout::Text => text(&rows),
        Layout::Json => {
            let mut json = serde_json::to_string_pretty(&rows).unwrap_or_default();
            json.push('\n');
            json
        }
        Layout::Markdown => {
            let pages = pages::all(vocabulary, names).map(|page| (leveled(&page), page));
            page::book(&pages.map(|(level, page)| (page, level)).collect::<Vec<_>>())
        }
    })?;
    Ok(End::Good)
}

fn text(rows: &[Row]) -> String {
    let wide = rows.iter().map(|row| row.code.len()).max().unwrap_or(0);
    let mut out = String::new();
    for Row { code, level, title, defined } in rows {
        let _ = write!(out, "{code:wide$}  {:7}  {title}", level.unwrap_or("off"));
        let _ = match defined {
            Some(place) => writeln!(out, " ({place})"),
            None => writeln!(out),
        };
    }
    out
}
