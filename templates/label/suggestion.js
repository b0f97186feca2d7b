// What the model thinks. It stays hidden for each set until the reader has chosen there, or asks.

import { byId, element } from "./element.js";

function percent(probability) {
  return `${Math.round(probability * 100)}%`;
}

function clear() {
  for (const node of byId("sets").querySelectorAll(".guess")) node.textContent = "";
  for (const node of byId("sets").querySelectorAll(".guessed")) node.classList.remove("guessed");
  byId("drivers").hidden = true;
}

function showSet(name, guess) {
  for (const node of byId("sets").querySelectorAll("button[data-set]")) {
    if (node.dataset.set !== name) continue;
    const probability = guess.probabilities?.[node.dataset.label];
    const chosen = guess.label === node.dataset.label;
    if (probability !== undefined) node.querySelector(".guess").textContent = percent(probability);
    node.classList.toggle("guessed", chosen);
  }
}

function showDrivers(suggestion) {
  const terms = (suggestion.terms ?? []).map(([term, value]) =>
    element("span", { class: "driver" }, element("bdi", {}, term), ` ${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`),
  );
  const spaced = terms.flatMap((term) => [term, " "]);
  const words = suggestion.model ? `Model (${suggestion.model}): ` : "There is no model to ask yet.";
  byId("drivers").replaceChildren(words, ...spaced);
  byId("drivers").hidden = false;
}

/** Shows the suggestion for the sets that are open to the reader. */
export function showSuggestion(suggestion, open, asked) {
  clear();
  if (!suggestion) return;
  for (const [name, guess] of Object.entries(suggestion.sets ?? {})) {
    if (open(name)) showSet(name, guess);
  }
  if (asked) showDrivers(suggestion);
}

/** In a few words, where the model differs from the label. */
export function differences(suggestion, labels) {
  const differing = Object.entries(suggestion.sets ?? {}).filter(
    ([name, guess]) => labels[name] !== undefined && guess.label !== labels[name],
  );
  if (differing.length === 0) return "the model agrees";
  return `the model: ${differing.map(([, guess]) => guess.label).join(", ")}`;
}
