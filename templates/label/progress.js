// How far the reader has come: amount, pace, and how often each label was given.

import { byId, colour, count, drawing, element, tag } from "./element.js";

function amount(progress) {
  const words = [`${count(progress.labelled)} of ${count(progress.total)}`];
  if (progress.today) words.push(`${count(progress.today)} today`);
  if (progress.per_hour) words.push(`${count(Math.round(progress.per_hour))} an hour`);
  return words.join(" · ");
}

function pace(progress) {
  const words = [`${count(progress.labelled)} labelled, ${count(progress.skipped)} skipped, ${count(progress.unsure)} unsure.`];
  const left = progress.total - progress.labelled;
  if (progress.per_hour > 0 && left > 0) words.push(`At this pace the rest takes ${hours(left / progress.per_hour)}.`);
  const training = progress.retraining;
  if (training?.running) words.push("The model is learning from your labels …");
  else if (training?.next) words.push(`The model learns again at ${count(training.next)} labels.`);
  return words.join(" ");
}

function hours(length) {
  if (length < 1) return `${Math.max(1, Math.round(length * 60))} minutes`;
  return `${count(Math.round(length))} hour${Math.round(length) === 1 ? "" : "s"}`;
}

function numberOf(progress, set, label) {
  return progress.counts?.[set.name]?.[label.name] ?? 0;
}

function counted(progress, set) {
  return set.labels.flatMap((label) => {
    const text = ` ${count(numberOf(progress, set, label))}`;
    return [colour(element("span", { class: "tag", title: label.name }, element("span", { class: "mark", "aria-hidden": "true" }, label.mark ?? ""), element("span", { class: "unseen" }, label.name), text), label), " "];
  });
}

function bar(progress, set) {
  const numbers = set.labels.map((label) => numberOf(progress, set, label));
  const sum = numbers.reduce((a, b) => a + b, 0);
  let from = 0;
  const parts = set.labels.map((label, place) => {
    const width = sum ? (100 * numbers[place]) / sum : 0;
    const part = colour(drawing("rect", { x: `${from}%`, width: `${width}%`, height: "100%" }), label);
    from += width;
    return part;
  });
  return drawing("svg", { class: "bar", "aria-hidden": "true" }, ...parts);
}

function setRow(progress, set) {
  const labels = set.labels.map((label) => element("span", { class: "number" }, tag(label), ` ${count(numberOf(progress, set, label))}`));
  return element("div", { class: "count" }, element("h3", {}, set.name), bar(progress, set), element("p", {}, ...labels.flatMap((label) => [label, " "])));
}

/** Shows the progress everywhere it stands. */
export function showProgress(progress, sets) {
  byId("done").max = Math.max(1, progress.total);
  byId("done").value = progress.labelled;
  byId("amount").textContent = amount(progress);
  byId("counted").replaceChildren(...counted(progress, sets[0]));
  byId("pace").textContent = pace(progress);
  byId("warning").textContent = progress.warning ?? "";
  byId("counts").replaceChildren(...sets.map((set) => setRow(progress, set)));
}
