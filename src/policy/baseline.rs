//! The findings that a team knows and lives with for now. They are recorded by [`Identity`], so that a record survives moved
//! lines and renumbered paragraphs; what is not recorded is new.

use super::identity::Identity;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name and version of the file's format.
pub const SCHEMA: &str = "rapporteur-baseline/1";

/// Known findings, each with how often it may occur.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Baseline {
    known: BTreeMap<Identity, usize>,
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    findings: Vec<Entry>,
}

/// A known finding in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    code: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    clause: String,
    words: String,
    #[serde(default = "once", skip_serializing_if = "is_once")]
    count: usize,
}

const fn once() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_once(count: &usize) -> bool {
    *count == 1
}

impl Baseline {
    /// Reads a file; an error in words, with its place.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if file.schema != SCHEMA {
            return Err(format!("its `schema` is `{}`; this program reads `{SCHEMA}`", file.schema));
        }
        let mut baseline = Self::default();
        for Entry { file, code, clause, words, count } in file.findings {
            *baseline.known.entry(Identity { file, code, clause, words }).or_default() += count;
        }
        Ok(baseline)
    }

    /// The file, an entry a line in a fixed order, so that two versions are easy to compare and to merge.
    pub fn write(&self) -> String {
        let entries = self.known.iter().filter(|(_, count)| **count > 0).map(|(identity, &count)| {
            let Identity { file, code, clause, words } = identity.clone();
            // Every key is a string and every number whole, so that nothing here can fail.
            serde_json::to_string(&Entry { file, code, clause, words, count }).unwrap_or_default()
        });
        let lines: Vec<String> = entries.map(|entry| format!("    {entry}")).collect();
        let list = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) };
        format!("{{\n  \"schema\": \"{SCHEMA}\",\n  \"findings\": {list}\n}}\n")
    }

    /// Records a finding.
    pub fn add(&mut self, identity: Identity) {
        *self.known.entry(identity).or_default() += 1;
    }

    /// Whether a finding is recorded; each record answers for one finding only.
    pub fn take(&mut self, identity: &Identity) -> bool {
        match self.known.get_mut(identity) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// What is left, in order: after every finding has been asked for, the records that no finding has any more.
    pub fn left(&self) -> impl Iterator<Item = (&Identity, usize)> {
        self.known.iter().filter(|(_, count)| **count > 0).map(|(identity, &count)| (identity, count))
    }

    /// Takes records out, as often as `counts` says.
    pub fn remove(&mut self, identity: &Identity, count: usize) {
        if let Some(known) = self.known.get_mut(identity) {
            *known = known.saturating_sub(count);
        }
    }

    /// Takes out all records of files for which `is_gone` holds.
    pub fn forget(&mut self, is_gone: impl Fn(&str) -> bool) {
        self.known.retain(|identity, _| !is_gone(&identity.file));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(code: &str) -> Identity {
        Identity { file: "a.decl".into(), code: code.into(), clause: String::new(), words: "\"x\"".into() }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut baseline = Baseline::default();
        for code in ["time/no-deadline", "binding/effort", "time/no-deadline"] {
            baseline.add(identity(code));
        }
        let text = baseline.write();
        assert_eq!(Baseline::read(&text), Ok(baseline.clone()));
        assert_eq!(text.lines().count(), 7, "{text}");
        assert!(baseline.take(&identity("time/no-deadline")) && baseline.take(&identity("time/no-deadline")));
        assert!(!baseline.take(&identity("time/no-deadline")), "a third one is new");
        assert_eq!(baseline.left().count(), 1);
        assert_eq!(Baseline::read(&Baseline::default().write()), Ok(Baseline::default()));
    }

    #[test]
    fn what_is_no_baseline_is_refused_with_its_place() {
        assert!(Baseline::read("{\n \"schema\": 1}").unwrap_err().contains("line 2"));
        assert!(Baseline::read(r#"{"schema": "other/1", "findings": []}"#).unwrap_err().contains("other/1"));
    }
}
