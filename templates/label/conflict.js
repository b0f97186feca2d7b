// Two tabs, one sentence: both labels are shown, and the reader decides.

import { open } from "./dialogs.js";
import { byId, element } from "./element.js";

function row(name, mine, other) {
  const differs = mine !== other;
  return element(
    "tr",
    { class: differs ? "differs" : null },
    element("th", { scope: "row" }, name, differs ? element("span", { class: "differ" }, " ≠") : null),
    element("td", {}, element("bdi", {}, mine)),
    element("td", {}, element("bdi", {}, other)),
  );
}

function value(label, name) {
  return label?.skipped ? "skipped" : (label?.labels?.[name] ?? "—");
}

function table(mine, other, sets) {
  const rows = sets.map((set) => row(set.name, value(mine, set.name), value(other, set.name)));
  for (const field of ["holder", "note"]) {
    if (mine[field] || other?.[field]) rows.push(row(field, mine[field] || "—", other?.[field] || "—"));
  }
  rows.push(row("unsure", mine.unsure ? "yes" : "no", other?.unsure ? "yes" : "no"));
  const head = element("tr", {}, element("td", {}), element("th", { scope: "col" }, "mine"), element("th", { scope: "col" }, "saved"));
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
}

/** Whether the reader wants their own label (true) or the one on disk. */
export async function decide(mine, other, sets) {
  const dialog = byId("conflict-dialog");
  byId("conflict").replaceChildren(table(mine, other, sets));
  byId("keep-mine").onclick = () => dialog.close("mine");
  byId("keep-other").onclick = () => dialog.close("other");
  dialog.onkeydown = (event) => {
    if (event.key === "1") dialog.close("mine");
    if (event.key === "2") dialog.close("other");
  };
  dialog.returnValue = "";
  // Browsers let a second Escape close any dialog; that decides nothing.
  while (dialog.returnValue === "") await open("conflict-dialog");
  return dialog.returnValue === "mine";
}
