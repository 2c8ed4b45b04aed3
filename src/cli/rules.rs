//! `rapporteur rules`: every code there is.

use super::{End, Failure, streams};
use crate::finding::Level;
use crate::model::standard::Standard;
use crate::policy::Levels;
use crate::rules::pages;
use serde::Serialize;
use std::fmt::Write;

/// What `rules` is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How the list is written
    #[arg(long, value_enum, default_value_t = Layout::Text)]
    format: Layout,
    /// The levels as this checklist sets them
    #[arg(long, value_name = "NAME")]
    checklist: Option<String>,
}

/// How a list is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Layout {
    /// Columns
    Text,
    /// One JSON array
    Json,
    /// A Markdown table
    Markdown,
}

/// A code.
#[derive(Debug, Serialize)]
struct Row {
    code: String,
    /// Absent where the checklist switches it off, and for an optional field.
    level: Option<&'static str>,
    title: String,
}

/// Lists the codes.
pub fn run(args: &Args) -> Result<End, Failure> {
    let Standard { vocabulary, names, .. } = Standard::embedded();
    if let Some(name) = &args.checklist {
        super::explain::known_checklist(name, vocabulary, names)?;
    }
    let levels = Levels::new(vocabulary, names, args.checklist.as_deref().unwrap_or("base"));
    let rows: Vec<Row> = pages::all(vocabulary, names)
        .map(|page| Row {
            level: levels.level(&page.code, page.level).map(Level::word),
            code: page.code.into_owned(),
            title: page.title.into_owned(),
        })
        .collect();
    streams::say(&match args.format {
        Layout::Text => text(&rows),
        Layout::Json => {
            let mut json = serde_json::to_string_pretty(&rows).unwrap_or_default();
            json.push('\n');
            json
        }
        Layout::Markdown => markdown(&rows),
    })?;
    Ok(End::Good)
}

fn text(rows: &[Row]) -> String {
    let wide = rows.iter().map(|row| row.code.len()).max().unwrap_or(0);
    let mut out = String::new();
    for Row { code, level, title } in rows {
        let _ = writeln!(out, "{code:wide$}  {:7}  {title}", level.unwrap_or("off"));
    }
    out
}

fn markdown(rows: &[Row]) -> String {
    let mut out = "| Code | Level | Title |\n| --- | --- | --- |\n".to_owned();
    for Row { code, level, title } in rows {
        let _ = writeln!(out, "| `{code}` | {} | {} |", level.unwrap_or("off"), title.replace('|', "\\|"));
    }
    out
}
