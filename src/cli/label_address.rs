//! The address of a labelling page, kept while it is served: a page that is open when the server
//! crashes finds the next one at the same address.

use crate::labelling::server::Address;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The address of a server of these labels that did not end cleanly.
pub(super) fn kept(labels: &Path) -> Option<Address> {
    let text = fs::read_to_string(file(labels)).ok()?;
    let (port, token) = text.trim().split_once(' ')?;
    let whole = token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    Some(Address {
        port: port.parse().ok()?,
        token: whole.then(|| token.to_owned())?,
    })
}

/// Keeps the address where only the user can read it, or forgets it. It is a comfort: that it
/// cannot be kept is no error.
pub(super) fn keep(labels: &Path, address: Option<&Address>) {
    let file = file(labels);
    let _ = fs::remove_file(&file);
    if let Some(Address { port, token }) = address {
        let mut options = fs::File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(file);
        let _ = written.and_then(|mut file| writeln!(file, "{port} {token}"));
    }
}

fn file(labels: &Path) -> PathBuf {
    let mut name = labels.as_os_str().to_owned();
    name.push(".address");
    PathBuf::from(name)
}
