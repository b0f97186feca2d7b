use super::About;
use crate::error::{Error, Result};

/// Which columns of a table of ready sentences, a row each, hold what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowColumns {
    /// The sentence.
    pub text: String,
    /// Rows that follow one another with the same value here are one text.
    pub sequence: Option<String>,
}

impl RowColumns {
    /// The columns that are given, else those that the model was trained with, else the usual
    /// ones. Upper and lower case are the same.
    ///
    /// # Errors
    /// If no column holds sentences, or if a given one is not there.
    pub fn find(
        text: Option<&str>,
        sequence: Option<&str>,
        about: &About,
        names: &[&str],
    ) -> Result<Self> {
        let has = |name: &&&str| names.iter().any(|own| own.eq_ignore_ascii_case(name));
        let usual = [&*about.columns.text, "text", "sentence"];
        let found = match &text {
            Some(name) => Some(name).filter(has),
            None => usual.iter().find(has),
        };
        let found = found.ok_or_else(|| {
            let wanted = text.unwrap_or("text");
            Error::input(format!(
                "no column `{wanted}`; the columns are {}",
                names.join(", ")
            ))
            .remedy("name the column of the sentences with --text")
        })?;
        if let Some(name) = sequence.filter(|name| !has(&name)) {
            return Err(Error::input(format!("no column `{name}`"))
                .remedy("name the column of the documents with --sequence"));
        }
        let usual = about.columns.document.as_deref();
        let sequence = sequence.or(usual).filter(|name| has(&name));
        Ok(Self {
            text: (*found).to_owned(),
            sequence: sequence.map(str::to_owned),
        })
    }
}
