//! Every command of the README that shows an output gives that output, and the draft that it shows is the example.

#![allow(missing_docs, reason = "tests")]

use std::process::Command;

const README: &str = include_str!("../README.md");

/// The blocks of the README behind a fence with that word.
fn blocks(language: &str) -> Vec<&'static str> {
    let open = format!("```{language}\n");
    README.split(&open).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

#[test]
fn every_output_is_what_the_command_prints() {
    let consoles = blocks("console");
    assert_eq!(consoles.len(), 2, "the README shows a report in full and one in short");
    for block in consoles {
        let (command, shown) = block.split_once('\n').expect("a command and its output");
        let arguments = command.strip_prefix("$ rapporteur ").expect("a command of this program");
        let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args(arguments.split(' '))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env_remove("NO_GRAPHICS")
            .output()
            .expect("the program runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim_end(), shown.trim_end(), "{command}");
    }
}

#[test]
fn the_draft_shown_is_the_example() {
    let example = include_str!("../examples/first.decl");
    assert_eq!(blocks("decl"), [example.trim_end()]);
}
