//! Formatting twice is formatting once, and changes no word.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| rapporteur::laws::formats(text));
