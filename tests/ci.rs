//! The pieces for CI, tried as far as they run without a service: each step of the action, each hook, the example repository.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn yaml(path: &str) -> Yaml {
    YamlLoader::load_from_str(&text(path)).unwrap().remove(0)
}

fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_rapporteur"))
}

/// Runs a line of a service's file as the service would, with the program on its path.
fn shell(line: &str, folder: &Path, variables: &BTreeMap<String, String>) -> Output {
    let paths = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect::<Vec<_>>();
    let own = program().parent().unwrap().to_owned();
    Command::new("bash")
        .args(["-e", "-o", "pipefail", "-c", line])
        .current_dir(folder)
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("PATH", std::env::join_paths(std::iter::once(own).chain(paths)).unwrap())
        .env("GITHUB_ACTION_PATH", root())
        .envs(variables)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A copy of a folder, as a repository of its own.
fn repository(folder: &str) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    std::fs::create_dir(copy.path().join(".git")).unwrap();
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop() {
        for entry in std::fs::read_dir(root().join(folder).join(&below)).unwrap().flatten() {
            let name = below.join(entry.file_name());
            if entry.path().is_dir() {
                std::fs::create_dir(copy.path().join(&name)).unwrap();
                folders.push(name);
            } else {
                std::fs::copy(entry.path(), copy.path().join(&name)).unwrap();
            }
        }
    }
    copy
}

/// The steps of the action by name.
fn steps() -> BTreeMap<String, Yaml> {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_vec().unwrap().clone();
    steps.into_iter().map(|step| (step["name"].as_str().unwrap().to_owned(), step)).collect()
}

/// The variables of the step that checks, with these inputs; the others have their defaults.
fn inputs(given: &[(&str, &str)]) -> BTreeMap<String, String> {
    let action = yaml("action.yml");
    let value = |name: &str| {
        let set = given.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        set.unwrap_or_else(|| action["inputs"][name]["default"].as_str().unwrap().to_owned())
    };
    let mut variables = BTreeMap::new();
    for (name, expression) in steps()["Check the drafts"]["env"].as_hash().unwrap() {
        let expression = expression.as_str().unwrap();
        // The expressions are as simple as this: an input, and for one of them what it is without.
        let input = expression.split("inputs.").nth(1).unwrap();
        let input: String = input.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        variables.insert(name.as_str().unwrap().to_owned(), value(&input));
    }
    variables
}

#[test]
fn the_check_runs_in_a_repository_and_is_green_until_a_new_defect_appears() {
    let check = steps()["Check the drafts"]["run"].as_str().unwrap().to_owned();
    let drafts = repository("examples/ci");
    let workflow = yaml("examples/ci/.github/workflows/drafts.yml");
    let with = &workflow["jobs"]["check"]["steps"][1]["with"];
    let mut variables = inputs(&[("arguments", with["arguments"].as_str().unwrap()), ("sarif", "findings.sarif")]);
    variables.insert("GITHUB_STEP_SUMMARY".into(), drafts.path().join("summary.md").display().to_string());
    let first = shell(&check, drafts.path(), &variables);
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    let read = |name: &str| std::fs::read_to_string(drafts.path().join(name)).unwrap();
    let sarif: serde_json::Value = serde_json::from_str(&read("findings.sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert!(read("summary.md").starts_with("### rapporteur: "));

    // A new defect: one line more.
    let draft = read("drafts/hub.decl");
    let worse = draft.replace("  (b) GB will guard", "  (c) UA will pay FR \"in due course\".\n  (b) GB will guard");
    assert_ne!(draft, worse);
    std::fs::write(drafts.path().join("drafts/hub.decl"), &worse).unwrap();
    let second = shell(&check, drafts.path(), &variables);
    assert_eq!(second.status.code(), Some(1), "{}", said(&second));
    assert!(said(&second).contains("file=drafts/hub.decl,line=1"), "{}", said(&second));

    // Known findings that are settled have to leave the baseline.
    let better = draft.replace("\"as soon as possible\" after signature", "by 2027-05-01");
    assert_ne!(draft, better);
    std::fs::write(drafts.path().join("drafts/hub.decl"), &better).unwrap();
    assert_eq!(shell(&check, drafts.path(), &variables).status.code(), Some(1));
    assert!(shell("rapporteur check --prune-baseline", drafts.path(), &variables).status.success());
    assert_eq!(shell(&check, drafts.path(), &variables).status.code(), Some(0));
}

#[test]
fn the_baseline_of_the_example_is_what_is_found_there() {
    let drafts = repository("examples/ci");
    let known = drafts.path().join("known.json");
    let before = std::fs::read_to_string(&known).unwrap_or_default();
    let output = shell("rapporteur check --update-baseline", drafts.path(), &BTreeMap::new());
    assert!(output.status.success(), "{}", said(&output));
    let after = std::fs::read_to_string(&known).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(root().join("examples/ci/known.json"), &after).unwrap();
    }
    assert!(before == after, "examples/ci/known.json is out of date; `UPDATE=1 cargo test --test ci` writes it");
}

#[test]
fn the_program_is_fetched_where_it_is_released_and_refused_where_it_was_changed() {
    let work = tempfile::tempdir().unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let releases = work.path().join("releases");
    let target = releases.join(format!("v{version}"));
    let package = format!("'{}/ci/package' '{}' '{}'", root().display(), target.display(), program().display());
    let packed = shell(&package, work.path(), &BTreeMap::new());
    assert!(packed.status.success(), "{}", said(&packed));
    let archive = PathBuf::from(String::from_utf8_lossy(&packed.stdout).trim());
    assert!(archive.is_file());

    let install = steps()["Install rapporteur"]["run"].as_str().unwrap().to_owned();
    let to = work.path().join("bin");
    let variables: BTreeMap<String, String> = [
        ("RAPPORTEUR_VERSION", version.to_owned()),
        ("RAPPORTEUR_RELEASES", format!("file://{}", releases.display())),
        ("RAPPORTEUR_TO", to.display().to_string()),
        ("GITHUB_PATH", work.path().join("path").display().to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let names: Vec<String> = variables.keys().cloned().collect();
    for (name, _) in steps()["Install rapporteur"]["env"].as_hash().unwrap() {
        assert!(names.contains(&name.as_str().unwrap().to_owned()), "{name:?}");
    }
    let installed = shell(&install, work.path(), &variables);
    assert!(installed.status.success(), "{}", said(&installed));
    assert!(said(&installed).contains(&format!("rapporteur {version}")), "{}", said(&installed));
    assert!(to.join("rapporteur").is_file());
    assert_eq!(std::fs::read_to_string(work.path().join("path")).unwrap().trim(), to.display().to_string());

    std::fs::remove_dir_all(&to).unwrap();
    std::fs::write(&archive, "something else").unwrap();
    let refused = shell(&install, work.path(), &variables);
    assert!(!refused.status.success() && said(&refused).contains("is not what was released"), "{}", said(&refused));
    assert!(!to.join("rapporteur").exists());
}

#[test]
fn every_hook_runs_on_the_files_it_is_given() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_vec().unwrap();
    let ids: Vec<&str> = hooks.iter().map(|hook| hook["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["rapporteur", "rapporteur-fix", "rapporteur-fmt"]);
    for hook in hooks {
        let drafts = repository("examples/ci");
        let entry = hook["entry"].as_str().unwrap();
        // As pre-commit does, with all files of the commit, those that are excluded among them.
        let line = format!("{entry} drafts/hub.decl drafts/early-support.decl drafts/archive/2019.decl README.md");
        let output = shell(&line, drafts.path(), &BTreeMap::new());
        assert_eq!(output.status.code(), Some(0), "{entry}: {}", said(&output));
    }
    let config = yaml("examples/ci/.pre-commit-config.yaml");
    for hook in config["repos"][0]["hooks"].as_vec().unwrap() {
        assert!(ids.contains(&hook["id"].as_str().unwrap()));
    }
}

#[test]
fn the_job_of_gitlab_leaves_its_reports() {
    let job = yaml("examples/ci/.gitlab-ci.yml");
    let drafts = repository("examples/ci");
    for line in job["drafts"]["script"].as_vec().unwrap() {
        let output = shell(line.as_str().unwrap(), drafts.path(), &BTreeMap::new());
        assert!(output.status.success(), "{}", said(&output));
    }
    for (_, file) in job["drafts"]["artifacts"]["reports"].as_hash().unwrap() {
        assert!(drafts.path().join(file.as_str().unwrap()).is_file(), "{file:?}");
    }
}

#[test]
fn versions_are_pinned_and_those_of_this_program() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(yaml("action.yml")["inputs"]["version"]["default"].as_str(), Some(version));
    let tag = format!("v{version}");
    assert!(text("examples/ci/.github/workflows/drafts.yml").contains(&format!("/rapporteur@{tag} ")));
    assert_eq!(yaml("examples/ci/.pre-commit-config.yaml")["repos"][0]["rev"].as_str(), Some(tag.as_str()));
    assert!(text(".ci/run").contains(&format!("RAPPORTEUR_VERSION={version} ")));
    assert!(text("README.md").contains(&format!("- uses: your-name/rapporteur@{tag}\n")));
    assert!(text("examples/ci/.gitlab-ci.yml").contains(&format!("rapporteur:{version} ")));
    let release = yaml(".github/workflows/release.yml");
    for step in release["jobs"]["release"]["steps"].as_vec().unwrap() {
        let script = step["run"].as_str().filter(|line| line.starts_with("ci/"));
        assert!(script.is_none_or(|line| root().join(line.split(' ').next().unwrap()).is_file()));
    }
}

#[test]
fn the_container_takes_what_there_is_and_runs_the_program() {
    let file = text("Containerfile");
    let minimum = text("Cargo.toml").lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap().to_owned();
    assert!(file.contains(&format!("rust:{}-slim AS build", minimum.trim_matches('"'))));
    let mut taken = Vec::new();
    for line in file.lines().filter(|line| line.starts_with("COPY ") && !line.contains("--from")) {
        let words: Vec<&str> = line.split_whitespace().skip(1).collect();
        for source in &words[..words.len() - 1] {
            assert!(root().join(source).exists(), "{source}");
            taken.push((*source).to_owned());
        }
    }
    // What the manifest names has to be there, or nothing is built.
    for needed in ["Cargo.toml", "Cargo.lock", "src", "benches"] {
        assert!(taken.iter().any(|source| source == needed), "{needed}");
    }
    assert!(file.contains("ENTRYPOINT [\"rapporteur\"]") && file.contains("USER nobody"));
}
