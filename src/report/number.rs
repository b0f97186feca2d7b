//! Numbers for readers: no more digits than they deserve, and a word for what is unknown.

use crate::metrics::Interval;
use crate::prevalence::Share;

/// What stands where a number is not known.
pub(super) const UNKNOWN: &str = "n/a";

/// A share as a whole percentage; what is not quite nothing or all does not look like it.
pub(super) fn percent(share: f64) -> String {
    match share {
        s if !s.is_finite() => UNKNOWN.to_owned(),
        s if s > 0.0 && s < 0.005 => "<1%".to_owned(),
        s if s > 0.995 && s < 1.0 => ">99%".to_owned(),
        s => format!("{:.0}%", s * 100.0),
    }
}

/// Two decimals, with a true minus sign.
pub(super) fn decimal(value: f64) -> String {
    if !value.is_finite() {
        return UNKNOWN.to_owned();
    }
    match format!("{value:.2}").as_str() {
        "-0.00" => "0.00".to_owned(),
        digits => digits.replace('-', "−"),
    }
}

/// Two decimals, with its sign.
pub(super) fn signed(value: f64) -> String {
    let digits = decimal(value);
    if digits.starts_with(|c: char| c.is_ascii_digit()) && digits != "0.00" {
        format!("+{digits}")
    } else {
        digits
    }
}

/// A p-value, which is never quite nothing.
pub(super) fn p_value(p: f64) -> String {
    if p < 0.01 {
        "<0.01".to_owned()
    } else {
        decimal(p)
    }
}

/// `value`, or the word for the unknown.
pub(super) fn known(value: Option<f64>, format: fn(f64) -> String) -> String {
    value.map_or_else(|| UNKNOWN.to_owned(), format)
}

/// `value (low–high)`; only what is known.
pub(super) fn between(
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    format: fn(f64) -> String,
) -> String {
    match value.and_then(|_| span(low, high, format)) {
        Some(span) => format!("{} ({span})", known(value, format)),
        None => known(value, format),
    }
}

/// `low–high`, if both are known.
pub(super) fn span(
    low: Option<f64>,
    high: Option<f64>,
    format: fn(f64) -> String,
) -> Option<String> {
    let (low, high) = (format(low?), format(high?));
    // A dash between signs would be read as a minus.
    let signs = [&low, &high].iter().any(|end| end.starts_with(['+', '−']));
    Some(format!("{low}{}{high}", if signs { " to " } else { "–" }))
}

/// A corrected share with its interval.
pub(super) fn corrected(share: &Share, format: fn(f64) -> String) -> String {
    between(share.corrected, share.low, share.high, format)
}

/// A score with its interval.
pub(super) fn score(interval: &Interval) -> String {
    between(interval.value, interval.low, interval.high, decimal)
}

/// `1 sentence`, `2 sentences`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
