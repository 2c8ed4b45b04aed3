//! What must not change an answer, and what must.
//!
//! That every finding replays is held on every draft by `check`: the judge plays each story that is told, day by day.

use crate::check::{Answer, Kind};
use crate::draft::{PROFILES, Profile, Sentence, draft};
use crate::random::Random;
use crate::{engine, read};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rapporteur::clash::{Clash, Clashes, Effort, clashes};
use rapporteur::model::norm::Mode;
use rapporteur::model::{Model, NormId};
use rayon::ThreadPoolBuilder;
use std::collections::BTreeSet;

/// What clashes: the norm by its name, and how.
type Said = BTreeSet<(String, Kind)>;

fn drafts() -> impl Strategy<Value = (Profile, u64)> {
    (proptest::sample::select(PROFILES.to_vec()), any::<u64>())
}

fn asked(text: &str) -> (Model, Vec<Answer>) {
    let (model, wrong) = read(text);
    assert_eq!(wrong, Vec::<String>::new(), "{text}");
    let answers = engine::answers(&model).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
    (model, answers)
}

fn name(model: &Model, norm: NormId) -> String {
    format!("{} {:?}", model.norm_name(norm), model.norm(norm).act)
}

fn said(text: &str) -> Said {
    let (model, answers) = asked(text);
    answers.iter().map(|answer| (name(&model, answer.norm), answer.kind)).collect()
}

/// Replaces whole words; a date is one.
fn reworded(text: &str, word: impl Fn(&str) -> Option<String>) -> String {
    let inside = |c: char| c.is_alphanumeric() || c == '-';
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(inside) {
        let (before, behind) = rest.split_at(start);
        let (one, behind) = behind.split_at(behind.find(|c| !inside(c)).unwrap_or(behind.len()));
        out += before;
        out += &word(one).unwrap_or_else(|| one.to_owned());
        rest = behind;
    }
    out + rest
}

/// The names of a random draft: two letters, a kind of thing and one of it.
fn is_name(word: &str) -> bool {
    matches!(word.as_bytes(), [b'P' | b'G' | b't' | b'l' | b'e' | b'h' | b'v' | b'c', b'a'..=b'm' | b'r'])
}

fn is_date(word: &str) -> bool {
    word.len() == 10 && word.as_bytes()[4] == b'-'
}

fn one_sentence(name: &str, words: &str) -> crate::draft::Provision {
    let sentences = vec![Sentence { letter: None, words: words.to_owned() }];
    crate::draft::Provision { name: name.to_owned(), fields: Vec::new(), sentences }
}

/// Words that put one clause above another, so that a copy of a clause does not stand where the clause stands.
const ORDERS: [&str; 6] = ["subject to", "notwithstanding", "except", "without prejudice", "replaces", "prevails"];

/// What is said of a norm. Whether a wish takes part in it may hang on which of its actors the search came to.
fn told(clash: &Clash) -> (NormId, &'static str) {
    (clash.duty, clash.code)
}

fn on_threads(threads: usize, model: &Model) -> Clashes {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| clashes(model, Effort::NORMAL))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        // The same drafts in every run.
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_has_nothing_to_do_with_it_changes_nothing((profile, seed) in drafts(), first in any::<bool>()) {
        let mut draft = draft(profile, seed);
        let before = said(&draft.to_string());
        draft.items.push("event ez \"ez\"".to_owned());
        draft.items.push("action vz \"vz\" { nature: achieve }".to_owned());
        draft.items.push("thing tz \"tz\"".to_owned());
        let words = "no party shall vz tz from ez until ez + 3 days";
        let at = if first { 0 } else { draft.provisions.len() };
        draft.provisions.insert(at, one_sentence("cz", words));
        prop_assert_eq!(said(&draft.to_string()), before, "{}", draft);
    }

    #[test]
    fn the_order_of_clauses_changes_nothing_but_order((profile, seed) in drafts(), turns in any::<u64>()) {
        let mut draft = draft(profile, seed);
        let before = said(&draft.to_string());
        let mut random = Random::new(turns);
        for at in (1..draft.provisions.len()).rev() {
            draft.provisions.swap(at, random.below(at + 1));
        }
        for provision in &mut draft.provisions {
            for at in (1..provision.sentences.len()).rev() {
                provision.sentences.swap(at, random.below(at + 1));
            }
        }
        prop_assert_eq!(said(&draft.to_string()), before, "{}", draft);
    }

    #[test]
    fn other_names_and_a_later_date_change_nothing((profile, seed) in drafts(), later in 1_i64..4_000) {
        let draft = draft(profile, seed).to_string();
        let shifted = |word: &str| -> Option<String> {
            let date: jiff::civil::Date = word.parse().expect("a date");
            Some(date.checked_add(jiff::Span::new().days(later)).expect("a date").to_string())
        };
        // The letters turned round, so that names sort otherwise.
        let renamed = |word: &str| {
            let mut letters = word.chars();
            let (kind, which) = (letters.next()?, letters.next()?);
            Some(format!("x{}{kind}", char::from(b'z' - (which as u8 - b'a'))))
        };
        let other = |word: &str| match word {
            _ if is_date(word) => shifted(word),
            _ if is_name(word) => renamed(word),
            _ => None,
        };
        let before: Said =
            said(&draft).into_iter().map(|(name, kind)| (reworded(&name, other), kind)).collect();
        let changed = reworded(&draft, other);
        prop_assert_eq!(said(&changed), before, "{}\n{}", draft, changed);
    }

    #[test]
    fn a_weaker_ban_makes_no_clash((profile, seed) in drafts(), which in any::<u64>(), days in 0_usize..8) {
        let mut draft = draft(profile, seed);
        let before = said(&draft.to_string());
        let bans: Vec<(usize, usize)> = draft.sentences().filter(|&(at, one)| draft.forbids(at, one)).collect();
        prop_assume!(!bans.is_empty());
        let (at, one) = bans[Random::new(which).below(bans.len())];
        draft.provisions[at].sentences[one].words += &format!(" until signature + {days} days");
        // How bad it is may only fall: a clash needs what is late, or what is weak.
        let grade = |kind: Kind| match kind {
            Kind::Ban | Kind::Release | Kind::Permission => 3,
            Kind::Late => 2,
            Kind::WeakBan | Kind::WeakPermission => 1,
            // What is left of a clash when a ban is shorter.
            Kind::Trap | Kind::Cut => 0,
        };
        // What one ban leaves no time for can be another's trap.
        for (name, kind) in said(&draft.to_string()).into_iter().filter(|(_, kind)| *kind != Kind::Trap) {
            let was = before.iter().filter(|(one, _)| *one == name).map(|(_, kind)| grade(*kind)).max();
            prop_assert!(was >= Some(grade(kind)), "{name}: {kind:?} was {was:?}\n{draft}");
        }
    }

    #[test]
    fn a_smallest_set_clashes_by_itself_and_without_any_of_it_does_not((profile, seed) in drafts()) {
        let draft = draft(profile, seed);
        let (model, answers) = asked(&draft.to_string());
        // A trap is one only where no other ban already leaves too little time, so it may be another without the others.
        for answer in answers.into_iter().filter(|answer| answer.kind != Kind::Trap) {
            let of = |norms: &[NormId]| {
                let kept: Vec<_> = norms.iter().map(|id| model.norm(*id).sentence).collect();
                // Sentences of several acts are kept whole, and so may hold more than is wanted.
                let whole = norms.iter().all(|id| model.norm(*id).act.is_none());
                let mut number = 0;
                let mut sentences: Vec<_> = model.norms.iter().map(|norm| norm.sentence).collect();
                sentences.dedup();
                let mut part = draft.clone();
                for provision in &mut part.provisions {
                    provision.sentences.retain(|_| {
                        number += 1;
                        kept.contains(&sentences[number - 1])
                    });
                }
                let text = part.to_string();
                (whole && read(&text).1.is_empty()).then_some(text)
            };
            let mut all = answer.set.clone();
            all.push(answer.norm);
            let finding = (name(&model, answer.norm), answer.kind);
            let Some(text) = of(&all) else { continue };
            let (alone, found) = asked(&text);
            let again = found.iter().find(|one| (name(&alone, one.norm), one.kind) == finding);
            let names = |model: &Model, set: &[NormId]| set.iter().map(|id| name(model, *id)).collect::<BTreeSet<_>>();
            let again = again.map(|again| names(&alone, &again.set));
            prop_assert_eq!(again, Some(names(&model, &answer.set)), "{}", text);
            for left_out in &answer.set {
                let rest: Vec<NormId> = all.iter().copied().filter(|id| id != left_out).collect();
                // A permission for some that bans all others may be on both sides.
                let Some(text) = of(&rest).filter(|_| *left_out != answer.norm) else { continue };
                prop_assert!(!said(&text).contains(&finding), "{:?}\n{}", finding, text);
            }
        }
    }

    #[test]
    fn a_duty_said_twice_clashes_twice_as_it_did_once((profile, seed) in drafts(), which in any::<u64>()) {
        let mut draft = draft(profile, seed);
        let text = draft.to_string();
        if ORDERS.iter().any(|order| text.contains(order)) {
            return Ok(());
        }
        let before = said(&text);
        let (model, _) = read(&text);
        let mut places: Vec<_> = model.norms.iter().map(|norm| norm.sentence).collect();
        places.dedup();
        let sentences: Vec<(usize, usize)> = draft.sentences().collect();
        let duties: Vec<usize> = (0..sentences.len())
            .filter(|&at| {
                let mut own = model.norms.iter().filter(|norm| norm.sentence == places[at]);
                own.all(|norm| norm.mode == Mode::Oblige)
            })
            .collect();
        if duties.is_empty() {
            return Ok(());
        }
        let at = duties[Random::new(which).below(duties.len())];
        let (provision, one) = sentences[at];
        let mut copy = one_sentence("cz", &draft.provisions[provision].sentences[one].words);
        copy.fields.clone_from(&draft.provisions[provision].fields);
        draft.provisions.push(copy);
        let own: Vec<(String, _)> = (0..model.norms.len() as u32)
            .map(NormId)
            .filter(|id| model.norm(*id).sentence == places[at])
            .map(|id| (name(&model, id), model.norm(id).act))
            .collect();
        let copied = own.iter().flat_map(|(name, act)| {
            let same = before.iter().filter(move |(known, _)| known == name);
            same.map(move |(_, kind)| (format!("cz {act:?}"), *kind))
        });
        let expected: Said = before.iter().cloned().chain(copied).collect();
        prop_assert_eq!(said(&draft.to_string()), expected, "{}", draft);
    }

    #[test]
    fn less_effort_leaves_more_open_and_says_nothing_else(
        (profile, seed) in drafts(),
        steps in 1_i64..4_000,
        bans in 1_usize..6,
        few in 1_usize..4,
    ) {
        let (model, _) = read(&draft(profile, seed).to_string());
        let much = clashes(&model, Effort::NORMAL);
        let little = clashes(&model, Effort { steps, bans, alone: few, together: few });
        let all: Vec<_> = much.found.iter().map(|clash| told(clash)).collect();
        let open = |clash: &Clash| little.undecided.iter().any(|one| one.norm == clash.duty);
        for clash in &little.found {
            // Something worse may hide the lesser, where it is found.
            let lesser = matches!(clash.code, "contradiction/cut-permission" | "contradiction/trap") && open(clash);
            prop_assert!(lesser || all.contains(&told(clash)), "{clash:?}");
        }
        for clash in &much.found {
            let known = little.found.iter().any(|one| told(one) == told(clash));
            prop_assert!(known || open(clash) || little.found.iter().any(|one| one.duty == clash.duty), "{clash:?}");
        }
    }

    #[test]
    fn the_number_of_threads_changes_nothing((profile, seed) in drafts()) {
        let (model, _) = read(&draft(profile, seed).to_string());
        let (one, two) = (on_threads(1, &model), on_threads(2, &model));
        prop_assert_eq!(format!("{one:?}"), format!("{two:?}"));
    }
}
