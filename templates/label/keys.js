// Which key does what.

import { byId, element } from "./element.js";

/** The commands, in the order of the help page. */
export const COMMANDS = [
  { name: "save", keys: ["Enter"], about: "save what is chosen and go on" },
  { name: "undo", keys: ["u", "Ctrl+z"], about: "take back the last label" },
  { name: "skip", keys: ["s"], about: "skip this sentence" },
  { name: "unsure", keys: ["x", "?"], about: "mark the label as unsure" },
  { name: "note", keys: ["n"], about: "write a note (Enter: done)" },
  { name: "holder", keys: ["v"], about: "name whose voice it is" },
  { name: "suggestion", keys: ["m"], about: "show or hide what the model thinks" },
  { name: "after", keys: ["ArrowDown", "ArrowRight"], about: "the sentence after this one" },
  { name: "before", keys: ["ArrowUp", "ArrowLeft"], about: "the sentence before this one" },
  { name: "resume", keys: ["w"], about: "the next one in the queue, this one left as it is" },
  { name: "jump", keys: ["g"], about: "go to a sentence or an article" },
  { name: "search", keys: ["/"], about: "search the articles" },
  { name: "queue", keys: ["o"], about: "change what comes next" },
  { name: "progress", keys: ["k"], about: "progress, counts and learning curve" },
  { name: "codebook", keys: ["c", "F1"], about: "the codebook" },
  { name: "help", keys: ["h"], about: "these keys" },
];

const SHOWN = { ArrowDown: "↓", ArrowRight: "→", ArrowUp: "↑", ArrowLeft: "←" };

/** The key as the tables name it; digits are read from their place, since some layouts hide them behind Shift. */
export function strokeOf(event) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) return `Ctrl+${event.key.toLowerCase()}`;
  if (/^\d$/.test(event.key)) return event.key;
  if (digit && event.shiftKey) return event.key === "?" ? "?" : `Shift+${digit}`;
  if (digit) return digit;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

/** What a stroke means: a label, a reading to take, or a command. Labels come first. */
export function meaningOf(stroke, sets) {
  for (const set of sets) {
    const label = set.labels.find((known) => known.key === stroke);
    if (label) return { set: set.name, label: label.name };
  }
  const reading = /^Shift\+([1-9])$/.exec(stroke)?.[1];
  if (reading) return { reading: Number(reading) - 1 };
  const command = COMMANDS.find((known) => known.keys.includes(stroke));
  return command ? { command: command.name } : null;
}

function keyRow(keys, words) {
  const caps = keys.flatMap((key, place) => [place ? " " : "", element("kbd", {}, SHOWN[key] ?? key)]);
  return element("tr", {}, element("th", { scope: "row" }, ...caps), element("td", {}, ...words));
}

function table(title, rows) {
  return element("table", {}, element("caption", {}, title), element("tbody", {}, ...rows));
}

/** Fills the help page. */
export function buildHelp(session) {
  const labels = session.sets.map((set) =>
    table(
      set.name,
      set.labels.map((label) => keyRow([label.key], [element("b", {}, label.name), label.meaning ? ` ${label.meaning}` : ""])),
    ),
  );
  const commands = COMMANDS.map((command) => keyRow(command.keys, [command.about]));
  if (session.mode === "adjudicate") commands.push(keyRow(["⇧1", "⇧2"], ["take the first, the second reading"]));
  commands.push(keyRow(["Esc"], ["back to the sentence"]));
  byId("keys").replaceChildren(...labels, table("commands", commands));
}
