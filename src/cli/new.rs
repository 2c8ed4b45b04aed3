//! `rapporteur new`: a draft to start from, which names all that its kind of text has to settle and leaves it open.

use super::{End, Failure, streams};
use crate::model::standard::Standard;
use crate::model::vocabulary::{FieldSpec, Kind};
use crate::policy::Levels;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;

/// What `new` is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to put `draft.decl` into; made if it is not there [default: this folder]
    #[arg(default_value = ".", hide_default_value = true)]
    folder: PathBuf,
    /// What kind of text it is to be; `rapporteur explain checklists` lists them
    #[arg(long, value_name = "NAME", default_value = "declaration")]
    checklist: String,
}

/// Writes the draft.
pub fn run(args: &Args) -> Result<End, Failure> {
    super::known::known_checklist(&args.checklist, &Standard::embedded().vocabulary, &Standard::embedded().names)?;
    std::fs::create_dir_all(&args.folder).map_err(|error| Failure::file(args.folder.display(), error))?;
    let path = args.folder.join("draft.decl");
    let written = OpenOptions::new().write(true).create_new(true).open(&path);
    let written = written.and_then(|mut file| file.write_all(draft(&args.checklist).as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::file(path.display(), "there is a draft already, and it is left as it is"),
        _ => Failure::file(path.display(), error),
    })?;
    let path = path.display();
    streams::note(&format!("{path} written; `rapporteur check {path}` says what is left to settle\n"));
    Ok(End::Good)
}

/// The clauses that each kind of text mostly has: the kind, a name, a norm to begin with.
fn clauses(checklist: &str) -> &'static [(&'static str, &'static str, &'static str)] {
    const FORCE: (&str, &str, &str) = ("troops", "force", "A shall deploy force to territory within 30 days of truce.");
    const HUBS: (&str, &str, &str) = ("hub", "hubs", "A shall establish hubs in territory within 60 days of truce.");
    const WATCH: (&str, &str, &str) = ("monitoring", "verification", "A shall monitor truce.");
    const COURT: (&str, &str, &str) =
        ("body", "commission", "commission shall within 14 days of breach determine remedies.");
    const HELP: (&str, &str, &str) =
        ("support", "assistance", "A shall provide equipment to B within 90 days of signature.");
    const PLEDGE: (&str, &str, &str) = ("commitment", "pledge", "A shall within 72 hours of attack assist B.");
    const CALM: (&str, &str, &str) = ("ceasefire", "calm", "A, B shall cease hostilities upon truce.");
    const PULL: (&str, &str, &str) =
        ("withdrawal", "pullback", "A, B shall withdraw weapons from territory within 30 days of truce.");
    match checklist {
        "communique" | "declaration-of-intent" | "memorandum" => &[HELP],
        "ceasefire-agreement" => &[CALM, PULL, WATCH, COURT],
        "stationing-agreement" => &[FORCE, HUBS],
        "security-guarantee" => &[FORCE, HUBS, WATCH, COURT, HELP, PLEDGE],
        _ => &[HELP, PLEDGE, COURT],
    }
}

/// The text of a draft for a checklist: every field that would be missed stands in it and is left `open`.
pub fn draft(checklist: &str) -> String {
    let Standard { vocabulary, names, .. } = Standard::embedded();
    let levels = Levels::new(vocabulary, names, checklist);
    let kind = |name: &str| names.get(name).and_then(|symbol| vocabulary.kind(symbol));
    let missed = |kind: &Kind, spec: &FieldSpec| {
        let code = format!("{}/{}", names.text(kind.name), names.text(spec.name));
        spec.level.is_some() && levels.level(&code, spec.level).is_some()
    };
    let mut out = String::from(HEAD);
    let _ = writeln!(out, "declaration draft \"Title of the text\" {{\n  checklist: {checklist}\n  signatories: A, B");
    let open = |out: &mut String, of: &str, but: &[&str]| {
        let Some(kind) = kind(of) else { return };
        for spec in kind.fields.iter().filter(|spec| missed(kind, spec)) {
            let name = names.text(spec.name);
            if !but.contains(&name) {
                let example = spec.example.lines().next().unwrap_or("").trim();
                let _ = writeln!(out, "  {name}: open  // {}", if example.is_empty() { &spec.label } else { example });
            }
        }
    };
    open(&mut out, "declaration", &["form", "checklist", "signatories"]);
    out.push_str(PARTIES);
    for (of, name, norm) in clauses(checklist) {
        let label = kind(of).map_or(*of, |kind| &kind.label);
        let _ = writeln!(out, "\n{of} {name} \"{label}\" {{");
        open(&mut out, of, &[]);
        let _ = writeln!(out, "  {norm}\n}}");
    }
    out
}

const HEAD: &str = "\
// A draft to start from. `open` stands where something is to be settled, an example behind it; rapporteur lists what is
// still open. Words of the text go into `text: \"…\"` of their clause. `rapporteur explain troops` explains a kind of clause.

";

const PARTIES: &str = "}

party A \"First party\" { kind: state }
party B \"Second party\" { kind: state }

place territory \"Territory of B\" { of: B }

event truce \"The fighting stops\" { means: open  certified-by: A, B }
event attack \"Armed attack on the territory of B\" { means: open  certified-by: A }
event breach \"Act against this text\" { means: open  certified-by: A, B  recurring: yes }
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::NoFiles;
    use crate::policy::{Options, is_unacceptable};
    use crate::source::FileId;
    use crate::syntax::print;

    #[test]
    fn what_it_writes_can_be_read_for_every_checklist() {
        let Standard { vocabulary, names, .. } = Standard::embedded();
        for checklist in &vocabulary.checklists {
            let text = draft(names.text(checklist.name));
            let options = Options { checklist: Some(names.text(checklist.name).to_owned()), ..Options::default() };
            let checked = crate::check("draft.decl".as_ref(), text, &NoFiles::default(), &options);
            let bad: Vec<_> = checked.findings.iter().filter(|finding| is_unacceptable(&finding.code)).collect();
            assert!(bad.is_empty(), "{}: {bad:?}", names.text(checklist.name));
            // Nothing that is required is missing; it all stands there and is open.
            let missing: Vec<_> = checked.findings.iter().filter(|finding| finding.example.is_some()).collect();
            assert!(missing.is_empty(), "{}: {missing:?}", names.text(checklist.name));
            let file = checked.sources.file(FileId::default());
            assert_eq!(print::format(FileId::default(), file).as_deref(), Ok(file.text()), "laid out as `fmt` does");
        }
    }
}
