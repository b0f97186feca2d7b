// The article with its sentences: the one to label, and those around it.

import { byId, colour, element } from "./element.js";

/** The part of the window, from its top, in which a sentence is left where it stands. */
const COMFORT = { from: 0.08, to: 0.7, place: 0.3 };

/** So many sentences are wanted on either side. */
const CONTEXT = 10;

let drawn = null;

/** Whether the sentence stands in what is drawn, with some text around it: a long article is drawn in part. */
function isDrawn({ id, article }) {
  const last = article.first + article.count - 1;
  const wanted = [Math.max(article.first, id - CONTEXT), id, Math.min(last, id + CONTEXT)];
  return drawn === article.index && wanted.every((at) => byId(`s${at}`));
}

function heading(article) {
  const by = [...(article.authors ?? []), article.date, article.source].filter(Boolean);
  return element(
    "header",
    {},
    element("h2", { dir: "auto" }, article.title || article.source),
    element("p", { class: "byline" }, ...by.flatMap((part, place) => [place ? " · " : "", element("bdi", {}, part)])),
  );
}

function sentenceNode(sentence) {
  return element(
    "span",
    { class: "sentence", "data-id": sentence.id, id: `s${sentence.id}`, tabindex: "-1" },
    element("span", { class: "mark", "aria-hidden": "true" }),
    element("span", { class: "words" }, sentence.text),
  );
}

function paragraphNode(sentences) {
  const spaced = sentences.flatMap((sentence) => [sentenceNode(sentence), " "]);
  return element("p", { class: "paragraph", dir: "auto" }, ...spaced);
}

function draw(view) {
  byId("article").replaceChildren(heading(view.article), ...view.paragraphs.map(paragraphNode));
  drawn = view.article.index;
}

/** Marks a sentence as labelled, in the colour of its label in the first set where that is known. */
export function markSentence(id, labelled, label) {
  const node = byId(`s${id}`);
  if (!node) return;
  node.classList.toggle("labelled", labelled);
  colour(node, labelled ? label : null);
  node.firstChild.textContent = labelled ? (label?.mark ?? "✓") : "";
  node.title = labelled ? `labelled${label ? `: ${label.name}` : ""}` : "";
}

/** Shows the article of `view` and in it the sentence to label. */
export function showArticle(view, firstSet) {
  if (!isDrawn(view)) draw(view);
  for (const sentence of view.paragraphs.flat()) {
    const label = firstSet.labels.find((known) => known.name === sentence.label);
    markSentence(sentence.id, sentence.labelled, label);
  }
  byId("article").querySelector("[aria-current]")?.removeAttribute("aria-current");
  const here = byId(`s${view.id}`);
  here.setAttribute("aria-current", "true");
  here.focus({ preventScroll: true });
  bringIntoView(here);
}

/** Scrolls only when it must: text that stays put is easier to read. */
function bringIntoView(node) {
  const panel = document.querySelector(".panel").getBoundingClientRect();
  const top = Math.max(0, document.querySelector(".top").getBoundingClientRect().bottom);
  const beside = panel.left > node.parentElement.getBoundingClientRect().left + 50;
  const bottom = beside ? window.innerHeight : Math.min(panel.top, window.innerHeight);
  const place = node.getBoundingClientRect();
  const height = bottom - top;
  const above = place.top < top + COMFORT.from * height;
  const below = place.bottom > top + COMFORT.to * height;
  if (above || below) window.scrollBy(0, place.top - top - COMFORT.place * height);
}
