//! Numbers, dates and amounts of money as people type them in letters: what they must mean, and how a draft writes it.

use super::lex::Kind;
use super::trouble::error;
use crate::finding::Finding;
use crate::source::Loc;

/// Marks that word processors put where a hyphen was typed.
pub(super) const DASHES: [char; 5] = ['–', '—', '−', '‐', '‑'];

/// A date in a form that people type.
#[derive(Debug, PartialEq)]
pub(super) struct TypedDate {
    /// How many bytes it takes.
    pub length: usize,
    /// The date it must mean, or nothing where day and month could be either.
    pub iso: Option<String>,
}

impl TypedDate {
    /// What is said of it at its place.
    pub fn finding(&self, loc: Loc) -> Finding {
        let finding = error("syntax/date-form", "a date is written like `2026-01-06`", loc).saying("this date");
        match &self.iso {
            Some(iso) if !is_day(iso) => finding
                .saying("this month has no such day")
                .help(format!("correct the day and write it like `{}-01`", iso.get(..7).unwrap_or(iso))),
            Some(iso) => finding.help(format!("write `{iso}`")).fix(format!("write `{iso}`"), true, loc, iso.clone()),
            None => finding
                .saying("which day is this?")
                .help("write year, month and day with hyphens and two digits each: `2026-01-06`"),
        }
    }

    /// What it is when it has been mended.
    pub fn kind(&self) -> Kind {
        if self.iso.as_ref().is_some_and(|iso| iso.len() == 7) { Kind::Month } else { Kind::Date }
    }
}

/// Whether a date exists in the calendar; a month alone does.
fn is_day(iso: &str) -> bool {
    let part = |from: usize, to: usize| iso.get(from..to).and_then(|digits| digits.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0, 4), part(5, 7), part(8, 10)) else { return true };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=last).contains(&day)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month, from 1, that a word of at least three letters begins to name.
pub(super) fn month(word: &str) -> Option<usize> {
    let lower = word.to_ascii_lowercase();
    let sept = lower == "sept";
    MONTHS
        .iter()
        .position(|name| {
            *name == lower || (lower.len() == 3 && name.starts_with(&lower)) || (sept && *name == "september")
        })
        .map(|index| index + 1)
}

/// Reads `5 Jan 2026`, `5th January 2026`, `05/01/2026` or `5.1.2026` at the start of a text that begins with a digit.
pub(super) fn typed_date(text: &str) -> Option<TypedDate> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let length = digits(text);
    let day: usize = text.get(..length)?.parse().ok()?;
    let rest = text.get(length..)?;
    let separator = rest.chars().next()?;
    if separator == '/' || separator == '.' {
        let rest = rest.get(1..)?;
        let second = digits(rest);
        let month: usize = rest.get(..second)?.parse().ok()?;
        let rest = rest.get(second..)?.strip_prefix(separator)?;
        let year = digits(rest);
        if year != 4 || second > 2 {
            return None;
        }
        let year_text = rest.get(..4)?;
        let iso = match (day, month) {
            (13..=31, 1..=12) => Some(format!("{year_text}-{month:02}-{day:02}")),
            (1..=12, 13..=31) => Some(format!("{year_text}-{day:02}-{month:02}")),
            _ if separator == '.' && (1..=12).contains(&month) => Some(format!("{year_text}-{month:02}-{day:02}")),
            _ => None,
        };
        return Some(TypedDate { length: length + 1 + second + 1 + 4, iso });
    }
    let suffix = ["st", "nd", "rd", "th"].iter().find(|suffix| rest.starts_with(**suffix)).map_or(0, |s| s.len());
    let after = rest.get(suffix..)?;
    let spaced = after.strip_prefix(' ').or_else(|| after.strip_prefix('-'))?;
    let letters = spaced.bytes().take_while(u8::is_ascii_alphabetic).count();
    let month = month(spaced.get(..letters)?)?;
    let after = spaced.get(letters..)?;
    let mut total = length + suffix + 1 + letters;
    let gap = after.bytes().take_while(|byte| matches!(byte, b' ' | b',' | b'-' | b'.')).count();
    let year = after.get(gap..).map_or(0, digits);
    if year != 4 {
        // `5 May` alone: a date without its year, but `6 may` could be a subject and its modal.
        return (spaced.starts_with(|c: char| c.is_ascii_uppercase()))
            .then_some(TypedDate { length: total, iso: None });
    }
    total += gap + 4;
    let year = after.get(gap..gap + 4)?;
    Some(TypedDate { length: total, iso: Some(format!("{year}-{month:02}-{day:02}")) })
}

/// Day and month of a date without its year: `31 March`.
pub(super) fn day_and_month(text: &str) -> Option<(u32, u32)> {
    let (day, name) = text.split_once(' ')?;
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    Some((day, month(name)? as u32))
}

/// A date as a draft writes it, whatever way people have typed it.
pub(super) fn iso(text: &str) -> Option<String> {
    if text.as_bytes().get(4) == Some(&b'-') && text.len() == 10 {
        return Some(text.to_owned());
    }
    let typed = match text.bytes().next()? {
        b'0'..=b'9' if text.bytes().take_while(u8::is_ascii_digit).count() == 4 => year_first(text),
        b'0'..=b'9' => typed_date(text),
        _ => month_first(text),
    };
    typed?.iso
}

/// Reads `2027-1-6`, `2027/01/06`, `2027.01.06`, `2027–01–06` or `2027-1` at the start of a text that begins with four
/// digits; nothing where that is a date as drafts write it.
pub(super) fn year_first(text: &str) -> Option<TypedDate> {
    let part = |at: usize| {
        let digits = text.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = text.get(at..at + digits)?.parse().ok()?;
        (digits == 1 || digits == 2).then_some((number, at + digits))
    };
    let mark = |at: usize| text.get(at..)?.chars().next().filter(|c| "-/.".contains(*c) || DASHES.contains(c));
    let year = text.get(..4)?;
    let first = mark(4)?;
    let (month, end) = part(4 + first.len_utf8())?;
    if !(1..=12).contains(&month) {
        return None;
    }
    let day = mark(end).and_then(|second| part(end + second.len_utf8()));
    match day {
        Some((day, all)) if (1..=31).contains(&day) => {
            let iso = format!("{year}-{month:02}-{day:02}");
            (text.get(..all)? != iso).then_some(TypedDate { length: all, iso: Some(iso) })
        }
        // `2026/1` is a fraction, and `2026.1` a number.
        None if first == '-' || DASHES.contains(&first) => {
            let iso = format!("{year}-{month:02}");
            (text.get(..end)? != iso).then_some(TypedDate { length: end, iso: Some(iso) })
        }
        _ => None,
    }
}

/// Reads `July 2026`, `July 5, 2026` or `July 5th 2026` at the start of a text that begins with a capital.
pub(super) fn month_first(text: &str) -> Option<TypedDate> {
    let digits = |at: usize| text.get(at..).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let month = month(text.get(..letters)?)?;
    let at = letters + 1;
    let first = digits(at);
    if first == 4 {
        let year = text.get(at..at + 4)?;
        return Some(TypedDate { length: at + 4, iso: Some(format!("{year}-{month:02}")) });
    }
    let day: usize = text.get(at..at + first)?.parse().ok().filter(|day| (1..=31).contains(day))?;
    let mut end = at + first;
    let behind = text.get(end..)?;
    end += ["st", "nd", "rd", "th"].iter().find(|suffix| behind.starts_with(**suffix)).map_or(0, |suffix| suffix.len());
    end += text.get(end..)?.bytes().take_while(|byte| matches!(byte, b' ' | b',')).count();
    if digits(end) != 4 {
        return None;
    }
    let year = text.get(end..end + 4)?;
    Some(TypedDate { length: end + 4, iso: Some(format!("{year}-{month:02}-{day:02}")) })
}

/// A number, or an amount of money, in a form that people type.
#[derive(Debug, PartialEq)]
pub(super) struct TypedNumber {
    /// How many bytes it takes.
    pub length: usize,
    /// How a draft writes it.
    pub put: String,
    /// Whether it can mean nothing else.
    pub sure: bool,
}

impl TypedNumber {
    /// What is said of it at its place.
    pub fn finding(&self, loc: Loc, typed: &str) -> Finding {
        let put = &self.put;
        let finding = error("syntax/number-form", format!("`{typed}` cannot be read as a number"), loc)
            .saying("an amount in another form")
            .fix(format!("write `{put}`"), self.sure, loc, put.clone());
        if self.sure {
            finding.help(format!("write `{put}`"))
        } else {
            finding.help(format!("write `{put}` if that is meant; a list has a space behind each comma"))
        }
    }
}

/// Reads `10 000`, `2,5`, `5k` or `2bn` at the start of a text that begins with a digit.
pub(super) fn number(text: &str) -> Option<TypedNumber> {
    let digits = |at: usize| text.get(at..).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let char_at = |at: usize| text.get(at..).and_then(|rest| rest.chars().next());
    let whole = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'_').count();
    let integer = text.get(..whole)?;
    // Groups of three behind spaces, as on the continent, or behind apostrophes, as in Switzerland.
    let mut end = whole;
    let mut groups = integer.to_owned();
    while let Some(space) = char_at(end).filter(|c| " \u{A0}\u{202F}\u{2009}'’".contains(*c)) {
        let at = end + space.len_utf8();
        let next = char_at(at + 3);
        if digits(at) != 3 || next.is_some_and(|c| c == '-' || c == '/' || c == '_' || DASHES.contains(&c)) {
            break;
        }
        groups.push('_');
        groups.push_str(text.get(at..at + 3)?);
        end = at + 3;
    }
    if end > whole && whole <= 3 && !integer.starts_with('0') {
        return Some(TypedNumber { length: end, put: groups, sure: true });
    }
    let mark = char_at(whole);
    let decimals = if matches!(mark, Some(',' | '.')) { digits(whole + 1) } else { 0 };
    let end = if decimals > 0 { whole + 1 + decimals } else { whole };
    let plain = text.get(..end)?.replace(',', ".");
    let suffix: String = text.get(end..)?.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
    let length = end + suffix.len();
    let scaled = |scale: &str, sure: bool| Some(TypedNumber { length, put: format!("{plain} {scale}"), sure });
    match suffix.as_str() {
        "k" | "K" if decimals == 0 && whole <= 3 => {
            return Some(TypedNumber { length, put: format!("{plain}_000"), sure: true });
        }
        "k" | "K" | "tsd" => return scaled("thousand", true),
        "mn" | "mln" | "mio" | "Mio" | "MM" => return scaled("million", true),
        "M" => return scaled("million", false),
        "bn" | "Bn" | "BN" | "mrd" | "Mrd" => return scaled("billion", true),
        _ => {}
    }
    // `2,5` is a half more than two, or two numbers; with three digits it is a group, which has its own message.
    let again = char_at(end).is_some_and(|c| c == '-' || c == '/' || c == '_' || DASHES.contains(&c));
    if mark == Some(',') && decimals > 0 && decimals != 3 && !again {
        return Some(TypedNumber { length: end, put: plain, sure: false });
    }
    None
}

/// The code of a currency sign.
pub(super) fn currency(sign: char) -> Option<&'static str> {
    Some(match sign {
        '€' => "EUR",
        '$' => "USD",
        '£' => "GBP",
        '₴' => "UAH",
        '¥' => "JPY",
        '₽' => "RUB",
        _ => return None,
    })
}

/// Reads `€2bn`, `$ 5,000` or `£3 million` at the start of a text that begins with a currency sign: how many bytes the sign
/// and the space behind it take, and all of it.
pub(super) fn money(text: &str) -> Option<(usize, TypedNumber)> {
    let sign = text.chars().next()?;
    let code = currency(sign)?;
    let rest = text.get(sign.len_utf8()..)?;
    let space = rest.bytes().take_while(|byte| *byte == b' ').count();
    let rest = rest.get(space..)?;
    let before = sign.len_utf8() + space;
    let (length, put) = match number(rest) {
        Some(typed) => (typed.length, typed.put),
        None => {
            let digits = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'_' | b',' | b'.');
            let length = rest.bytes().take_while(digits).count();
            let typed = rest.get(..length)?.trim_end_matches([',', '.']);
            (typed.len(), typed.replace(',', "_"))
        }
    };
    if length == 0 {
        return None;
    }
    let scale = ["thousand", "million", "billion"].into_iter().find(|scale| {
        let behind = rest.get(length..).and_then(|rest| rest.strip_prefix(' '));
        behind.and_then(|rest| rest.strip_prefix(scale)).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    let (length, put) = match scale {
        Some(scale) => (length + 1 + scale.len(), format!("{put} {scale}")),
        None => (length, put),
    };
    Some((
        before,
        TypedNumber { length: before + length, put: format!("{code} {put}"), sure: sign != '$' && sign != '¥' },
    ))
}

/// A number with its currency sign behind it.
pub(super) fn money_behind(loc: Loc, number: &str, sign: char) -> Finding {
    let plain = self::number(number).map_or_else(|| number.replace(',', "_"), |typed| typed.put);
    let put = format!("{} {plain}", currency(sign).unwrap_or_default());
    TypedNumber { length: 0, put, sure: sign != '$' && sign != '¥' }.finding(loc, &format!("{number} {sign}"))
}

/// An hour of the day as it is spoken: `2026-06-10T5pm`.
pub(super) fn clock(loc: Loc, date: &str) -> Finding {
    error("syntax/date-form", "an hour of the day is written like `T17:00+02:00`", loc).saying("this time of day").help(
        format!("write hours and minutes, and how far that is from Greenwich: `{date}T17:00+02:00`, `{date}T15:00Z`"),
    )
}

/// The number that a word names: `thirty`.
pub(super) fn number_word(word: &str) -> Option<u32> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let lower = word.to_ascii_lowercase();
    let small = |word: &str| SMALL.iter().position(|known| *known == word).map(|at| at as u32);
    let tens = |word: &str| TENS.iter().position(|known| *known == word).map(|at| at as u32 * 10 + 20);
    match lower.split_once('-') {
        Some((ten, one)) => Some(tens(ten)? + small(one).filter(|one| (1..10).contains(one))?),
        None if lower == "hundred" => Some(100),
        None => small(&lower).or_else(|| tens(&lower)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_type_them() {
        let read = |text| typed_date(text).map(|date| (date.length, date.iso));
        assert_eq!(read("5 Jan 2026."), Some((10, Some("2026-01-05".into()))));
        assert_eq!(read("5th January, 2026"), Some((17, Some("2026-01-05".into()))));
        assert_eq!(read("31/01/2026 x"), Some((10, Some("2026-01-31".into()))));
        assert_eq!(read("05/01/2026"), Some((10, None)));
        assert_eq!(read("5.1.2026."), Some((8, Some("2026-01-05".into()))));
        assert_eq!(read("5 days of"), None);
        assert_eq!(read("6 may not"), None);
        assert_eq!(read("2/3 of members"), None);
    }

    #[test]
    fn dates_with_the_year_first_and_the_month_in_front() {
        let read = |text| year_first(text).map(|date| (date.length, date.iso.unwrap_or_default()));
        assert_eq!(read("2027-1-6."), Some((8, "2027-01-06".into())));
        assert_eq!(read("2027/01/06"), Some((10, "2027-01-06".into())));
        assert_eq!(read("2026–07–01 x"), Some((14, "2026-07-01".into())));
        assert_eq!(read("2026-7"), Some((6, "2026-07".into())));
        assert_eq!(read("2026-07-01"), None);
        assert_eq!(read("2026-07"), None);
        assert_eq!(read("2026/7"), None);
        let read = |text| month_first(text).map(|date| (date.length, date.iso.unwrap_or_default()));
        assert_eq!(read("July 2026."), Some((9, "2026-07".into())));
        assert_eq!(read("July 5th, 2026"), Some((14, "2026-07-05".into())));
        assert_eq!(read("May 30 days"), None);
    }

    #[test]
    fn numbers_as_people_type_them() {
        let read = |text| number(text).map(|number| (number.length, number.put));
        assert_eq!(read("10 000 personnel"), Some((6, "10_000".into())));
        assert_eq!(read("1 200 000"), Some((9, "1_200_000".into())));
        assert_eq!(read("2,5 million"), Some((3, "2.5".into())));
        assert_eq!(read("5k personnel"), Some((2, "5_000".into())));
        assert_eq!(read("2.5bn"), Some((5, "2.5 billion".into())));
        for plain in ["10_000", "5 km", "5km", "2.5", "30 days", "5, 6", "30 2026-01-06"] {
            assert_eq!(read(plain), None, "{plain}");
        }
        let read = |text| money(text).map(|(_, number)| (number.length, number.put));
        assert_eq!(read("€2bn"), Some((6, "EUR 2 billion".into())));
        assert_eq!(read("£ 3 million to"), Some((12, "GBP 3 million".into())));
        assert_eq!(read("$5,000."), Some((6, "USD 5_000".into())));
    }

    #[test]
    fn numbers_in_words() {
        assert_eq!(number_word("thirty"), Some(30));
        assert_eq!(number_word("twenty-four"), Some(24));
        assert_eq!(number_word("force"), None);
    }
}
