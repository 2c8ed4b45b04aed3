//! Stations use only the stations that ARCHITECTURE.md lets them use.

#![allow(missing_docs, reason = "tests")]
#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("../ARCHITECTURE.md");

/// The words in backticks of a cell.
fn ticked(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The stations in the order of the page, each with those it may use.
fn stations() -> Vec<(String, BTreeSet<String>)> {
    let rows = PAGE.lines().skip_while(|line| !line.starts_with("| station")).skip(2);
    let rows: Vec<Vec<&str>> =
        rows.take_while(|line| line.starts_with('|')).map(|line| line.trim_matches('|').split('|').collect()).collect();
    let names: Vec<String> = rows.iter().filter_map(|row| ticked(row[0]).into_iter().next()).collect();
    let uses = |row: &Vec<&str>| match row[2].trim() {
        "all" => names.iter().cloned().collect(),
        cell => ticked(cell).into_iter().collect(),
    };
    names.iter().cloned().zip(rows.iter().map(uses)).collect()
}

/// Every Rust file in `src`, and the station that it belongs to; nothing for `lib.rs` and `main.rs`.
fn files() -> Vec<(PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut found) = (vec![src.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let first = path.strip_prefix(&src).unwrap().components().next().unwrap();
                let station = first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
                found.push((path, station));
            }
        }
    }
    found.sort();
    found
}

/// The code of a file, without its comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The stations that a file names.
fn used(code: &str) -> BTreeSet<String> {
    let names = code
        .split("crate::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>());
    names.filter(|name| !name.is_empty()).collect()
}

#[test]
fn the_page_lists_every_station_and_each_uses_only_those_before_it() {
    let stations = stations();
    let listed: BTreeSet<&String> = stations.iter().map(|(name, _)| name).collect();
    let library = include_str!("../src/lib.rs");
    let declared: BTreeSet<String> = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ").or(line.strip_prefix("mod ")))
        .map(|rest| rest.trim_end_matches(';').to_owned())
        .collect();
    assert_eq!(declared.iter().collect::<BTreeSet<_>>(), listed);
    for (i, (name, uses)) in stations.iter().enumerate() {
        let before: BTreeSet<&String> = stations.iter().take(i + 1).map(|(name, _)| name).collect();
        assert!(uses.iter().all(|used| before.contains(used)), "{name} uses {uses:?}");
    }
}

#[test]
fn every_file_uses_only_what_its_station_may() {
    let stations: BTreeMap<String, BTreeSet<String>> = stations().into_iter().collect();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (path, station) in files() {
        // These two join all stations.
        if matches!(station.as_str(), "lib" | "main") {
            continue;
        }
        let allowed = stations.get(&station).unwrap_or_else(|| panic!("{station} is no station"));
        for used in used(&code(&path)) {
            seen += 1;
            // `crate::check` is the whole line of stations, which only the command calls.
            let whole = matches!(used.as_str(), "check" | "check_observed") && station == "cli";
            if used != station && !whole && !allowed.contains(&used) {
                wrong.push(format!("{}: {used}", path.display()));
            }
        }
    }
    assert!(seen > 50, "only {seen} paths were read");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_touches_the_world_stays_where_it_is() {
    let kept: [(&str, &[&str]); 6] = [
        ("nom::", &["syntax"]),
        ("miette::", &["render"]),
        ("std::fs", &["cli"]),
        ("std::env", &["cli"]),
        ("stdout()", &["cli"]),
        ("Timestamp::now", &["cli"]),
    ];
    for (path, station) in files().into_iter().filter(|(_, station)| station != "main") {
        let code = code(&path);
        for (word, stations) in kept {
            let here = code.contains(word) && !stations.contains(&station.as_str());
            assert!(!here, "{} names {word}", path.display());
        }
    }
}
