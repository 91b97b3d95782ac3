//! Somebody stops a run that takes long, with Ctrl-C or a signal: it ends at once, but not between the
//! first and the last file of an input, of which there are all or none.

use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::report::Failure;

/// What a shell gives for a command that was interrupted: 128 and the number of SIGINT.
pub(crate) const INTERRUPTED: u8 = 130;

static WRITING: Mutex<()> = Mutex::new(());

/// Has the run end where somebody stops it. Without this a signal ends it in its own way, and files
/// that have not their names yet are left.
pub(crate) fn heed() -> Result<(), Failure> {
    let heeded = ctrlc::set_handler(|| {
        let _whole = whole();
        process::exit(INTERRUPTED.into());
    });
    heeded.map_err(|error| Failure::plain(format!("expected to hear of signals: {error}")))
}

/// Until this is dropped, nothing ends the run.
pub(crate) fn whole() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}
