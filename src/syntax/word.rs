//! The words that the grammar itself knows, each with a number, so that the parser compares numbers and not letters.

macro_rules! words {
    ($($name:ident $text:literal),* $(,)?) => {
        /// A word of the grammar; [`Word::Other`] is any other word, so a name or a verb.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "each is the word it is named after")]
        pub enum Word { Other, $($name),* }

        /// Every word that the grammar knows.
        pub const WORDS: &[(&str, Word)] = &[$(($text, Word::$name)),*];
    };
}

words! {
    // Joining and pointing.
    And "and", Or "or", Not "not", Of "of", Be "be", The "the", A "a", An "an", That "that", There "there",
    Each "each", Jointly "jointly", Only "only", All "all", No "no", Nobody "nobody", Anyone "anyone", Party "party",
    Parties "parties", Never "never", Is "is", Are "are",
    // Leading a phrase.
    In "in", To "to", From "from", At "at", On "on", Along "along", Across "across", Near "near", Against "against",
    About "about", According "according", With "with", For "for", Under "under", Agreement "agreement",
    Parallel "parallel", Accordance "accordance", Subject "subject", Notwithstanding "notwithstanding",
    Without "without", Prejudice "prejudice", Except "except", As "as", Begins "begins", Begin "begin",
    Within "within", By "by", Before "before", After "after", Upon "upon", Until "until", Every "every",
    During "during", If "if", Unless "unless", While "while", Order "order",
    // Amounts.
    Later "later", Earlier "earlier", More "more", Fewer "fewer", Less "less", Than "than", Up "up", Exactly "exactly",
    Least "least", Most "most", Further "further", Remaining "remaining", Equal "equal", Shares "shares", Per "per", Percent "percent",
    Times "times", Thousand "thousand", Million "million", Billion "billion",
    Minute "minute", Minutes "minutes", Hour "hour", Hours "hours", Day "day", Days "days", Week "week", Weeks "weeks",
    Month "month", Months "months", Year "year", Years "years",
    // Time points.
    Entry "entry", Into "into", Force "force", Start "start", End "end", Fulfilment "fulfilment",
    // Modals.
    Shall "shall", Must "must", Will "will", May "may", Should "should",
    Undertakes "undertakes", Undertake "undertake", Guarantees "guarantees", Guarantee "guarantee", Agrees "agrees",
    Agree "agree", Commits "commits", Commit "commit", Pledges "pledges", Pledge "pledge", Intends "intends",
    Intend "intend", Plans "plans", Plan "plan", Aims "aims", Aim "aim", Proposes "proposes", Propose "propose",
    Endeavours "endeavours", Endeavour "endeavour", Seeks "seeks", Seek "seek", Recommends "recommends",
    Recommend "recommend", Stands "stands", Stand "stand", Ready "ready", Reserves "reserves", Reserve "reserve",
    Right "right", Refrains "refrains", Refrain "refrain", Obliged "obliged", Entitled "entitled",
    Expected "expected", Invited "invited", Called "called", Requested "requested", Authorised "authorised",
    Allowed "allowed", Permitted "permitted", Required "required",
    Ensure "ensure",
    // Items, entries, states.
    Import "import", Scenario "scenario", Rule "rule", Field "field", Version "version", Accept "accept",
    Because "because", Expect "expect", Fulfilled "fulfilled", Broken "broken", Due "due", InForce "in-force",
    Free "free", Forbidden "forbidden", Breach "breach", Open "open", Yes "yes", Nothing "none",
}

const SIZE: usize = 1024;

/// First letter, last letter and length tell most words of the grammar apart.
const fn slot(bytes: &[u8]) -> usize {
    let length = bytes.len();
    if length == 0 {
        return 0;
    }
    let (first, last) = (bytes[0] as usize, bytes[length - 1] as usize);
    let second = if length > 1 { bytes[1] as usize } else { 0 };
    (first * 37 + second * 113 + last * 11 + length * 197) % SIZE
}

static TABLE: [u8; SIZE] = {
    let mut table = [0u8; SIZE];
    let mut next = 0;
    while next < WORDS.len() {
        let mut at = slot(WORDS[next].0.as_bytes());
        while table[at] != 0 {
            at = (at + 1) % SIZE;
        }
        table[at] = next as u8 + 1;
        next += 1;
    }
    table
};

/// The number of a word; upper case is never a word of the grammar.
#[inline]
#[expect(clippy::indexing_slicing, reason = "slots are taken modulo the size, entries are positions in WORDS")]
pub fn classify(text: &[u8]) -> Word {
    if !text.first().is_some_and(u8::is_ascii_lowercase) {
        return Word::Other;
    }
    let mut at = slot(text);
    loop {
        let Some(index) = (TABLE[at] as usize).checked_sub(1) else { return Word::Other };
        let (known, word) = WORDS[index];
        if known.as_bytes() == text {
            return word;
        }
        at = (at + 1) % SIZE;
    }
}

impl Word {
    /// Whether it may not be the name of an item, nor a verb: lower case only, so that country codes stay free.
    pub const fn is_reserved(self) -> bool {
        use Word::*;
        matches!(
            self,
            And | Or
                | Not
                | Of
                | Be
                | The
                | A
                | An
                | All
                | That
                | There
                | Shall
                | Must
                | Will
                | May
                | Should
                | More
                | Fewer
                | Less
                | Least
                | Most
                | Equal
                | Each
                | Jointly
                | Nobody
                | Anyone
                | Never
                | Is
                | Are
                | Import
                | Field
                | Rule
                | Accept
                | Because
                | Expect
                | No
                | Per
                | Thousand
                | Million
                | Billion
                | Minute
                | Minutes
                | Hour
                | Hours
                | Day
                | Days
                | Week
                | Weeks
                | Month
                | Months
                | Year
                | Years
        ) || self.leads()
    }

    /// Whether it begins a phrase.
    pub const fn leads(self) -> bool {
        use Word::*;
        matches!(
            self,
            In | To
                | From
                | At
                | On
                | Along
                | Across
                | Near
                | Against
                | About
                | According
                | With
                | For
                | Under
                | Subject
                | Notwithstanding
                | Without
                | Except
                | As
                | Within
                | By
                | Before
                | After
                | Upon
                | Until
                | Every
                | During
                | If
                | Unless
                | While
                | Only
                | Up
                | Exactly
        )
    }

    /// The unit of time it is.
    pub const fn time_unit(self) -> Option<super::tree::TimeUnit> {
        use super::tree::TimeUnit;
        match self {
            Word::Minute | Word::Minutes => Some(TimeUnit::Minute),
            Word::Hour | Word::Hours => Some(TimeUnit::Hour),
            Word::Day | Word::Days => Some(TimeUnit::Day),
            Word::Week | Word::Weeks => Some(TimeUnit::Week),
            Word::Month | Word::Months => Some(TimeUnit::Month),
            Word::Year | Word::Years => Some(TimeUnit::Year),
            _ => None,
        }
    }

    /// The power of ten of a scale word.
    pub const fn scale(self) -> Option<u8> {
        match self {
            Word::Thousand => Some(3),
            Word::Million => Some(6),
            Word::Billion => Some(9),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_no_other() {
        for &(text, word) in WORDS {
            assert_eq!(classify(text.as_bytes()), word, "{text}");
            assert_eq!(classify(text.to_uppercase().as_bytes()), Word::Other, "{text}");
        }
        assert_eq!(classify(b"ukraine"), Word::Other);
        assert_eq!(classify(b""), Word::Other);
    }
}
