use super::Event;
use crate::error::{Error, Result};
use std::fs::{File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The append-only record of everything that was done: a JSON object a line.
///
/// What [`Journal::append`] has returned for is on the disk. The file is locked for as long as the
/// journal is open, so that no second program writes the same labels; the lock ends with the
/// process, however that ends.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
    /// How many bytes hold whole lines.
    length: u64,
}

impl Journal {
    /// Opens or creates the journal and reads what it holds. A last line that a crash has torn is
    /// cut off: it had not been acknowledged.
    ///
    /// # Errors
    /// If it cannot be read or written, is in use, or holds a damaged line before its last.
    pub fn open(path: &Path) -> Result<(Self, Vec<Event>)> {
        let refused = |error| {
            Error::io("cannot open the journal", error)
                .at(path)
                .remedy("name a labels file in a folder that exists and that you may write to")
        };
        let mut options = File::options();
        let mut file = options
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .map_err(refused)?;
        lock(&file, path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(refused)?;
        let (events, length) = recover(&bytes).map_err(|error| error.at(path))?;
        let mut journal = Self {
            file,
            path: path.to_path_buf(),
            length: length as u64,
        };
        journal.cut().map_err(refused)?;
        if length > 0 && bytes[length - 1] != b'\n' {
            journal.write(b"\n").map_err(refused)?;
        }
        sync_folder(path).map_err(refused)?;
        Ok((journal, events))
    }

    /// Writes the events and waits until they are on the disk: all of them, or none.
    ///
    /// # Errors
    /// If the disk is full or fails; the journal is then as it was before.
    pub fn append<'e>(&mut self, events: impl IntoIterator<Item = &'e Event>) -> Result<()> {
        let mut lines = Vec::new();
        for event in events {
            serde_json::to_writer(&mut lines, event)
                .map_err(|error| Error::input(format!("cannot write a label down: {error}")))?;
            lines.push(b'\n');
        }
        self.write(&lines).map_err(|error| {
            // Half a line at the end is no harm: the next start cuts it off, too.
            let _ = self.cut();
            Error::io("cannot write the label to the disk", error)
                .at(&self.path)
                .remedy("make room on the disk and try again; nothing was stored")
        })
    }

    /// Everything that was written, read anew.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn events(&mut self) -> Result<Vec<Event>> {
        let mut bytes = Vec::new();
        let rewound = self.file.seek(SeekFrom::Start(0));
        let read = rewound.and_then(|_| (&self.file).take(self.length).read_to_end(&mut bytes));
        read.map_err(|error| Error::io("cannot read the journal", error).at(&self.path))?;
        Ok(recover(&bytes)?.0)
    }

    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.file.write_all(bytes)?;
        self.file.sync_data()?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    fn cut(&mut self) -> std::io::Result<()> {
        match self.file.metadata()?.len() == self.length {
            true => Ok(()),
            false => self.file.set_len(self.length),
        }
    }
}

fn lock(file: &File, path: &Path) -> Result<()> {
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => Error::usage("another program is labelling into this file")
            .at(path)
            .remedy("go on in its page, or end it first"),
        TryLockError::Error(error) => Error::io("cannot lock the journal", error)
            .at(path)
            .remedy("put the labels file on a disk of this machine"),
    })
}

/// Makes sure that the name of a new file is on the disk, and not only what it holds.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// The events of all whole lines, and how many bytes those take. A last line without its end is
/// whole if it can be read.
///
/// # Errors
/// If a line before the last cannot be read.
pub fn recover(bytes: &[u8]) -> Result<(Vec<Event>, usize)> {
    let mut events = Vec::new();
    let mut length = 0;
    for (at, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
        match serde_json::from_slice(line) {
            Ok(event) => events.push(event),
            Err(_) if line.trim_ascii().is_empty() && line.ends_with(b"\n") => {}
            Err(_) if !line.ends_with(b"\n") => break,
            Err(error) => {
                return Err(Error::input(format!("this line of the journal is damaged: {error}"))
                    .on_line(at as u64 + 1)
                    .remedy("restore the journal from a copy, or delete the line: what it says is lost, all others are whole"));
            }
        }
        length += line.len();
    }
    Ok((events, length))
}
