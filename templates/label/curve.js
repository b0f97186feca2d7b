// The held-out learning curve: the score by the number of labels, its interval, and what more labels would bring.

import { byId, count, drawing } from "./element.js";

const WIDTH = 340;
const HEIGHT = 170;
const EDGE = { left: 36, right: 12, top: 10, bottom: 26 };

/** A point whose interval is unknown is drawn without one. */
function closed(point) {
  return { ...point, low: point.low ?? point.score, high: point.high ?? point.score };
}

function scales(points) {
  const most = Math.max(...points.map((point) => point.labels));
  const low = Math.max(0, Math.floor(Math.min(...points.map((point) => point.low)) * 10) / 10);
  const high = Math.min(1, Math.ceil(Math.max(...points.map((point) => point.high)) * 10) / 10);
  const span = Math.max(0.1, high - low);
  return {
    low,
    high: low + span,
    most,
    x: (labels) => EDGE.left + (labels / most) * (WIDTH - EDGE.left - EDGE.right),
    y: (score) => HEIGHT - EDGE.bottom - ((score - low) / span) * (HEIGHT - EDGE.top - EDGE.bottom),
  };
}

function path(pairs) {
  return pairs.map(([x, y], place) => `${place ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

function axes(scale) {
  const marks = [scale.low, (scale.low + scale.high) / 2, scale.high];
  const lines = marks.map((score) => drawing("line", { class: "grid", x1: EDGE.left, x2: WIDTH - EDGE.right, y1: scale.y(score), y2: scale.y(score) }));
  const scores = marks.map((score) => drawing("text", { x: EDGE.left - 6, y: scale.y(score) + 4, "text-anchor": "end" }, score.toFixed(2)));
  const labels = [0, scale.most].map((number) => drawing("text", { x: scale.x(number), y: HEIGHT - 8, "text-anchor": number ? "end" : "start" }, count(number)));
  const middle = drawing("text", { x: scale.x(scale.most / 2), y: HEIGHT - 8, "text-anchor": "middle" }, "labels");
  return [...lines, ...scores, ...labels, middle];
}

function band(points, scale) {
  const upper = points.map((point) => [scale.x(point.labels), scale.y(point.high)]);
  const lower = points.map((point) => [scale.x(point.labels), scale.y(point.low)]).reverse();
  return drawing("path", { class: "band", d: `${path([...upper, ...lower])}Z` });
}

function line(points, scale, kind) {
  return drawing("path", { class: kind, d: path(points.map((point) => [scale.x(point.labels), scale.y(point.score)])) });
}

function dots(points, scale) {
  return points.map((point) => drawing("circle", { cx: scale.x(point.labels), cy: scale.y(point.score), r: 3.5 }, drawing("title", {}, `${count(point.labels)} labels: ${point.score.toFixed(2)} (${point.low.toFixed(2)} to ${point.high.toFixed(2)})`)));
}

function expectation(last, expected, scale) {
  const x = scale.x(expected.labels);
  const whisker = drawing("line", { class: "expected", x1: x, x2: x, y1: scale.y(expected.low), y2: scale.y(expected.high) });
  return [line([last, expected], scale, "expected"), whisker];
}

function chart(curve) {
  const known = curve.points.filter((point) => point.score !== null).map(closed);
  if (known.length === 0) return null;
  const expected = curve.expected && closed(curve.expected);
  const scale = scales(expected ? [...known, expected] : known);
  const ahead = expected ? expectation(known.at(-1), expected, scale) : [];
  const words = `${curve.score} by number of labels, with 95% intervals. ${curve.words ?? ""}`;
  return drawing(
    "svg",
    { class: "chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": words },
    ...axes(scale),
    band(known, scale),
    line(known, scale, "line"),
    ...ahead,
    ...dots(known, scale),
  );
}

function sentence(words) {
  const whole = /[.!?]$/.test(words) ? words : `${words}.`;
  return whole[0].toUpperCase() + whole.slice(1);
}

/** Shows the curve, or why there is none yet. */
export function showCurve(curve) {
  byId("curve").hidden = false;
  byId("curve-title").textContent = `Learning curve: held-out ${curve.score}${curve.set ? ` of ${curve.set}` : ""}`;
  byId("curve-chart").replaceChildren(...[chart(curve)].filter(Boolean));
  byId("curve-words").textContent = [curve.words, curve.note].filter(Boolean).map(sentence).join(" ");
}
