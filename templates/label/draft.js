// A label while the reader makes it. Nothing here knows of the page or the server.

/** The label as it stands on disk, or an empty one. */
export function draftOf(label) {
  return {
    labels: { ...(label?.labels ?? {}) },
    holder: label?.holder ?? "",
    unsure: label?.unsure ?? false,
    note: label?.note ?? "",
  };
}

export function choose(draft, set, name) {
  return { ...draft, labels: { ...draft.labels, [set]: name } };
}

/** Whether every set has its label. */
export function isComplete(draft, sets) {
  return sets.every((set) => draft.labels[set.name] !== undefined);
}

/** Whether there is nothing to save. */
export function isEmpty(draft) {
  return same(draft, draftOf(null));
}

export function same(a, b) {
  const names = new Set([...Object.keys(a.labels), ...Object.keys(b.labels)]);
  const rest = a.holder === b.holder && a.unsure === b.unsure && a.note === b.note;
  return rest && [...names].every((name) => a.labels[name] === b.labels[name]);
}

/** Whether the words are somebody else's, so that a holder can be named. */
export function isReported(draft, voice) {
  const chosen = voice && draft.labels[voice.set];
  return chosen !== null && chosen !== undefined && chosen !== voice.own;
}

/** The names of the sets that still want a label. */
export function missing(draft, sets) {
  return sets.map((set) => set.name).filter((name) => draft.labels[name] === undefined);
}

/** The label in words: `optimistic, claim, author`. */
export function inWords(label, sets) {
  if (label.skipped) return "skipped";
  const words = sets.map((set) => label.labels[set.name] ?? `no ${set.name}`);
  if (label.unsure) words.push("unsure");
  return words.join(", ");
}
