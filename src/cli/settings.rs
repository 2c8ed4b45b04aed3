//! What holds for one draft: the command line first, then the configuration, then what is usual.

use super::config::{Config, Configs};
use super::inputs::Input;
use crate::clash::Effort;
use crate::finding::Level;
use crate::policy::Options;
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;

/// How far the search for contradictions goes. All limits count steps, so that the answer is the same on every machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Exertion {
    /// For very large files
    Low,
    /// For daily use
    Normal,
    /// For a last check before signature
    High,
}

impl From<Exertion> for Effort {
    fn from(spent: Exertion) -> Self {
        match spent {
            Exertion::Low => Effort::LOW,
            Exertion::Normal => Effort::NORMAL,
            Exertion::High => Effort::HIGH,
        }
    }
}

/// From which outcome on a run fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Anything
    Advice,
    /// Errors, and searches that gave up (with code 5)
    Undecided,
    /// Nothing
    Never,
}

impl FailOn {
    /// The mildest level that makes a run fail.
    pub const fn level(self) -> Option<Level> {
        match self {
            FailOn::Error | FailOn::Undecided => Some(Level::Error),
            FailOn::Warning => Some(Level::Warning),
            FailOn::Advice => Some(Level::Advice),
            FailOn::Never => None,
        }
    }
}

/// The word of the command line and the configuration for a value.
pub fn word(value: impl clap::ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Which configuration counts, and which files are left out: asked of every command that reads drafts.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Selection {
    /// Read this configuration for all inputs [default: the nearest `rapporteur.toml` above each]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long)]
    pub no_config: bool,
    /// Leave out what the configuration excludes even where it is named as a path
    #[arg(long)]
    pub force_exclude: bool,
    /// The file that standard input stands for: its name in findings (ending in `.md` makes it Markdown), and the place that its
    /// configuration is looked for from
    #[arg(long, value_name = "NAME", alias = "stdin-name")]
    pub stdin_filename: Option<String>,
}

/// What the command line says that a configuration may say too.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// A checklist for all drafts, whatever they say.
    pub checklist: Option<String>,
    /// How far to search.
    pub effort: Option<Exertion>,
    /// When to fail.
    pub fail_on: Option<FailOn>,
    /// Where known findings are recorded.
    pub baseline: Option<PathBuf>,
    /// The day on which acceptances are judged.
    pub today: Option<Date>,
}

/// What holds for one draft.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How it is judged.
    pub options: Options,
    /// When it makes the run fail.
    pub fail_on: FailOn,
    /// Where its known findings are recorded, from the current folder or from the root.
    pub baseline: Option<PathBuf>,
    /// The configuration that says so, if any.
    pub config: Option<Arc<Config>>,
}

impl Settings {
    /// Those of an input.
    pub fn of(input: &Input, asked: &Asked, configs: &Configs) -> Self {
        let config = configs.of_file(&input.place);
        let mut options = Options { today: asked.today, checklist: asked.checklist.clone(), ..Options::default() };
        let (mut effort, mut libraries) = (asked.effort, None);
        if let Some(config) = &config {
            for values in config.values_for(&input.place) {
                options.usual_checklist =
                    options.usual_checklist.or_else(|| values.checklist.as_ref().map(|said| said.value.clone()));
                effort = effort.or(values.effort.as_ref().map(|said| said.value));
                libraries = libraries.or_else(|| values.libraries.as_ref().map(|said| said.value.clone()));
                // A level that outdoes another stands behind it.
                let levels = values.levels.iter().map(|said| said.value.clone());
                options.levels.splice(0..0, levels);
            }
        }
        options.effort = effort.unwrap_or(Exertion::Normal).into();
        options.libraries = libraries.unwrap_or_default();
        let said = |config: &Arc<Config>| config.fail_on.as_ref().map(|said| said.value);
        let fail_on = asked.fail_on.or_else(|| config.as_ref().and_then(said)).unwrap_or(FailOn::Error);
        let kept = |config: &Arc<Config>| config.baseline.as_ref().map(|said| said.value.clone());
        let baseline = asked.baseline.clone().or_else(|| config.as_ref().and_then(kept));
        Self { options, fail_on, baseline, config }
    }
}
