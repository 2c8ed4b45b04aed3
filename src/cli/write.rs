//! Files are written whole or not at all: a run that is killed at any moment leaves either the old text or the new one.

use super::Failure;
use std::io::{self, Write};
use std::path::Path;

/// Puts a text in the place of a file by rename, or makes the file. Permissions stay, a link still leads where it led, and what is
/// no plain file (a pipe, a terminal) is written to as it is.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let known = std::fs::metadata(&real).ok();
    if let Some(known) = &known {
        if !known.is_file() {
            return std::fs::write(&real, text);
        }
        if known.permissions().readonly() {
            return Err(io::Error::other("it may not be written (it is read-only)"));
        }
    }
    let folder = real.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = new_file(folder)?;
    file.write_all(text.as_bytes())?;
    if let Some(known) = known {
        file.as_file().set_permissions(known.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&real).map_err(|error| error.error)?;
    Ok(())
}

/// A file with the permissions that new files have here, which goes away unless it is kept.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rapporteur-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// As [`replace`], with a failure that names the file.
pub fn whole(path: &Path, text: &str) -> Result<(), Failure> {
    replace(path, text).map_err(|error| Failure::file(path.display(), super::inputs::worded(&error)))
}
