//! The standard library: the `.decl` files that come with the program.
//!
//! Holds their text alone; `model` reads them.

/// Every file: its name, and its text. A later one may override what an earlier one defines.
pub const FILES: &[(&str, &str)] = &[];
