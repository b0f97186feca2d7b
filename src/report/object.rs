//! JSON objects whose fields keep the order in which they were given.

use serde::{Serialize, Serializer};

/// Fields by name, in order.
pub(super) struct Object<'a, T>(pub(super) Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for Object<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Indented JSON that ends with a line feed.
pub(super) fn pretty(value: &impl Serialize) -> String {
    let mut json =
        serde_json::to_string_pretty(value).expect("results have string keys and cannot fail");
    json.push('\n');
    json
}
