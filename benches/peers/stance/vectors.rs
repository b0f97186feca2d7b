//! The svmlight form that LIBLINEAR reads: `label column:value …`, columns from 1.

use crate::Outcome;
use stance::linear::Matrix;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// Writes +1 for the first label and −1 for every other one. The first row is one of the first
/// label, because LIBLINEAR takes the label it meets first for the positive one.
pub fn write(matrix: &Matrix, targets: &[usize], file: &Path) -> Outcome<()> {
    let mut output = BufWriter::new(File::create(file)?);
    let (first, others): (Vec<usize>, Vec<usize>) =
        (0..matrix.rows()).partition(|&row| targets[row] == 0);
    for (label, rows) in [("+1", first), ("-1", others)] {
        for row in rows {
            write!(output, "{label}")?;
            for (column, value) in matrix.row(row).iter() {
                write!(output, " {}:{value}", column + 1)?;
            }
            writeln!(output)?;
        }
    }
    Ok(output.flush()?)
}

/// The matrix and, for each row, 1 for +1 and 0 for −1.
pub fn read(file: &Path) -> Outcome<(Matrix, Vec<usize>)> {
    let (mut start, mut index, mut value) = (vec![0], Vec::new(), Vec::new());
    let mut targets = Vec::new();
    for line in BufReader::new(File::open(file)?).lines() {
        let line = line?;
        let mut fields = line.split(' ');
        targets.push(usize::from(fields.next() == Some("+1")));
        for field in fields {
            let (column, number) = field.split_once(':').ok_or("not a file of vectors")?;
            index.push(column.parse::<u32>()? - 1);
            value.push(number.parse::<f32>()?);
        }
        start.push(index.len());
    }
    let columns = index.iter().max().map_or(0, |&last| last as usize + 1);
    Ok((Matrix::new(columns, start, index, value)?, targets))
}
