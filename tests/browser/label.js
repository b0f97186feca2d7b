// What the tests of the labelling page need: the real program, a reader at its page, and the labels file.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { barriers, folder, picture, sideways } from "./browser.js";

const PROGRAM = process.env.STANCE_PROGRAM;
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]+\//;
const STARTS_WITHIN = 60_000;

/** Invented articles whose sentences are known: `Report 3 of paper 2 says …`. */
export function article(paper, sentences, words = "says that the talks on the strait went on.") {
  const lines = Array.from({ length: sentences }, (_, place) => `Report ${place + 1} of paper ${paper} ${words}`);
  const paragraphs = [];
  while (lines.length > 0) paragraphs.push(lines.splice(0, 5).join(" "));
  return `---\ntitle: "Paper ${paper}"\nauthor: "Ida Marsh"\ndate: 2023-04-0${1 + (paper % 9)}\n---\n\n${paragraphs.join("\n\n")}\n`;
}

/** A new folder for one test. */
export function room() {
  return mkdtempSync(join(folder, "label-"));
}

const running = new Set();

/** Ends what a test that failed has left running. */
export function endAll() {
  for (const child of running) child.kill("SIGKILL");
}

/** Starts the program; done when it has printed the address of its page. */
export async function start(...options) {
  const child = spawn(PROGRAM, options, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const gone = new Promise((done) => child.once("exit", done));
  const address = await new Promise((found, failed) => {
    let said = "";
    const listen = (piece) => {
      said += piece;
      const address = ADDRESS.exec(said)?.[0];
      if (address) found(address);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    gone.then((code) => failed(new Error(`the program ended with ${code}: ${said}`)));
    setTimeout(() => failed(new Error(`no address within a minute: ${said}`)), STARTS_WITHIN).unref();
  });
  const end = (signal) => {
    child.kill(signal);
    return gone;
  };
  return { address, end };
}

/** Starts `stance label` on a folder of articles. */
export function label(articles, labels, ...options) {
  return start("label", articles, "--labels", labels, "--no-open", ...options);
}

/** Opens the page, says who reads, and notes what a page must not do. */
export async function sit(browser, address, name, wishes = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...wishes });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.stack}`));
  page.on("console", (message) => {
    const text = message.text();
    // The browser itself notes each answer that is not a 200, and each connection refused.
    if (!text.startsWith("Failed to load resource")) faults.push(`console: ${text}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(address)) faults.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  await page.getByLabel("Name").fill(name);
  await page.keyboard.press("Enter");
  await at(page, 1);
  return { page, faults };
}

/** Waits until the sentence of that number is the one to label. */
export async function at(page, number) {
  await page.locator(`#s${number - 1}[aria-current]`).waitFor();
  await page.locator("#where", { hasText: new RegExp(`^Sentence ${number.toLocaleString("en")} of `) }).waitFor();
}

/** Presses keys one after the other. */
export async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

/** The rows of a labels file, as objects. */
export function rows(file) {
  if (!existsSync(file)) return [];
  const [head, ...lines] = cells(readFileSync(file, "utf8"));
  return lines.map((line) => Object.fromEntries(head.map((name, place) => [name, line[place]])));
}

function cells(text) {
  const found = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)];
  const lines = [[]];
  for (const [whole, quoted, plain, end] of found) {
    if (whole === "") break;
    lines.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "\n") lines.push([]);
  }
  return lines.filter((line) => line.length > 0);
}

/** Waits until the labels file is as it should be: it is written a moment after the journal. */
export async function eventually(check) {
  const end = Date.now() + 10_000;
  for (;;) {
    try {
      return check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

/** What holds for the page in whatever state it stands: light and dark, at a desk and on a phone. */
export async function assertSoundAsItStands(page, name) {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [{ width: 1280, height: 900 }, { width: 360, height: 740 }]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      const where = `${name}, ${colorScheme}, ${viewport.width} px`;
      assert.deepEqual(await barriers(page), [], where);
      assert.ok((await sideways(page)) <= 0, `${where} scrolls to the side`);
      await picture(page, `${name}-${colorScheme}-${viewport.width}`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}
