//! Many items side by side: each is read before its turn, as far as what is declared settles it, and what it says is taken
//! over in its turn. One that needs more, such as a name that nothing has used yet, is read again when it is its turn; so the
//! model is the same as if all had been read one by one.

use super::item::{Facts, When};
use super::{Declared, Resolver};
use crate::finding::Finding;
use crate::model::norm::Norm;
use crate::model::{Acceptance, Entity, Mention};
use rayon::prelude::*;
use std::sync::Arc;

/// From how many items on a second thread is worth its start.
const FEW: usize = 512;

/// Items read ahead at a time. The names that these bring are known to the next, so that few are read twice.
const ROUND: usize = 4096;

/// Items that one reader takes at a time.
const PIECE: usize = 128;

/// Names that a norm mentions on average, a generous guess.
pub(super) const MENTIONS: usize = 5;

/// What one reader has read ahead.
struct Piece {
    /// Each of its items; none for one that has to wait for its turn.
    items: Vec<Option<Read>>,
    findings: Vec<Finding>,
    norms: Vec<Norm>,
    mentions: Vec<Mention>,
    acceptances: Vec<Acceptance>,
}

/// What is said of an item, and how much of what its reader found belongs to it.
struct Read {
    facts: Facts,
    findings: usize,
    norms: usize,
    mentions: usize,
    acceptances: usize,
}

impl<'a> Resolver<'a> {
    /// Reads items in their order, or as if in their order.
    pub(super) fn side_by_side(&mut self, items: &[&Declared<'a>], when: &When) {
        if items.len() < FEW || rayon::current_num_threads() < 2 {
            return items.iter().for_each(|one| self.item(one, when));
        }
        for round in items.chunks(ROUND) {
            let this = &*self;
            let pieces: Vec<Piece> = round.par_chunks(PIECE).map(|piece| this.ahead(piece, when)).collect();
            for (items, piece) in round.chunks(PIECE).zip(pieces) {
                self.take(items, piece, when);
            }
        }
    }

    /// Reads items before their turn.
    fn ahead(&self, items: &[&Declared<'a>], when: &When) -> Piece {
        let mut reader = self.reader();
        let norms = items.iter().map(|one| match one.entity {
            Entity::Clause(id) => self.ground.model.clause(id).norms.len(),
            _ => 0,
        });
        let norms = norms.sum();
        reader.norms.reserve_exact(norms);
        reader.mentions.reserve(MENTIONS * norms);
        let mut read = Vec::with_capacity(items.len());
        for one in items {
            read.push(reader.try_item(one, when));
        }
        let Resolver { findings, norms, mentions, acceptances, .. } = reader;
        Piece { items: read, findings, norms, mentions, acceptances }
    }

    /// One who reads ahead, and shares what is declared.
    fn reader(&self) -> Resolver<'a> {
        let mut reader =
            Resolver::on(self.loaded, self.standard, self.vocabulary, Arc::clone(&self.ground), Vec::new());
        reader.ahead = true;
        reader
    }

    /// What an item says; nothing, and no trace of it, where it has to wait for its turn.
    fn try_item(&mut self, one: &Declared<'a>, when: &When) -> Option<Read> {
        let (findings, norms) = (self.findings.len(), self.norms.len());
        let (mentions, acceptances) = (self.mentions.len(), self.acceptances.len());
        self.stuck = false;
        let facts = self.said(one, when);
        if self.stuck {
            self.findings.truncate(findings);
            self.norms.truncate(norms);
            self.mentions.truncate(mentions);
            self.acceptances.truncate(acceptances);
            return None;
        }
        self.in_order(mentions);
        Some(Read {
            facts,
            findings: self.findings.len() - findings,
            norms: self.norms.len() - norms,
            mentions: self.mentions.len() - mentions,
            acceptances: self.acceptances.len() - acceptances,
        })
    }

    /// Takes over what was read ahead, each item in its turn.
    fn take(&mut self, items: &[&Declared<'a>], piece: Piece, when: &When) {
        let (mut findings, mut norms) = (piece.findings.into_iter(), piece.norms.into_iter());
        let (mut mentions, mut acceptances) = (piece.mentions.into_iter(), piece.acceptances.into_iter());
        for (one, read) in items.iter().zip(piece.items) {
            match read {
                Some(read) => {
                    self.findings.extend(findings.by_ref().take(read.findings));
                    self.norms.extend(norms.by_ref().take(read.norms));
                    self.mentions.extend(mentions.by_ref().take(read.mentions));
                    self.acceptances.extend(acceptances.by_ref().take(read.acceptances));
                    self.keep(one.entity, read.facts);
                }
                None => self.item(one, when),
            }
        }
    }
}
