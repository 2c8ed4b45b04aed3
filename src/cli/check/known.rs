//! Baselines: which findings a team knows already, and the file that says so.

use super::Args;
use super::outcome::Outcome;
use crate::cli::config::absolute;
use crate::cli::{Failure, inputs, write};
use crate::finding::Finding;
use crate::policy::baseline::Baseline;
use crate::policy::identity::Identity;
use crate::policy::is_unacceptable;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Component, Path, PathBuf};

/// What baselines have to say of a run.
#[derive(Debug, Default)]
pub struct Told {
    /// Lines for standard error.
    pub notes: String,
    /// Whether there are records that no finding has any more, and that stay.
    pub stale: bool,
}

/// Marks the findings that the baselines of the drafts know, and writes baselines anew where that is asked for.
pub fn apply(drafts: &mut [Outcome], args: &Args) -> Result<Told, Failure> {
    let paths = drafts.iter().filter_map(|draft| draft.settings.baseline.clone());
    let mut baselines: BTreeMap<PathBuf, Baseline> = BTreeMap::new();
    for path in paths.map(|path| absolute(&path)) {
        if let Entry::Vacant(new) = baselines.entry(path) {
            let read = read(new.key(), args.update_baseline)?;
            new.insert(read);
        }
    }
    if baselines.is_empty() && (args.update_baseline || args.prune_baseline) {
        return Err(Failure::Usage(
            "no baseline is named; write `--baseline FILE`, or `baseline = \"FILE\"` in `rapporteur.toml`".to_owned(),
        ));
    }
    let mut told = Told::default();
    for (path, before) in baselines {
        let folder = path.parent().unwrap_or(Path::new(""));
        let mine =
            |draft: &&mut Outcome| draft.settings.baseline.as_deref().map(absolute).as_deref() == Some(path.as_path());
        // What stands in files that were not looked at now is not judged now.
        let read: Vec<String> =
            drafts.iter_mut().filter(mine).map(|draft| seen_from(folder, &draft.input.place)).collect();
        let mut after = before.clone();
        if args.update_baseline {
            after.forget(|file| read.iter().any(|known| known == file) || !folder.join(file).exists());
        }
        let mut left = before.clone();
        for draft in drafts.iter_mut().filter(mine) {
            let Outcome { sources, findings, .. } = draft;
            for finding in findings.iter_mut().filter(|finding| can_be_known(finding)) {
                let file = seen_from(folder, &absolute(Path::new(sources.file(finding.at().file).path())));
                let identity = Identity::of(finding, sources, file);
                finding.known = left.take(&identity) || args.update_baseline;
                if args.update_baseline {
                    after.add(identity);
                }
            }
        }
        let is_judged = |file: &str| read.iter().any(|known| known == file) || !folder.join(file).exists();
        let stale: Vec<(&Identity, usize)> = left.left().filter(|(identity, _)| is_judged(&identity.file)).collect();
        let shown = crate::cli::config::seen_from_here(&path);
        let shown = shown.display();
        if args.update_baseline {
            write::whole(&path, &after.write())?;
            let count: usize = after.left().map(|(_, count)| count).sum();
            told.notes.push_str(&format!("{shown}: {} recorded\n", findings(count)));
        } else if args.prune_baseline {
            for (identity, count) in &stale {
                after.remove(identity, *count);
            }
            if !stale.is_empty() {
                write::whole(&path, &after.write())?;
            }
            told.notes.push_str(&format!("{shown}: {} taken out\n", findings(stale.iter().map(|it| it.1).sum())));
        } else if !stale.is_empty() {
            told.stale = true;
            for (Identity { file, code, clause, .. }, _) in &stale {
                let within = if clause.is_empty() { String::new() } else { format!(" in `{clause}`") };
                told.notes.push_str(&format!("{shown}: stale: {file}: {code}{within} is no longer found\n"));
            }
            told.notes.push_str("`--prune-baseline` takes stale entries out\n");
        }
    }
    Ok(told)
}

/// Whether a finding can be lived with: what keeps a text from being read cannot, and what is accepted is settled in the draft.
fn can_be_known(finding: &Finding) -> bool {
    finding.accepted.is_none() && !is_unacceptable(&finding.code)
}

fn findings(count: usize) -> String {
    if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") }
}

fn read(path: &Path, may_be_new: bool) -> Result<Baseline, Failure> {
    let shown = crate::cli::config::seen_from_here(path);
    let shown = shown.display();
    if may_be_new && !path.exists() {
        return Ok(Baseline::default());
    }
    let bytes = inputs::read_file(path).map_err(|reason| {
        let hint = if path.exists() { "" } else { "; `--update-baseline` makes it" };
        Failure::Config(format!("{shown}: {reason}{hint}"))
    })?;
    Baseline::read(&String::from_utf8_lossy(&bytes))
        .map_err(|reason| Failure::Config(format!("{shown}: this is no baseline: {reason}")))
}

/// A path as seen from a folder, both from the root, with `/` between folders.
fn seen_from(folder: &Path, path: &Path) -> String {
    let shared = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = path.components().skip(shared).map(|part| match part {
        Component::Normal(name) => name.to_string_lossy().into_owned(),
        other => other.as_os_str().to_string_lossy().into_owned(),
    });
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_folder_of_the_baseline() {
        for (path, named) in [
            ("/a/b/c.decl", "c.decl"),
            ("/a/b/d/c.decl", "d/c.decl"),
            ("/a/c.decl", "../c.decl"),
            ("/x.decl", "../../x.decl"),
        ] {
            assert_eq!(seen_from(Path::new("/a/b"), Path::new(path)), named);
        }
    }
}
