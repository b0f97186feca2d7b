// Elements are built from text nodes only, so that no article can smuggle in markup.

const SVG = "http://www.w3.org/2000/svg";

function furnish(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An HTML element; an attribute that is `false` or `null` is left out. */
export function element(name, attributes = {}, ...children) {
  return furnish(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function drawing(name, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, name), attributes, children);
}

/** The element of the page with that id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Gives an element the colour of a label; only `#rrggbb` is believed. */
export function colour(node, label) {
  if (/^#[0-9a-f]{6}$/i.test(label?.colour ?? "")) node.style.setProperty("--label", label.colour);
  else node.style.removeProperty("--label");
  return node;
}

/** A whole number as it is read: `12,400`. */
export function count(number) {
  return Number(number).toLocaleString("en");
}

/** A label's mark; an initial before its own word would say nothing. */
export function markOf(label) {
  const initial = label.name.toUpperCase().startsWith(label.mark);
  return element("span", { class: "mark", "aria-hidden": "true" }, initial ? "" : `${label.mark} `);
}

/** A label with its mark. */
export function tag(label) {
  return colour(element("span", { class: "tag" }, markOf(label), element("bdi", {}, label.name)), label);
}
