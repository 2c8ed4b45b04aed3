//! No text makes the checker panic or hang, and no control character reaches the reader.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| rapporteur::laws::checks(text));
