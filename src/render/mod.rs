//! From findings to text.
