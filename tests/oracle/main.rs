//! An oracle for contradictions: drafts made at random as texts, read by the program's own parser and resolver, judged by brute
//! force over every small history, and held against what the engine says of them.
//!
//! An answer is right if the set of norms clashes in the story that is told, on the days that are told, if no smaller set does
//! in any history, and if it is reported as what it is. Every clash that the judge finds must be among the answers.

#![allow(missing_docs, clippy::expect_used, clippy::panic, reason = "a failure here is a failed test")]

mod cases;
mod check;
mod draft;
mod engine;
mod judge;
mod properties;
#[path = "../support/random.rs"]
mod random;

use cases::{CASES, Clash, HEAD};
use check::{Answer, Count, Kind, asked, check, kinds, last_day, shown};
use draft::{Draft, PROFILES, Profile};
use judge::Judge;
use rapporteur::finding;
use rapporteur::load::{NoFiles, load};
use rapporteur::model::norm::Mode;
use rapporteur::model::{Model, NormId, resolve};
use std::path::Path;

/// What a draft means, and what is wrong with it.
fn read(text: &str) -> (Model, Vec<String>) {
    let arena = rapporteur::syntax::Arena::new();
    let loaded = load(Path::new("draft.decl"), text, &NoFiles::default(), &arena);
    let (model, findings) = resolve(&loaded);
    let wrong = loaded.findings.iter().chain(&findings).filter(|one| one.level != finding::Level::Advice);
    // A clause that yields to itself yields to nothing, in the model that both are asked about.
    let known = ["time/impossible-range", "structure/priority-cycle"];
    let wrong = wrong.filter(|one| !known.contains(&one.code.as_ref()));
    let wrong = wrong.map(|one| format!("{}: {}", one.code, one.message)).collect();
    (model, wrong)
}

fn named(model: &Model, name: &str) -> NormId {
    let ids = || (0..model.norms.len() as u32).map(NormId);
    ids().find(|id| model.norm_name(*id) == name).unwrap_or_else(|| panic!("no norm {name}"))
}

/// More than the lengths in the cases need.
const LAST: i64 = 25;

#[test]
fn the_judge_reads_every_case_as_a_careful_reader_does() {
    let mut misread = Vec::new();
    for case in CASES {
        let (model, wrong) = read(&format!("{HEAD}{}", case.draft));
        assert_eq!(wrong, Vec::<String>::new(), "{}", case.why);
        let judge = Judge::new(&model);
        let mut found: Vec<(String, Kind)> = Vec::new();
        let verdicts = judge.verdicts(LAST);
        for norm in asked(&verdicts) {
            found.extend(kinds(&verdicts, norm).into_iter().map(|kind| (model.norm_name(norm), kind)));
        }
        found.sort();
        let mut wanted: Vec<(String, Kind)> =
            case.clashes.iter().map(|Clash(name, kind, _)| ((*name).to_owned(), *kind)).collect();
        wanted.sort();
        if found != wanted {
            misread.push(format!("{}\n{}\nfound {found:?}, wanted {wanted:?}", case.why, case.draft));
            continue;
        }
        for Clash(name, kind, sets) in case.clashes {
            for set in *sets {
                let set: Vec<NormId> = set.iter().map(|name| named(&model, name)).collect();
                let (norm, nothing_told) = (named(&model, name), vec![None; model.events.len()]);
                let (family, level) = (kind.family(), kind.level());
                let right = verdicts.iter().filter(|verdict| verdict.norm == norm).any(|verdict| {
                    if *kind == Kind::Cut {
                        return set.iter().all(|ban| verdict.cuts.contains(ban));
                    }
                    if *kind == Kind::Trap {
                        let mut traps = false;
                        judge.every_history(LAST, &nothing_told, &mut |history| {
                            traps = judge.traps(verdict.duty, Some(&set), &judge.scene(history)).is_some();
                            !traps
                        });
                        return traps;
                    }
                    judge.set_clashes_somewhere(verdict.duty, &set, family, level, &nothing_told, LAST).is_some()
                        && judge.smaller(verdict.duty, &set, family, level, LAST).is_none()
                });
                assert!(right, "{}", case.why);
            }
        }
    }
    assert!(misread.is_empty(), "{}", misread.join("\n\n"));
}

#[test]
fn the_engine_reads_every_case_as_a_careful_reader_does() {
    let mut misread = Vec::new();
    for case in CASES {
        let (model, _) = read(&format!("{HEAD}{}", case.draft));
        let mut found = engine::answers(&model).unwrap_or_else(|fault| panic!("{}: {fault}", case.why));
        for Clash(name, kind, sets) in case.clashes {
            let norm = named(&model, name);
            let wanted: Vec<Vec<NormId>> =
                sets.iter().map(|set| set.iter().map(|name| named(&model, name)).collect()).collect();
            match found.iter().position(|one| one.norm == norm && one.kind == *kind && wanted.contains(&one.set)) {
                Some(at) => drop(found.remove(at)),
                None => misread.push(format!("{}\n{}\nno {kind:?} of {name}", case.why, case.draft)),
            }
        }
        let more = found.iter().map(|one| format!("{}\n{}\n{}", case.why, case.draft, shown(&model, one)));
        misread.extend(more);
    }
    assert!(misread.is_empty(), "{}", misread.join("\n\n"));
}

/// Asks the engine and the judge about one draft.
fn compare(text: &str) -> Result<Count, String> {
    let (model, wrong) = read(text);
    if !wrong.is_empty() {
        return Err(format!("the draft itself is wrong: {}", wrong.join("; ")));
    }
    let judge = Judge::new(&model);
    let verdicts = judge.verdicts(last_day(&model));
    check(&model, &judge, &verdicts, &engine::answers(&model)?)
}

/// The smallest draft that still goes wrong, and how.
fn shrink(mut draft: Draft, mut fault: String) -> String {
    let fails = |draft: &Draft| {
        let text = draft.to_string();
        if !read(&text).1.is_empty() {
            return None;
        }
        // A draft that the judge cannot read goes wrong in another way.
        std::panic::catch_unwind(|| compare(&text).err()).ok().flatten()
    };
    loop {
        let smaller = draft.without().chain(draft.shorter()).find_map(|one| Some((fails(&one)?, one)));
        let Some((why, smaller)) = smaller else { break };
        (draft, fault) = (smaller, why);
    }
    format!("{draft}{fault}")
}

/// Compares so many drafts of a profile, on two threads.
fn run(profile: Profile, seeds: std::ops::Range<u64>) -> Count {
    const THREADS: u64 = 2;
    let one = |thread: u64| {
        let mut count = Count::default();
        for seed in seeds.clone().filter(|seed| seed % THREADS == thread) {
            let draft = draft::draft(profile, seed);
            match compare(&draft.to_string()) {
                Ok(one) => count += one,
                Err(fault) => panic!("{profile:?}, seed {seed}:\n{}", shrink(draft, fault)),
            }
        }
        count
    };
    let mut count = Count::default();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || one(thread))).collect();
        for thread in threads {
            match thread.join() {
                Ok(one) => count += one,
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    assert_eq!(count.drafts as u64, seeds.end - seeds.start, "every draft was answered");
    count
}

fn run_all(drafts: u64) {
    let (mut verdicts, mut traps, mut cuts) = (0, 0, 0);
    for profile in PROFILES {
        let count = run(profile, 0..drafts);
        println!("{profile:?}: {count:?}");
        (verdicts, traps, cuts) = (verdicts + count.verdicts, traps + count.traps, cuts + count.cuts);
        // No profile may go without what it is there for.
        let several = if profile == Profile::Cover { 12 } else { 200 };
        assert!(
            count.clashes * 12 >= count.verdicts && count.several * several >= count.verdicts && count.late > 0,
            "{profile:?}: {count:?}"
        );
    }
    println!("{verdicts} verdicts");
    assert!(traps * 200 >= verdicts && cuts * 200 >= verdicts, "{traps} traps and {cuts} cuts in {verdicts} verdicts");
}

#[test]
fn the_engine_answers_as_the_judge_does() {
    run_all(1_000);
}

#[test]
#[ignore = "takes a quarter of an hour"]
fn the_engine_answers_a_million_times_as_the_judge_does() {
    run_all(45_000);
}

/// A check that cannot fail is none: an answer that is missing, too much, of another kind or with another set is noticed.
#[test]
fn a_wrong_answer_is_noticed() {
    let mut noticed = 0;
    for seed in 0..150 {
        for profile in PROFILES {
            let (model, _) = read(&draft::draft(profile, seed).to_string());
            let judge = Judge::new(&model);
            let verdicts = judge.verdicts(last_day(&model));
            let Ok(answers) = engine::answers(&model) else { continue };
            if check(&model, &judge, &verdicts, &answers).is_err() {
                continue;
            }
            for at in 0..answers.len() {
                let mut with = |change: &dyn Fn(&mut Vec<Answer>)| {
                    let mut answers = answers.clone();
                    change(&mut answers);
                    let outcome = check(&model, &judge, &verdicts, &answers);
                    assert!(outcome.is_err(), "{profile:?}, seed {seed}: nothing wrong with {answers:#?}");
                    noticed += 1;
                };
                with(&|answers| drop(answers.remove(at)));
                with(&|answers| answers.push(answers[at].clone()));
                with(&|answers| answers[at].set = answers[at].set[1..].to_vec());
                with(&|answers| answers[at].days.0 -= 100);
                with(&|answers| answers[at].banned[0].1.0 += 1);
                let other = |id: &NormId| *id != answers[at].norm && !answers[at].set.contains(id);
                let others = (0..model.norms.len() as u32).map(NormId).filter(other);
                if let Some(other) = others.into_iter().find(|id| model.norm(*id).mode == Mode::Forbid) {
                    with(&|answers| answers[at].set.push(other));
                }
                let kind = if answers[at].kind == Kind::Late { Kind::Ban } else { Kind::Late };
                with(&|answers| answers[at].kind = kind);
            }
        }
    }
    assert!(noticed > 1_000, "{noticed}");
}
