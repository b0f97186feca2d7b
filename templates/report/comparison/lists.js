// Lists that can be sorted and filtered; beyond the first rows they show all when asked to.

/** What a row is sorted by: text, or a number, unknown ones last. */
function sortKey(row, key) {
  if (key === "name") return row.cells[0].querySelector("bdi").textContent;
  return row.dataset[key] === "" ? -Infinity : Number(row.dataset[key]);
}

function sort(table, header) {
  const key = header.dataset.key;
  const first = key === "name" ? "ascending" : "descending";
  const other = first === "ascending" ? "descending" : "ascending";
  const order = header.ariaSort === first ? other : first;
  const sign = order === "ascending" ? 1 : -1;
  for (const one of table.tHead.rows[0].cells) one.removeAttribute("aria-sort");
  header.ariaSort = order;
  const compare = (a, b) => (key === "name" ? a.localeCompare(b) : a - b || 0);
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [sortKey(row, key), row]);
  rows.sort(([a], [b]) => sign * compare(a, b));
  body.append(...rows.map(([, row]) => row));
}

function startList(list) {
  const table = list.querySelector("table");
  const find = list.querySelector("[name=find]");
  const apart = list.querySelector("[name=apart]");
  const output = list.querySelector("output");
  const rows = [...table.tBodies[0].rows];
  const names = new Map(rows.map((row) => [row, row.cells[0].textContent.toLowerCase()]));
  const more = document.createElement("button");
  let most = Number(list.dataset.most ?? Infinity);

  function show() {
    const wanted = find?.value.trim().toLowerCase() ?? "";
    let found = 0;
    for (const row of table.tBodies[0].rows) {
      const fits = names.get(row).includes(wanted) && (!apart?.checked || row.classList.contains("apart"));
      found += fits ? 1 : 0;
      row.hidden = !fits || found > most;
    }
    more.hidden = found <= most;
    more.textContent = `Show all ${found.toLocaleString("en")}`;
    if (output) output.textContent = wanted || apart?.checked ? `${found.toLocaleString("en")} found` : "";
  }

  more.type = "button";
  more.addEventListener("click", () => {
    most = Infinity;
    show();
  });
  table.after(more);
  find?.addEventListener("input", show);
  apart?.addEventListener("change", show);
  for (const header of table.querySelectorAll("th[data-key]")) {
    header.querySelector("button").addEventListener("click", () => {
      sort(table, header);
      show();
    });
  }
  show();
}

document.querySelectorAll(".listing").forEach(startList);

const closed = [];
addEventListener("beforeprint", () => {
  closed.push(...document.querySelectorAll("details:not([open])"));
  for (const part of closed) part.open = true;
});
addEventListener("afterprint", () => {
  for (const part of closed.splice(0)) part.open = false;
});
