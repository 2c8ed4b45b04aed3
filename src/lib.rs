//! Reads a draft political or security declaration and reports what it leaves out, where it contradicts itself, what is
//! vague, and what binds nobody.
//!
//! Data moves one way: text → tree → model → findings → rendering.

pub mod source;

pub mod finding;

pub mod syntax;

pub mod load;

pub mod vocabulary;

pub mod model;

pub mod rules;

pub mod policy;

pub mod render;

pub mod cli;
