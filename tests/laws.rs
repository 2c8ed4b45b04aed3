//! Laws that hold for every text: a bounded run of what the fuzz targets do without an end.

#![allow(missing_docs, reason = "tests")]

#[path = "../fuzz/laws.rs"]
mod laws;

#[path = "../examples/generate.rs"]
#[allow(dead_code, reason = "a program whose generator is used here")]
mod generate;

use proptest::prelude::*;

/// Words, marks and odd characters, in an order that is sometimes a draft.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "party ",
        "FR ",
        "GB",
        "\"France\"",
        " { ",
        " }\n",
        "troops force ",
        "kind: state\n",
        "(a) ",
        "shall ",
        "may ",
        "not ",
        "deploy ",
        "force ",
        "be deployed ",
        "by ",
        "within 30 days ",
        "of ceasefire",
        ".\n",
        ", ",
        "; ",
        " and ",
        "10_000 personnel ",
        "10,000",
        "2026-01-06 ",
        "2026-02-30",
        "\"as soon as possible\"",
        "\"",
        "\"\"\"",
        "\n",
        "event ceasefire ",
        "after ",
        "if ",
        "not (",
        ") ",
        "unless ",
        "open ",
        "strength: ",
        "signatories: ",
        "// note\n",
        "import \"a.decl\" as a\n",
        "a.b",
        "force(a)",
        "accept ",
        "because ",
        "declaration d ",
        "\u{a0}",
        "\t",
        "\r\n",
        "\u{202e}",
        "é",
        "名",
        "“x”",
        "–",
        "40% of ",
        "EUR 2.5 billion ",
        "..",
        "/",
        "=",
        ":",
        "scenario ",
        "expect ",
        "rule ",
        "kind ",
        "field ",
        "clause c ",
        "there shall be ",
        "only ",
        "ensure that ",
        "every 2 weeks ",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// A draft that people wrote, with words of it taken out, doubled, moved and replaced.
fn mutated() -> impl Strategy<Value = String> {
    let texts = [
        include_str!("../examples/paris-2026.decl"),
        include_str!("../examples/minimal.decl"),
        include_str!("../examples/broken/lists.decl"),
        include_str!("../examples/broken/modals.decl"),
        include_str!("../examples/broken/numbers-and-dates.decl"),
        include_str!("../examples/broken/unclosed-string.decl"),
        include_str!("../examples/broken/word-order.decl"),
        include_str!("recovery/items.txt"),
        include_str!("recovery/numbers-and-dates.txt"),
        include_str!("recovery/sentences.txt"),
    ];
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..6, soup()), 1..8);
    (prop::sample::select(texts.to_vec()), edits).prop_map(|(text, edits)| {
        let mut words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
        let pieces: Vec<String> = edits.iter().map(|(.., put)| put.chars().take(30).collect()).collect();
        for ((at, other, kind, _), piece) in edits.iter().zip(&pieces) {
            let (at, other) = (at.index(words.len().max(1)), other.index(words.len().max(1)));
            match kind {
                _ if words.is_empty() => {}
                0 => drop(words.remove(at)),
                1 => words.insert(at, words[other]),
                2 => words.swap(at, other),
                3 => words[at] = words[at].trim_end(),
                4 => words[at] = piece,
                _ => words.insert(at, piece),
            }
        }
        words.concat()
    })
}

/// A generated draft with a stretch of it cut out, doubled or replaced.
fn damaged() -> impl Strategy<Value = String> {
    (0u64..50, any::<prop::sample::Index>(), 0usize..40, soup()).prop_map(|(seed, at, length, put)| {
        let text = generate::draft(6, seed);
        let cut = |from: usize| (from..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
        let from = cut(at.index(text.len()));
        let to = cut((from + length).min(text.len()));
        format!("{}{put}{}", &text[..from], &text[to..])
    })
}

/// How many texts each law is tried on; `LAWS=100000 cargo test --release --test laws` is a night's work.
fn cases() -> u32 {
    std::env::var("LAWS").ok().and_then(|count| count.parse().ok()).unwrap_or(256)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_read(text in ".{0,300}") {
        laws::parses(&text);
    }

    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        laws::parses(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_soup_of_words_can_be_checked_and_formatted(text in soup()) {
        laws::parses(&text);
        laws::formats(&text);
        laws::checks(&text);
    }

    #[test]
    fn a_mutated_draft_can_be_checked_and_formatted(text in mutated()) {
        laws::parses(&text);
        laws::formats(&text);
        laws::checks(&text);
    }

    #[test]
    fn a_damaged_draft_can_be_checked_and_formatted(text in damaged()) {
        laws::formats(&text);
        laws::checks(&text);
    }
}

#[test]
fn a_sound_draft_can_be_formatted_without_a_new_finding() {
    for seed in 0..5 {
        laws::formats(&generate::draft(60, seed));
    }
}

/// Texts on which work that grows faster than they do would never end: each is parsed, and checked if that says little.
#[test]
fn long_texts_of_one_kind_can_be_read() {
    const LENGTH: usize = 100_000;
    let pieces = [
        "a",
        "a ",
        "a,",
        "a, ",
        "a.",
        "1",
        "1 ",
        "1,",
        "1.5 ",
        "1 000 ",
        "5k ",
        "2026-1-6 ",
        "July 2026 ",
        "€5 ",
        "5 € ",
        "(",
        ")",
        "{",
        "}",
        "{ ",
        "\"",
        "\"\n",
        "“",
        "“\n",
        "\"\"\"",
        "'",
        "[",
        "[a] ",
        "<",
        "<\n",
        "/*",
        "/* */",
        "//\n",
        "#\n",
        "!",
        "a!",
        "–",
        "a–",
        "a_",
        "a\u{200b}",
        "\u{200b}",
        "\t",
        "; ",
        "not ",
        "( ",
        "and ",
        "party FR\n",
        "party FR: \"x\"\n",
        "clause a {\n",
        "clause a { FR shall go.\n",
        "clause a {\n  x: 1 to 2\n",
        "FR shall ",
        "FR shall go;\n",
        "FR shall, in UA, ",
        "FR could go.\n",
        "a\n",
        "a: ",
        "a: b, ",
        "a = ",
        "x: \"a\"b ",
        "accept a",
        "the ",
        "of ",
        "by ",
        "é",
        "名 ",
        "\r",
        "\r\n",
    ];
    for piece in pieces {
        for head in
            ["", "clause aid \"Aid\" {\n", "clause aid \"Aid\" {\n  FR shall go if ", "clause aid \"Aid\" {\n  x: "]
        {
            let text = format!("{head}{}", piece.repeat(LENGTH / piece.len()));
            laws::parses(&text);
        }
    }
}
