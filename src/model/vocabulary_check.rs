//! What can be said of a vocabulary only when all of it is read: names of kinds, fields and checklists that there are not, and
//! the fields that every clause has.

use super::names::{Names, Symbol};
use super::suggest::closest;
use super::vocabulary::*;
use super::vocabulary_read::CODE;
use crate::finding::{Finding, Level};

/// Reports what is said of kinds and fields that there are not: evidence, and what checklists build on and require. To be
/// called when all items are read.
pub(crate) fn check_evidence(vocabulary: &Vocabulary, names: &Names, findings: &mut Vec<Finding>) {
    let of_fields = vocabulary.kinds.iter().flat_map(|kind| &kind.fields).filter(|spec| !spec.inherited);
    let of_fields = of_fields.flat_map(|spec| spec.met_by.iter().chain(&spec.after).map(move |one| (spec.at, one)));
    let of_kinds = vocabulary.kinds.iter().flat_map(|kind| kind.met_by.iter().map(move |one| (kind.at, one)));
    for (at, evidence) in of_fields.chain(of_kinds) {
        let (kind, field) = match *evidence {
            Evidence::FieldOf(kind, field) => (kind, Some(field)),
            Evidence::Clause(kind) => (kind, None),
            _ => continue,
        };
        let found = vocabulary.kind(kind);
        if found.is_some_and(|kind| field.is_none_or(|field| kind.field(field).is_some())) {
            continue;
        }
        let message = match field {
            Some(field) => format!("no kind has the field `{}/{}`", names.text(kind), names.text(field)),
            None => format!("there is no kind `{}`", names.text(kind)),
        };
        let help = "correct it in `met-by:` or `after:`; `rapporteur explain kinds` lists what there is";
        findings.push(Finding::new(CODE, Level::Error, message, at).help(help));
    }
    let kinds = || vocabulary.kinds.iter().filter(|kind| kind.is_clause).map(|kind| names.text(kind.name));
    let checklists = || vocabulary.checklists.iter().map(|checklist| names.text(checklist.name));
    for checklist in &vocabulary.checklists {
        let mut wrong = |what: &str, name: Symbol, near: Option<&str>| {
            let name = names.text(name);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("`rapporteur explain {what}s` lists what there is"),
            };
            let message = format!("there is no {what} `{name}` for `{}`", names.text(checklist.name));
            findings.push(Finding::new(CODE, Level::Error, message, checklist.at).help(help));
        };
        if let Some(base) = checklist.extends.filter(|base| vocabulary.checklist(*base).is_none()) {
            wrong("checklist", base, closest(names.text(base), checklists()));
        }
        for &kind in checklist.requires.iter().filter(|kind| vocabulary.kind(**kind).is_none_or(|it| !it.is_clause)) {
            wrong("kind", kind, closest(names.text(kind), kinds()));
        }
    }
}

/// Gives every kind of clause the fields that all clauses have. To be called when all items are read.
pub(crate) fn share_fields(vocabulary: &mut Vocabulary) {
    let Vocabulary { kinds, every_clause, .. } = vocabulary;
    for kind in kinds.iter_mut() {
        kind.fields.retain(|field| !field.inherited);
        if !kind.is_clause {
            continue;
        }
        for shared in every_clause.iter() {
            match kind.fields.iter_mut().find(|field| field.name == shared.name) {
                Some(own) => complete(own, shared),
                None => kind.fields.push(FieldSpec { inherited: true, ..shared.clone() }),
            }
        }
    }
}

/// What a kind leaves unsaid about a field is as for every clause.
fn complete(own: &mut FieldSpec, shared: &FieldSpec) {
    if own.types.is_empty() {
        own.types.clone_from(&shared.types);
    }
    own.level = own.level.or(shared.level);
    if own.met_by.is_empty() {
        own.met_by.clone_from(&shared.met_by);
    }
    if own.after.is_empty() {
        own.after.clone_from(&shared.after);
    }
    for (text, shared) in
        [(&mut own.why, &shared.why), (&mut own.source, &shared.source), (&mut own.example, &shared.example)]
    {
        if text.is_empty() {
            text.clone_from(shared);
        }
    }
}
