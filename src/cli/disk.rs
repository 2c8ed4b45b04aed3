//! Reads imports from the disk, and never from outside the project.

use crate::load::Loader;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The files of the project that a draft belongs to.
#[derive(Debug)]
pub struct Disk {
    draft: Option<PathBuf>,
    /// Looked up when the first import is: most drafts have none.
    bounds: OnceLock<Bounds>,
}

/// How far imports reach, and how files are named.
#[derive(Debug)]
struct Bounds {
    /// The nearest folder above the draft that holds `.git` or `rapporteur.toml`, else its own; links followed.
    root: Option<PathBuf>,
    /// The current folder, links followed: names are shown as seen from here.
    here: Option<PathBuf>,
}

impl Disk {
    /// For a draft in this file, or for one from standard input, which counts as lying in the current folder.
    pub fn of(draft: Option<&Path>) -> Self {
        Self { draft: draft.map(Path::to_path_buf), bounds: OnceLock::new() }
    }

    fn bounds(&self) -> &Bounds {
        self.bounds.get_or_init(|| Bounds::of(self.draft.as_deref()))
    }
}

impl Bounds {
    fn of(draft: Option<&Path>) -> Self {
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
        let folder = draft.and_then(|path| path.canonicalize().ok()?.parent().map(Path::to_path_buf));
        let own = if draft.is_some() { folder } else { here.clone() };
        let is_root = |folder: &&Path| folder.join(".git").exists() || folder.join("rapporteur.toml").exists();
        let root = own.as_deref().and_then(|own| own.ancestors().find(is_root)).map(Path::to_path_buf).or(own);
        Self { root, here }
    }
}

/// The current folder as seen from the root of its repository: empty at the root and outside any repository, else with `/` at its
/// end.
pub fn below_repository() -> String {
    let Ok(here) = std::env::current_dir().and_then(|here| here.canonicalize()) else { return String::new() };
    let root = here.ancestors().find(|folder| folder.join(".git").exists());
    let below = root.and_then(|root| here.strip_prefix(root).ok());
    let parts = below.into_iter().flat_map(Path::components);
    parts.map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}

impl Loader for Disk {
    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        super::inputs::read_file(path)
    }

    fn resolve(&self, from: &Path, wanted: &str) -> Result<PathBuf, String> {
        let folder = from.parent().unwrap_or(Path::new(""));
        let path = folder.join(wanted);
        // A file that is not there is refused like one out of reach if its folder is out of reach, so that nobody can
        // learn from a draft what lies elsewhere on the disk.
        let real = path.canonicalize().or_else(|_| lexical(&self.absolute(&path)));
        let real = real.map_err(|()| "it lies outside the project".to_owned())?;
        match &self.bounds().root {
            Some(root) if real.starts_with(root) => {}
            _ => return Err("it lies outside the project".to_owned()),
        }
        let seen = self.bounds().here.as_deref().and_then(|here| real.strip_prefix(here).ok());
        Ok(seen.map(Path::to_path_buf).unwrap_or(real))
    }
}

impl Disk {
    fn absolute(&self, path: &Path) -> PathBuf {
        let folder = path.parent().unwrap_or(Path::new(""));
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        match (folder.canonicalize(), path.file_name()) {
            (Ok(folder), Some(name)) => folder.join(name),
            _ => self.bounds().here.clone().unwrap_or_default().join(path),
        }
    }
}

/// A path with its `..` taken out; nothing where there are too many.
fn lexical(path: &Path) -> Result<PathBuf, ()> {
    use std::path::Component;
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if !plain.pop() => return Err(()),
            Component::ParentDir | Component::CurDir => {}
            other => plain.push(other),
        }
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn imports_stay_inside_the_project() {
        let outside = tempfile::tempdir().unwrap();
        let project = outside.path().join("project");
        fs::create_dir_all(project.join("drafts")).unwrap();
        fs::create_dir(project.join(".git")).unwrap();
        fs::write(outside.path().join("secret.decl"), "").unwrap();
        fs::write(project.join("lib.decl"), "").unwrap();
        let draft = project.join("drafts/paris.decl");
        fs::write(&draft, "").unwrap();
        let disk = Disk::of(Some(&draft));
        assert!(disk.resolve(&draft, "../lib.decl").is_ok());
        assert!(disk.resolve(&draft, "missing.decl").is_ok(), "that it is missing is said when it is read");
        for wanted in ["../../secret.decl", "../../missing.decl", "/etc/passwd", "../../nowhere/x.decl"] {
            assert!(disk.resolve(&draft, wanted).is_err(), "{wanted}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.path().join("secret.decl"), project.join("link.decl")).unwrap();
            assert!(disk.resolve(&draft, "../link.decl").is_err());
        }
    }
}
