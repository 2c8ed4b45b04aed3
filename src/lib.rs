//! Reads a draft political or security declaration and reports what it leaves out, where it contradicts itself, what is
//! vague, and what binds nobody.
//!
//! Data moves one way: text → tree → model → findings → rendering. [`check`] takes a text all the way to its findings.
//!
//! ```
//! use rapporteur::{check, load::NoFiles, policy::Options};
//!
//! let text = r#"declaration paris "Paris" { signatories: FR }  party FR "France""#;
//! let checked = check("paris.decl".as_ref(), text, &NoFiles::default(), &Options::default());
//! for finding in &checked.findings {
//!     println!("{} {}", finding.code, finding.message);
//! }
//! ```

pub mod source;

pub mod finding;

pub mod syntax;

pub mod load;

pub mod vocabulary;

pub mod model;

pub mod rules;

pub mod clash;

pub mod policy;

pub mod render;

pub mod cli;

use finding::Finding;
use load::Loader;
use model::Model;
use policy::Options;
use source::Sources;
use std::path::Path;
use syntax::Arena;

/// A draft, and all there is to say about it.
#[derive(Debug)]
pub struct Checked {
    /// Its text and those it imports; its own is the first.
    pub sources: Sources,
    /// What the draft means.
    pub model: Model,
    /// What to tell the drafter: sorted by file, position, level and code, each once, accepted ones included.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// How many clauses the draft's own file has.
    pub fn own_clauses(&self) -> usize {
        self.model.clauses.iter().filter(|clause| clause.item.own).count()
    }
}

/// Reads a draft with its imports and looks for everything that is missing, contradictory, vague or binds nobody. Never
/// fails: what cannot be read is a finding.
pub fn check(path: &Path, text: impl Into<String>, loader: &dyn Loader, options: &Options) -> Checked {
    check_observed(path, text, loader, options, &mut |_| ())
}

/// As [`check`]; `left` is told the name of each station when its work is done.
pub fn check_observed(
    path: &Path,
    text: impl Into<String>,
    loader: &dyn Loader,
    options: &Options,
    left: &mut (dyn FnMut(&'static str) + Send),
) -> Checked {
    let text = text.into();
    if text.len() < syntax::LARGE {
        return checked(path, text, loader, options, left);
    }
    // Where several work side by side, whoever hands out the work had better be one of them.
    rayon::join(|| checked(path, text, loader, options, left), || ()).0
}

/// One station after the other.
fn checked(
    path: &Path,
    text: String,
    loader: &dyn Loader,
    options: &Options,
    left: &mut (dyn FnMut(&'static str) + Send),
) -> Checked {
    let arena = Arena::new();
    let mut loaded = load::load_with(path, text, &options.libraries, loader, &arena);
    left("syntax");
    let (model, unresolved) = model::resolve(&loaded);
    left("model");
    let mut found = std::mem::take(&mut loaded.findings);
    found.extend(unresolved);
    let draft = rules::Draft { model: &model, sources: &loaded.sources, effort: options.effort };
    found.extend(rules::run(&draft));
    found.extend(rules::source::quotations(&draft, &mut |from, wanted| {
        let from = loader.resolve(Path::new(loaded.sources.file(from).path()), wanted)?;
        loader.read(&from).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }));
    left("rules");
    let draft = loaded.units.first().map(|unit| unit.file).unwrap_or_default();
    let findings = policy::apply(&model, draft, found, options);
    left("policy");
    Checked { sources: loaded.sources, model, findings }
}
