// Search over the articles, as the reader types.

import { api } from "./api.js";
import { open } from "./dialogs.js";
import { byId, count, element } from "./element.js";

const PAUSE = 150;

function hitNode(hit, onJump) {
  const about = `sentence ${count(hit.id + 1)} · ${hit.title}${hit.labelled ? " · labelled" : ""}`;
  const node = element(
    "button",
    { type: "button" },
    element("bdi", {}, hit.before, element("mark", {}, hit.match), hit.after),
    element("small", {}, about),
  );
  node.addEventListener("click", () => {
    byId("search-dialog").close();
    onJump(hit.id);
  });
  return node;
}

function amount(answer) {
  if (answer.hits.length === 0) return "Nothing found.";
  return answer.more ? `The first ${count(answer.hits.length)} are shown.` : `${count(answer.hits.length)} found.`;
}

async function find(words, annotator, onJump) {
  if (words === "") {
    byId("hits").replaceChildren();
    byId("found").textContent = "";
    return;
  }
  const answer = await api.search(words, annotator).catch((error) => error);
  // Slow answers to words that have changed since are dropped.
  if (byId("words").value.trim() !== words) return;
  if (answer instanceof Error) {
    byId("found").textContent = `${answer.message} ${answer.remedy ?? ""}`;
    return;
  }
  byId("hits").replaceChildren(...answer.hits.map((hit) => hitNode(hit, onJump)));
  byId("found").textContent = amount(answer);
}

/** Opens the search; `onJump(id)` is told which hit the reader takes. */
export function search(annotator, onJump) {
  const field = byId("words");
  let timer;
  field.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(() => find(field.value.trim(), annotator, onJump), PAUSE);
  };
  field.onkeydown = (event) => {
    if (event.key === "Enter") byId("hits").querySelector("button")?.click();
  };
  const shown = open("search-dialog");
  field.select();
  return shown;
}
