//! Where results go: standard output, or a file that appears whole or not at all.

use crate::error::{Error, Result};
use std::fs::{self, File};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

const BUFFER: usize = 1 << 16;

/// An opened output. Opened before work begins, so that an hour's work is not lost to a typing error.
pub(super) struct Output {
    name: PathBuf,
    sink: Sink,
}

enum Sink {
    Standard(BufWriter<Stdout>),
    /// A device or pipe, which must not be replaced by a file.
    Special(BufWriter<File>),
    Whole(BufWriter<NamedTempFile>),
}

impl Output {
    /// Standard output, or the file if one is named.
    pub fn open(file: Option<&Path>) -> Result<Self> {
        match file {
            None => Ok(Self {
                name: PathBuf::from("standard output"),
                sink: Sink::Standard(BufWriter::with_capacity(BUFFER, io::stdout())),
            }),
            Some(path) if path == Path::new("-") => Self::open(None),
            Some(path) => Self::create(path),
        }
    }

    /// The file; a link is followed, not replaced.
    pub fn create(path: &Path) -> Result<Self> {
        let linked = path.canonicalize().ok();
        let path = linked.as_deref().unwrap_or(path);
        let refused = |error| {
            Error::io("cannot write", error)
                .at(path)
                .remedy("name a file in a folder that exists and that you may write to")
        };
        let special = fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
        let sink = if special {
            let file = File::options().write(true).open(path).map_err(refused)?;
            Sink::Special(BufWriter::with_capacity(BUFFER, file))
        } else if path.is_dir() {
            return Err(Error::usage("cannot write: this is a folder")
                .at(path)
                .remedy("name a file"));
        } else {
            Sink::Whole(BufWriter::with_capacity(
                BUFFER,
                temporary_beside(path).map_err(refused)?,
            ))
        };
        Ok(Self {
            name: path.to_path_buf(),
            sink,
        })
    }

    /// Writes the whole of a text and finishes.
    pub fn write_whole(self, text: &str) -> Result<()> {
        self.write_bytes(text.as_bytes())
    }

    /// Writes the whole of a file and finishes.
    pub fn write_bytes(mut self, bytes: &[u8]) -> Result<()> {
        self.hold(bytes)?;
        self.finish()
    }

    /// Writes the whole to where it waits to be finished: whether there is room is known then.
    pub fn hold(&mut self, bytes: &[u8]) -> Result<()> {
        let held = self.write_all(bytes).and_then(|()| self.flush());
        held.map_err(|error| self.failed(error))
    }

    /// Writes what is still held back and, for a file, puts it in its place.
    pub fn finish(mut self) -> Result<()> {
        let name = self.name.clone();
        let finished = self.flush().and_then(|()| match self.sink {
            Sink::Standard(_) | Sink::Special(_) => Ok(()),
            Sink::Whole(file) => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist(&name).map(drop).map_err(|error| error.error)
            }
        });
        finished.map_err(|error| Error::io("cannot write", error).at(&name).remedy(ROOM))
    }

    /// The error for a write to this output that failed.
    pub fn failed(&self, error: io::Error) -> Error {
        self.placed(Error::io("cannot write", error))
    }

    /// An error that says where it happened and what to do.
    pub fn placed(&self, error: Error) -> Error {
        error.at(&self.name).remedy(ROOM)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Standard(sink) => sink.write(bytes),
            Sink::Special(sink) => sink.write(bytes),
            Sink::Whole(sink) => sink.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Standard(sink) => sink.flush(),
            Sink::Special(sink) => sink.flush(),
            Sink::Whole(sink) => sink.flush(),
        }
    }
}

/// A temporary file in the same folder, readable as any new file would be.
fn temporary_beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_or(0o666, |meta| meta.permissions().mode());
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    builder.prefix(".stance-").tempfile_in(folder)
}

const ROOM: &str =
    "see that there is room and that you may write there; what was there before is untouched";
