//! Fixes: applied, read again, and kept only where the draft is no worse to read than before.

use super::Args;
use super::outcome::{self, Outcome};
use crate::cli::{Failure, inputs, write};
use crate::finding::{Finding, Fix, Level};
use crate::policy::edits;
use crate::source::FileId;
use rayon::prelude::*;
use similar::TextDiff;

/// How often a draft is read anew: mended words may show the next mistake.
const ROUNDS: usize = 50;

/// What became of the drafts.
#[derive(Debug, Default)]
pub struct Mended {
    /// How many fixes were applied.
    pub fixes: usize,
    /// In how many drafts.
    pub drafts: usize,
    /// The changes, as a unified diff; only with `--diff`.
    pub diff: String,
    /// The mended text of standard input; only with `--fix`.
    pub stdin: Option<String>,
}

/// A draft with all that can be mended.
struct Repaired {
    outcome: Outcome,
    before: String,
    after: String,
    fixes: usize,
}

/// Mends all drafts, and writes them unless only the difference is asked for. What is found in them is then what is left.
pub fn apply(
    drafts: Vec<Outcome>,
    args: &Args,
    failures: &mut Vec<Failure>,
) -> Result<(Vec<Outcome>, Mended), Failure> {
    let repaired: Vec<Result<Repaired, Failure>> = drafts.into_par_iter().map(|draft| repair(draft, args)).collect();
    let (mut left, mut mended) = (Vec::new(), Mended::default());
    for one in repaired {
        let Repaired { outcome, before, after, fixes } = one?;
        let is_stdin = outcome.input.path.is_none();
        if is_stdin && args.fix {
            mended.stdin = Some(after.clone());
        }
        if before != after {
            mended.drafts += 1;
            mended.fixes += fixes;
            let name = &outcome.input.name;
            if args.diff {
                let diff = TextDiff::from_lines(before.as_str(), after.as_str());
                mended.diff.push_str(&diff.unified_diff().context_radius(3).header(name, name).to_string());
            } else if let Some(path) = &outcome.input.path
                && let Err(failure) = rewrite(&outcome.input, path, &before, &after)
            {
                failures.push(failure);
            }
        }
        left.push(outcome);
    }
    Ok((left, mended))
}

/// Puts the new text in the place of the old one, unless somebody else has changed the file meanwhile.
fn rewrite(input: &inputs::Input, path: &std::path::Path, before: &str, after: &str) -> Result<(), Failure> {
    let fail = |reason: String| Failure::file(&input.name, reason);
    let bytes = inputs::read_file(path).map_err(fail)?;
    let has_mark = bytes.starts_with("\u{FEFF}".as_bytes());
    if inputs::decode(bytes).as_deref() != Ok(before) {
        return Err(fail("it has changed while it was being read, and is left as it is".to_owned()));
    }
    // The mark before the first word of a file, which is read as three spaces.
    let marked = after.strip_prefix("   ").filter(|_| has_mark).map(|rest| format!("\u{FEFF}{rest}"));
    write::replace(path, marked.as_deref().unwrap_or(after)).map_err(|error| fail(inputs::worded(&error)))
}

/// Applies fixes until none is left that makes the draft better.
fn repair(mut outcome: Outcome, args: &Args) -> Result<Repaired, Failure> {
    let own = FileId::default();
    let before = outcome.sources.file(own).text().to_owned();
    let (mut text, mut fixes) = (before.clone(), 0);
    let mut seen = rustc_hash::FxHashSet::from_iter([text.clone()]);
    for _ in 0..ROUNDS {
        let chosen = edits::choose(&outcome.findings, own, args.unsafe_fixes);
        let mut tries: Vec<Vec<&Fix>> = vec![chosen.clone()];
        // Where all of them together do harm, those that do none alone are looked for.
        if chosen.len() > 1 {
            tries.extend(chosen.iter().map(|&fix| vec![fix]));
        }
        let errors = unread(&outcome.findings);
        let mut better = None;
        for fixes in tries.iter().filter(|fixes| !fixes.is_empty()) {
            let next = edits::apply(&text, fixes);
            if seen.contains(&next) {
                continue;
            }
            let settings = outcome.settings.clone();
            let read = outcome::checked(&outcome.input, next.clone(), args, settings, drop)?;
            if unread(&read.findings) <= errors {
                better = Some((next, read, fixes.len()));
                break;
            }
        }
        let Some((next, read, count)) = better else { break };
        seen.insert(next.clone());
        (text, outcome) = (next, read);
        fixes += count;
    }
    Ok(Repaired { outcome, before, after: text, fixes })
}

/// How many places of a draft cannot be read.
fn unread(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.group() == "syntax" && finding.level == Level::Error).count()
}

/// How many findings have a fix that is safe, and how many only one that is not.
pub fn mendable<'a>(findings: impl Iterator<Item = &'a Finding>) -> (usize, usize) {
    let open = findings.filter(|finding| finding.is_open() && !finding.fixes.is_empty());
    let (safe, other): (Vec<&Finding>, Vec<&Finding>) =
        open.partition(|finding| finding.fixes.iter().any(|fix| fix.safe));
    (safe.len(), other.len())
}
