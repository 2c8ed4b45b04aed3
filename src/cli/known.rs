//! What a command knows: the words of the program, or those of a draft with all its libraries.

use super::config::Configs;
use super::disk::Disk;
use super::inputs::{self, Input};
use super::settings::{Asked, Settings};
use super::{Failure, streams};
use crate::finding::Finding;
use crate::model::standard::Standard;
use crate::model::suggest::closest;
use crate::model::vocabulary::Vocabulary;
use crate::model::{Model, Names};
use crate::policy::{self, Levels, Options};
use crate::render::{Format, Report, Shown, Style, render};
use crate::source::{FileId, Loc, Sources};
use std::path::Path;

/// The words that a command answers with.
#[derive(Debug)]
pub struct Known {
    /// Those of a draft or of configured libraries, with its texts; nothing where only the program's own count.
    own: Option<Box<(Model, Sources)>>,
    /// What the configuration says.
    options: Options,
}

impl Known {
    /// Those of a draft or library, or of what every draft in this folder is read with. What keeps a library from being used is
    /// told on standard error.
    pub fn of(draft: Option<&Path>) -> Result<Self, Failure> {
        let input = Input::file(draft.unwrap_or(Path::new("draft.decl")));
        let configs = Configs::default();
        let options = Settings::of(&input, &Asked::default(), &configs).options;
        configs.settled()?;
        if draft.is_none() && options.libraries.is_empty() {
            return Ok(Self { own: None, options });
        }
        let text = if draft.is_some() { inputs::read(&input)?.unwrap_or_default() } else { String::new() };
        let checked = crate::check(Path::new(&input.name), text, &Disk::of(draft), &options);
        let broken: Vec<&Finding> = checked.findings.iter().filter(|finding| is_of_library(finding)).collect();
        if !broken.is_empty() {
            let shown = broken.iter().map(|finding| Shown { sources: &checked.sources, finding }).collect();
            let report = Report { shown, ..Report::default() };
            streams::note(&render(&report, Format::Concise, Style::default()));
        }
        Ok(Self { own: Some(Box::new((checked.model, checked.sources))), options })
    }

    /// The vocabulary.
    pub fn vocabulary(&self) -> &Vocabulary {
        match &self.own {
            Some(own) => &own.0.vocabulary,
            None => &Standard::embedded().vocabulary,
        }
    }

    /// Its names.
    pub fn names(&self) -> &Names {
        match &self.own {
            Some(own) => &own.0.names,
            None => &Standard::embedded().names,
        }
    }

    /// The levels of a checklist; without one those of the draft's own, and of the configuration.
    pub fn levels<'a>(&'a self, checklist: Option<&'a str>) -> Levels<'a> {
        let named = || self.own.as_ref().and_then(|own| policy::named(&own.0));
        let checklist = checklist.or_else(named).or(self.options.usual_checklist.as_deref()).unwrap_or("base");
        Levels::new(self.vocabulary(), self.names(), checklist).outdone_by(&self.options.levels)
    }

    /// Where in a library something is defined, `library/fisheries.decl:12`; nothing for what comes with the program.
    pub fn place(&self, at: Loc) -> Option<String> {
        let own = self.own.as_ref().filter(|_| at.file != FileId::STANDARD)?;
        let file = own.1.file(at.file);
        Some(format!("{}:{}", file.path(), file.position(at.span.start).line))
    }
}

/// Whether a finding says that a library cannot be used as it stands.
pub fn is_of_library(finding: &Finding) -> bool {
    let codes = ["structure/vocabulary", crate::model::rule::CODE];
    codes.contains(&finding.code.as_ref())
        || finding.group() == "syntax"
        || finding.code.starts_with("structure/import-")
}

/// Refuses a checklist that a vocabulary does not have.
pub fn known_checklist(name: &str, vocabulary: &Vocabulary, names: &Names) -> Result<(), Failure> {
    let known: Vec<&str> = vocabulary.checklists.iter().map(|checklist| names.text(checklist.name)).collect();
    if known.contains(&name) {
        return Ok(());
    }
    let hint = match closest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", known.join(", ")),
    };
    Err(Failure::Usage(format!("there is no checklist `{name}`; {hint}")))
}
