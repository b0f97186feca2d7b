//! What went wrong, where, and what to do about it.
//!
//! Only reading, training and writing can fail. Every failure is one [`Error`]
//! that names a place (file, line, column as far as they are known) and a remedy,
//! and that knows which exit code it deserves.

use std::fmt;
use std::path::{Path, PathBuf};

/// The result of whatever reads, trains or writes.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A position in a file; line and column count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file as the user named it; `-` is standard input.
    pub file: PathBuf,
    /// The line, where one is known.
    pub line: Option<u64>,
    /// The column (CSV field or character), where one is known.
    pub column: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

/// Whose fault it is; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The command line asks for something that makes no sense: exit code 2.
    Usage,
    /// An input does not hold what it should: exit code 1.
    Input,
    /// The operating system refused to read or write: exit code 1.
    Io,
}

/// One failure: what, where, and the remedy.
///
/// ```
/// use stance::error::Error;
/// let error = Error::input("no column `text`")
///     .at("labels.csv")
///     .on_line(1)
///     .remedy("name the column of the sentences with --text");
/// assert_eq!(
///     error.to_string(),
///     "labels.csv:1: no column `text`\n  try: name the column of the sentences with --text"
/// );
/// assert_eq!(error.exit_code(), 1);
/// ```
#[derive(Debug, thiserror::Error)]
pub struct Error {
    /// Whose fault it is.
    pub kind: Kind,
    /// What went wrong, without place and remedy.
    pub what: String,
    /// Where it went wrong.
    pub place: Option<Place>,
    /// What the user can do.
    pub remedy: Option<String>,
    /// The failure underneath.
    #[source]
    pub source: Option<std::io::Error>,
}

impl Error {
    fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self {
            kind,
            what: what.into(),
            place: None,
            remedy: None,
            source: None,
        }
    }

    /// An input that does not hold what it should.
    pub fn input(what: impl Into<String>) -> Self {
        Self::new(Kind::Input, what)
    }

    /// A request that makes no sense.
    pub fn usage(what: impl Into<String>) -> Self {
        Self::new(Kind::Usage, what)
    }

    /// The operating system refused; `doing` is a verb phrase such as "cannot read".
    pub fn io(doing: &str, source: std::io::Error) -> Self {
        Self {
            source: Some(std::io::Error::new(source.kind(), source.to_string())),
            ..Self::new(Kind::Io, format!("{doing}: {source}"))
        }
    }

    /// The file it happened in; keeps a line that is already known.
    #[must_use]
    pub fn at(mut self, file: impl AsRef<Path>) -> Self {
        let file = file.as_ref().to_path_buf();
        match &mut self.place {
            Some(place) => place.file = file,
            None => {
                self.place = Some(Place {
                    file,
                    line: None,
                    column: None,
                })
            }
        }
        self
    }

    /// The file it happened in, unless a place is known already.
    #[must_use]
    pub fn or_at(self, file: impl AsRef<Path>) -> Self {
        if self.place.is_some() {
            self
        } else {
            self.at(file)
        }
    }

    /// The line it happened on, from 1.
    #[must_use]
    pub fn on_line(mut self, line: u64) -> Self {
        self.place_mut().line = Some(line);
        self
    }

    /// The column it happened in, from 1.
    #[must_use]
    pub fn in_column(mut self, column: u64) -> Self {
        self.place_mut().column = Some(column);
        self
    }

    /// What the user can do about it, as an imperative.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// The exit code of a program that ends with this error.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::Usage => 2,
            Kind::Input | Kind::Io => 1,
        }
    }

    /// Whether the reader of our output went away (`stance … | head`).
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        self.source
            .as_ref()
            .is_some_and(|source| source.kind() == std::io::ErrorKind::BrokenPipe)
    }

    fn place_mut(&mut self) -> &mut Place {
        self.place.get_or_insert_with(|| Place {
            file: PathBuf::from("-"),
            line: None,
            column: None,
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.what)?;
        match &self.remedy {
            Some(remedy) => write!(f, "\n  try: {remedy}"),
            None => Ok(()),
        }
    }
}
