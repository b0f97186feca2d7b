// Opening sentences by click or key, walking through them, and finding them on the timeline.

const sentences = [...document.querySelectorAll(".s")];
const marks = [...document.querySelectorAll(".timeline rect")];
/** The sentence that the Tab key reaches, and the one that is open. */
let current = sentences[0];
let opened = null;
let unpacked = null;

const STEPS = { j: 1, ArrowDown: 1, ArrowRight: 1, k: -1, ArrowUp: -1, ArrowLeft: -1 };

/** Every sentence's probabilities and reasons, unpacked when first asked for. */
function details() {
  unpacked ??= unpack("details.json").then((file) => file.text()).then(JSON.parse);
  return unpacked;
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A bar as long as a figure, in the colour of a label or of its sign. */
function bar(className, share) {
  const made = element("span", { className: `bar-line ${className}`, ariaHidden: "true" });
  made.style.setProperty("--share", share);
  return made;
}

/** One question: every label with its probability, the likeliest in bold. */
function answerRows(set, { label: chosen, unsure, probabilities }) {
  const head = element("th", { scope: "rowgroup", colSpan: 3 }, element("bdi", {}, set.name));
  if (unsure) head.append(" ", element("i", {}, "unsure"));
  const rows = set.labels.map((label, at) => {
    const share = parseFloat(probabilities[at].replace(/[<>]/, "")) / 100;
    const name = element("th", { scope: "row" }, `${label.mark} `, element("bdi", {}, label.name));
    const figure = element("td", {}, probabilities[at]);
    const drawn = element("td", {}, bar(label.class, share || 0));
    return element("tr", { className: at === chosen ? "chosen" : "" }, name, drawn, figure);
  });
  return element("tbody", {}, element("tr", {}, head), ...rows);
}

function answers(sets, found) {
  const rows = found.map((answer, at) => answerRows(sets[at], answer));
  return element("table", { className: "answers" }, ...rows);
}

/** What was added up to the score of the tag. */
function reasons({ label, parts, score }) {
  const value = (text) => parseFloat(text.replace("−", "-")) || 0;
  const longest = Math.max(...parts.map(([, text]) => Math.abs(value(text))), 0.01);
  const rows = parts.map(([term, text]) => {
    const sign = value(text) < 0 ? "against" : "for";
    const name = element("th", { scope: "row" }, element("bdi", {}, term));
    const drawn = element("td", {}, bar(sign, Math.abs(value(text)) / longest));
    return element("tr", {}, name, drawn, element("td", {}, text));
  });
  const total = element("th", { scope: "row", colSpan: 2 }, "the score, their sum");
  rows.push(element("tr", { className: "net" }, total, element("td", {}, score)));
  const caption = element("caption", {}, "What made it ", element("bdi", {}, label));
  return element("table", {}, caption, element("tbody", {}, ...rows));
}

/** What is known of a sentence. */
function panel(sentence, { sets, sentences: known }) {
  const { answers: found, why } = known[sentences.indexOf(sentence)];
  const title = `Sentence ${sentence.id.split("s").pop()}`;
  const shut = element("button", { type: "button", className: "shut", ariaLabel: "Close" }, "×");
  const head = element("p", {}, title, shut);
  const parts = [head, answers(sets, found)];
  if (why) parts.push(reasons(why));
  const made = element("div", { className: `why ${labelClass(sentence)}` }, ...parts);
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", title);
  return made;
}

function labelClass(sentence) {
  return [...sentence.classList].find((name) => /^s\d+l\d+$/.test(name)) ?? "";
}

/** Its mark, which is a button that keeps to the line of the words. */
const button = (sentence) => sentence.querySelector("[role=button]");

/** Makes a sentence the one that keys start from. */
function select(sentence) {
  for (const [one, here] of [[current, false], [sentence, true]]) {
    button(one)?.setAttribute("tabindex", here ? "0" : "-1");
    marks[sentences.indexOf(one)]?.classList.toggle("current", here);
  }
  current = sentence;
}

function close() {
  if (!opened) return;
  button(opened).ariaExpanded = "false";
  document.querySelector(".why")?.remove();
  opened = null;
}

async function open(sentence) {
  close();
  select(sentence);
  opened = sentence;
  button(sentence).ariaExpanded = "true";
  remember(sentence.id);
  const known = await details();
  // The reader may have gone on meanwhile.
  if (opened === sentence) sentence.after(panel(sentence, known));
}

function toggle(sentence) {
  if (opened === sentence) close();
  else open(sentence);
}

function reach(sentence, block = "nearest") {
  button(sentence)?.focus({ preventScroll: true });
  sentence.scrollIntoView({ block });
}

/** To the next sentence that the filter lets through, or the one before. */
function walk(step) {
  const begun = current.contains(document.activeElement) || opened === current;
  let at = sentences.indexOf(current) + (begun ? step : 0);
  while (sentences[at]?.classList.contains("out")) at += step;
  if (!sentences[at]) return;
  if (opened) open(sentences[at]);
  else select(sentences[at]);
  reach(sentences[at]);
}

/** The sentence whose mark on the timeline is pointed at. */
function pointed(event) {
  const drawing = event.target.closest?.(".timeline svg");
  if (!drawing) return null;
  const { left, width } = drawing.getBoundingClientRect();
  const own = drawing.querySelectorAll("rect");
  const at = Math.floor(((event.clientX - left) / width) * own.length);
  return sentences[marks.indexOf(own[Math.min(Math.max(at, 0), own.length - 1)])];
}

document.addEventListener("click", (event) => {
  if (event.target.closest(".shut")) {
    const before = opened;
    close();
    return reach(before);
  }
  const marked = pointed(event);
  if (marked) {
    open(marked);
    return reach(marked, "center");
  }
  const sentence = event.target.closest(".s");
  if (!sentence || !button(sentence) || getSelection().toString()) return;
  toggle(sentence);
});

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || !current) return;
  const arrow = event.key.startsWith("Arrow");
  if (event.key === "Escape" && opened) {
    const before = opened;
    close();
    reach(before);
  } else if ((event.key === "Enter" || event.key === " ") && event.target.matches(".s > .mark")) {
    event.preventDefault();
    toggle(current);
  } else if (STEPS[event.key] && (!arrow || event.target.closest(".s"))) {
    event.preventDefault();
    walk(STEPS[event.key]);
  }
});

/** Under the timeline: the words of the sentence that is pointed at. */
document.addEventListener("pointermove", (event) => {
  const sentence = pointed(event);
  const peek = event.target.closest?.(".timeline")?.querySelector(".peek");
  if (!peek || !sentence) return;
  const words = sentence.querySelector(".words").textContent;
  peek.textContent = `${button(sentence)?.ariaLabel ?? ""}: ${words}`;
});

button(current ?? document.body)?.setAttribute("tabindex", "0");
