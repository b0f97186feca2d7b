// Adjudication: what the readers chose, side by side, and where they part.

import { byId, element, tag } from "./element.js";

function parts(readings, value) {
  return new Set(readings.map(value)).size > 1;
}

function heads(readings) {
  return readings.map((reading, place) =>
    element(
      "th",
      { scope: "col" },
      element(
        "button",
        { type: "button", "data-reading": place, title: "take this reading" },
        element("bdi", {}, reading.annotator),
        place < 9 ? element("kbd", {}, `⇧${place + 1}`) : null,
      ),
    ),
  );
}

function row(name, readings, value, cell) {
  const differ = parts(readings, value);
  const cells = readings.map((reading) => element("td", {}, cell(reading)));
  const sign = differ ? element("span", { class: "differ" }, " ≠", element("span", { class: "unseen" }, " they differ")) : null;
  return element("tr", { class: differ ? "differs" : null }, element("th", { scope: "row" }, name, sign), ...cells);
}

function labelCell(set) {
  return (reading) => {
    const label = set.labels.find((known) => known.name === reading.labels[set.name]);
    return label ? tag(label) : "—";
  };
}

function wordsCell(field) {
  return (reading) => element("bdi", {}, reading[field] || "—");
}

/** Shows the readings, or nothing where there are none. */
export function showReadings(readings, sets) {
  const place = byId("readings");
  place.hidden = !readings?.length;
  if (place.hidden) return;
  const rows = sets.map((set) => row(set.name, readings, (reading) => reading.labels[set.name], labelCell(set)));
  for (const field of ["holder", "note"]) {
    if (readings.some((reading) => reading[field])) rows.push(row(field, readings, (reading) => reading[field] ?? "", wordsCell(field)));
  }
  const head = element("tr", {}, element("th", { scope: "col" }, "readings"), ...heads(readings));
  place.replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
}

/** Tells `onTaken(place)` which reading the reader presses. */
export function watchReadings(onTaken) {
  byId("readings").addEventListener("click", (event) => {
    const pressed = event.target.closest("button[data-reading]");
    if (pressed) onTaken(Number(pressed.dataset.reading));
  });
}
