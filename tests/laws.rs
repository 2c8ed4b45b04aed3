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

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

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
