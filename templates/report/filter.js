// Filtering sentences by their labels. The choice stands in the address, behind the place.

const form = document.querySelector(".tools");
const boxes = [...document.querySelectorAll(".tools fieldset")].map((set) => [...set.querySelectorAll("input")]);
const tags = sentences.map((sentence) => sentence.dataset.tags.split(" ").map(Number));
const articles = [...document.querySelectorAll("article")];
const entries = document.querySelectorAll("nav li");
/** The article or sentence that the address names. */
let place = "";

/** Dims what no question lets through; a question without a choice lets everything through. */
function filter() {
  const wanted = boxes.map((set) => set.flatMap(({ checked }, label) => (checked ? [label] : [])));
  const isOut = (labels) => wanted.some((set, at) => set.length && !set.includes(labels[at]));
  let left = 0;
  sentences.forEach((sentence, at) => {
    const out = isOut(tags[at]);
    sentence.classList.toggle("out", out);
    marks[at]?.classList.toggle("out", out);
    left += out ? 0 : 1;
  });
  articles.forEach((article, at) => {
    entries[at]?.classList.toggle("out", !article.querySelector(".s:not(.out)"));
  });
  count(left, wanted.some((set) => set.length));
}

function count(left, chosen) {
  const all = sentences.length.toLocaleString("en");
  const words = chosen ? `${left.toLocaleString("en")} of ${all} sentences` : `${all} sentences`;
  form.querySelector("output").textContent = words;
  form.querySelector("[type=reset]").hidden = !chosen;
}

/** Takes the choice back at once; by itself the form would do it only after its event. */
function showAll(event) {
  event.preventDefault();
  form.reset();
  form.dispatchEvent(new Event("change"));
}

/** Writes place and choice into the address, without a step in the browser's history. */
function remember(id) {
  place = id;
  const choice = new URLSearchParams(new FormData(form)).toString();
  const fragment = [place, choice].filter(Boolean).join("&");
  history.replaceState(null, "", `#${fragment}`);
}

/** Takes place and choice from the address; an address without a choice leaves the choice alone. */
function recall() {
  const asked = [...new URLSearchParams(location.hash.slice(1))];
  const choice = asked.filter(([, value]) => value);
  for (const box of choice.length ? boxes.flat() : []) {
    box.checked = choice.some(([name, value]) => name === box.name && value === box.value);
  }
  filter();
  const target = document.getElementById(asked.find(([, value]) => !value)?.[0] ?? "");
  if (!target) return;
  remember(target.id);
  if (target.matches(".s")) select(target);
  target.scrollIntoView();
}

if (form) {
  form.addEventListener("change", () => {
    filter();
    remember(place);
  });
  form.querySelector("[type=reset]").addEventListener("click", showAll);
  form.addEventListener("submit", (event) => event.preventDefault());
  const wide = matchMedia("(min-width: 48rem)");
  const unfold = () => (form.querySelector("details").open = wide.matches);
  wide.addEventListener("change", unfold);
  unfold();
  addEventListener("hashchange", recall);
  recall();
}
