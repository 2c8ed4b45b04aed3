//! What must not change an answer, and what must.

use crate::check::{Answer, Kind};
use crate::draft::{PROFILES, Profile, Sentence, draft};
use crate::random::Random;
use crate::{engine, read};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rapporteur::model::{Model, NormId};
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
}
