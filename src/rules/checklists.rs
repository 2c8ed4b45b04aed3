//! What checklists ask of a text as a whole: provisions of the kinds that they require. And checklists that name what there
//! is not.

use super::evidence::{Asks, Shown};
use super::{Draft, pages};
use crate::finding::{Finding, Level};
use crate::model::norm::Mode;
use crate::model::vocabulary::{Evidence, Kind};
use crate::model::{Entity, Symbol, closest};
use crate::source::FileId;
use rustc_hash::FxHashSet;

/// Reports, at the declaration, each kind of provision that a checklist can require and that the text does not have;
/// `policy` keeps those that its own checklist requires.
pub fn look(draft: &Draft, found: &mut Vec<Finding>) {
    unknown_codes(*draft, found);
    let Some(id) = draft.model.declaration else { return };
    let item = &draft.model.instrument(id).item;
    // Nothing is concluded from what is absent in a text that could not be read to its end.
    if !item.own || item.damaged || draft.model.skipped {
        return;
    }
    let mut wanted = required_somewhere(*draft);
    wanted.retain(|kind| !draft.model.clauses.iter().any(|clause| clause.item.kind == kind.name));
    if wanted.is_empty() {
        return;
    }
    let shown = Shown::of(*draft);
    let entity = Entity::Instrument(id);
    for kind in wanted {
        let met = |&one: &Evidence| match one {
            Evidence::BanOn(verb) => bans(*draft, verb),
            one => shown.holds(*draft, entity, item, one, Asks::What),
        };
        if kind.met_by.iter().any(met) {
            continue;
        }
        let name = draft.text(kind.name);
        let message = format!("{} has no provision of the kind `{name}`", draft.called(entity));
        let help = format!("write, for example:\n{}", kind.example.trim_matches('\n'));
        let finding = Finding::new(format!("provision/{name}"), Level::Warning, message, item.at)
            .saying(format!("no `{name}`"))
            .help(help)
            .example(kind.example.trim_matches('\n'))
            .about(draft.text(item.name));
        found.push(finding);
    }
}

/// Whether some norm of the text forbids an act.
fn bans(draft: Draft, verb: Symbol) -> bool {
    draft.model.norms.iter().any(|norm| norm.mode == Mode::Forbid && norm.verb == verb)
}

/// The kinds of clause that some checklist requires, in the order of the vocabulary.
fn required_somewhere<'m>(draft: Draft<'m>) -> Vec<&'m Kind> {
    let vocabulary = &draft.model.vocabulary;
    let required: FxHashSet<_> = vocabulary.checklists.iter().flat_map(|checklist| &checklist.requires).collect();
    vocabulary.kinds.iter().filter(|kind| kind.is_clause && required.contains(&kind.name)).collect()
}

/// Reports codes in the checklists of a library that no finding has.
fn unknown_codes(draft: Draft, found: &mut Vec<Finding>) {
    let vocabulary = &draft.model.vocabulary;
    let of_library = || {
        let levels = vocabulary.checklists.iter().flat_map(|checklist| &checklist.levels);
        levels.filter(|(_, _, at)| at.file != FileId::STANDARD)
    };
    if of_library().next().is_none() {
        return;
    }
    // A checklist names a code, its group, or its name alone.
    let mut known: Vec<String> = Vec::new();
    for page in pages::all(vocabulary, &draft.model.names) {
        if let Some((group, name)) = page.code.split_once('/') {
            known.extend([group.to_owned(), name.to_owned()]);
        }
        known.push(page.code.into_owned());
    }
    let all: FxHashSet<&str> = known.iter().map(String::as_str).collect();
    for (code, _, at) in of_library().filter(|(code, ..)| !all.contains(&**code)) {
        let help = match closest(code, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`rapporteur rules` lists the codes".to_owned(),
        };
        found.push(
            Finding::new("structure/vocabulary", Level::Error, format!("no finding has the code `{code}`"), *at)
                .help(help),
        );
    }
}
