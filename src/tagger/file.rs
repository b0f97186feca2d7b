//! The model file: a safetensors container, so that any language opens it and none runs code.
//!
//! Tensors: `terms` (bytes: spellings separated by line feeds), `families` (where each family
//! ends), `idf`, for each label set `NAME.weights` (terms × labels) and `NAME.bias`, and `sha256`
//! over all that. The metadata entry `stance` is JSON ([`Record`]). Reading checks sizes before it
//! allocates, the digest before it believes, and the parts against each other.

use super::{About, Head, Tagger};
use crate::codebook::LabelSet;
use crate::error::{Error, Result};
use crate::features::{Family, Vectorizer};
use crate::linear::LinearModel;
use crate::metrics::{Calibration, Scores};
use crate::prevalence::ErrorModel;
use ndarray::{Array1, Array2};
use safetensors::{Dtype, SafeTensors, tensor::TensorView};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The version of the format this program writes, and the newest it reads.
pub const FORMAT: u32 = 1;

/// A model larger than this is refused unread.
const LARGEST: u64 = 1 << 31;

/// What stands in the metadata.
#[derive(Serialize, Deserialize)]
struct Record {
    format: u32,
    about: About,
    sets: Vec<SetRecord>,
}

#[derive(Serialize, Deserialize)]
struct SetRecord {
    set: LabelSet,
    cost: f64,
    calibration: Calibration,
    scores: Scores,
    errors: ErrorModel,
}

impl Tagger {
    /// The bytes of the model file; the same model gives the same bytes.
    ///
    /// # Errors
    /// If the container cannot be made (a label set of an impossible name or size).
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let record = Record {
            format: FORMAT,
            about: self.about.clone(),
            sets: self.heads.iter().map(SetRecord::of).collect(),
        };
        let record = serde_json::to_string(&record).map_err(|error| unwritable(&error))?;
        let mut parts = self.parts();
        parts.sort_by(|a, b| a.name.cmp(&b.name));
        let digest = digest(&record, parts.iter().map(|p| (&*p.name, &*p.bytes)));
        parts.push(Part::new("sha256", Dtype::U8, vec![digest.len()], digest));
        let views = parts
            .iter()
            .map(|part| {
                let view = TensorView::new(part.dtype, part.shape.clone(), &part.bytes);
                Ok((&*part.name, view.map_err(|error| unwritable(&error))?))
            })
            .collect::<Result<Vec<_>>>()?;
        let metadata = HashMap::from([("stance".to_owned(), record)]);
        safetensors::serialize(views, Some(metadata)).map_err(|error| unwritable(&error))
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// If the file cannot be read, is no model, is damaged, or is of a newer format.
    pub fn load(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| {
            Error::io("cannot read the model", error).at(path).remedy(
                "name a file made by `stance train`, or leave --model out for the shipped one",
            )
        })?;
        let mut bytes = Vec::new();
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::io("cannot read the model", error).at(path))?;
        if bytes.len() as u64 > LARGEST {
            return Err(damaged("is larger than any model").at(path));
        }
        Self::from_bytes(&bytes).map_err(|error| error.at(path))
    }

    /// Reads the bytes of a model file.
    ///
    /// # Errors
    /// If they are no model, are damaged, or are of a newer format.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let (_, metadata) = SafeTensors::read_metadata(bytes)
            .map_err(|error| damaged(&format!("is not a whole safetensors file ({error})")))?;
        let record = metadata
            .metadata()
            .as_ref()
            .and_then(|entries| entries.get("stance"))
            .ok_or_else(|| damaged("has no entry `stance` in its metadata"))?;
        check_format(record)?;
        let tensors = SafeTensors::deserialize(bytes)
            .map_err(|error| damaged(&format!("is not a whole safetensors file ({error})")))?;
        check_digest(record, &tensors)?;
        let record: Record = serde_json::from_str(record)
            .map_err(|error| damaged(&format!("has settings that make no sense ({error})")))?;
        let vectorizer = vectorizer(&record, &tensors)?;
        let heads = record
            .sets
            .into_iter()
            .map(|set| set.into_head(&tensors, vectorizer.terms()))
            .collect::<Result<Vec<_>>>()?;
        record.about.settings.check()?;
        if heads.is_empty() {
            return Err(damaged("has no label set"));
        }
        Ok(Self::assemble(record.about, vectorizer, heads))
    }

    fn parts(&self) -> Vec<Part> {
        let terms = self.vectorizer.spellings().join("\n").into_bytes();
        let mut parts = vec![
            Part::new("terms", Dtype::U8, vec![terms.len()], terms),
            Part::new(
                "families",
                Dtype::U32,
                vec![Family::COUNT],
                self.vectorizer
                    .ends()
                    .iter()
                    .flat_map(|n| n.to_le_bytes())
                    .collect(),
            ),
            Part::new(
                "idf",
                Dtype::F32,
                vec![self.vectorizer.terms()],
                self.vectorizer
                    .idf()
                    .iter()
                    .flat_map(|n| n.to_le_bytes())
                    .collect(),
            ),
        ];
        for Head { set, model, .. } in &self.heads {
            parts.push(Part::new(
                &format!("{}.weights", set.name),
                Dtype::F32,
                model.weights().shape().to_vec(),
                model
                    .weights()
                    .iter()
                    .flat_map(|n| n.to_le_bytes())
                    .collect(),
            ));
            parts.push(Part::new(
                &format!("{}.bias", set.name),
                Dtype::F64,
                vec![model.bias().len()],
                model.bias().iter().flat_map(|n| n.to_le_bytes()).collect(),
            ));
        }
        parts
    }
}

impl SetRecord {
    fn of(head: &Head) -> Self {
        Self {
            set: head.set.clone(),
            cost: head.cost,
            calibration: head.calibration.clone(),
            scores: head.scores.clone(),
            errors: head.errors.clone(),
        }
    }

    fn into_head(self, tensors: &SafeTensors<'_>, terms: usize) -> Result<Head> {
        let (name, labels) = (&self.set.name, self.set.labels.len());
        let weights = numbers(
            tensors,
            &format!("{name}.weights"),
            Dtype::F32,
            f32::from_le_bytes,
        )?;
        let bias = numbers(
            tensors,
            &format!("{name}.bias"),
            Dtype::F64,
            f64::from_le_bytes,
        )?;
        let weights = Array2::from_shape_vec((terms, labels), weights).map_err(|_| {
            damaged(&format!(
                "has weights of `{name}` for other terms or labels"
            ))
        })?;
        let head = Head {
            model: LinearModel::new(weights, Array1::from_vec(bias))?,
            set: self.set,
            cost: self.cost,
            calibration: self.calibration,
            scores: self.scores,
            errors: self.errors,
        };
        head.check(terms)?;
        Ok(head)
    }
}

/// One tensor to be written.
struct Part {
    name: String,
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

impl Part {
    fn new(name: &str, dtype: Dtype, shape: Vec<usize>, bytes: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            dtype,
            shape,
            bytes,
        }
    }
}

/// The format number is read before anything else, so that a newer file is called newer, not damaged.
fn check_format(record: &str) -> Result<()> {
    #[derive(Deserialize)]
    struct Version {
        format: u32,
    }
    let Version { format } = serde_json::from_str(record)
        .map_err(|error| damaged(&format!("has no format number ({error})")))?;
    if format <= FORMAT {
        return Ok(());
    }
    Err(Error::input(format!(
        "the model is of format {format}, and this program reads formats up to {FORMAT}"
    ))
    .remedy("update the program, or train the model again with this one"))
}

fn check_digest(record: &str, tensors: &SafeTensors<'_>) -> Result<()> {
    let stored = tensor(tensors, "sha256", Dtype::U8)?;
    let mut parts: Vec<(&str, TensorView<'_>)> = tensors
        .iter()
        .filter(|(name, _)| *name != "sha256")
        .collect();
    parts.sort_by_key(|(name, _)| *name);
    if digest(
        record,
        parts.iter().map(|(name, view)| (*name, view.data())),
    ) == stored
    {
        Ok(())
    } else {
        Err(damaged("does not have the content it was written with"))
    }
}

fn digest<'a>(record: &str, parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    add(record.as_bytes());
    for (name, bytes) in parts {
        add(name.as_bytes());
        add(bytes);
    }
    hash.finalize().to_vec()
}

fn vectorizer(record: &Record, tensors: &SafeTensors<'_>) -> Result<Vectorizer> {
    let terms = tensor(tensors, "terms", Dtype::U8)?;
    let terms = std::str::from_utf8(terms).map_err(|_| damaged("has terms that are not UTF-8"))?;
    let ends = numbers(tensors, "families", Dtype::U32, u32::from_le_bytes)?;
    let ends = <[u32; Family::COUNT]>::try_from(ends)
        .map_err(|_| damaged("has another number of term families"))?;
    let idf = numbers(tensors, "idf", Dtype::F32, f32::from_le_bytes)?;
    let spellings = match idf.len() {
        0 => Vec::new(),
        _ => terms.split('\n').map(Box::from).collect(),
    };
    Vectorizer::from_parts(record.about.settings.features.clone(), spellings, ends, idf)
}

fn tensor<'t>(tensors: &SafeTensors<'t>, name: &str, dtype: Dtype) -> Result<&'t [u8]> {
    let view = tensors
        .tensor(name)
        .map_err(|_| damaged(&format!("has no tensor `{name}`")))?;
    if view.dtype() == dtype {
        Ok(view.data())
    } else {
        Err(damaged(&format!("has a tensor `{name}` of another type")))
    }
}

fn numbers<T, const WIDTH: usize>(
    tensors: &SafeTensors<'_>,
    name: &str,
    dtype: Dtype,
    from: fn([u8; WIDTH]) -> T,
) -> Result<Vec<T>> {
    let (numbers, _) = tensor(tensors, name, dtype)?.as_chunks::<WIDTH>();
    Ok(numbers.iter().map(|&bytes| from(bytes)).collect())
}

fn damaged(how: &str) -> Error {
    Error::input(format!("this file {how}")).remedy(
        "name a file made by `stance train`; if it is one, it was damaged: copy or train it again",
    )
}

fn unwritable(error: &impl std::fmt::Display) -> Error {
    Error::input(format!("the model cannot be written: {error}"))
        .remedy("rename the label columns: plain short names")
}
