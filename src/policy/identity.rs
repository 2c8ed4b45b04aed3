//! What makes a finding the same one in the next version of a draft: its code, its clause and its words, but neither its line
//! nor the mark of its paragraph.

use crate::finding::Finding;
use crate::source::Sources;
use std::fmt::Write;

/// A finding without its place, its words and its level.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Identity {
    /// The file, as seen from where identities are kept.
    pub file: String,
    /// `group/name`
    pub code: String,
    /// The clause or item, or the clauses that clash in the order of the alphabet; may be empty.
    pub clause: String,
    /// The words that it underlines, see [`normal`]; those of all clauses where several clash.
    pub words: String,
}

impl Identity {
    /// That of a finding, whose places lie in these texts; `file` is the name of the first one, with `/` between folders.
    pub fn of(finding: &Finding, sources: &Sources, file: impl Into<String>) -> Self {
        let said = |at| normal(sources.slice(at));
        let (clause, words) = if finding.clauses.is_empty() {
            (finding.clause.clone().unwrap_or_default(), said(finding.at()))
        } else {
            // Which of the clauses is named first depends on which stands first.
            let mut clauses: Vec<String> = finding.clauses.iter().map(|clause| normal(clause)).collect();
            let mut words: Vec<String> = finding.labels.iter().map(|label| said(label.at)).collect();
            clauses.sort();
            words.sort();
            (clauses.join(" + "), words.join(" + "))
        };
        Self { file: file.into(), code: finding.code.to_string(), clause, words }
    }

    /// 32 hexadecimal digits, the same on every machine and in every later version. `nth` (from 0) tells findings apart of which
    /// all else is the same.
    pub fn fingerprint(&self, nth: usize) -> String {
        let mut hash = Fnv::default();
        for part in [&self.file, &self.code, &self.clause, &self.words] {
            hash.write(part.as_bytes());
            hash.write(&[0]);
        }
        if nth > 0 {
            hash.write(nth.to_string().as_bytes());
        }
        let mut digits = String::with_capacity(32);
        let _ = write!(digits, "{:032x}", hash.0);
        digits
    }
}

/// Words as they are compared: one space for all white space, and no marks of paragraphs, which change when a paragraph is put
/// in before.
pub fn normal(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(open) = rest.find('(') {
        let (before, behind) = rest.split_at(open);
        plain.push_str(before);
        let mark = behind.get(1..).and_then(|inside| inside.find(')').and_then(|end| inside.get(..end)));
        match mark.filter(|mark| is_mark(mark)) {
            Some(mark) => rest = behind.get(mark.len() + 2..).unwrap_or(""),
            None => {
                plain.push('(');
                rest = behind.get(1..).unwrap_or("");
            }
        }
    }
    plain.push_str(rest);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `a`, `iv`, `12`: what stands between the brackets before a paragraph.
fn is_mark(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// The hash FNV-1a in 128 bits (Fowler, Noll, Vo): not for secrets, but the same for ever.
struct Fnv(u128);

impl Default for Fnv {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}

/// Which of several findings with the same [`Identity`] each is, from 0, in the order in which they are asked for.
#[derive(Debug, Default)]
pub struct Counter {
    seen: rustc_hash::FxHashMap<Identity, usize>,
}

impl Counter {
    /// How many of this identity have been asked for before.
    pub fn nth(&mut self, identity: &Identity) -> usize {
        match self.seen.get_mut(identity) {
            Some(count) => {
                *count += 1;
                *count
            }
            None => {
                self.seen.insert(identity.clone(), 0);
                0
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;
    use crate::source::{Loc, SourceFile, Span};

    fn identity(text: &str, words: &str) -> Identity {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.decl", text));
        let start = text.find(words).unwrap() as u32;
        let at = Loc::new(file, Span::new(start, start + words.len() as u32));
        Identity::of(&Finding::new("time/no-deadline", Level::Warning, "x", at).about("force"), &sources, "a.decl")
    }

    #[test]
    fn a_finding_that_only_moved_is_the_same() {
        let before = identity("(a) FR shall deploy  force (b)\n after x.", "(a) FR shall deploy  force (b)\n after x");
        let after = identity("// new\n\n(b) FR shall deploy force after x.", "(b) FR shall deploy force after x");
        assert_eq!(before, after);
        assert_eq!(before.fingerprint(0), after.fingerprint(0));
        assert_ne!(before.fingerprint(0), after.fingerprint(1));
        let other = identity("(a) GB shall deploy force after x.", "(a) GB shall deploy force after x");
        assert_ne!(before.fingerprint(0), other.fingerprint(0));
    }

    #[test]
    fn a_clash_is_the_same_whichever_clause_stands_first() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.decl", "one two"));
        let (one, two) = (Loc::new(file, Span::new(0, 3)), Loc::new(file, Span::new(4, 7)));
        let clash = |first: Loc, second: Loc, clauses: [&str; 2]| {
            let mut finding =
                Finding::new("contradiction/duty-against-ban", Level::Error, "x", first).label(second, "");
            finding.clauses = clauses.map(str::to_owned).into();
            Identity::of(&finding, &sources, "a.decl")
        };
        assert_eq!(clash(one, two, ["force(a)", "zone(b)"]), clash(two, one, ["zone(c)", "force(a)"]));
    }

    #[test]
    fn fingerprints_never_change() {
        assert_eq!(identity("FR", "FR").fingerprint(0), "1e0ae4c56dd6c3c63952e4ce6ec28499");
        assert_eq!(normal("(a) x (see below) y(iv)\n\tz (1)"), "x (see below) y z");
    }
}
