//! From paths to texts: folders walked as git would, standard input, and everything a file can be that is no draft.

use super::Failure;
use super::config::{Configs, absolute};
use super::settings::Selection;
use crate::source::SourceFile;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Places in a text are counted in 32 bits.
const LARGEST: u64 = u32::MAX as u64 - 1;

/// The name under which standard input is shown.
pub const STDIN: &str = "<stdin>";

/// Something to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Input {
    /// The name to show: as the user gave it, with `/` on every system.
    pub name: String,
    /// The file; absent for standard input.
    pub path: Option<PathBuf>,
    /// Where it lies, from the root of the disk; for standard input where the file lies that it stands for.
    pub place: PathBuf,
    /// Whether it was found in a folder and is a Markdown file: it is a draft only if it has a `decl` block.
    pub maybe: bool,
}

impl Input {
    /// A file that is named.
    pub fn file(path: &Path) -> Self {
        Self { name: shown(path), path: Some(path.to_path_buf()), place: absolute(path), maybe: false }
    }
}

/// All that the paths of a command lead to, in the order of the paths, what is in a folder by name; and what is not there.
#[derive(Debug, Default)]
pub struct Inputs {
    /// What to read.
    pub found: Vec<Input>,
    /// What cannot be read.
    pub failures: Vec<Failure>,
    /// How many of the paths given are left out because a configuration says so.
    pub excluded: usize,
    /// The configurations above the paths.
    pub configs: Arc<Configs>,
}

/// Follows paths; none stands for the current folder. Fails where a configuration has mistakes.
pub fn collect(paths: &[PathBuf], selection: &Selection) -> Result<Inputs, Failure> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let configs = Arc::new(Configs::new(selection.config.as_deref(), selection.no_config)?);
    let mut inputs = Inputs { configs: Arc::clone(&configs), ..Inputs::default() };
    for path in paths {
        let is_stdin = path.as_os_str() == "-";
        let stands_for = selection.stdin_filename.as_ref().filter(|_| is_stdin);
        // What stands for a file is judged as if a walk had come upon it.
        let may_be_left_out = if is_stdin { stands_for.is_some() } else { selection.force_exclude };
        let place = absolute(stands_for.map_or(path.as_path(), Path::new));
        if may_be_left_out && configs.excludes(&place) {
            inputs.excluded += 1;
        } else if is_stdin {
            let name = stands_for.cloned().unwrap_or_else(|| STDIN.to_owned());
            inputs.found.push(Input { name, path: None, place, maybe: false });
        } else if path.is_dir() {
            walk(path, &mut inputs);
        } else {
            inputs.found.push(Input::file(path));
        }
    }
    let mut seen = rustc_hash::FxHashSet::default();
    inputs.found.retain(|input| seen.insert(input.name.clone()));
    for input in &inputs.found {
        configs.of_file(&input.place);
    }
    configs.settled()?;
    Ok(inputs)
}

/// The paths as a person would list them, for messages.
pub fn listed(paths: &[PathBuf]) -> String {
    if paths.is_empty() {
        return "this folder".to_owned();
    }
    paths.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(", ")
}

fn walk(folder: &Path, inputs: &mut Inputs) {
    let configs = Arc::clone(&inputs.configs);
    let wanted = move |entry: &ignore::DirEntry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        entry.depth() == 0 || !configs.excludes_step(&absolute(entry.path()), is_folder)
    };
    let walker =
        ignore::WalkBuilder::new(folder).require_git(false).sort_by_file_path(Path::cmp).filter_entry(wanted).build();
    for entry in walker {
        match entry {
            Ok(entry) => inputs.found.extend(draft(entry.path(), &inputs.configs)),
            Err(error) => inputs.failures.push(unwalked(folder, &error)),
        }
    }
}

/// What a walk came upon, where it may be a draft.
fn draft(path: &Path, configs: &Configs) -> Option<Input> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let maybe = matches!(ending, Some("md" | "markdown"));
    let is_usual = maybe || ending == Some("decl");
    // A link that leads nowhere is no file, and whoever put a draft there wants to know.
    let is_file = path.is_file() || (is_usual && !maybe && path.metadata().is_err());
    if !is_file {
        return None;
    }
    let input = Input { maybe, ..Input::file(path) };
    configs.includes(&input.place).unwrap_or(is_usual).then_some(input)
}

/// What keeps a folder from being walked.
fn unwalked(folder: &Path, error: &ignore::Error) -> Failure {
    let path = |error: &ignore::Error| match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } => match &**err {
            ignore::Error::WithPath { path, .. } => Some(path.clone()),
            _ => None,
        },
        _ => None,
    };
    let at = path(error).unwrap_or_else(|| folder.to_path_buf());
    let reason = error.io_error().map_or_else(|| error.to_string(), worded);
    Failure::file(shown(&at), reason)
}

fn shown(path: &Path) -> String {
    let bare = path.strip_prefix(".").unwrap_or(path);
    let name = bare.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { name.replace('\\', "/") } else { name.into_owned() }
}

/// The text of an input; nothing where it turns out to be no draft.
pub fn read(input: &Input) -> Result<Option<String>, Failure> {
    let fail = |reason: String| Failure::file(&input.name, reason);
    let bytes = match &input.path {
        None => limited(std::io::stdin().lock()).map_err(fail)?,
        Some(path) => read_file(path).map_err(fail)?,
    };
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(_) if input.maybe => return Ok(None),
        Err(reason) => return Err(fail(reason)),
    };
    let no_draft = input.maybe && SourceFile::new(input.name.as_str(), text.as_str()).code().trim().is_empty();
    Ok((!no_draft).then_some(text))
}

/// The bytes of a file, or why they cannot be had.
pub fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| worded(&error))?;
    let kind = file.metadata().map_err(|error| worded(&error))?;
    if kind.is_dir() {
        return Err("this is a folder".to_owned());
    }
    if kind.len() > LARGEST {
        return Err(too_large());
    }
    limited(file)
}

fn limited(from: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| worded(&error))?;
    if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) }
}

fn too_large() -> String {
    "this is larger than 4 GiB, which no draft is".to_owned()
}

/// What a system says of a failure, in words for a drafter.
pub fn worded(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "it may not be read (permission denied)".to_owned(),
        // The number that a system gives its failures says nothing to a drafter.
        _ => {
            let words = error.to_string();
            words.split(" (os error").next().unwrap_or(&words).to_owned()
        }
    }
}

/// The bytes as text, or what they are instead.
pub fn decode(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err("this is UTF-16 text; save it as UTF-8".to_owned());
    }
    if memchr::memchr(0, &bytes).is_some() {
        return Err("this is no text file".to_owned());
    }
    match String::from_utf8(bytes) {
        // What some editors put before the first word of a file; spaces in its place keep every later offset true.
        Ok(text) if text.starts_with('\u{FEFF}') => Ok(text.replacen('\u{FEFF}', "   ", 1)),
        Ok(text) => Ok(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..at).unwrap_or_default();
            let line = memchr::memchr_iter(b'\n', before).count() + 1;
            Err(format!("this is not UTF-8 text (line {line}); save it as UTF-8"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_utf8_text_is_called_what_it_is() {
        assert!(decode(b"\xFF\xFEa\0".to_vec()).unwrap_err().contains("UTF-16"));
        assert!(decode(b"\x7FELF\0".to_vec()).unwrap_err().contains("no text"));
        assert!(decode(b"party FR\nparty \xE9".to_vec()).unwrap_err().contains("line 2"));
        assert_eq!(decode(b"\xEF\xBB\xBFparty".to_vec()).unwrap(), "   party");
    }
}
