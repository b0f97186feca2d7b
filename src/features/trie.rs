use super::term::unit;
use rustc_hash::FxHashMap;

/// A word of a term, or the stem of one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Unit {
    pub word: String,
    /// Whether any word that begins so will do.
    pub open: bool,
}

/// The terms of a dictionary, word by word from a common root.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// From a node, by the hash of a whole word or of a stem, to the next.
    edges: FxHashMap<(u32, bool, u64), u32>,
}

#[derive(Debug, Default, Clone)]
struct Node {
    /// The category of the term that ends here.
    category: Option<u32>,
    /// Whether terms go on from here by a whole word, and by a stem.
    whole: bool,
    stem: bool,
}

/// The term that was found: its category and how many words it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    category: u32,
    words: usize,
}

const ROOT: u32 = 0;

impl Default for Trie {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
            edges: FxHashMap::default(),
        }
    }
}

impl Trie {
    pub fn add(&mut self, term: &[Unit], category: u32) {
        let mut node = ROOT;
        for Unit { word, open } in term {
            let from = &mut self.nodes[node as usize];
            *(if *open {
                &mut from.stem
            } else {
                &mut from.whole
            }) = true;
            let next = self.nodes.len() as u32;
            let edge = (node, *open, unit(word.as_bytes()));
            node = *self.edges.entry(edge).or_insert(next);
            if node == next {
                self.nodes.push(Node::default());
            }
        }
        self.nodes[node as usize].category = Some(category);
    }

    /// The nodes that a first word leads to, those of longer stems first.
    pub fn starts(&self, word: &str) -> Vec<u32> {
        self.after(ROOT, word).collect()
    }

    /// Gives the categories of the terms among some words to `found`, in order: at each word the
    /// longest term that begins there. `starts` has the nodes that a word leads to as the first.
    pub fn find<'w, S: AsRef<[u32]>>(
        &self,
        words: usize,
        starts: impl Fn(usize) -> S,
        word: impl Fn(usize) -> &'w str,
        mut found: impl FnMut(u32),
    ) {
        let mut at = 0;
        while at < words {
            let next = |ahead| (at + ahead < words).then(|| word(at + ahead));
            let term = self.longest(starts(at).as_ref(), &next);
            if let Some(Found { category, .. }) = term {
                found(category);
            }
            at += term.map_or(1, |term| term.words);
        }
    }

    /// The longest term that begins with a word which leads to `starts`; `word` gives the words
    /// that follow it, the first as number one.
    fn longest<'w>(
        &self,
        starts: &[u32],
        word: &impl Fn(usize) -> Option<&'w str>,
    ) -> Option<Found> {
        let mut best = None;
        for &start in starts {
            self.descend(start, 1, word, &mut best);
        }
        best
    }

    fn descend<'w>(
        &self,
        node: u32,
        words: usize,
        word: &impl Fn(usize) -> Option<&'w str>,
        best: &mut Option<Found>,
    ) {
        let Node {
            category,
            whole,
            stem,
        } = self.nodes[node as usize];
        if let Some(category) = category
            && best.is_none_or(|best| words > best.words)
        {
            *best = Some(Found { category, words });
        }
        if (whole || stem)
            && let Some(next) = word(words)
        {
            for node in self.after(node, next) {
                self.descend(node, words + 1, word, best);
            }
        }
    }

    /// Where a word leads from a node: as it is, then as what begins with a stem, longest first.
    fn after(&self, node: u32, word: &str) -> impl Iterator<Item = u32> {
        let Node { whole, stem, .. } = self.nodes[node as usize];
        let edge = move |open, part: &str| self.edges.get(&(node, open, unit(part.as_bytes())));
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        let stems = ends.rev().filter(move |_| stem);
        let by_stem = stems.filter_map(move |end| edge(true, &word[..end]));
        let by_word = whole.then(|| edge(false, word)).flatten();
        by_word.into_iter().chain(by_stem).copied()
    }
}
