//! The fields above a Markdown text: the part of YAML that people write there.

use std::collections::BTreeMap;

/// The fields between the two `---` lines that `text` begins with, each with its values (one,
/// or those of a list), and where the Markdown starts; none where there is no front matter.
pub(super) fn read(text: &str) -> Option<(BTreeMap<String, Vec<String>>, usize)> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut offset = start;
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut key = String::new();
    for (number, line) in text[start..].split_inclusive('\n').enumerate() {
        offset += line.len();
        let content = line.trim_end();
        match (number, content) {
            (0, "---") => {}
            (0, _) => return None,
            (_, "---" | "...") => return Some((fields, offset)),
            _ => take_line(content, &mut key, &mut fields),
        }
    }
    None
}

/// One line: `key: value`, `- item` of a list, or more of the value above.
fn take_line(line: &str, key: &mut String, fields: &mut BTreeMap<String, Vec<String>>) {
    let trimmed = line.trim();
    if trimmed.is_empty() || trimmed.starts_with('#') {
        return;
    }
    let indented = line.starts_with([' ', '\t']);
    if let Some(item) = trimmed.strip_prefix("- ") {
        let name = item.strip_prefix("name:").unwrap_or(item);
        fields.entry(key.clone()).or_default().push(scalar(name));
    } else if let Some((name, value)) = trimmed.split_once(':').filter(|_| !indented) {
        *key = name.trim().trim_matches(['"', '\'']).to_string();
        fields.insert(key.clone(), values(value.trim()));
    } else if let Some(last) = fields.get_mut(key.as_str()) {
        match last.last_mut() {
            Some(text) => *text = format!("{text} {}", scalar(trimmed)).trim().to_string(),
            None => last.push(scalar(trimmed)),
        }
    }
}

/// `value`, `"value"`, `[a, b]`; `|` and `>` announce lines below.
fn values(value: &str) -> Vec<String> {
    match value
        .strip_prefix('[')
        .and_then(|list| list.strip_suffix(']'))
    {
        Some(list) => list
            .split(',')
            .map(scalar)
            .filter(|item| !item.is_empty())
            .collect(),
        None if matches!(value, "" | "|" | ">" | "|-" | ">-") => Vec::new(),
        None => vec![scalar(value)],
    }
}

/// A value without its quotes, or without the comment after it.
fn scalar(value: &str) -> String {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some((inside, _)) = value
            .strip_prefix(quote)
            .and_then(|rest| rest.rsplit_once(quote))
        {
            let doubled = if quote == '"' { "\\\"" } else { "''" };
            return inside.replace(doubled, &quote.to_string());
        }
    }
    value.split(" #").next().unwrap_or(value).trim().to_string()
}
