//! How far a long run has come, on a terminal only: nothing is said within the first second.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// After which time the first word is said.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is written anew.
const PACE: Duration = Duration::from_millis(200);

/// A line that counts drafts.
#[derive(Debug, Default)]
pub struct Progress {
    done: Arc<AtomicUsize>,
    /// Ends the line when it is dropped.
    told: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Counts up to `all` on standard error where that is a terminal.
    pub fn on_terminal(all: usize, is_quiet: bool) -> Self {
        use std::io::IsTerminal;
        if is_quiet || all < 2 || !std::io::stderr().is_terminal() {
            return Self::default();
        }
        Self::start(all, PATIENCE, std::io::stderr())
    }

    /// Counts up to `all` on a stream, from some time on.
    fn start(all: usize, patience: Duration, mut out: impl Write + Send + 'static) -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        let (sender, ended) = channel();
        let counted = Arc::clone(&done);
        let thread = std::thread::spawn(move || {
            let mut wait = patience;
            let mut said = false;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let _ = write!(out, "\r{} of {all} drafts read", counted.load(Ordering::Relaxed));
                let _ = out.flush();
                (wait, said) = (PACE, true);
            }
            if said {
                let _ = write!(out, "\r\u{1b}[2K");
                let _ = out.flush();
            }
        });
        Self { done, told: Some((sender, thread)) }
    }

    /// Another draft is done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.told.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_short_run_says_nothing_and_a_long_one_cleans_up() {
        let screen = Screen::default();
        let short = Progress::start(9, Duration::from_secs(3600), screen.clone());
        short.step();
        drop(short);
        assert!(screen.0.lock().unwrap().is_empty());
        let long = Progress::start(9, Duration::ZERO, screen.clone());
        long.step();
        while screen.0.lock().unwrap().is_empty() {
            std::thread::yield_now();
        }
        drop(long);
        let text = String::from_utf8(screen.0.lock().unwrap().clone()).unwrap();
        assert!(text.contains("of 9 drafts read") && text.ends_with("\r\u{1b}[2K"), "{text:?}");
    }
}
