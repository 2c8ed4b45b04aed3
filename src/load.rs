//! A draft with the files it imports, each parsed once.

mod unused;

use crate::finding::{Finding, Level};
use crate::source::{FileId, Loc, SourceFile, Sources};
use crate::syntax::Arena;
use crate::syntax::quoted::unquote;
use crate::syntax::tree::Tree;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Reads files for imports and quotations; the command gives one that reads the disk, a test one that reads a table.
pub trait Loader: Sync {
    /// The bytes of a file, or why they cannot be had, in words. `path` is as [`Loader::resolve`] gave it.
    fn read(&self, path: &Path) -> Result<Vec<u8>, String>;

    /// The path of `wanted` as named in the file `from`; an error in words where it leaves the project's root.
    fn resolve(&self, from: &Path, wanted: &str) -> Result<PathBuf, String>;
}

/// One file of a draft.
#[derive(Debug)]
pub struct Unit<'a> {
    /// The file.
    pub file: FileId,
    /// What it says.
    pub tree: Tree<'a>,
    /// The imports that could be read: the name after `as`, if any, and the index of the unit.
    pub imports: Vec<(Option<Box<str>>, usize)>,
}

/// A draft and all it imports: the draft first.
#[derive(Debug)]
pub struct Loaded<'a> {
    /// Every text.
    pub sources: Sources,
    /// Every file parsed, the draft at index 0.
    pub units: Vec<Unit<'a>>,
    /// Syntax findings of all files, and those about imports.
    pub findings: Vec<Finding>,
}

/// Files that stand in a table and not on a disk. Its root is the empty path.
#[derive(Debug, Default)]
pub struct NoFiles {
    /// The texts by path.
    pub texts: BTreeMap<PathBuf, String>,
}

impl NoFiles {
    /// A table of these paths and texts.
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self { texts: files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect() }
    }
}

impl Loader for NoFiles {
    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        self.texts.get(path).map(|text| text.clone().into_bytes()).ok_or_else(|| "there is no such file".to_owned())
    }

    fn resolve(&self, from: &Path, wanted: &str) -> Result<PathBuf, String> {
        let mut path = from.parent().map(Path::to_path_buf).unwrap_or_default();
        for part in Path::new(wanted).components() {
            match part {
                Component::Normal(name) => path.push(name),
                Component::CurDir => {}
                Component::ParentDir if path.pop() => {}
                _ => return Err("it lies outside the project".to_owned()),
            }
        }
        Ok(path)
    }
}

/// How many imports may stand one in another; deeper ones are refused.
const DEEPEST: usize = 64;

/// Parses a draft and, once each, all files it imports.
pub fn load<'a>(path: &Path, text: impl Into<String>, loader: &dyn Loader, arena: &'a Arena) -> Loaded<'a> {
    load_with(path, text, &[], loader, arena)
}

/// Parses a draft and, once each, all files it imports and these libraries, as if it imported them as well. Libraries are read by
/// their paths as they are, and one that cannot be read is left out: whoever names them looks first.
pub fn load_with<'a>(
    path: &Path,
    text: impl Into<String>,
    libraries: &[PathBuf],
    loader: &dyn Loader,
    arena: &'a Arena,
) -> Loaded<'a> {
    let mut loading = Loading {
        loader,
        arena,
        loaded: Loaded { sources: Sources::default(), units: Vec::new(), findings: Vec::new() },
        known: FxHashMap::default(),
        open: Vec::new(),
        own: Vec::new(),
    };
    let file = SourceFile::new(path.to_string_lossy(), text);
    // The path of the draft itself as the loader writes paths, so that an import of it is known again; to ask the disk for it costs
    // more than to read a small draft.
    let may_meet_itself = !libraries.is_empty() || memchr::memmem::find(file.code().as_bytes(), b"import").is_some();
    let name = path.file_name().and_then(|name| name.to_str()).filter(|_| may_meet_itself);
    let own = name.and_then(|name| loader.resolve(path, name).ok());
    let own = own.unwrap_or_else(|| path.to_path_buf());
    loading.file(own, file);
    libraries.iter().for_each(|library| loading.library(library));
    let Loading { mut loaded, own, .. } = loading;
    let unused = unused::look(&loaded, &own);
    loaded.findings.extend(unused);
    loaded
}

struct Loading<'l, 'a> {
    loader: &'l dyn Loader,
    arena: &'a Arena,
    loaded: Loaded<'a>,
    /// The unit of every file read.
    known: FxHashMap<PathBuf, usize>,
    /// The files whose imports are being read, the draft first.
    open: Vec<PathBuf>,
    /// The imports of the draft itself.
    own: Vec<(Loc, usize)>,
}

/// An import as written.
struct Wanted {
    file: String,
    alias: Option<Box<str>>,
    /// The name of the file.
    at: Loc,
    /// From `import` to its end.
    whole: Loc,
}

impl Loading<'_, '_> {
    /// Parses a file, then what it imports.
    fn file(&mut self, path: PathBuf, source: SourceFile) -> usize {
        let id = self.loaded.sources.add(source);
        let source = self.loaded.sources.file(id);
        let (tree, findings) = crate::syntax::parse_in_pieces(id, source, self.arena);
        let wanted: Vec<Wanted> = imports(id, source, &tree);
        self.loaded.findings.extend(findings);
        let unit = self.loaded.units.len();
        self.loaded.units.push(Unit { file: id, tree, imports: Vec::new() });
        self.known.insert(path.clone(), unit);
        self.open.push(path.clone());
        for import in wanted {
            if let Some(found) = self.import(&path, &import)
                && let Some(unit) = self.loaded.units.get_mut(unit)
            {
                unit.imports.push((import.alias, found));
                if import.whole.file == FileId::default() {
                    self.own.push((import.whole, found));
                }
            }
        }
        self.open.pop();
        unit
    }

    /// Takes a library over into the draft, unless it is the draft itself.
    fn library(&mut self, path: &Path) {
        let unit = match self.known.get(path) {
            Some(&unit) => unit,
            None => {
                let Some(text) = self.loader.read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
                    return;
                };
                self.file(path.to_path_buf(), SourceFile::new(path.to_string_lossy(), text))
            }
        };
        if let Some(draft) = self.loaded.units.first_mut()
            && unit != 0
            && !draft.imports.contains(&(None, unit))
        {
            draft.imports.push((None, unit));
        }
    }

    /// The unit of an imported file; a finding where there is none.
    fn import(&mut self, from: &Path, import: &Wanted) -> Option<usize> {
        let name = &import.file;
        let path = match self.loader.resolve(from, name) {
            Ok(path) => path,
            Err(reason) => {
                let finding = Finding::new(
                    "structure/import-outside",
                    Level::Error,
                    format!("`{name}` cannot be imported: {reason}"),
                    import.at,
                )
                .saying("this file is out of reach")
                .help("move the file into the project, next to the draft or below it, and import it from there");
                self.loaded.findings.push(finding);
                return None;
            }
        };
        if let Some(start) = self.open.iter().position(|open| *open == path) {
            let chain: Vec<_> = self.open.iter().skip(start).chain([&path]).map(|p| shown(p)).collect();
            let message = format!("`{name}` is imported in a circle: {}", chain.join(" imports "));
            let finding = Finding::new("structure/import-cycle", Level::Error, message, import.at)
                .saying("leads back to where it began")
                .help("put what both files need into a third one, and let both import that");
            self.loaded.findings.push(finding);
            return None;
        }
        if let Some(&unit) = self.known.get(&path) {
            return Some(unit);
        }
        let text = if self.open.len() >= DEEPEST {
            Err(format!("more than {DEEPEST} imports stand one in another"))
        } else {
            self.loader.read(&path).and_then(|bytes| {
                String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text; save it as UTF-8".to_owned())
            })
        };
        match text {
            Ok(text) => {
                let source = SourceFile::new(path.to_string_lossy(), text);
                Some(self.file(path, source))
            }
            Err(reason) => {
                let message = format!("`{name}` cannot be read: {reason}");
                let finding = Finding::new("structure/import-missing", Level::Error, message, import.at)
                    .saying("this file is not read")
                    .help("correct the path (it is looked for from the folder of this file), or take the import out");
                self.loaded.findings.push(finding);
                None
            }
        }
    }
}

/// The last part of a path, to be read by a person.
fn shown(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The imports of a file, in order.
fn imports(id: FileId, source: &SourceFile, tree: &Tree) -> Vec<Wanted> {
    let imports = tree.items.iter().filter(|item| source.slice(item.keyword) == "import");
    imports
        .filter_map(|item| {
            let label = item.label?;
            let alias = (!item.name.is_empty()).then(|| source.slice(item.name).into());
            let (at, whole) = (Loc::new(id, label.span), Loc::new(id, item.span));
            Some(Wanted { file: unquote(source.slice(label.span)).into_owned(), alias, at, whole })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_out_of_the_root_is_refused() {
        let files = NoFiles::default();
        assert_eq!(files.resolve(Path::new("a/b.decl"), "../c.decl"), Ok(PathBuf::from("c.decl")));
        assert!(files.resolve(Path::new("a/b.decl"), "../../c.decl").is_err());
        assert!(files.resolve(Path::new("b.decl"), "/etc/passwd").is_err());
    }
}
