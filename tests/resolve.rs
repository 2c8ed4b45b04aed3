//! What a draft means, seen through the findings about its names and numbers and through the model's own questions.

use rapporteur::finding::Finding;
use rapporteur::load::{Loaded, NoFiles, load};
use rapporteur::model::clause::What;
use rapporteur::model::norm::{Mode, RoleKind};
use rapporteur::model::query::Ground;
use rapporteur::model::standard::Standard;
use rapporteur::model::time::{Anchor, Point};
use rapporteur::model::{Entity, MentionRole, Model, resolve};
use std::path::Path;

const HEAD: &str = "declaration d \"D\" { signatories: FR, GB  signed: 2026-01-06 }\n\
    party FR \"France\"\nparty GB \"United Kingdom\"\nparty UA \"Ukraine\"\nparty RU \"Russia\"\n\
    party coalition \"Coalition\" { kind: coalition  members: FR, GB }\n\
    place ukraine \"Ukraine\" { of: UA }\nplace east \"The east\" { within: ukraine }\n\
    event ceasefire \"Ceasefire\"\nevent attack \"Attack\"\nphase transition \"Transition\" { from: ceasefire  until: attack }\n";

fn read(files: &[(&str, &str)]) -> (Loaded<'static>, Model, Vec<Finding>) {
    let loader = NoFiles::of(files);
    let (path, text) = files[0];
    let arena = Box::leak(Box::new(rapporteur::syntax::Arena::new()));
    let loaded = load(Path::new(path), text, &loader, arena);
    let (model, findings) = resolve(&loaded);
    (loaded, model, findings)
}

/// Resolves a body behind the usual head; syntax findings fail the test.
fn draft(body: &str) -> (Model, Vec<Finding>) {
    let text = format!("{HEAD}{body}");
    let (loaded, model, findings) = read(&[("a.decl", &text)]);
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    (model, findings)
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| &*finding.code).collect()
}

/// The codes found in a clause that holds one sentence.
fn sentence(sentence: &str) -> (Model, Vec<String>) {
    let (model, findings) = draft(&format!("commitment c \"C\" {{ {sentence} }}\ntroops force \"Force\" {{}}\n"));
    let codes = findings.iter().map(|finding| finding.code.to_string()).collect();
    (model, codes)
}

#[test]
fn the_standard_library_is_sound() {
    assert_eq!(codes(&Standard::embedded().findings), Vec::<&str>::new(), "{:#?}", Standard::embedded().findings);
}

#[test]
fn a_sound_draft_gives_no_finding() {
    let (model, found) = sentence("FR, GB shall deploy force to ukraine within 30 days of ceasefire.");
    assert_eq!(found, Vec::<String>::new());
    let norm = &model.norms[0];
    assert_eq!(norm.window.starts.len(), 1);
    let end = &norm.window.ends[0];
    assert!(end.inclusive && end.time.offset.days == 30);
    assert_eq!(norm.roles[0].kind, RoleKind::Place);
    assert_eq!(model.actors_label(norm), "France and United Kingdom");
    assert_eq!(model.verb_label(norm), "deploy");
}

#[test]
fn an_undefined_name_is_an_error_as_actor_place_or_time_and_an_advice_as_object() {
    assert_eq!(sentence("NO shall deploy force.").1, ["structure/undefined-name"]);
    assert_eq!(sentence("FR shall deploy force to donbas.").1, ["structure/undefined-name"]);
    assert_eq!(sentence("FR shall deploy force after peace.").1, ["structure/undefined-name"]);
    assert_eq!(sentence("FR shall provide gadgets to UA.").1, ["structure/undeclared-thing"]);
    assert_eq!(sentence("FR shall assist UA with weapons.").1, Vec::<String>::new());
}

#[test]
fn a_name_used_often_is_reported_once() {
    let (_, findings) = draft("commitment c \"C\" { NO shall assist UA. NO shall assist FR. }\n");
    assert_eq!(codes(&findings), ["structure/undefined-name"]);
    assert_eq!(findings[0].labels.len(), 2);
}

#[test]
fn a_label_written_for_a_name_suggests_the_name() {
    let (_, findings) = draft("commitment c \"C\" { France shall assist UA. }\n");
    assert!(findings[0].help.as_deref().unwrap().contains("did you mean `FR`"), "{findings:#?}");
}

#[test]
fn what_is_no_party_cannot_act() {
    assert_eq!(sentence("ukraine shall deploy force.").1, ["structure/wrong-kind"]);
    assert_eq!(sentence("FR shall deploy force in GB.").1, ["structure/wrong-kind"]);
    assert_eq!(sentence("FR shall deploy force by GB.").1, ["structure/wrong-kind"]);
    assert_eq!(sentence("FR shall deploy force after UA.").1, ["structure/wrong-kind"]);
}

#[test]
fn by_names_the_actor_of_a_passive_and_else_a_deadline() {
    let (model, found) = sentence("force shall be deployed by FR by ceasefire.");
    assert_eq!(found, Vec::<String>::new());
    let norm = &model.norms[0];
    assert_eq!(model.actors_label(norm), "France");
    assert_eq!(norm.window.ends.len(), 1);
    assert!(matches!(norm.objects.list[0].what, What::Entity(Entity::Clause(_))));
}

#[test]
fn verbs_are_known_in_the_form_that_belongs_there() {
    assert_eq!(sentence("FR shall deploi force.").1, ["structure/unknown-verb"]);
    assert_eq!(sentence("force shall be deploy by FR.").1, ["structure/unknown-verb"]);
    assert_eq!(sentence("FR shall refrain from deploying force.").1, Vec::<String>::new());
    assert_eq!(sentence("FR shall hand-over weapons to UA.").1, Vec::<String>::new());
}

#[test]
fn several_acts_are_several_norms_and_share_what_stands_before_the_first() {
    let (model, findings) = draft(
        "commitment c \"C\" { (a) FR shall within 30 days of ceasefire (i) assist UA; (ii) host UA. }\n\
         commitment e \"E\" { GB shall assist UA after fulfilment of c(a).2. GB shall assist UA after c(ii). }\n",
    );
    assert_eq!(codes(&findings), Vec::<&str>::new());
    let names: Vec<String> =
        model.clauses[0].norms.clone().map(|i| model.norm_name(rapporteur::model::NormId(i))).collect();
    assert_eq!(names, ["c(a).1", "c(a).2"]);
    assert!(model.norms.iter().take(2).all(|norm| norm.window.ends.len() == 1));
    for norm in model.norms.iter().skip(2) {
        let Anchor::Norms(norms, Point::Fulfilment) = norm.window.starts[0].time.anchor else { panic!("{norm:#?}") };
        assert_eq!((norms.first.0, norms.count), (1, 1));
    }
}

#[test]
fn a_dangling_reference_lists_what_there_is() {
    let (_, findings) =
        draft("commitment c \"C\" { (a) FR shall assist UA. (b) GB shall assist UA subject to c(z). }\n");
    assert_eq!(codes(&findings), ["structure/unknown-norm"]);
    assert!(findings[0].help.as_deref().unwrap().contains("`c(a)` and `c(b)`"), "{findings:#?}");
}

#[test]
fn when_holds_for_all_sentences_unless_a_clause_opts_out() {
    let (loaded, model, findings) = read(&[(
        "a.decl",
        "declaration d \"D\" { signatories: FR  when: after ceasefire }\nparty FR\nparty UA\nevent ceasefire\n\
         commitment c \"C\" { FR shall assist UA. }\ncommitment e \"E\" { when: none FR shall assist UA. }\n",
    )]);
    assert_eq!((codes(&loaded.findings), codes(&findings)), (vec![], vec![]));
    assert_eq!(model.norms[0].window.starts.len(), 1);
    assert_eq!(model.norms[1].window.starts.len(), 0);
}

#[test]
fn windows_follow_their_words() {
    let window = |phrase: &str| {
        let (model, found) = sentence(&format!("FR shall assist UA {phrase}."));
        assert_eq!(found, Vec::<String>::new(), "{phrase}");
        let window = &model.norms[0].window;
        let edges = |edges: &[rapporteur::model::time::Edge]| {
            edges.iter().map(|e| (e.time.offset.days, e.inclusive, e.required)).collect::<Vec<_>>()
        };
        (edges(&window.starts), edges(&window.ends))
    };
    assert_eq!(window("by ceasefire"), (vec![], vec![(0, true, false)]));
    assert_eq!(window("by ceasefire + 5 days"), (vec![(0, true, true)], vec![(5, true, false)]));
    assert_eq!(window("before ceasefire"), (vec![], vec![(0, false, false)]));
    assert_eq!(window("upon ceasefire"), (vec![(0, true, true)], vec![]));
    assert_eq!(window("5 days after ceasefire"), (vec![(5, true, true)], vec![]));
    assert_eq!(window("at most 5 days after ceasefire"), (vec![(0, true, true)], vec![(5, true, false)]));
    assert_eq!(window("at least 14 days before ceasefire"), (vec![], vec![(-14, true, false)]));
    assert_eq!(window("from ceasefire until attack"), (vec![(0, true, true)], vec![(0, false, false)]));
    assert_eq!(window("after ceasefire for 6 days"), (vec![(0, true, true)], vec![(6, false, false)]));
    assert_eq!(window("during transition"), (vec![(0, true, true)], vec![(0, false, false)]));
    assert_eq!(window("within 5 days"), (vec![], vec![]));
}

#[test]
fn a_window_of_dates_that_ends_before_it_starts_is_impossible() {
    let (_, found) = sentence("FR shall assist UA from 2026-05-01 until 2026-04-01.");
    assert_eq!(found, ["time/impossible-range"]);
    let (_, found) = sentence("FR shall assist UA by 2026-02-30.");
    assert_eq!(found, ["time/impossible-date"]);
}

#[test]
fn amounts_are_checked() {
    assert_eq!(sentence("FR shall deploy 10..5 personnel to ukraine.").1, ["quantity/impossible-range"]);
    assert_eq!(sentence("FR shall withdraw 140% of force.").1, ["quantity/impossible-range"]);
    assert_eq!(sentence("FR shall withdraw 1/0 of force.").1, ["quantity/bad-number"]);
    assert_eq!(sentence("FR shall deploy 100 persnnel to ukraine.").1, ["structure/unknown-unit"]);
    assert_eq!(sentence("FR shall pay EUR 2.5 billion to UA.").1, Vec::<String>::new());
    let (_, findings) = draft("troops force \"F\" { strength: 30 km }\n");
    assert_eq!(codes(&findings), ["quantity/wrong-unit"]);
    let (_, findings) = draft("troops force \"F\" { strength: \"several thousand\" }\n");
    assert_eq!(codes(&findings), Vec::<&str>::new());
}

#[test]
fn fields_are_read_by_their_kind() {
    let found = |text: &str| {
        let (_, findings) = draft(text);
        findings.iter().map(|finding| finding.code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(found("trops force \"F\" {}\n"), ["structure/unknown-kind"]);
    assert_eq!(found("troops force \"F\" { strenght: 5 personnel }\n"), ["structure/unknown-field"]);
    assert_eq!(
        found("troops force \"F\" { strength: 5 personnel strength: 6 personnel }\n"),
        ["structure/duplicate-field"]
    );
    assert_eq!(found("instrument i \"I\" { form: treatie }\n"), ["structure/wrong-value"]);
    assert_eq!(found("party DE \"Germany\" { members: ukraine }\n"), ["structure/wrong-kind"]);
    assert_eq!(found("party FR \"France again\"\n"), ["structure/duplicate-name"]);
    assert_eq!(found("place west \"West\" { within: ukrain }\n"), ["structure/undefined-name"]);
}

#[test]
fn nobody_shall_is_a_ban() {
    let (model, found) = sentence("nobody shall deploy force.");
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(model.norms[0].mode, Mode::Forbid);
    assert_eq!(model.named_actors(&model.norms[0].actors.list).len(), model.parties.len());
}

#[test]
fn a_coalition_is_bound_when_all_its_members_are() {
    let (model, _) = draft("party AFU \"Army\" { of: FR }\nparty pair \"Pair\" { members: FR, UA }\n");
    let bound: Vec<&str> =
        model.every_party().filter(|party| model.is_bound(*party)).map(|party| model.name(party)).collect();
    assert_eq!(bound, ["FR", "GB", "coalition", "AFU"]);
}

#[test]
fn places_cover_what_lies_within_and_siblings_are_apart() {
    let (model, _) =
        draft("place west \"West\" { within: ukraine }\nplace line \"Line\" { within: ukraine  overlaps: west }\n");
    let place = |name: &str| {
        let found = model.entities().find(|entity| model.name(*entity) == name);
        let Some(Entity::Place(id)) = found else { panic!("{name}") };
        id
    };
    assert_eq!(model.ground(place("ukraine"), place("east")), Ground::Covers);
    assert_eq!(model.ground(place("east"), place("west")), Ground::Apart);
    assert_eq!(model.ground(place("line"), place("west")), Ground::Overlaps);
}

#[test]
fn imports_merge_or_get_a_name_of_their_own() {
    let (loaded, model, findings) = read(&[
        (
            "a.decl",
            "import \"lib.decl\"\nimport \"june.decl\" as june\ncommitment c \"C\" { FR shall assist june.host. }\n",
        ),
        ("lib.decl", "party FR \"France\"\n"),
        ("june.decl", "party host \"Host\"\nimport \"lib.decl\"\n"),
    ]);
    assert_eq!((codes(&loaded.findings), codes(&findings)), (vec![], vec![]));
    assert_eq!(model.parties.len(), 2);
    assert!(model.entities().any(|entity| model.name(entity) == "june.host"));
}

#[test]
fn an_imported_declaration_is_an_instrument_of_its_file() {
    let old = "declaration accord \"Accord\" { signatories: FR  in-force: 2020-01-01 }\nparty FR \"France\"\n";
    let new = "import \"old.decl\" as old\n\
        declaration fresh \"Fresh\" { signatories: old.FR  prevails-over: old }\n\
        commitment c \"C\" { old.FR shall meet within 3 days of entry into force of old subject to old. }\n";
    let (_, model, findings) = read(&[("new.decl", new), ("old.decl", old)]);
    assert_eq!(codes(&findings), Vec::<&str>::new(), "{findings:#?}");
    let own = model.declaration.unwrap();
    let [over] = model.instrument(own).prevails_over[..] else { panic!("{:?}", model.instrument(own).prevails_over) };
    assert_eq!(model.text(model.instrument(over).item.name), "old.accord");
    let end = &model.norms[0].window.ends[0].time;
    assert!(matches!(end.anchor, Anchor::Instrument(of, _) if of == over), "{end:?}");
    let misspelt = new.replace("prevails-over: old", "prevails-over: olf");
    let (_, _, findings) = read(&[("new.decl", &misspelt), ("old.decl", old)]);
    assert_eq!(codes(&findings), ["structure/undefined-name"]);
}

#[test]
fn imports_that_cannot_be_read_are_reported() {
    let (loaded, ..) = read(&[
        ("a.decl", "import \"b.decl\"\nimport \"../x.decl\"\nimport \"gone.decl\"\n"),
        ("b.decl", "import \"a.decl\"\n"),
    ]);
    assert_eq!(
        codes(&loaded.findings),
        ["structure/import-cycle", "structure/import-outside", "structure/import-missing"]
    );
}

#[test]
fn a_draft_may_bring_its_own_vocabulary() {
    let (model, findings) = draft(
        "kind escort \"Escort\" { field route \"route\" { is: place  level: error } }\n\
         action escort \"escort\" { nature: maintain }\nunit platoon \"platoon\" { measures: formations }\n\
         escort e \"E\" { route: ukraine  note: \"x\"  FR shall escort UA. GB shall provide 3 platoons to UA. }\n",
    );
    assert_eq!(codes(&findings), Vec::<&str>::new());
    assert!(model.norms[0].action.is_some());
    let (_, findings) = draft("kind escort \"Escort\" { field route \"route\" { is: plce  lvel: error } }\n");
    assert_eq!(codes(&findings), ["structure/vocabulary", "structure/vocabulary"]);
}

#[test]
fn a_verb_may_bring_its_object_with_a_word() {
    let (model, found) = sentence("FR shall contribute to force.");
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(model.norms[0].objects.list.len(), 1);
}

#[test]
fn mentions_stand_in_the_order_of_the_text() {
    let (model, _) = sentence("force shall be deployed to ukraine by FR after ceasefire if attack.");
    let roles: Vec<MentionRole> = model.mentions.iter().filter(|one| one.norm.is_some()).map(|one| one.role).collect();
    use MentionRole::*;
    assert_eq!(roles, [Object, Place, Actor, Time, Condition]);
}

#[test]
fn scenarios_name_only_what_there_is() {
    let (_, findings) = draft(
        "scenario \"s\" { ceasefire on 2026-03-01. atack 3 days after ceasefire. expect FR obliged to assist UA by 2026-04-01. }\n\
         commitment c \"C\" { FR shall assist UA. }\n",
    );
    assert_eq!(codes(&findings), ["structure/undefined-name"]);
}

#[test]
fn what_others_are_to_ensure_does_not_bind_them() {
    let (model, found) = sentence("FR shall ensure that GB deploy force to ukraine by 2026-05-01.");
    assert_eq!(found, Vec::<String>::new());
    let norm = &model.norms[0];
    assert_eq!(model.actors_label(norm), "France");
    assert_eq!(norm.window.ends.len(), 1);
    assert_eq!(model.actors_label(norm.ensures.as_ref().unwrap()), "United Kingdom");
}

#[test]
fn damage_is_kept_and_marked() {
    let (loaded, model, _) = read(&[("a.decl", "party FR\ntroops force \"F\" { (a) FR shall deploy force ( to . }\n")]);
    assert!(!loaded.findings.is_empty());
    assert!(model.clauses.iter().all(|clause| clause.item.damaged));
}

#[test]
fn nobody_obliged_is_a_release_and_nobody_allowed_a_ban() {
    let mode = |words: &str| {
        let (model, _) = draft(&format!("commitment c \"C\" {{ no party {words} deploy tanks. }}\n"));
        model.norms[0].mode
    };
    use rapporteur::model::norm::Mode;
    assert_eq!(mode("is obliged to"), Mode::Release);
    assert_eq!(mode("is required to"), Mode::Release);
    assert_eq!(mode("shall"), Mode::Forbid);
    assert_eq!(mode("may"), Mode::Forbid);
}
