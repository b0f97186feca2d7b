// The next sentence, fetched while the reader reads this one: it shows as soon as the label is on disk.

import { api } from "./api.js";

/** Asks for what follows `from` in the queue; `wait` gives its view, or null where the page has to ask again. */
export function lookAhead(annotator, queue, from) {
  const view = fetchNext(annotator, queue, from).catch(() => null);
  return { fits: (name, place) => name === queue && place === from, wait: () => view };
}

async function fetchNext(annotator, queue, from) {
  const { sentence } = await api.next(annotator, queue, from);
  // The last one open is followed by itself, as long as it has no label.
  return sentence === null || sentence === from ? null : api.sentence(sentence, annotator);
}
