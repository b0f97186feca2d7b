//! Files that are written whole or not at all.

use std::io::{Result, Write};
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

/// Puts a file with these bytes in its place once all of it is written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = beside(path)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// A temporary file in the same folder, as open to others as a new file is.
fn beside(path: &Path) -> Result<NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = Builder::new();
    #[cfg(unix)]
    {
        use std::fs::Permissions;
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(Permissions::from_mode(0o666));
    }
    builder
        .prefix(".stance-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
}
