//! `rapporteur.toml`: what a team says once for all its drafts. Of the files above an input the nearest one counts.

pub mod read;
pub mod schema;
pub mod show;

use super::Failure;
use super::settings::{Exertion, FailOn};
use crate::finding::Level;
use ignore::gitignore::Gitignore;
use rustc_hash::FxHashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The name of the file.
pub const NAME: &str = "rapporteur.toml";

/// A value, and the line that says so.
#[derive(Clone, Debug)]
pub struct Said<T> {
    /// What is said.
    pub value: T,
    /// The line, from 1.
    pub line: u32,
}

/// What holds for all drafts below a file, or for some.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// The checklist of drafts that name none.
    pub checklist: Option<Said<String>>,
    /// How far the search for contradictions goes.
    pub effort: Option<Said<Exertion>>,
    /// Libraries that every draft takes over, as paths from the current folder or from the root.
    pub libraries: Option<Said<Vec<PathBuf>>>,
    /// The levels of codes, groups and names; none switches off. In the order of the file.
    pub levels: Vec<Said<(String, Option<Level>)>>,
}

/// What holds for drafts whose path matches.
#[derive(Clone, Debug)]
pub struct Override {
    /// The patterns.
    pub files: Gitignore,
    /// What holds.
    pub values: Values,
}

/// A configuration that has been read.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file as shown.
    pub shown: String,
    /// Which files of a folder are drafts; nothing where the usual endings decide.
    pub include: Option<(Gitignore, Said<Vec<String>>)>,
    /// Which files and folders are left out.
    pub exclude: Option<(Gitignore, Said<Vec<String>>)>,
    /// What holds for all.
    pub values: Values,
    /// What holds for some; a later one outdoes an earlier one.
    pub overrides: Vec<Override>,
    /// The mildest finding that makes a run fail.
    pub fail_on: Option<Said<FailOn>>,
    /// Where known findings are recorded.
    pub baseline: Option<Said<PathBuf>>,
    /// Where the pages of the codes can be read.
    pub rules_url: Option<Said<String>>,
}

impl Config {
    /// The values for one draft, those that outdo others first.
    pub fn values_for<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = &'a Values> {
        let matching = self.overrides.iter().rev().filter(move |it| is_matched(&it.files, path, false));
        matching.map(|it| &it.values).chain([&self.values])
    }
}

/// Whether a path, or a folder above it below the patterns' own, matches.
pub fn is_matched(patterns: &Gitignore, path: &Path, is_folder: bool) -> bool {
    path.starts_with(patterns.path()) && patterns.matched_path_or_any_parents(path, is_folder).is_ignore()
}

/// The configurations of one run.
#[derive(Debug, Default)]
pub struct Configs {
    /// The one named on the command line, for all inputs.
    named: Option<Arc<Config>>,
    /// Whether no file is looked for.
    alone: bool,
    /// The nearest one of every folder seen.
    known: Mutex<FxHashMap<PathBuf, Option<Arc<Config>>>>,
    /// The mistakes in all files read.
    wrong: Mutex<Vec<String>>,
}

impl Configs {
    /// That of `--config` for all inputs, none with `--no-config`, else the nearest one of each input.
    pub fn new(named: Option<&Path>, alone: bool) -> Result<Self, Failure> {
        let mut configs = Self { alone, ..Self::default() };
        if let Some(path) = named {
            let text = read_text(path)?;
            let read = read::read(path, &text).map_err(|mistakes| Failure::Config(mistakes.join("\n")))?;
            configs.named = Some(Arc::new(read));
        }
        Ok(configs)
    }

    /// The configuration for what lies in a folder (an absolute path).
    pub fn of_folder(&self, folder: &Path) -> Option<Arc<Config>> {
        if self.alone || self.named.is_some() {
            return self.named.clone();
        }
        if let Some(known) = lock(&self.known).get(folder) {
            return known.clone();
        }
        let file = folder.join(NAME);
        let found = if file.is_file() {
            self.load(&file)
        } else if folder.join(".git").exists() {
            None
        } else {
            folder.parent().and_then(|above| self.of_folder(above))
        };
        lock(&self.known).insert(folder.to_owned(), found.clone());
        found
    }

    /// The configuration for a file (an absolute path).
    pub fn of_file(&self, file: &Path) -> Option<Arc<Config>> {
        self.of_folder(file.parent().unwrap_or(file))
    }

    fn load(&self, file: &Path) -> Option<Arc<Config>> {
        let read = read_text(file).map_err(|failure| vec![failure.to_string()]);
        match read.and_then(|text| read::read(file, &text)) {
            Ok(config) => Some(Arc::new(config)),
            Err(mistakes) => {
                lock(&self.wrong).extend(mistakes);
                None
            }
        }
    }

    /// Fails where a file that was asked has mistakes.
    pub fn settled(&self) -> Result<(), Failure> {
        let wrong = lock(&self.wrong);
        if wrong.is_empty() { Ok(()) } else { Err(Failure::Config(wrong.join("\n"))) }
    }

    /// Whether one step of a walk is left out, whatever holds for the folders above it.
    pub fn excludes_step(&self, path: &Path, is_folder: bool) -> bool {
        let config = path.parent().and_then(|folder| self.of_folder(folder));
        let exclude = config.as_deref().and_then(|config| config.exclude.as_ref());
        exclude.is_some_and(|(patterns, _)| {
            path.starts_with(patterns.path()) && patterns.matched(path, is_folder).is_ignore()
        })
    }

    /// Whether a file is left out, itself or with a folder above it.
    pub fn excludes(&self, file: &Path) -> bool {
        file.ancestors().enumerate().any(|(i, step)| self.excludes_step(step, i > 0))
    }

    /// Whether a file that a walk comes upon counts as a draft by its name; nothing where the usual endings decide.
    pub fn includes(&self, file: &Path) -> Option<bool> {
        let config = self.of_file(file)?;
        let (patterns, _) = config.include.as_ref()?;
        Some(is_matched(patterns, file, false))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // What is kept is whole at any time, so that a thread that ended early leaves nothing broken.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read_text(path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let bytes = super::inputs::read_file(path).map_err(|reason| Failure::Config(format!("{shown}: {reason}")))?;
    String::from_utf8(bytes).map_err(|_| Failure::Config(format!("{shown}: this is not UTF-8 text; save it as UTF-8")))
}

/// The path from the root, without `.` and `..`; links are not followed.
pub fn absolute(path: &Path) -> PathBuf {
    // The current folder does not change while the program runs, and the system need not be asked for each of many drafts.
    static HERE: LazyLock<PathBuf> = LazyLock::new(|| std::env::current_dir().unwrap_or_default());
    let whole = HERE.join(path);
    let mut plain = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

/// A path as seen from the current folder where it lies below it, else as it is.
pub fn seen_from_here(path: &Path) -> PathBuf {
    let here = absolute(Path::new("."));
    path.strip_prefix(here).map(Path::to_path_buf).unwrap_or_else(|_| path.to_path_buf())
}
