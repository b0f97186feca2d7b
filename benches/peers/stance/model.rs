//! Vocabulary and weights in one safetensors file, as small as the peers' own.

use crate::Outcome;
use ndarray::{Array1, Array2};
use safetensors::tensor::{SafeTensors, TensorView};
use safetensors::{Dtype, SafeTensorError, serialize};
use serde::{Deserialize, Serialize};
use stance::features::{Family, Settings, Vectorizer};
use stance::linear::LinearModel;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// What one fit learns.
pub struct Model {
    pub labels: Vec<String>,
    pub vectorizer: Vectorizer,
    pub linear: LinearModel,
}

#[derive(Serialize, Deserialize)]
struct Record {
    labels: Vec<String>,
    features: Settings,
}

impl Model {
    pub fn save(&self, file: &Path) -> Outcome<()> {
        let terms = self.vectorizer.spellings().join("\n").into_bytes();
        let families = le_bytes(&self.vectorizer.ends(), |n| n.to_le_bytes());
        let idf = le_bytes(self.vectorizer.idf(), |n| n.to_le_bytes());
        let weights = le_bytes(self.linear.weights(), |n| n.to_le_bytes());
        let bias = le_bytes(self.linear.bias(), |n| n.to_le_bytes());
        let features = self.linear.features();
        let classes = self.linear.classes();
        let tensors = [
            ("terms", Dtype::U8, vec![terms.len()], &terms),
            ("families", Dtype::U32, vec![Family::COUNT], &families),
            ("idf", Dtype::F32, vec![features], &idf),
            ("weights", Dtype::F32, vec![features, classes], &weights),
            ("bias", Dtype::F64, vec![classes], &bias),
        ];
        let views = tensors
            .into_iter()
            .map(|(name, dtype, shape, bytes)| Ok((name, TensorView::new(dtype, shape, bytes)?)))
            .collect::<Outcome<Vec<_>>>()?;
        let record = Record {
            labels: self.labels.clone(),
            features: self.vectorizer.settings().clone(),
        };
        let record = serde_json::to_string(&record)?;
        let metadata = HashMap::from([("stance".to_owned(), record)]);
        Ok(fs::write(file, serialize(views, Some(metadata))?)?)
    }

    pub fn load(file: &Path) -> Outcome<Self> {
        let bytes = fs::read(file)?;
        let (_, metadata) = SafeTensors::read_metadata(&bytes)?;
        let record = metadata.metadata().as_ref().and_then(|m| m.get("stance"));
        let record: Record = serde_json::from_str(record.map_or("", |record| record.as_str()))?;
        let tensors = SafeTensors::deserialize(&bytes)?;
        let tensor = |name| Ok::<_, SafeTensorError>(tensors.tensor(name)?.data());
        let terms = std::str::from_utf8(tensor("terms")?)?;
        let ends = numbers(tensor("families")?, u32::from_le_bytes);
        let vectorizer = Vectorizer::from_parts(
            record.features,
            terms.split('\n').map(Box::from).collect(),
            ends.try_into().map_err(|_| "too few families")?,
            numbers(tensor("idf")?, f32::from_le_bytes),
        )?;
        let shape = (vectorizer.terms(), record.labels.len());
        let weights = numbers(tensor("weights")?, f32::from_le_bytes);
        let weights = Array2::from_shape_vec(shape, weights)?;
        let bias = Array1::from_vec(numbers(tensor("bias")?, f64::from_le_bytes));
        Ok(Self {
            linear: LinearModel::new(weights, bias)?,
            labels: record.labels,
            vectorizer,
        })
    }
}

fn le_bytes<'n, T: Copy + 'n, const N: usize>(
    numbers: impl IntoIterator<Item = &'n T>,
    bytes: impl Fn(T) -> [u8; N],
) -> Vec<u8> {
    numbers.into_iter().flat_map(|&n| bytes(n)).collect()
}

fn numbers<T, const N: usize>(bytes: &[u8], number: impl Fn([u8; N]) -> T) -> Vec<T> {
    bytes.as_chunks().0.iter().map(|&n| number(n)).collect()
}
