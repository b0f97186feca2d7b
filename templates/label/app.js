// The labelling page: asks who reads, and joins keys, buttons and dialogs to the reader's way.

import { api, patiently } from "./api.js";
import { buildChoices } from "./choices.js";
import { showCurve } from "./curve.js";
import { askName, askPlace, askQueue, open, showCodebook, standing, watchDialogs } from "./dialogs.js";
import { byId } from "./element.js";
import { Flow } from "./flow.js";
import { buildHelp, meaningOf, strokeOf } from "./keys.js";
import { watchReadings } from "./readings.js";
import { search } from "./search.js";
import { tab } from "./tab.js";
import { trouble } from "./trouble.js";

const WATCH = 3_000;

let flow;

function write(field) {
  byId(`${field}-field`).hidden = false;
  byId(field).focus();
}

function lookAtProgress() {
  byId("progress").scrollIntoView();
  byId("progress").focus();
}

async function codebook() {
  showCodebook(await patiently(api.codebook, trouble));
}

async function changeAnnotator() {
  const name = await askName(flow.session.annotators, flow.annotator);
  if (name !== flow.annotator) await begin(flow.session, name);
}

const commands = {
  save: () => flow.save(),
  undo: () => flow.undo(),
  skip: () => flow.skip(),
  unsure: () => flow.change({ ...flow.draft, unsure: !flow.draft.unsure }),
  note: () => write("note"),
  holder: () => flow.session.holders && write("holder"),
  suggestion: () => flow.toggleSuggestion(),
  after: () => flow.walk(1),
  before: () => flow.walk(-1),
  resume: () => flow.resume(),
  jump: () => askPlace(flow.session, (id) => flow.go(id)),
  search: () => search(flow.annotator, (id) => flow.go(id)),
  queue: () => askQueue(flow.session.queues, flow.queue, switchQueue),
  progress: lookAtProgress,
  codebook,
  help: () => open("help-dialog"),
  annotator: changeAnnotator,
};

function switchQueue(queue) {
  flow.switchQueue(queue);
  nameQueue();
}

function nameQueue() {
  byId("queue").textContent = flow.session.queues.find((queue) => queue.id === flow.queue).name;
}

// Keys.

function isField(node) {
  return node instanceof HTMLInputElement && node.type !== "checkbox";
}

/** Enter and Escape leave a field; Enter also saves when nothing is wanted any more. */
function onFieldKey(event) {
  if (event.key !== "Enter" && event.key !== "Escape") return;
  event.preventDefault();
  byId("article").querySelector("[aria-current]").focus({ preventScroll: true });
  if (event.key === "Enter") flow.leaveField();
}

function act(meaning) {
  if (meaning.label !== undefined) flow.choose(meaning.set, meaning.label);
  else if (meaning.reading !== undefined) flow.takeReading(meaning.reading);
  else commands[meaning.command]();
}

function onKey(event) {
  if (standing()) return closeByItsKey(event);
  if (event.isComposing || !flow?.view) return undefined;
  if (isField(event.target)) return onFieldKey(event);
  const stroke = strokeOf(event);
  const pressesButton = (stroke === "Enter" || stroke === " ") && event.target.closest("button");
  const meaning = stroke && !pressesButton ? meaningOf(stroke, flow.sets) : null;
  if (!meaning || (stroke.length === 1 && !flow.settings.keys)) return undefined;
  event.preventDefault();
  // A key held down walks through sentences, and does nothing else twice.
  if (event.repeat && !["after", "before"].includes(meaning.command)) return undefined;
  if (stroke === "Enter" && trouble.hurry()) return undefined;
  return act(meaning);
}

/** The key that opened the codebook or the help closes it again. */
function closeByItsKey(event) {
  const command = { "codebook-dialog": "codebook", "help-dialog": "help" }[standing().id];
  const stroke = strokeOf(event);
  if (!command || !stroke || meaningOf(stroke, [])?.command !== command) return;
  event.preventDefault();
  standing().close();
}

// Mouse, touch, fields.

function onClick(event) {
  const command = event.target.closest("[data-command]")?.dataset.command;
  const sentence = event.target.closest(".sentence");
  if (!flow?.view) return;
  if (command) commands[command]();
  else if (sentence && getSelection().isCollapsed) flow.go(Number(sentence.dataset.id));
}

function watchField(field) {
  byId(field).addEventListener("input", () => flow.change({ ...flow.draft, [field]: byId(field).value }));
}

function watchSettings() {
  for (const box of document.querySelectorAll("[data-setting]")) {
    box.checked = tab.settings()[box.dataset.setting];
    box.addEventListener("change", () => {
      flow.settings = { ...flow.settings, [box.dataset.setting]: box.checked };
      tab.keepSettings(flow.settings);
      flow.refresh();
    });
  }
}

function watchPage() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  addEventListener("hashchange", () => flow?.view && flow.go(Number(location.hash.slice(1)) - 1));
  addEventListener("beforeunload", (event) => {
    if (tab.unsent()) event.preventDefault();
  });
  watchDialogs();
  watchField("holder");
  watchField("note");
  watchReadings((place) => flow.takeReading(place));
  watchSettings();
}

// The background: the model learns while the reader reads.

/** Draws the curve anew whenever the model has learned, and looks again while it learns. */
function watchTraining() {
  let learnedAt;
  let timer;
  return (progress) => {
    const training = progress.retraining;
    const state = training?.running ? "running" : (training?.at ?? "none");
    if (state !== learnedAt && state !== "running") api.curve().then(showCurve).catch(() => {});
    learnedAt = state;
    clearTimeout(timer);
    if (training?.running) timer = setTimeout(refreshProgress, WATCH);
  };
}

function refreshProgress() {
  api.progress(flow.annotator).then((progress) => flow.showDone(progress)).catch(() => {});
}

// The start.

async function begin(session, annotator) {
  tab.keepAnnotator(annotator);
  byId("annotator").textContent = `Reader: ${annotator}`;
  flow = new Flow(session, annotator);
  flow.onProgress = watchTraining();
  nameQueue();
  await flow.start();
}

async function main() {
  watchPage();
  const session = await patiently(api.session, trouble);
  byId("title").textContent = session.title;
  document.title = `${session.title} · stance ${session.mode}`;
  document.body.dataset.mode = session.mode;
  buildChoices(session.sets, (set, label) => flow.choose(set, label));
  buildHelp(session);
  const annotator = tab.annotator() ?? session.annotator ?? (await askName(session.annotators, null));
  await begin(session, annotator);
}

main().catch((error) => trouble.show(error));
