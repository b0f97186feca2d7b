//! Bars of shares in a terminal, drawn with blocks.

use super::{Style, look};
use crate::codebook::LabelSet;

/// A bar of one label: `share` of `width` columns; what is there shows at least one block.
pub(super) fn single(set: &LabelSet, label: usize, share: f64, width: usize) -> String {
    let filled = (share.clamp(0.0, 1.0) * width as f64).round() as usize;
    let filled = filled.max(usize::from(share > 0.0));
    look::shade(set, label).to_string().repeat(filled)
}

/// A stacked bar whose neutral middle stands on the centre of `width` columns: the negative
/// labels run to the left, the positive to the right, and the centre of the bar shows the net.
/// Without polarity the bar is centred.
pub(super) fn diverging(set: &LabelSet, shares: &[f64], width: usize, style: Style) -> String {
    let length = width / 2;
    let cells = apportion(shares, length);
    let sum = |end: i8| -> f64 {
        let ends = set.polarities();
        shares
            .iter()
            .zip(ends)
            .filter(|&(_, p)| p == end)
            .map(|(share, _)| share)
            .sum()
    };
    let net = (sum(1) - sum(-1)).clamp(-1.0, 1.0);
    // Half the bar's length lies on either side of its centre, which may wander by as much.
    let left = ((1.0 + net) * (width - length) as f64 / 2.0).round() as usize;
    let mut out = " ".repeat(left);
    for (label, &cells) in cells.iter().enumerate() {
        let blocks = look::shade(set, label).to_string().repeat(cells);
        out += &style.paint(look::paint(set, label), &blocks);
    }
    out
}

/// An interval on an axis from −1 to 1 over `width` columns: `├──●──┤`, its zero marked.
pub(super) fn interval(
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    width: usize,
) -> String {
    let place = |x: f64| (((x.clamp(-1.0, 1.0) + 1.0) / 2.0) * (width - 1) as f64).round() as usize;
    let known = |x: Option<f64>| x.filter(|x| x.is_finite()).map(place);
    let mut cells = vec![' '; width];
    cells[place(0.0)] = '┊';
    if let (Some(low), Some(high)) = (known(low), known(high)) {
        let high = high.max(low);
        cells[low..=high].fill('─');
        cells[low] = '├';
        cells[high] = '┤';
    }
    if let Some(value) = known(value) {
        cells[value] = '●';
    }
    let line: String = cells.into_iter().collect();
    line.trim_end().to_owned()
}

/// Shares out `total` cells by largest remainder, so that the bar is as long as it should be.
fn apportion(shares: &[f64], total: usize) -> Vec<usize> {
    let sum: f64 = shares.iter().sum();
    if sum.is_nan() || sum <= 0.0 {
        return vec![0; shares.len()];
    }
    let exact: Vec<f64> = shares
        .iter()
        .map(|share| share / sum * total as f64)
        .collect();
    let mut cells: Vec<usize> = exact.iter().map(|cells| cells.floor() as usize).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|&a, &b| (exact[b].fract()).total_cmp(&exact[a].fract()));
    let missing = total.saturating_sub(cells.iter().sum());
    for at in order.into_iter().take(missing) {
        cells[at] += 1;
    }
    cells
}
