//! PDF files: their text, if it can be trusted.
//!
//! No extractor reads every PDF, and a broken file can make one panic, overflow its stack or never
//! end. So [`from_pdf`] extracts in a child process with a limit on time and memory, tries
//! `pdftotext` where that fails, and refuses text that is not made of words.

mod process;
mod quality;

use std::ffi::OsString;
use std::io::Write;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Article, from_text};
use crate::error::{Error, Result};
use process::Limits;

pub use quality::fault;

/// The command that extracts one PDF: `program args… FILE` writes the text in UTF-8 to its
/// standard output and ends with exit code 0.
///
/// It should do no more than print what [`extract_in_this_process`] returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfWorker {
    /// The program, which may be the one that runs now.
    pub program: PathBuf,
    /// What stands before the file's name.
    pub args: Vec<OsString>,
}

/// How PDF files are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfSettings {
    /// The command that extracts with [`extract_in_this_process`]; `None` leaves `pdftotext` only.
    pub worker: Option<PdfWorker>,
    /// The program to fall back on; looked for on the `PATH` if it is a bare name.
    pub pdftotext: PathBuf,
    /// How long one extraction may take.
    pub time_limit: Duration,
    /// The address space an extraction may use, in bytes. Set by `ulimit -v` through `sh`, so
    /// that it holds on Linux and most other Unix systems; elsewhere only time is limited.
    pub memory_limit: u64,
    /// The most bytes of text that are taken from one PDF.
    pub max_text_bytes: u64,
}

impl Default for PdfSettings {
    fn default() -> Self {
        Self {
            worker: None,
            pdftotext: PathBuf::from("pdftotext"),
            time_limit: Duration::from_secs(30),
            memory_limit: 2 << 30,
            max_text_bytes: 64 << 20,
        }
    }
}

/// The article in a PDF; the extractors get a temporary copy of its bytes.
///
/// ```no_run
/// use stance::article::pdf::{PdfSettings, PdfWorker, from_pdf};
/// use stance::error::Error;
///
/// let bytes = std::fs::read("brief.pdf").map_err(|error| Error::io("cannot read", error))?;
/// let program = std::env::current_exe().map_err(|error| Error::io("cannot find itself", error))?;
/// let worker = PdfWorker { program, args: vec!["extract-pdf".into()] };
/// let settings = PdfSettings { worker: Some(worker), ..PdfSettings::default() };
/// let article = from_pdf("brief.pdf", &bytes, &settings)?;
/// # Ok::<(), Error>(())
/// ```
///
/// # Errors
/// If it is no PDF, or no text that can be trusted comes out of it.
pub fn from_pdf(source: &str, bytes: &[u8], settings: &PdfSettings) -> Result<Article> {
    if !is_pdf(bytes) {
        return Err(Error::input("not a PDF file")
            .at(source)
            .remedy("check that the download is complete and no error page"));
    }
    let copy = temporary_copy(bytes)
        .map_err(|error| Error::io("cannot write a temporary copy", error).at(source))?;
    let mut failures = Vec::new();
    for extractor in extractors(settings) {
        match extractor.extract(copy.path(), settings) {
            Ok(text) => return Ok(from_text(source, text)),
            Err(failure) => failures.push(failure),
        }
    }
    Err(refusal(bytes, &failures).at(source))
}

/// Whether the bytes begin as a PDF does.
#[must_use]
pub fn is_pdf(bytes: &[u8]) -> bool {
    // Readers allow for junk before the header within the first kilobyte.
    memchr::memmem::find(&bytes[..bytes.len().min(1_024)], b"%PDF-").is_some()
}

/// The text of a PDF, extracted in this process by `pdf-extract`: what a [`PdfWorker`] prints.
///
/// A file can still take the process down (an overflowing stack) or keep it busy for ever; that
/// is why it should run in a process of its own.
///
/// # Errors
/// If the file cannot be read as a PDF.
pub fn extract_in_this_process(path: &Path) -> Result<String> {
    let path_of_worker = path.to_path_buf();
    match catch_unwind(move || pdf_extract::extract_text(path_of_worker)) {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(error)) => Err(Error::input(format!("the PDF cannot be read: {error}")).at(path)),
        Err(_) => Err(Error::input("the PDF cannot be read: the extractor broke down").at(path)),
    }
}

fn temporary_copy(bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let mut copy = tempfile::NamedTempFile::new()?;
    copy.write_all(bytes)?;
    Ok(copy)
}

/// A command that writes a PDF's text to its standard output.
struct Extractor<'s> {
    program: &'s Path,
    before_path: Vec<OsString>,
    after_path: Vec<OsString>,
}

fn extractors(settings: &PdfSettings) -> Vec<Extractor<'_>> {
    let worker = settings.worker.as_ref().map(|worker| Extractor {
        program: &worker.program,
        before_path: worker.args.clone(),
        after_path: Vec::new(),
    });
    let pdftotext = Extractor {
        program: &settings.pdftotext,
        before_path: ["-enc", "UTF-8"].map(OsString::from).to_vec(),
        after_path: vec!["-".into()],
    };
    worker.into_iter().chain([pdftotext]).collect()
}

impl Extractor<'_> {
    /// Text that passed the gate, or in words what went wrong.
    fn extract(&self, path: &Path, settings: &PdfSettings) -> Result<String, String> {
        let args = [&self.before_path[..], &[path.into()], &self.after_path].concat();
        let limits = Limits {
            time: settings.time_limit,
            memory: settings.memory_limit,
            output: settings.max_text_bytes,
        };
        let bytes = process::output_of(self.program, &args, limits)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match fault(&text) {
            None => Ok(text),
            Some(fault) => Err(fault),
        }
    }
}

fn refusal(bytes: &[u8], failures: &[String]) -> Error {
    let what = failures.join("; ");
    let has = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
    let remedy = if has(b"/Encrypt") {
        "the file seems to be encrypted: save a copy without a password, or export it as text, and try again"
    } else if !has(b"%%EOF") {
        "the file seems to be cut off: download it again"
    } else {
        "export the PDF as text and try again; a scan needs text recognition (OCR) first"
    };
    Error::input(format!("no text that can be trusted: {what}")).remedy(remedy)
}
