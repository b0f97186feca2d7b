//! Pictures for papers and slides: the comparison and the timeline of articles, as SVG and PNG.
//!
//! A chart is a pure function from results to the text of one SVG file that asks for nothing else:
//! no style sheet, no font but the generic one, title and description for those who cannot see it.
//! Texts are measured before they are placed, so that none runs into another.

mod comparison;
mod drawing;
#[cfg(feature = "png")]
mod png;
mod text;
mod timeline;

pub use comparison::comparison;
#[cfg(feature = "png")]
pub use png::png;
pub use timeline::timeline;
