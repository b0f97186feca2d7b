//! How wide a text will be, so that none runs into another.

use unicode_width::UnicodeWidthChar;

/// Advances of the characters from space to `~` in DejaVu Sans, in hundredths of the size. It is
/// the widest of the usual sans-serif faces, so that what fits in it fits in all of them.
const ADVANCES: [u8; 95] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 77, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75,
    79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36,
    64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
];
/// What other letters take on average, rather more than less.
const OTHER: f64 = 0.75;
const ELLIPSIS: char = '…';

/// The width of a text set in that size, in the same unit; an upper bound for common letters.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// The text, cut with an ellipsis where it would not fit into the room.
pub(super) fn fitted(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut left = room / size - advance(ELLIPSIS);
    let kept = text.chars().take_while(|&letter| {
        left -= advance(letter);
        left >= 0.0
    });
    let kept: String = kept.collect();
    format!("{}{ELLIPSIS}", kept.trim_end())
}

fn advance(letter: char) -> f64 {
    let ascii = (letter as usize).checked_sub(' ' as usize);
    match (ascii.and_then(|at| ADVANCES.get(at)), letter.width()) {
        (Some(&hundredths), _) => f64::from(hundredths) / 100.0,
        (None, Some(0) | None) => 0.0,
        (None, Some(1)) if letter != ELLIPSIS => OTHER,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_fitted_fits(text in "\\PC{0,60}", size in 5.0f64..40.0, room in 50.0f64..500.0) {
            let cut = fitted(&text, size, room);
            prop_assert!(width(&cut, size) <= room + 1e-9);
            prop_assert!(cut == text || width(&text, size) > room);
        }
    }
}
