//! `stance extract-pdf FILE`: the worker that reads one PDF in a process of its own.

use super::output::Output;
use crate::article::pdf;
use crate::error::Result;
use std::io::Write;
use std::path::PathBuf;

/// Print the text of a PDF (used by the program itself, in a process of its own)
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The PDF
    file: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<()> {
    let text = pdf::extract_in_this_process(&args.file)?;
    let mut output = Output::open(None)?;
    output
        .write_all(text.as_bytes())
        .map_err(|error| output.failed(error))?;
    output.finish()
}
