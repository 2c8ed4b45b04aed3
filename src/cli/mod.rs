//! The command line: the only part, with `main`, that touches files, the environment, the clock and the streams.

use clap::{Parser, Subcommand};
use std::process::ExitCode;

mod streams;

mod inputs;

mod known;

mod disk;

mod write;

mod check;

mod fmt;

mod explain;

mod rules;

mod export;

mod new;

mod completions;

mod man;

mod config;

mod settings;

mod test;

/// Reads a draft declaration and reports what it leaves out, where it contradicts itself, what is vague and what binds
/// nobody.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 nothing found at or above --fail-on, 1 findings, 2 wrong use, 3 nothing to read, \
                        4 a file could not be read, 5 undecided."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read drafts and report what is missing, contradictory, vague or binds nobody
    Check(check::Args),
    /// Lay drafts out in one way; wording and comments stay
    Fmt(fmt::Args),
    /// Say what a finding, a kind of clause or a verb means
    Explain(explain::Args),
    /// List every code with its level
    Rules(rules::Args),
    /// Try the bad and good drafts with which libraries show what their own rules find
    Test(test::Args),
    /// Print what a draft means as JSON
    Export(export::Args),
    /// Begin a draft that names all it has to settle
    New(new::Args),
    /// Show what is configured for a draft, and where
    Config(config::show::Args),
    /// Print completions for a shell
    Completions(completions::Args),
    /// Print the manual page
    Man(man::Args),
}

/// How a run ends when nothing failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    /// Nothing to complain of.
    Good,
    /// Findings at or above the level asked for.
    Findings,
    /// The worst outcome is a search that gave up.
    Undecided,
}

/// Why a run could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// An argument, or several together, make no sense.
    #[error("{0}")]
    Usage(String),
    /// Mistakes in a configuration, a line each.
    #[error("the configuration cannot be read\n{0}")]
    Config(String),
    /// Nothing to read.
    #[error("no draft found in {0}: a draft is a `.decl` file, or a `.md` file with a ```decl block")]
    NoInput(String),
    /// A file cannot be read or written.
    #[error("{path}: {reason}")]
    File { path: String, reason: String },
    /// Several files cannot be read; each has been named already.
    #[error("not every file could be read")]
    SomeFiles,
}

impl Failure {
    fn file(path: impl ToString, reason: impl ToString) -> Self {
        Failure::File { path: path.to_string(), reason: reason.to_string() }
    }

    fn code(&self) -> u8 {
        match self {
            Failure::Usage(_) | Failure::Config(_) => 2,
            Failure::NoInput(_) => 3,
            Failure::File { .. } | Failure::SomeFiles => 4,
        }
    }
}

/// Does what the arguments of the process ask for.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; a closed pipe is nobody's fault.
            let _ = error.print();
            return ExitCode::from(error.exit_code().try_into().unwrap_or(2));
        }
    };
    // A defect of the program must not look like findings: a panic has a code of its own, 101, which no wrapper expects.
    let end = std::panic::catch_unwind(|| dispatch(cli.command));
    match end {
        Ok(Ok(End::Good)) => ExitCode::SUCCESS,
        Ok(Ok(End::Findings)) => ExitCode::from(1),
        Ok(Ok(End::Undecided)) => ExitCode::from(5),
        Ok(Err(failure)) => {
            streams::note(&format!("rapporteur: {failure}\n"));
            ExitCode::from(failure.code())
        }
        Err(_) => {
            streams::note("rapporteur: this is a defect of the program, not of the draft; please report it\n");
            ExitCode::from(4)
        }
    }
}

fn dispatch(command: Command) -> Result<End, Failure> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Export(args) => export::run(&args),
        Command::New(args) => new::run(&args),
        Command::Config(args) => config::show::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}
