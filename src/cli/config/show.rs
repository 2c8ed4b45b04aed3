//! `rapporteur config`: what holds for a draft, and which line says so.

use super::schema::{self, ConfigFile};
use super::{Config, Said, Values};
use crate::cli::inputs::Input;
use crate::cli::settings::{Asked, Exertion, FailOn, Selection, Settings, word};
use crate::cli::{End, Failure, streams};
use crate::finding::Level;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What `config` is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The draft or the folder that it is asked for
    #[arg(default_value = ".", hide_default_value = true)]
    path: PathBuf,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Layout::Text)]
    format: Layout,
    /// Print the JSON Schema of `rapporteur.toml` instead
    #[arg(long)]
    schema: bool,
    #[command(flatten)]
    selection: Selection,
}

/// How an answer is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Layout {
    /// As the file would say it, with the line that does
    Text,
    /// As one JSON object that the schema describes
    Json,
}

/// A line of the answer: a key, its value as TOML, and who says so.
struct Row {
    key: String,
    value: String,
    from: String,
}

/// Shows what holds.
pub fn run(args: &Args) -> Result<End, Failure> {
    if args.schema {
        streams::say(&schema::schema())?;
        return Ok(End::Good);
    }
    let configs = super::Configs::new(args.selection.config.as_deref(), args.selection.no_config)?;
    // What holds for a folder is what holds for a draft in it that no pattern names.
    let path = if args.path.is_dir() { args.path.join("\u{0}") } else { args.path.clone() };
    let input = Input::file(&path);
    let settings = Settings::of(&input, &Asked::default(), &configs);
    configs.settled()?;
    if args.format == Layout::Json {
        let json = serde_json::to_string_pretty(&whole(&input, &settings)).unwrap_or_default();
        streams::say(&format!("{json}\n"))?;
        return Ok(End::Good);
    }
    let shown = args.path.display();
    let mut out = match &settings.config {
        Some(config) => format!("# for {shown}, by {}\n", config.shown),
        None => format!("# for {shown}; there is no `{}` above it\n", super::NAME),
    };
    let (rows, levels) = rows(&input, &settings);
    table(&mut out, &rows);
    if !levels.is_empty() {
        out.push_str("\n[levels]\n");
        table(&mut out, &levels);
    }
    streams::say(&out)?;
    Ok(End::Good)
}

/// The rows before the levels, and the levels.
fn rows(input: &Input, settings: &Settings) -> (Vec<Row>, Vec<Row>) {
    let config = settings.config.as_deref();
    let by = |line: Option<u32>| match (config, line) {
        (Some(config), Some(line)) => format!("{}:{line}", config.shown),
        _ => "default".to_owned(),
    };
    let row = |key: &str, value: String, line: Option<u32>| Row { key: key.to_owned(), value, from: by(line) };
    let first = |of: &dyn Fn(&Values) -> Option<u32>| values(config, &input.place).iter().find_map(|values| of(values));
    let include = config.and_then(|config| config.include.as_ref());
    let exclude = config.and_then(|config| config.exclude.as_ref());
    let usual = ["*.decl", "*.md", "*.markdown"].map(str::to_owned);
    let mut rows = vec![
        row("include", list(include.map_or(&usual[..], |(_, said)| &said.value)), include.map(|(_, said)| said.line)),
        row("exclude", list(exclude.map_or(&[], |(_, said)| &said.value)), exclude.map(|(_, said)| said.line)),
    ];
    let checklist = settings.options.usual_checklist.as_deref().unwrap_or("base");
    rows.push(row("checklist", quoted(checklist), first(&|values| line(&values.checklist))));
    let effort = first(&|values| line(&values.effort));
    let spent = values(config, &input.place).iter().find_map(|values| values.effort.as_ref().map(|said| said.value));
    rows.push(row("effort", quoted(&word(spent.unwrap_or(Exertion::Normal))), effort));
    let fail_on: FailOn = settings.fail_on;
    rows.push(row("fail-on", quoted(&word(fail_on)), config.and_then(|config| line(&config.fail_on))));
    let shown = |path: &PathBuf| path.to_string_lossy().replace('\\', "/");
    let libraries: Vec<String> = settings.options.libraries.iter().map(shown).collect();
    rows.push(row("libraries", list(&libraries), first(&|values| line(&values.libraries))));
    if let Some(baseline) = &settings.baseline {
        let seen = super::seen_from_here(baseline);
        rows.push(row("baseline", quoted(&shown(&seen)), config.and_then(|config| line(&config.baseline))));
    }
    if let Some(url) = config.and_then(|config| config.rules_url.as_ref()) {
        rows.push(row("rules-url", quoted(&url.value), Some(url.line)));
    }
    let mut levels: Vec<Row> = Vec::new();
    for said in values(config, &input.place).iter().flat_map(|values| values.levels.iter().rev()) {
        let (code, level) = &said.value;
        let key = quoted(code);
        if !levels.iter().any(|known| known.key == key) {
            levels.push(row(&key, quoted(level.map_or("off", Level::word)), Some(said.line)));
        }
    }
    levels.sort_by(|a, b| a.key.cmp(&b.key));
    (rows, levels)
}

/// What holds, in the shape of the file.
fn whole(input: &Input, settings: &Settings) -> ConfigFile {
    let config = settings.config.as_deref();
    let texts = |said: Option<&Said<Vec<String>>>| said.map(|said| said.value.clone()).unwrap_or_default();
    let shown = |path: &PathBuf| super::seen_from_here(path).to_string_lossy().replace('\\', "/");
    let effort = values(config, &input.place).iter().find_map(|values| values.effort.as_ref().map(|said| said.value));
    let levels = settings.options.levels.iter().map(|(code, level)| (code.clone(), (*level).into()));
    ConfigFile {
        include: texts(config.and_then(|config| config.include.as_ref()).map(|(_, said)| said)),
        exclude: texts(config.and_then(|config| config.exclude.as_ref()).map(|(_, said)| said)),
        fail_on: Some(settings.fail_on.into()),
        baseline: settings.baseline.as_ref().map(shown),
        rules_url: config.and_then(|config| config.rules_url.as_ref()).map(|said| said.value.clone()),
        checklist: settings.options.usual_checklist.clone(),
        effort: Some(effort.unwrap_or(Exertion::Normal).into()),
        libraries: settings.options.libraries.iter().map(shown).collect(),
        levels: levels.collect(),
        overrides: Vec::new(),
    }
}

/// The values that hold for a path, those that outdo others first.
fn values<'a>(config: Option<&'a Config>, place: &'a Path) -> Vec<&'a Values> {
    config.map(|config| config.values_for(place).collect()).unwrap_or_default()
}

fn line<T>(said: &Option<Said<T>>) -> Option<u32> {
    said.as_ref().map(|said| said.line)
}

/// Text as TOML.
fn quoted(text: &str) -> String {
    // What JSON escapes, TOML escapes in the same way.
    serde_json::to_string(text).unwrap_or_default()
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

/// Rows with what they come from in a column.
fn table(out: &mut String, rows: &[Row]) {
    let lines: Vec<String> = rows.iter().map(|Row { key, value, .. }| format!("{key} = {value}")).collect();
    let wide = lines.iter().map(|line| line.chars().count()).filter(|&wide| wide <= 60).max().unwrap_or(0);
    for (text, Row { from, .. }) in lines.iter().zip(rows) {
        let _ = writeln!(out, "{text:wide$}  # {from}");
    }
}
