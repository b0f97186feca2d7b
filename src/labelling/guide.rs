use crate::codebook::Codebook;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// What annotators read about the labels.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Guide {
    /// As written.
    pub markdown: String,
    /// As shown: without scripts, raw HTML, pictures, or links to anything but pages.
    pub html: String,
}

impl Guide {
    /// A guide from Markdown.
    #[must_use]
    pub fn new(markdown: String) -> Self {
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
        let mut shown = String::new();
        html::push_html(
            &mut shown,
            Parser::new_ext(&markdown, options).filter_map(harmless),
        );
        Self {
            html: shown,
            markdown,
        }
    }

    /// A guide made of the questions and meanings that a codebook declares.
    #[must_use]
    pub fn of(codebook: &Codebook) -> Self {
        let mut text = format!("# {}\n", codebook.title);
        for set in &codebook.sets {
            text += &format!("\n## {}\n\n{}\n\n", set.name, set.question);
            for label in &set.labels {
                text += &format!("- **{}**: {}\n", label.name, label.meaning);
            }
        }
        Self::new(text)
    }
}

/// Raw HTML is shown as text; links lead to pages or within the guide; pictures are their captions.
fn harmless(event: Event<'_>) -> Option<Event<'_>> {
    let leads_to_page = |url: &CowStr<'_>| {
        let url = url.to_ascii_lowercase();
        let schemes = ["http://", "https://", "#"];
        schemes.iter().any(|scheme| url.starts_with(scheme))
    };
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => {
            let dest_url = if leads_to_page(&dest_url) {
                dest_url
            } else {
                "#".into()
            };
            Some(Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }))
        }
        other => Some(other),
    }
}
