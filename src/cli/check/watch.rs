//! `--watch`: the same check again whenever a file that bears on it changes.

use crate::cli::Failure;
use crate::cli::config::{NAME, absolute};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// How long nothing may change before a change counts as finished: an editor writes in several steps.
const SILENCE: Duration = Duration::from_millis(50);

/// What is looked at, and the news of it.
pub struct Watch {
    watcher: RecommendedWatcher,
    news: Receiver<notify::Result<notify::Event>>,
    folders: BTreeSet<PathBuf>,
}

impl Watch {
    /// Looks at the folders among these paths with all below them, and at the folders of the files.
    pub fn new(paths: &[PathBuf]) -> Result<Self, Failure> {
        let (sender, news) = channel();
        let watcher = notify::recommended_watcher(sender).map_err(failed)?;
        let mut watch = Self { watcher, news, folders: BTreeSet::new() };
        let here = [PathBuf::from(".")];
        for path in if paths.is_empty() { &here } else { paths } {
            if path.is_dir() {
                watch.add(path, RecursiveMode::Recursive)?;
            } else {
                watch.beside(path)?;
            }
        }
        Ok(watch)
    }

    /// Looks at the folder of a file as well: an import, a configuration.
    pub fn beside(&mut self, file: &Path) -> Result<(), Failure> {
        match absolute(file).parent() {
            Some(folder) if folder.is_dir() => self.add(folder, RecursiveMode::NonRecursive),
            _ => Ok(()),
        }
    }

    fn add(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), Failure> {
        let folder = absolute(folder);
        if self.folders.contains(&folder) {
            return Ok(());
        }
        self.watcher.watch(&folder, mode).map_err(failed)?;
        self.folders.insert(folder);
        Ok(())
    }

    /// Waits until something has changed and nothing has for a while.
    pub fn wait(&self) -> Result<(), Failure> {
        loop {
            match self.news.recv() {
                Ok(Ok(event)) if counts(&event) => break,
                Ok(Ok(_)) => {}
                Ok(Err(error)) => return Err(failed(error)),
                Err(_) => return Err(Failure::Usage("the system tells of no more changes".to_owned())),
            }
        }
        loop {
            match self.news.recv_timeout(SILENCE) {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => return Err(failed(error)),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }
}

/// Whether an event may change what is found: the reading of a file does not, nor does a file that is no draft.
fn counts(event: &notify::Event) -> bool {
    let is_change = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_));
    let matters = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        let is_ours =
            path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(".rapporteur-"));
        !is_ours
            && (path.file_name().is_some_and(|name| name == NAME) || !matches!(ending, Some("tmp" | "swp" | "swx")))
    };
    is_change && (event.paths.is_empty() || event.paths.iter().any(matters))
}

fn failed(error: notify::Error) -> Failure {
    let paths: Vec<String> = error.paths.iter().map(|path| path.display().to_string()).collect();
    Failure::file(if paths.is_empty() { "--watch".to_owned() } else { paths.join(", ") }, error)
}
