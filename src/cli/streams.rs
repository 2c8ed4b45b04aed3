//! Standard output and standard error, each written at once; a reader that has gone away is no error.

use super::Failure;
use crate::render::Style;
use std::io::{ErrorKind, IsTerminal, Write};

/// When colours are used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, or where `CLICOLOR_FORCE` is set; not where `NO_COLOR` is
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Writes to standard output.
pub fn say(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::file("standard output", error)),
        _ => Ok(()),
    }
}

/// Writes to standard error; where that fails there is nobody left to tell.
pub fn note(text: &str) {
    let mut err = std::io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

/// Whether standard output is a terminal.
pub fn on_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether an environment variable is set to something that is not empty.
pub fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Whether colours are wanted even where there is no terminal.
fn is_forced() -> bool {
    std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0")
}

/// How text for standard output looks.
pub fn style(color: Color, width: Option<usize>) -> Style {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto => is_forced() || (on_terminal() && !dumb),
    };
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let known = width.or_else(|| on_terminal().then(terminal).flatten());
    // Below forty columns nothing can be drawn; beyond a hundred and twenty lines become hard to read.
    let width = width.or(known.map(|width| width.min(120))).unwrap_or(100).max(40);
    // Whoever wants no colours wants no other codes either.
    let links = color && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    Style { color, width, links, accepted: false }
}
