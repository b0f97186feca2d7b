//! The comparison as CSV, one row a row.

use super::super::spreadsheet::guard;
use crate::compare::{Comparison, Row};
use crate::prevalence::Share;

/// `name, articles, sentences, counted_sentences`, then `raw, corrected, low, high` of each label
/// and of the net, as `LABEL_raw` and so on, and `unsure`, the share of unsure tags. An unknown number is an empty cell; a name that a
/// spreadsheet would take for a formula begins with an apostrophe.
#[must_use]
pub fn csv(comparison: &Comparison) -> String {
    let mut out = ::csv::Writer::from_writer(Vec::new());
    let rows = comparison
        .rows
        .iter()
        .map(|row| cells(row, comparison.labels.len()));
    for record in std::iter::once(header(comparison)).chain(rows) {
        out.write_record(record)
            .expect("all records are of one length, and memory takes them");
    }
    let bytes = out.into_inner().expect("memory takes what is written");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn header(comparison: &Comparison) -> Vec<String> {
    let mut header: Vec<String> = ["name", "articles", "sentences", "counted_sentences"]
        .map(str::to_owned)
        .to_vec();
    let names = comparison.labels.iter().map(String::as_str).chain(["net"]);
    for name in names {
        let name = guard(name);
        header.extend(["raw", "corrected", "low", "high"].map(|end| format!("{name}_{end}")));
    }
    header.push("unsure".to_owned());
    header
}

fn cells(row: &Row, labels: usize) -> Vec<String> {
    let counts = [row.articles, row.sentences, row.prevalence.counted];
    let mut cells = vec![guard(&row.name).into_owned()];
    cells.extend(counts.map(|count| count.to_string()));
    let shares = (0..labels).map(|label| row.prevalence.shares.get(label));
    for share in shares.chain([row.prevalence.net.as_ref()]) {
        let figure = |of: fn(&Share) -> Option<f64>| number(share.and_then(of));
        cells.extend([
            figure(|s| s.raw),
            figure(|s| s.corrected),
            figure(|s| s.low),
            figure(|s| s.high),
        ]);
    }
    cells.push(number(row.prevalence.unsure));
    cells
}

fn number(figure: Option<f64>) -> String {
    let known = figure.filter(|figure| figure.is_finite());
    known.map_or(String::new(), |figure| figure.to_string())
}
