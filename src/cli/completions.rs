//! `rapporteur completions`: what a shell needs to complete the command.

use super::{Cli, End, Failure, streams};
use clap::CommandFactory;

/// What `completions` is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Prints the completions.
pub fn run(args: &Args) -> Result<End, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "rapporteur", &mut script);
    streams::say(&String::from_utf8_lossy(&script))?;
    Ok(End::Good)
}
