//! From findings to text.

pub mod export;
