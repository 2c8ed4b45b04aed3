//! `docs/rules.md` is what the program writes.

use std::path::Path;
use std::process::Command;

#[test]
fn the_page_of_all_codes_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    // Away from the configuration of any folder.
    let here = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["rules", "--format", "markdown"])
        .current_dir(&here)
        .output()
        .unwrap();
    let written = String::from_utf8(output.stdout).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, &written).unwrap();
    }
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(known == written, "docs/rules.md is out of date; `UPDATE=1 cargo test --test docs` writes it");
    let sections = written.lines().filter(|line| line.starts_with("## ")).count();
    let rows = written.lines().filter(|line| line.starts_with("| [`")).count();
    assert_eq!(sections, rows);
    assert!(sections > 200, "{sections}");
}
