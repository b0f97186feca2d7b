use super::table::{article_of, cell, name_of, number_of, text_of};
use super::{Label, Place, Store};
use crate::article::source::{ReadOptions, open_rows};
use crate::article::table::Row;
use crate::codebook::Codebook;
use crate::error::{Error, Result};
use crate::labels::READER;
use crate::sentence;
use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The table that all labels are written to, a row a sentence and annotator, as `stance train`,
/// `agree` and `check` read it. Rows and columns that are not ours stay in it.
#[derive(Debug)]
pub struct LabelsFile {
    path: PathBuf,
    columns: Vec<String>,
    sets: Vec<String>,
    annotator: String,
    /// Rows that name no annotator, or a sentence that is nowhere known.
    foreign: Vec<Vec<String>>,
    /// What rows of ours hold in columns that are not.
    extras: HashMap<(usize, String), Vec<String>>,
}

/// A row of the file that an annotator is named in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Who.
    pub annotator: String,
    /// Which sentence.
    pub place: Place,
    /// What is said of it.
    pub label: Label,
    /// The line of the file.
    pub line: u64,
    cells: Vec<String>,
}

/// The column of annotators, where the file has no other that names them.
const ANNOTATOR: &str = "annotator";

impl LabelsFile {
    /// Checks that the file is to be a CSV file.
    ///
    /// # Errors
    /// If its name ends otherwise.
    pub fn check_name(path: &Path) -> Result<()> {
        let ending = path.extension().unwrap_or_default();
        match ending.eq_ignore_ascii_case("csv") {
            true => Ok(()),
            false => Err(Error::usage("labels are written as CSV")
                .at(path)
                .remedy("name a file that ends in .csv")),
        }
    }

    /// Reads the file, if it is there, and the rows of annotators in it.
    ///
    /// # Errors
    /// If it cannot be read as a table.
    pub fn open(path: &Path, codebook: &Codebook) -> Result<(Self, Vec<FileRow>)> {
        let mut file = Self {
            path: path.to_path_buf(),
            columns: Vec::new(),
            sets: codebook.sets.iter().map(|set| set.name.clone()).collect(),
            annotator: ANNOTATOR.to_owned(),
            foreign: Vec::new(),
            extras: HashMap::new(),
        };
        let mut rows = Vec::new();
        if fs::metadata(path).is_ok_and(|about| about.len() > 0) {
            for row in open_rows(path, &ReadOptions::default())? {
                file.take(&row?, &mut rows);
            }
        }
        file.complete_columns();
        Ok((file, rows))
    }

    /// Takes a row in: one of an annotator for the caller to judge, any other to be kept.
    fn take(&mut self, row: &Row, rows: &mut Vec<FileRow>) {
        if self.columns.is_empty() {
            self.columns = row.fields.iter().map(|(name, _)| name.clone()).collect();
            let known = READER.into_iter().find(|name| row.get(name).is_some());
            self.annotator = known.unwrap_or(ANNOTATOR).to_owned();
        }
        let cells = row
            .fields
            .iter()
            .map(|(_, value)| value.as_str().to_owned());
        let cells: Vec<String> = cells.collect();
        let annotator = cell(row, &[&self.annotator]).unwrap_or_default().trim();
        match text_of(row).filter(|_| !annotator.is_empty()) {
            None => self.foreign.push(cells),
            Some(text) => rows.push(FileRow {
                annotator: annotator.to_owned(),
                place: self.place(row, text),
                label: self.label(row),
                line: row.line,
                cells,
            }),
        }
    }

    fn place(&self, row: &Row, text: &str) -> Place {
        Place {
            article: article_of(row).map_or_else(|| name_of(None, &self.path), str::to_owned),
            paragraph: number_of(row, "paragraph").unwrap_or(0),
            sentence: number_of(row, "sentence").unwrap_or(0),
            text: sentence::fold(text).into_owned(),
            author: cell(row, &["author"]).unwrap_or_default().to_owned(),
        }
    }

    fn label(&self, row: &Row) -> Label {
        let given = |name: &str| {
            let cell = cell(row, &[name]).map(str::trim);
            cell.filter(|cell| !cell.is_empty()).map(str::to_owned)
        };
        let labels = self.sets.iter();
        let no = ["no", "false", "0"];
        Label {
            labels: labels
                .filter_map(|set| Some((set.clone(), given(set)?)))
                .collect(),
            holder: given("holder"),
            unsure: given("unsure").is_some_and(|cell| !no.contains(&&*cell.to_lowercase())),
            note: given("note").unwrap_or_default(),
            skipped: false,
        }
    }

    /// Adds the columns that a labels file has to have.
    fn complete_columns(&mut self) {
        let first = ["article", "paragraph", "sentence", "text"].map(str::to_owned);
        let last = ["holder", "author", &self.annotator, "unsure", "note"].map(str::to_owned);
        for name in first.into_iter().chain(self.sets.clone()).chain(last) {
            if !self
                .columns
                .iter()
                .any(|known| known.eq_ignore_ascii_case(&name))
            {
                self.columns.push(name);
            }
        }
    }

    /// Keeps a row as it stands.
    pub fn keep(&mut self, row: FileRow) {
        self.foreign.push(row.cells);
    }

    /// Remembers what a row that is now ours holds in columns that are not.
    pub fn adopt(&mut self, unit: usize, row: FileRow) {
        self.extras.insert((unit, row.annotator), row.cells);
    }

    /// The file's name, as the user gave it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes all labels, beside the file's place, and puts them there.
    ///
    /// # Errors
    /// If they cannot be written; the file is then as it was.
    pub fn write(&self, store: &Store) -> Result<()> {
        let refused = |error| {
            Error::io("cannot write the labels file", error)
                .at(&self.path)
                .remedy("make room on the disk; the labels are safe in the journal beside it, and are written here as soon as there is room")
        };
        let file = temporary_beside(&self.path).map_err(refused)?;
        let mut table = csv::Writer::from_writer(std::io::BufWriter::new(file));
        self.write_rows(&mut table, store)
            .map_err(|error| refused(error.into()))?;
        let file = table
            .into_inner()
            .map_err(|error| refused(error.into_error()))?;
        let file = file
            .into_inner()
            .map_err(|error| refused(error.into_error()))?;
        file.as_file().sync_all().map_err(refused)?;
        file.persist(&self.path)
            .map_err(|error| refused(error.error))?;
        Ok(())
    }

    fn write_rows<W: Write>(&self, table: &mut csv::Writer<W>, store: &Store) -> csv::Result<()> {
        table.write_record(&self.columns)?;
        for row in &self.foreign {
            let missing = self.columns.len().saturating_sub(row.len());
            let cells = row.iter().map(String::as_str);
            table.write_record(cells.chain(std::iter::repeat_n("", missing)))?;
        }
        for (unit, annotator, label) in store.labels() {
            if !label.says_something() {
                continue;
            }
            let place = store.place(unit);
            let extra = self.extras.get(&(unit, annotator.to_owned()));
            let cells = self.columns.iter().enumerate().map(|(at, column)| {
                let ours = self.cell(column, annotator, &place, label);
                ours.or_else(|| extra?.get(at).cloned()).unwrap_or_default()
            });
            table.write_record(cells)?;
        }
        table.flush()?;
        Ok(())
    }

    /// What a label says in a column, if that is one of ours.
    fn cell(&self, column: &str, annotator: &str, place: &Place, label: &Label) -> Option<String> {
        let number = |number: usize| match number {
            0 => String::new(),
            known => known.to_string(),
        };
        if let Some(set) = self
            .sets
            .iter()
            .find(|set| set.eq_ignore_ascii_case(column))
        {
            return Some(label.labels.get(set).cloned().unwrap_or_default());
        }
        if column.eq_ignore_ascii_case(&self.annotator) {
            return Some(annotator.to_owned());
        }
        match &*column.to_ascii_lowercase() {
            "article" => Some(place.article.clone()),
            "paragraph" => Some(number(place.paragraph)),
            "sentence" => Some(number(place.sentence)),
            "text" => Some(place.text.clone()),
            "holder" => Some(label.holder.clone().unwrap_or_default()),
            "author" => Some(place.author.clone()),
            "unsure" => Some(if label.unsure { "yes" } else { "" }.to_owned()),
            "note" => Some(label.note.clone()),
            _ => None,
        }
    }
}

/// A temporary file beside the one that it will replace, readable as that one is.
fn temporary_beside(path: &Path) -> std::io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_or(0o666, |about| about.permissions().mode());
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let folder = folder.unwrap_or(Path::new("."));
    builder.prefix(".stance-").tempfile_in(folder)
}
