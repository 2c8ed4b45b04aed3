//! The shape of `rapporteur.toml` for editors that complete it: its JSON Schema is `grammar/rapporteur.schema.json`.

use crate::cli::settings::{Exertion, FailOn};
use crate::finding::Level;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Configuration of rapporteur, for all drafts in the folder of this file and below.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "rapporteur.toml")]
pub struct ConfigFile {
    /// Which files of a folder are drafts, as patterns of a `.gitignore`; else `*.decl`, and Markdown files with a `decl` block.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub include: Vec<String>,
    /// Which files and folders are left out, as patterns of a `.gitignore`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub exclude: Vec<String>,
    /// The mildest finding that makes a run fail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<FailOnWord>,
    /// The file in which known findings are recorded, from the folder of this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// The address of the page that `rapporteur rules --format markdown` writes; codes then lead to their sections.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules_url: Option<String>,
    /// The checklist of drafts that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checklist: Option<String>,
    /// How far the search for contradictions goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<EffortWord>,
    /// Libraries that every draft takes over, from the folder of this file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub libraries: Vec<String>,
    /// The levels of codes (`troops/strength`), groups (`vague`) and names (`strength`); they outdo the checklist.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(default)]
    pub levels: BTreeMap<String, LevelWord>,
    /// What holds for some drafts only; a later entry outdoes an earlier one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub overrides: Vec<OverrideEntry>,
}

/// What holds for some drafts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OverrideEntry {
    /// The drafts, as patterns of a `.gitignore`.
    pub files: Vec<String>,
    /// The checklist of these drafts where they name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checklist: Option<String>,
    /// How far the search for contradictions goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<EffortWord>,
    /// Libraries that these drafts take over, in place of those of all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub libraries: Vec<String>,
    /// The levels of codes, groups and names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(default)]
    pub levels: BTreeMap<String, LevelWord>,
}

/// A level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LevelWord {
    Error,
    Warning,
    Advice,
    Off,
}

/// From which outcome on a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FailOnWord {
    Error,
    Warning,
    Advice,
    Undecided,
    Never,
}

/// How far the search for contradictions goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EffortWord {
    Low,
    Normal,
    High,
}

impl From<Option<Level>> for LevelWord {
    fn from(level: Option<Level>) -> Self {
        match level {
            Some(Level::Error) => LevelWord::Error,
            Some(Level::Warning) => LevelWord::Warning,
            Some(Level::Advice) => LevelWord::Advice,
            None => LevelWord::Off,
        }
    }
}

impl From<FailOn> for FailOnWord {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Error => FailOnWord::Error,
            FailOn::Warning => FailOnWord::Warning,
            FailOn::Advice => FailOnWord::Advice,
            FailOn::Undecided => FailOnWord::Undecided,
            FailOn::Never => FailOnWord::Never,
        }
    }
}

impl From<Exertion> for EffortWord {
    fn from(effort: Exertion) -> Self {
        match effort {
            Exertion::Low => EffortWord::Low,
            Exertion::Normal => EffortWord::Normal,
            Exertion::High => EffortWord::High,
        }
    }
}

/// The JSON Schema of the file, ending in a line end.
pub fn schema() -> String {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(ConfigFile)).unwrap_or_default();
    text.push('\n');
    text
}
