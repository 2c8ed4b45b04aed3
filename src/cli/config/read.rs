//! From the text of `rapporteur.toml` to a [`Config`]: every mistake is told, with its place and what was meant.

use super::{Config, Override, Said, Values, absolute, seen_from_here};
use crate::cli::disk::Disk;
use crate::cli::settings::Exertion;
use crate::finding::Level;
use crate::model::Names;
use crate::model::standard::Standard;
use crate::model::suggest::closest;
use crate::model::vocabulary::Vocabulary;
use crate::policy::{Options, is_unacceptable};
use crate::rules::pages;
use crate::source::SourceFile;
use clap::ValueEnum;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys of the file.
pub const KEYS: &[&str] =
    &["include", "exclude", "checklist", "libraries", "levels", "overrides", "fail-on", "baseline", "effort"];

/// The keys of an entry of `[[overrides]]`.
pub const OVERRIDE_KEYS: &[&str] = &["files", "checklist", "libraries", "levels", "effort"];

/// The words for levels.
pub const LEVELS: &[&str] = &["error", "warning", "advice", "off"];

type Value<'a> = Spanned<DeValue<'a>>;

/// Reads a configuration; gives all mistakes, each a line `file:line:column: what is wrong`.
pub fn read(path: &Path, text: &str) -> Result<Config, Vec<String>> {
    let path = absolute(path);
    let shown = seen_from_here(&path).to_string_lossy().replace('\\', "/");
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let source = SourceFile::new(shown.as_str(), text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { folder, source, mistakes: Vec::new(), words: None };
    for error in errors {
        reader.wrong(error.span().unwrap_or(0..0), first_line(error.message()));
    }
    let config = reader.config(table.get_ref(), shown);
    if reader.mistakes.is_empty() {
        return Ok(config);
    }
    reader.mistakes.sort();
    reader.mistakes.dedup();
    let place = |at: usize| reader.source.position(at as u32);
    let told = reader.mistakes.iter().map(|(at, message)| {
        let place = place(*at);
        format!("{}:{}:{}: {message}", reader.source.path(), place.line, place.column)
    });
    Err(told.collect())
}

fn first_line(message: &str) -> String {
    let words: Vec<&str> = message.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    words.join("; ")
}

/// What can be named: codes and checklists, those of the libraries among them.
struct Words {
    codes: BTreeSet<String>,
    checklists: BTreeSet<String>,
}

struct Reader {
    folder: PathBuf,
    source: SourceFile,
    /// By the byte at which they begin.
    mistakes: Vec<(usize, String)>,
    words: Option<Words>,
}

impl Reader {
    fn wrong(&mut self, at: Range<usize>, message: impl Into<String>) {
        self.mistakes.push((at.start, message.into()));
    }

    /// Tells of a word that is none of those known.
    fn unknown(&mut self, at: Range<usize>, what: &str, word: &str, known: &[&str]) {
        let hint = match closest(word, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.len() <= 12 => format!("there are {}", known.join(", ")),
            None => "`rapporteur rules` lists all codes".to_owned(),
        };
        self.wrong(at, format!("`{word}` is no {what}; {hint}"));
    }

    fn said<T>(&self, at: &Range<usize>, value: T) -> Said<T> {
        Said { value, line: self.source.position(at.start as u32).line }
    }

    fn config(&mut self, table: &DeTable, shown: String) -> Config {
        let mut config = Config {
            shown,
            include: None,
            exclude: None,
            values: Values::default(),
            overrides: Vec::new(),
            fail_on: None,
            baseline: None,
            rules_url: None,
        };
        // What libraries define can be named before they are.
        let all_libraries = self.all_libraries(table);
        self.words = Some(known_words(&all_libraries));
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match name {
                "include" => config.include = self.patterns(name, value),
                "exclude" => config.exclude = self.patterns(name, value),
                "overrides" => config.overrides = self.overrides(value),
                "fail-on" => config.fail_on = self.word(name, value),
                "baseline" => config.baseline = self.baseline(value),
                "rules-url" => config.rules_url = self.url(name, value),
                _ if self.shared(name, value, &mut config.values) => {}
                _ => self.unknown(key.span(), "key", name, KEYS),
            }
        }
        config
    }

    /// Takes a key that may also stand in an override.
    fn shared(&mut self, name: &str, value: &Value, values: &mut Values) -> bool {
        match name {
            "checklist" => values.checklist = self.checklist(value),
            "effort" => values.effort = self.word::<Exertion>(name, value),
            "libraries" => {
                let found = self.strings(name, value);
                let paths = found.iter().filter_map(|(file, at)| self.library(file, at.clone())).collect();
                values.libraries = Some(self.said(&value.span(), paths));
            }
            "levels" => values.levels = self.levels(value),
            _ => return false,
        }
        true
    }

    fn overrides(&mut self, value: &Value) -> Vec<Override> {
        let Some(entries) = value.get_ref().as_array() else {
            self.wrong(value.span(), "write each entry as `[[overrides]]`, with `files` and what holds for them");
            return Vec::new();
        };
        let mut overrides = Vec::new();
        for entry in entries.iter() {
            let Some(table) = entry.get_ref().as_table() else {
                self.wrong(entry.span(), "write each entry as `[[overrides]]`, with `files` and what holds for them");
                continue;
            };
            let (mut files, mut values, mut named) = (None, Values::default(), false);
            for (key, value) in table {
                let name = key.get_ref().as_ref();
                if name == "files" {
                    named = true;
                    files = self.patterns(name, value);
                } else if !self.shared(name, value, &mut values) {
                    self.unknown(key.span(), "key of an override", name, OVERRIDE_KEYS);
                }
            }
            match files {
                Some((files, _)) => overrides.push(Override { files, values }),
                None if !named => self.wrong(entry.span(), "say with `files` for which drafts this holds"),
                None => {}
            }
        }
        overrides
    }

    // ------------------------------------------------------------------------------------------------- single values

    fn string<'a>(&mut self, name: &str, value: &'a Value) -> Option<&'a str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong(value.span(), format!("`{name}` is a text in quotation marks"));
        }
        text
    }

    fn strings(&mut self, name: &str, value: &Value) -> Vec<(String, Range<usize>)> {
        let Some(entries) = value.get_ref().as_array() else {
            self.wrong(value.span(), format!("`{name}` is a list of texts: `{name} = [\"…\", \"…\"]`"));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for entry in entries.iter() {
            match entry.get_ref().as_str() {
                Some(text) => texts.push((text.to_owned(), entry.span())),
                None => self.wrong(entry.span(), format!("each entry of `{name}` is a text in quotation marks")),
            }
        }
        texts
    }

    /// One of the words of the command line.
    fn word<T: ValueEnum>(&mut self, name: &str, value: &Value) -> Option<Said<T>> {
        let text = self.string(name, value)?;
        if let Ok(word) = T::from_str(text, false) {
            return Some(self.said(&value.span(), word));
        }
        let known: Vec<_> = T::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        let known: Vec<&str> = known.iter().map(|value| value.get_name()).collect();
        self.unknown(value.span(), &format!("value of `{name}`"), text, &known);
        None
    }

    fn patterns(&mut self, name: &str, value: &Value) -> Option<(Gitignore, Said<Vec<String>>)> {
        let texts = self.strings(name, value);
        let mut builder = GitignoreBuilder::new(&self.folder);
        for (text, at) in &texts {
            if let Err(error) = builder.add_line(None, text) {
                self.wrong(
                    at.clone(),
                    format!("`{text}` is no pattern as in a `.gitignore`: {}", pattern_error(&error)),
                );
            }
        }
        let built = builder.build();
        let said = self.said(&value.span(), texts.into_iter().map(|(text, _)| text).collect());
        built.ok().map(|built| (built, said))
    }

    fn checklist(&mut self, value: &Value) -> Option<Said<String>> {
        let name = self.string("checklist", value)?;
        let known = self.words.as_ref().map(|words| words.checklists.clone()).unwrap_or_default();
        if known.contains(name) {
            return Some(self.said(&value.span(), name.to_owned()));
        }
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.unknown(value.span(), "checklist", name, &known);
        None
    }

    fn levels(&mut self, value: &Value) -> Vec<Said<(String, Option<Level>)>> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(
                value.span(),
                "`levels` is a table: `[levels]`, then lines such as `\"vague/time\" = \"error\"`",
            );
            return Vec::new();
        };
        let known = self.words.as_ref().map(|words| words.codes.clone()).unwrap_or_default();
        let mut levels = Vec::new();
        for (key, value) in table {
            let code = key.get_ref().as_ref();
            if is_unacceptable(code) {
                self.wrong(key.span(), format!("`{code}` keeps a text from being read; its level is fixed"));
            } else if !known.contains(code) {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                self.unknown(key.span(), "code or group", code, &known);
            }
            let Some(word) = self.string(code, value) else { continue };
            match (word, Level::from_word(word)) {
                ("off", _) => levels.push(self.said(&key.span(), (code.to_owned(), None))),
                (_, Some(level)) => levels.push(self.said(&key.span(), (code.to_owned(), Some(level)))),
                _ => self.unknown(value.span(), "level", word, LEVELS),
            }
        }
        levels.sort_by_key(|said| said.line);
        levels
    }

    // -------------------------------------------------------------------------------------------------------- paths

    /// The path of a library, which has to be there and to be text.
    fn library(&mut self, file: &str, at: Range<usize>) -> Option<PathBuf> {
        let path = absolute(&self.folder.join(file));
        match crate::cli::inputs::read_file(&path) {
            // With links followed, so that a draft that imports it too has it once.
            Ok(bytes) if std::str::from_utf8(&bytes).is_ok() => {
                return Some(seen_from_here(&path.canonicalize().unwrap_or(path)));
            }
            Ok(_) => self.wrong(at, format!("`{file}` is not UTF-8 text; save it as UTF-8")),
            Err(reason) => self.missing(at, file, &path, &reason),
        }
        None
    }

    fn baseline(&mut self, value: &Value) -> Option<Said<PathBuf>> {
        let file = self.string("baseline", value)?;
        let path = absolute(&self.folder.join(file));
        if path.is_dir() || path.parent().is_some_and(|folder| !folder.is_dir()) {
            let reason = if path.is_dir() { "this is a folder" } else { "its folder is not there" };
            self.wrong(value.span(), format!("`{file}` cannot be a baseline: {reason}"));
        }
        Some(self.said(&value.span(), path))
    }

    fn url(&mut self, name: &str, value: &Value) -> Option<Said<String>> {
        let text = self.string(name, value)?;
        let is_address = ["https://", "http://", "file://"].iter().any(|begin| text.starts_with(begin));
        if !is_address || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            self.wrong(value.span(), format!("`{text}` is no address; it begins with `https://`"));
            return None;
        }
        Some(self.said(&value.span(), text.to_owned()))
    }

    fn missing(&mut self, at: Range<usize>, file: &str, path: &Path, reason: &str) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = path.parent().and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten();
        let mut beside: Vec<String> = beside.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        beside.sort();
        let near = closest(&name, beside.iter().map(String::as_str));
        let hint = near.map(|near| format!("; did you mean `{}`?", file.replace(&name, near))).unwrap_or_default();
        self.wrong(at, format!("`{file}`: {reason}{hint}"));
    }

    /// The libraries of all keys that can be read, for the words that they define.
    fn all_libraries(&self, table: &DeTable) -> Vec<PathBuf> {
        let mut paths = Vec::new();
        let mut take = |table: &DeTable| {
            let list = table.get("libraries").and_then(|value| value.get_ref().as_array());
            let texts = list.into_iter().flat_map(|list| list.iter()).filter_map(|entry| entry.get_ref().as_str());
            paths.extend(texts.map(|file| absolute(&self.folder.join(file))).filter(|path| path.is_file()));
        };
        take(table);
        let overrides = table.get("overrides").and_then(|value| value.get_ref().as_array());
        let overrides = overrides.into_iter().flat_map(|list| list.iter());
        overrides.filter_map(|entry| entry.get_ref().as_table()).for_each(take);
        paths
    }
}

/// What a pattern has wrong, without the pattern.
fn pattern_error(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        ignore::Error::WithPath { err, .. } | ignore::Error::WithLineNumber { err, .. } => pattern_error(err),
        other => other.to_string(),
    }
}

/// The codes with their groups and names, and the checklists, of the standard library and of these.
fn known_words(libraries: &[PathBuf]) -> Words {
    let standard = Standard::embedded();
    if libraries.is_empty() {
        return words(&standard.vocabulary, &standard.names);
    }
    let options = Options { libraries: libraries.to_vec(), ..Options::default() };
    let model = crate::check(Path::new("libraries.decl"), "", &Disk::of(None), &options).model;
    let vocabulary: &Arc<Vocabulary> = &model.vocabulary;
    words(vocabulary, &model.names)
}

fn words(vocabulary: &Vocabulary, names: &Names) -> Words {
    let mut codes = BTreeSet::new();
    for page in pages::all(vocabulary, names) {
        if let Some((group, name)) = page.code.split_once('/') {
            codes.extend([group.to_owned(), name.to_owned(), page.code.to_string()]);
        }
    }
    let checklists = vocabulary.checklists.iter().map(|checklist| names.text(checklist.name).to_owned()).collect();
    Words { codes, checklists }
}
