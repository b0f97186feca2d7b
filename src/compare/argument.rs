//! The claims a row makes most surely, and the evidence beside them.

use super::Context;
use super::rows::Member;
use crate::codebook::Argument;
use crate::tagger::{TaggedArticle, TaggedSentence};

/// Claims kept for each end of a row.
const CLAIMS: usize = 3;
/// Pieces of evidence kept for each claim.
const EVIDENCE: usize = 2;
/// How many sentences away evidence may stand.
const NEARBY: usize = 5;

/// A claim and what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Standpoint<'a> {
    /// The article it stands in.
    pub article: &'a TaggedArticle,
    /// The claim.
    pub claim: &'a TaggedSentence,
    /// How likely the sentence is a claim of that end: the product of the two probabilities, from
    /// 0 to 1.
    pub strength: f64,
    /// Evidence for the same end within five sentences, nearest first; of two equally near the
    /// earlier first. Anybody's words may be evidence.
    pub evidence: Vec<&'a TaggedSentence>,
}

/// The strongest claims among the sentences that count for a row, of the end with that polarity.
///
/// A claim is a sentence whose likeliest labels are a claim's and one of that end, neither of them
/// unsure. `articles` stand in the order of the context.
pub(super) fn standpoints<'a>(
    context: &Context<'_, '_, '_>,
    articles: &[&'a TaggedArticle],
    member: &Member,
    argument: Option<Argument>,
    end: i8,
) -> Vec<Standpoint<'a>> {
    let Some(argument) = argument else {
        return Vec::new();
    };
    let side = Side {
        polarities: context.question.set.polarities(),
        tag: context.question.tag,
        argument,
        end,
    };
    let own = member.articles.iter().map(|&at| articles[at]);
    let mut found: Vec<Standpoint<'_>> = own
        .flat_map(|article| {
            let counted = article.sentences.iter();
            let counted = counted.filter(|s| member.counts(s, context.question, context.settings));
            let side = &side;
            counted.filter_map(move |claim| side.standpoint(article, claim))
        })
        .collect();
    found.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    found.truncate(CLAIMS);
    for standpoint in &mut found {
        standpoint.evidence = side.evidence(standpoint);
    }
    found
}

/// One end of a question, and which labels are claims and evidence.
struct Side {
    polarities: Vec<i8>,
    tag: usize,
    argument: Argument,
    end: i8,
}

impl Side {
    /// How likely the sentence has this role at this end; `None` if its tags say otherwise.
    fn likelihood(&self, sentence: &TaggedSentence, role: usize) -> Option<f64> {
        let tag = sentence.tags.get(self.tag)?;
        let role_tag = sentence.tags.get(self.argument.set)?;
        let fits = self.polarities.get(tag.label) == Some(&self.end) && role_tag.label == role;
        let sure = !tag.unsure && !role_tag.unsure;
        (fits && sure).then_some(())?;
        Some(tag.probabilities.get(tag.label)? * role_tag.probabilities.get(role)?)
    }

    fn standpoint<'a>(
        &self,
        article: &'a TaggedArticle,
        claim: &'a TaggedSentence,
    ) -> Option<Standpoint<'a>> {
        Some(Standpoint {
            article,
            claim,
            strength: self.likelihood(claim, self.argument.claim)?,
            evidence: Vec::new(),
        })
    }

    fn evidence<'a>(&self, of: &Standpoint<'a>) -> Vec<&'a TaggedSentence> {
        let Some(role) = self.argument.evidence else {
            return Vec::new();
        };
        let distance = |sentence: &TaggedSentence| sentence.number.abs_diff(of.claim.number);
        let near = of.article.sentences.iter();
        let near = near.filter(|s| distance(s) <= NEARBY && self.likelihood(s, role).is_some());
        let mut near: Vec<&TaggedSentence> = near.collect();
        near.sort_by_key(|sentence| distance(sentence));
        near.truncate(EVIDENCE);
        near
    }
}
