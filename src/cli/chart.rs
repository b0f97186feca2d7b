//! The picture beside a report: where it goes, and as what.

use super::args::{OutputArgs, is_one_file, refuse_overwriting};
use super::output::Output;
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// Whether and where to draw.
#[derive(Debug, clap::Args)]
pub(super) struct ChartArgs {
    /// Also draw a picture, for papers and slides; the ending says as what: .svg or .png
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,
}

/// The file of a picture, opened before work begins.
pub(super) struct Chart {
    output: Output,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Svg,
    Png,
}

impl Kind {
    fn of(file: &Path) -> Result<Self> {
        let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
        match ending.to_str() {
            Some("svg") => Ok(Self::Svg),
            Some("png") if cfg!(feature = "png") => Ok(Self::Png),
            Some("png") => Err(Error::usage("this program was built without PNG")
                .at(file)
                .remedy("name a .svg, or build it with the feature `png`")),
            _ => Err(Error::usage("a chart is written as .svg or .png")
                .at(file)
                .remedy("let the name of the file end so")),
        }
    }
}

impl ChartArgs {
    /// Opens the picture of a command that reads these files and folders, if one is asked for.
    pub fn open<'i>(
        &self,
        output: &OutputArgs,
        reads: impl IntoIterator<Item = &'i PathBuf>,
    ) -> Result<Option<Chart>> {
        let Some(file) = self.chart.as_deref() else {
            return Ok(None);
        };
        let kind = Kind::of(file)?;
        refuse_overwriting(Some(file), reads)?;
        if output
            .path()
            .is_some_and(|report| is_one_file(report, file))
        {
            return Err(Error::usage("the chart and the report would be one file")
                .at(file)
                .remedy("give them two names"));
        }
        let output = Output::create(file)?;
        Ok(Some(Chart { output, kind }))
    }
}

impl Chart {
    /// Writes the picture.
    pub fn write(self, svg: &str) -> Result<()> {
        match self.kind {
            Kind::Svg => self.output.write_whole(svg),
            Kind::Png => self.output.write_bytes(&png(svg)?),
        }
    }
}

#[cfg(feature = "png")]
fn png(svg: &str) -> Result<Vec<u8>> {
    crate::report::chart::png(svg)
}

#[cfg(not(feature = "png"))]
fn png(svg: &str) -> Result<Vec<u8>> {
    // `Kind::of` has refused the name before.
    Ok(svg.as_bytes().to_vec())
}
