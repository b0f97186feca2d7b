// Windows over the page: who reads, what comes next, where to go, the codebook.

import { byId, count, element } from "./element.js";

/** Opens a dialog; done when it is closed. */
export function open(id) {
  const dialog = byId(id);
  if (dialog.open) return Promise.resolve();
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", done, { once: true }));
}

/** The dialog that stands open, if one does. */
export function standing() {
  return document.querySelector("dialog[open]");
}

/** Lets every dialog be closed by its button, and lists be walked by the arrows. */
export function watchDialogs() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
    dialog.addEventListener("keydown", walk);
  }
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = event.currentTarget.querySelector(".choose");
  if (!step || !list) return;
  const stops = [event.currentTarget.querySelector("input"), ...list.querySelectorAll("button")].filter(Boolean);
  const here = stops.indexOf(document.activeElement);
  stops[Math.min(stops.length - 1, Math.max(0, here + step))]?.focus();
  event.preventDefault();
}

/** Asks who reads, until there is a name. */
export async function askName(known, current) {
  const dialog = byId("name-dialog");
  const form = dialog.querySelector("form");
  byId("names").replaceChildren(...known.map((name) => element("option", { value: name })));
  byId("name").value = current ?? "";
  form.onsubmit = (event) => {
    event.preventDefault();
    dialog.close(byId("name").value.trim());
  };
  dialog.returnValue = "";
  do await open("name-dialog");
  while (!dialog.returnValue && !current);
  return dialog.returnValue || current;
}

function option(words, about, action, dialog) {
  const node = element("button", { type: "button" }, ...words, about ? element("small", {}, about) : null);
  node.addEventListener("click", () => {
    dialog.close();
    action();
  });
  return node;
}

/** Lets the reader choose a queue, by the arrows or by its number. */
export function askQueue(queues, current, onQueue) {
  const dialog = byId("queue-dialog");
  const nodes = queues.map((queue, place) => {
    const node = option([element("kbd", {}, place + 1), " ", element("b", {}, queue.name)], queue.about, () => onQueue(queue.id), dialog);
    if (queue.id === current) node.setAttribute("aria-current", "true");
    return node;
  });
  byId("queues").replaceChildren(...nodes);
  dialog.onkeydown = (event) => nodes[Number(event.key) - 1]?.click();
  return open("queue-dialog");
}

function places(session, words, onJump) {
  const dialog = byId("jump-dialog");
  const number = Number(words.replaceAll(",", ""));
  if (words && Number.isInteger(number) && number >= 1 && number <= session.sentences) {
    return [option([`Sentence ${count(number)}`], null, () => onJump(number - 1), dialog)];
  }
  const wanted = words.toLowerCase();
  const fitting = session.articles.filter((article) => `${article.title} ${article.source}`.toLowerCase().includes(wanted));
  return fitting.slice(0, 50).map((article) => {
    const about = `from sentence ${count(article.first + 1)}, ${count(article.count)} sentences`;
    return option([element("bdi", {}, article.title || article.source)], about, () => onJump(article.first), dialog);
  });
}

/** Lets the reader go to a sentence by its number, or to an article by its title. */
export function askPlace(session, onJump) {
  const field = byId("jump");
  const list = byId("jumps");
  const refresh = () => list.replaceChildren(...places(session, field.value.trim(), onJump));
  field.value = "";
  field.oninput = refresh;
  field.onkeydown = (event) => {
    if (event.key === "Enter") list.querySelector("button")?.click();
  };
  refresh();
  return open("jump-dialog");
}

const HARMLESS = new Set("H1 H2 H3 H4 P UL OL LI TABLE THEAD TBODY TR TH TD EM STRONG CODE PRE BLOCKQUOTE HR BR".split(" "));

/** Copies headings, paragraphs, lists and tables; of everything else only the words. */
function harmless(node) {
  if (node.nodeType === Node.TEXT_NODE) return [node.textContent];
  if (node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE"].includes(node.tagName)) return [];
  const inside = [...node.childNodes].flatMap(harmless);
  return HARMLESS.has(node.tagName) ? [element(node.tagName, {}, ...inside)] : inside;
}

/** Shows the codebook. */
export function showCodebook(codebook) {
  const read = new DOMParser().parseFromString(codebook.html, "text/html");
  byId("codebook").replaceChildren(...harmless(read.body));
  const shown = open("codebook-dialog");
  byId("codebook").focus();
  return shown;
}
