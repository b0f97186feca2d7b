//! From SVG to PNG.

use crate::error::{Error, Result};
use resvg::{tiny_skia, usvg};
use std::sync::Arc;

/// Dots for each point of the SVG: enough for a slide, and for a column of a paper.
const SCALE: f32 = 2.0;
/// The letters that most texts need, so that a picture can be read on a machine without fonts.
const FONT: &[u8] = include_bytes!("../../../assets/DejaVuSans-subset.ttf");
const FAMILY: &str = "DejaVu Sans";

/// A chart as a PNG file, two dots to a point.
///
/// The same chart gives the same bytes, unless it has letters that the built-in font (Latin, Greek,
/// Cyrillic) has not: then the fonts of the machine are looked through.
///
/// # Errors
/// If the text is no SVG, or too large for a picture.
pub fn png(svg: &str) -> Result<Vec<u8>> {
    let failed = |what: &dyn std::fmt::Display| {
        Error::input(format!("the chart cannot be made a PNG: {what}")).remedy("save it as .svg")
    };
    let tree = usvg::Tree::from_str(svg, &options(svg)).map_err(|error| failed(&error))?;
    let size = tree.size().to_int_size().scale_by(SCALE);
    let size = size.ok_or_else(|| failed(&"it has no size"))?;
    let canvas = tiny_skia::Pixmap::new(size.width(), size.height());
    let mut canvas = canvas.ok_or_else(|| failed(&"it is too large"))?;
    let scale = tiny_skia::Transform::from_scale(SCALE, SCALE);
    resvg::render(&tree, scale, &mut canvas.as_mut());
    canvas.encode_png().map_err(|error| failed(&error))
}

fn options(svg: &str) -> usvg::Options<'static> {
    let mut options = usvg::Options::default();
    let fonts = Arc::make_mut(&mut options.fontdb);
    fonts.load_font_data(FONT.to_vec());
    fonts.set_sans_serif_family(FAMILY);
    if !svg.chars().all(is_built_in) {
        fonts.load_system_fonts();
    }
    options
}

/// Whether the built-in font has the letter, as far as the blocks it was cut to tell.
fn is_built_in(letter: char) -> bool {
    matches!(letter, '\n' | ' '..='\u{24f}' | '\u{300}'..='\u{45f}' | '\u{1ea0}'..='\u{1ef9}'
        | '\u{2010}'..='\u{20cf}' | '\u{2190}'..='\u{2193}' | '\u{2212}' | '\u{25a0}'..='\u{25cf}')
}
