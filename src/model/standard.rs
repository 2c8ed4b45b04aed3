//! The standard library, read once for the whole process.

use super::names::{Names, Symbol, known};
use super::vocabulary::Vocabulary;
use super::vocabulary_check::{check_evidence, share_fields};
use super::vocabulary_read::Reader;
use crate::finding::Finding;
use crate::source::{FileId, SourceFile};
use crate::syntax::Arena;
use crate::syntax::quoted::unquote;
use crate::syntax::tree::{Item, ValueKind};
use rustc_hash::FxHashMap;
use std::sync::{Arc, LazyLock};

/// What every draft knows without an import: the vocabulary, and the things of everyday drafts.
#[derive(Debug)]
pub struct Standard {
    /// Its names, with which the names of every model begin.
    pub names: Arc<Names>,
    /// Its vocabulary.
    pub vocabulary: Arc<Vocabulary>,
    /// Its things, by name.
    pub things: FxHashMap<Symbol, StandardThing>,
    /// What is wrong with it; nothing, unless the program was built wrong.
    pub findings: Vec<Finding>,
}

/// A thing that the standard library declares.
#[derive(Debug, Clone)]
pub struct StandardThing {
    /// Its label.
    pub label: Option<Box<str>>,
    /// Kinds that it is a kind of.
    pub within: Vec<Symbol>,
}

static EMBEDDED: LazyLock<Standard> = LazyLock::new(|| Standard::of(crate::vocabulary::FILES));

impl Standard {
    /// The one that comes with the program.
    pub fn embedded() -> &'static Standard {
        &EMBEDDED
    }

    /// One of these files, each a name and a text.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let (mut names, mut vocabulary) = (Names::default(), Vocabulary::default());
        let (mut things, mut findings) = (FxHashMap::default(), Vec::new());
        for (name, text) in files {
            let arena = Arena::new();
            let (id, file) = (FileId::STANDARD, SourceFile::new(*name, *text));
            let (tree, syntax) = crate::syntax::parse(id, &file, &arena);
            findings.extend(syntax);
            for item in &tree.items {
                if file.slice(item.keyword) == "thing" {
                    let name = names.intern(file.slice(item.name));
                    let thing = thing(item, &file, &mut names);
                    things.insert(name, thing);
                }
                let (names, vocabulary, findings) = (&mut names, &mut vocabulary, &mut findings);
                Reader { names, vocabulary, id, file: &file, findings }.item(item);
            }
        }
        share_fields(&mut vocabulary);
        check_evidence(&vocabulary, &names, &mut findings);
        Self { names: Arc::new(names), vocabulary: Arc::new(vocabulary), things, findings }
    }
}

fn thing(item: &Item, file: &SourceFile, names: &mut Names) -> StandardThing {
    let label = item.label.map(|label| unquote(file.slice(label.span)).into());
    let within = item.fields().filter(|field| names.get(file.slice(field.name)) == Some(known::WITHIN));
    let within: Vec<&str> = within
        .flat_map(|field| field.values)
        .filter_map(|value| match &value.kind {
            ValueKind::Name { name, .. } => Some(file.slice(name.span)),
            _ => None,
        })
        .collect();
    StandardThing { label, within: within.into_iter().map(|name| names.intern(name)).collect() }
}
