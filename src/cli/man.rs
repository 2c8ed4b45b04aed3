//! `rapporteur man`: the manual pages.

use super::{Cli, End, Failure, streams, write};
use clap::CommandFactory;
use std::path::PathBuf;

/// What `man` is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write a page for the program and one for each command into this folder [default: print the program's page]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Prints a page, or writes all.
pub fn run(args: &Args) -> Result<End, Failure> {
    let mut program = Cli::command();
    // Names and usage lines of the commands hold that of the program from here on.
    program.build();
    let Some(folder) = &args.out else {
        streams::say(&page(program)?)?;
        return Ok(End::Good);
    };
    std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder.display(), error))?;
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = format!("rapporteur-{}", command.get_name());
        let file = folder.join(format!("{name}.1"));
        write::whole(&file, &page(command.clone())?)?;
    }
    write::whole(&folder.join("rapporteur.1"), &page(program)?)?;
    Ok(End::Good)
}

fn page(command: clap::Command) -> Result<String, Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text).map_err(|error| Failure::file("manual page", error))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
