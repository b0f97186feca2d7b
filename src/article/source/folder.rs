//! Folders: which of their files are read, and in which order.

use std::collections::{HashSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use super::super::table::Columns;
use super::kind::Kind;
use super::{Opened, ReadOptions, cannot_open, open_rows};
use crate::error::Result;

/// The files of a folder and the folders in it.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) found: VecDeque<Result<PathBuf>>,
    /// Where links lead twice, or round in a circle, they are followed once.
    entered: HashSet<PathBuf>,
}

impl Walk {
    pub(super) fn enter(&mut self, folder: &Path) {
        let listed = folder
            .canonicalize()
            .and_then(|real| match self.entered.insert(real) {
                true => fs::read_dir(folder)?
                    .map(|entry| Ok(entry?.path()))
                    .collect(),
                false => Ok(Vec::new()),
            });
        match listed {
            Ok(mut paths) => {
                paths.sort();
                paths
                    .iter()
                    .filter(|path| !is_hidden(path))
                    .for_each(|path| self.add(path));
            }
            Err(error) => self.found.push_back(Err(cannot_open(folder, error))),
        }
    }

    fn add(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => self.enter(path),
            Ok(about) if about.is_file() && may_be_article(path) => {
                self.found.push_back(Ok(path.to_path_buf()))
            }
            Ok(_) => {}
            Err(error) => self.found.push_back(Err(cannot_open(path, error))),
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a file in a folder is read: it is a table of articles, its ending is known otherwise, or
/// it holds text. A README is about the folder, not one of its articles.
fn may_be_article(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default();
    match Kind::by_ending(path) {
        _ if stem.eq_ignore_ascii_case("readme") => false,
        Some(Kind::Table(_)) => !holds_sentences(path),
        Some(Kind::Parquet) => cfg!(feature = "parquet") && !holds_sentences(path),
        Some(_) => true,
        None => Opened::new(path)
            .is_ok_and(|opened| Kind::of(path, &opened.head, &Columns::default()).is_ok()),
    }
}

/// Whether a table has sentences for rows, as the labels have that lie beside their articles.
fn holds_sentences(path: &Path) -> bool {
    let Ok(mut rows) = open_rows(path, &ReadOptions::default()) else {
        return false;
    };
    let header = rows.header().map(Ok);
    let first = header.or_else(|| rows.next());
    matches!(first, Some(Ok(row)) if row.get("sentence").is_some())
}
