//! The page of a code as Markdown and as plain text, for formats that carry their own help.

use super::text::visible;
use crate::rules::pages::{Example, Page};
use std::fmt::Write;

/// Everything on a page but its title, as Markdown.
pub fn markdown(page: &Page) -> String {
    written(page, &|title, language, text| {
        // A draft may hold fences of its own.
        let fence = if text.contains("```") { "````" } else { "```" };
        format!("{title}\n\n{fence}{language}\n{}\n{fence}\n", text.trim_end())
    })
}

/// Everything on a page but its title, without marks.
pub fn plain(page: &Page) -> String {
    written(page, &|title, _, text| {
        let lines: Vec<String> =
            text.trim_end().lines().map(|line| format!("    {line}").trim_end().to_owned()).collect();
        format!("{title}\n\n{}\n", lines.join("\n"))
    })
}

fn written(page: &Page, block: &dyn Fn(&str, &str, &str) -> String) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut say = |begin: &str, words: &str| {
        if !words.is_empty() {
            parts.push(format!("{begin}{}\n", visible(words)));
        }
    };
    say("", &page.what);
    say("Why: ", &page.why);
    say("Source: ", &page.source);
    for (name, text) in &page.files {
        parts.push(block(&format!("With a file `{name}` beside the draft:"), "text", text));
    }
    for (title, examples) in [("Not like this:", &page.bad), ("Like this:", &page.good)] {
        parts.extend(examples.iter().map(|Example { text, .. }| block(title, "decl", &visible(text))));
    }
    if !page.accept.is_empty() {
        parts.push(format!("{}\n", visible(&page.accept)));
    }
    parts.join("\n")
}

/// All codes as one Markdown page: a table, then a section each. The levels are those to show beside the codes; absent where a code is
/// off.
pub fn book(pages: &[(Page, Option<&'static str>)]) -> String {
    let mut out = "# What rapporteur finds\n\nEvery code with its level, and a section for each below. `rapporteur rules --format markdown` \
                   writes this page;\n`rapporteur explain CODE` prints a section.\n\n| Code | Level | Title |\n| --- | --- | --- |\n"
        .to_owned();
    for (page, level) in pages {
        let (code, anchor) = (&page.code, anchor(&page.code));
        let title = visible(&page.title).replace('|', "\\|");
        let _ = writeln!(out, "| [`{code}`](#{anchor}) | {} | {title} |", level.unwrap_or("off"));
    }
    for (page, level) in pages {
        let level = level.unwrap_or("off");
        let _ = write!(out, "\n## {}\n\n**{level}**: {}\n\n{}", page.code, visible(&page.title), markdown(page));
    }
    out
}

/// The name by which a heading of Markdown is reached: it keeps no slash.
pub fn anchor(code: &str) -> String {
    code.replace('/', "")
}
