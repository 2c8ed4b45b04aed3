//! Drafts made at random, as texts.
//!
//! Few names and short times, so that norms meet. Every name is used for one thing only, so that a text can be renamed.

mod sentence;
mod world;

use crate::random::Random;
use std::fmt;
use world::World;

/// What a draft is rich in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Profile {
    /// A bit of everything that is plain.
    Plain,
    /// Long duties and short bans, so that it takes several bans to clash.
    Cover,
    /// Norms that yield to one another.
    Order,
    /// Coalitions, places within places, things within things, verbs that are others.
    Kinds,
    /// Conditions and phases.
    Conditions,
    /// Permissions and releases.
    Permissions,
    /// Efforts and intentions.
    Strengths,
}

pub const PROFILES: [Profile; 7] = [
    Profile::Plain,
    Profile::Cover,
    Profile::Order,
    Profile::Kinds,
    Profile::Conditions,
    Profile::Permissions,
    Profile::Strengths,
];

/// A draft whose sentences can be taken out one by one.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Everything that is no provision, an item each.
    pub items: Vec<String>,
    pub provisions: Vec<Provision>,
}

#[derive(Clone, Debug)]
pub struct Provision {
    pub name: String,
    pub fields: Vec<String>,
    pub sentences: Vec<Sentence>,
}

#[derive(Clone, Debug)]
pub struct Sentence {
    pub letter: Option<char>,
    pub words: String,
}

impl fmt::Display for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for item in &self.items {
            writeln!(f, "{item}")?;
        }
        for provision in &self.provisions {
            writeln!(f, "commitment {} {{", provision.name)?;
            for field in &provision.fields {
                writeln!(f, "  {field}")?;
            }
            for sentence in &provision.sentences {
                match sentence.letter {
                    Some(letter) => writeln!(f, "  ({letter}) {}.", sentence.words)?,
                    None => writeln!(f, "  {}.", sentence.words)?,
                }
            }
            writeln!(f, "}}")?;
        }
        Ok(())
    }
}

/// A day as a date; day 0 is the first of January.
pub fn date(day: usize) -> String {
    format!("2026-01-{:02}", day + 1)
}

/// Makes a draft.
pub fn draft(profile: Profile, seed: u64) -> Draft {
    let mut world = World::new(profile, Random::new(seed ^ ((profile as u64) << 56)));
    world.write()
}

/// Changes of a draft.
impl Draft {
    /// The draft without one of its parts: a provision, a sentence, a field or an item, in this order.
    pub fn without(&self) -> impl Iterator<Item = Draft> + '_ {
        let provisions = (0..self.provisions.len()).map(|at| self.changed(|draft| drop(draft.provisions.remove(at))));
        let parts = |count: fn(&Provision) -> usize, remove: fn(&mut Provision, usize)| {
            self.provisions.iter().enumerate().flat_map(move |(provision, row)| {
                (0..count(row)).map(move |at| self.changed(|draft| remove(&mut draft.provisions[provision], at)))
            })
        };
        let sentences = parts(|row| row.sentences.len(), |row, at| drop(row.sentences.remove(at)));
        let fields = parts(|row| row.fields.len(), |row, at| drop(row.fields.remove(at)));
        let items = (1..self.items.len()).map(|at| self.changed(|draft| drop(draft.items.remove(at))));
        provisions.chain(sentences).chain(fields).chain(items)
    }

    /// The draft with shorter sentences and items: each without one phrase, as far as phrases can be told by their first word.
    pub fn shorter(&self) -> impl Iterator<Item = Draft> + '_ {
        let sentences = self.provisions.iter().enumerate().flat_map(move |(provision, row)| {
            row.sentences.iter().enumerate().flat_map(move |(at, sentence)| {
                pieces(&sentence.words)
                    .map(move |words| self.changed(|draft| draft.provisions[provision].sentences[at].words = words))
            })
        });
        // A draft without the date of its signature cannot hold dates, and a phase without an end is another thing.
        let whole = |item: &str| ["declaration", "phase"].iter().any(|keyword| item.starts_with(keyword));
        let items = self.items.iter().enumerate().filter(move |(_, item)| !whole(item));
        let items = items
            .flat_map(move |(at, item)| pieces(item).map(move |item| self.changed(|draft| draft.items[at] = item)));
        sentences.chain(items)
    }

    /// Every sentence, as the number of its provision and its own.
    pub fn sentences(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let all = self.provisions.iter().enumerate();
        all.flat_map(|(at, provision)| (0..provision.sentences.len()).map(move |one| (at, one)))
    }

    /// Whether a sentence is a ban and nothing else.
    pub fn forbids(&self, provision: usize, sentence: usize) -> bool {
        let words = &self.provisions[provision].sentences[sentence].words;
        let modals = ["shall", "must", "may", "will", "undertakes", "should", "intends"];
        let negated = modals.iter().any(|modal| words.contains(&format!(" {modal} not ")));
        negated || words.starts_with("nobody ") || words.starts_with("no party ")
    }

    pub fn changed(&self, change: impl FnOnce(&mut Draft)) -> Draft {
        let mut draft = self.clone();
        change(&mut draft);
        draft
    }
}

/// The words without one to four of them next to each other, longest gaps first.
fn pieces(words: &str) -> impl Iterator<Item = String> {
    let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    let gaps = (1..=4).rev().flat_map({
        let count = words.len();
        move |length: usize| (1..count.saturating_sub(length - 1)).map(move |at| (at, length))
    });
    gaps.map(move |(at, length)| [&words[..at], &words[at + length..]].concat().join(" "))
}
