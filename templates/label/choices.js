// The panel beside the article: one row of buttons for each label set, the holder, the note.

import { isReported, missing } from "./draft.js";
import { byId, colour, count, element, markOf } from "./element.js";

function button(set, label) {
  const node = element(
    "button",
    { type: "button", class: "choice", "data-set": set.name, "data-label": label.name, "aria-pressed": "false", title: label.meaning },
    element("kbd", {}, label.key ?? ""),
    markOf(label),
    element("bdi", {}, label.name),
    element("span", { class: "guess" }),
  );
  return colour(node, label);
}

/** Builds the rows once; `onChoice(set, label)` is told what the reader presses. */
export function buildChoices(sets, onChoice) {
  const rows = sets.map((set) =>
    element(
      "fieldset",
      { "data-row": set.name },
      element("legend", { title: set.about }, set.name),
      ...set.labels.map((label) => button(set, label)),
    ),
  );
  byId("sets").replaceChildren(...rows);
  byId("sets").addEventListener("click", (event) => {
    const pressed = event.target.closest("button[data-set]");
    if (pressed) onChoice(pressed.dataset.set, pressed.dataset.label);
  });
}

/** Shows the draft. */
export function showChoices(draft, session) {
  for (const node of byId("sets").querySelectorAll("button[data-set]")) {
    const chosen = draft.labels[node.dataset.set] === node.dataset.label;
    node.setAttribute("aria-pressed", String(chosen));
  }
  byId("unsure").setAttribute("aria-pressed", String(draft.unsure));
  byId("holder-field").hidden = !(session.holders && isReported(draft, session.voice));
  if (byId("holder").value !== draft.holder) byId("holder").value = draft.holder;
  if (byId("note").value !== draft.note) byId("note").value = draft.note;
  if (draft.note) byId("note-field").hidden = false;
}

/** Puts the note away, unless there is one. */
export function foldNote(draft) {
  byId("note-field").hidden = draft.note === "";
}

/** Says where the reader is and what is still wanted. */
export function showPlace(view, total, hint) {
  byId("where").textContent = `Sentence ${count(view.id + 1)} of ${count(total)}`;
  byId("hint").textContent = hint;
}

/** What the reader may do next, in a few words. */
export function hintFor(draft, session, { saved, changed, confirm, busy }) {
  if (busy) return "saving …";
  const wanted = missing(draft, session.sets);
  if (saved && !changed) return "saved";
  if (wanted.length === session.sets.length) return "";
  if (wanted.length > 0) return `then ${wanted.join(" and ")}`;
  if (saved || confirm) return "Enter saves";
  return isReported(draft, session.voice) && session.holders ? "name the voice; Enter saves" : "";
}

/** Remembers a holder, to be offered again. */
export function offerHolder(name) {
  const known = [...byId("holders").children].some((option) => option.value === name);
  if (name && !known) byId("holders").prepend(element("option", { value: name }));
}
