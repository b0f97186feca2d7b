// The article report, as its readers use it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertSound, folder, launch, open, saved } from "./browser.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** A test on a page that must stay without fault. */
function on(file, name, use, wishes) {
  test(name, async () => {
    const { page, faults } = await open(browser, file, wishes);
    await use(page);
    assert.deepEqual(faults, []);
    await page.context().close();
  });
}

const SENTENCE = "#a2s4";
const chip = (page, label) => page.locator(".chip", { hasText: label });
const isOut = (sentence) => sentence.classList.contains("out");
const fragment = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const focused = (page) => page.evaluate(() => document.activeElement.closest(".s")?.id);

async function openSentence(page) {
  await page.locator(`${SENTENCE} .words`).click();
  await page.locator(".why").waitFor();
}

test("the examples are sound", () => assertSound(browser, "examples.html", openSentence));
test("an article alone is sound", () => assertSound(browser, "alone.html"));
test("a hostile article is sound", () => assertSound(browser, "hostile.html"));
test("labels without order are sound", () => assertSound(browser, "plain.html"));

on("examples.html", "a click opens a sentence, and another closes it", async (page) => {
  await openSentence(page);
  const text = await page.locator(".why").innerText();
  for (const part of ["sceptical", "claim", "reported", "%", "What made it", "their sum"]) {
    assert.ok(text.includes(part), `${part}: ${text}`);
  }
  assert.equal(await page.locator(`${SENTENCE} .mark`).getAttribute("aria-expanded"), "true");
  assert.equal(await fragment(page), SENTENCE);
  await page.locator(`${SENTENCE} .words`).click();
  assert.equal(await page.locator(".why").count(), 0);
});

on("examples.html", "the terms of a sentence add up to its score", async (page) => {
  await openSentence(page);
  const figures = await page.locator(".why table:last-of-type td:last-child").allInnerTexts();
  const hundredths = figures.map((text) => Math.round(100 * Number(text.replace("−", "-"))));
  const score = hundredths.pop();
  assert.ok(hundredths.length > 10);
  assert.equal(hundredths.reduce((sum, value) => sum + value), score);
});

on("examples.html", "keys walk, open and close", async (page) => {
  await page.keyboard.press("j");
  assert.equal(await focused(page), "a1s1");
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowRight");
  assert.equal(await focused(page), "a1s3");
  await page.keyboard.press("k");
  assert.equal(await focused(page), "a1s2");
  await page.keyboard.press("Enter");
  await page.getByRole("group", { name: "Sentence 2" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("group", { name: "Sentence 3" }).waitFor();
  assert.equal(await page.locator(".why").count(), 1);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".why").count(), 0);
  assert.equal(await focused(page), "a1s3");
  await page.keyboard.press("Space");
  await page.locator(".why").waitFor();
});

on("examples.html", "a filter counts, walks and stands in the address", async (page) => {
  const all = await page.locator(".s").count();
  await chip(page, "optimistic").click();
  await chip(page, "author").click();
  const left = await page.locator(".s:not(.out)").count();
  assert.ok(left > 0 && left < all);
  assert.equal(await page.getByRole("status").innerText(), `${left} of ${all} sentences`);
  assert.equal(await fragment(page), "#stance=optimistic&voice=author");
  assert.equal(await page.locator(".timeline rect:not(.out)").count(), left);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await page.locator(`#${await focused(page)}`).evaluate(isOut), false);
  await page.getByRole("button", { name: "Show all" }).click();
  assert.equal(await page.getByRole("status").innerText(), `${all} sentences`);
  assert.equal(await page.locator(".s.out").count(), 0);
});

const kept = { fragment: "#a2s4&stance=sceptical&role=claim" };
on(
  "examples.html",
  "an address brings filter and place back",
  async (page) => {
    assert.equal(await page.locator(":checked").count(), 2);
    assert.ok((await page.locator(".s.out").count()) > 0);
    assert.ok(await page.locator(SENTENCE).evaluate((sentence) => sentence.getBoundingClientRect().top > 0));
    await page.locator("nav a").first().click();
    await page.waitForFunction(() => location.hash.startsWith("#a1&"));
    assert.equal(await fragment(page), "#a1&stance=sceptical&role=claim");
  },
  kept,
);

on("examples.html", "a mark on the timeline leads to its sentence", async (page) => {
  await page.locator("#a2 .timeline rect").nth(3).click({ force: true });
  await page.locator(".why").waitFor();
  assert.equal(await focused(page), "a2s4");
});

on("examples.html", "what is saved is what the program writes", async (page) => {
  const json = await saved(page, "JSON");
  assert.deepEqual(json, readFileSync(join(folder, "examples.json")));
  assert.equal(JSON.parse(json).length, 4);
  assert.deepEqual(await saved(page, "CSV"), readFileSync(join(folder, "examples.csv")));
});

on("hostile.html", "hostile text is shown and does nothing", async (page) => {
  assert.match(await page.title(), /<\/title><script>/);
  assert.equal(await page.locator("article :is(img, script, iframe, a, b)").count(), 0);
  await page.locator(".s .words").first().click();
  await page.locator(".why").waitFor();
  assert.deepEqual(await saved(page, "CSV"), readFileSync(join(folder, "hostile.csv")));
});

on("hostile.html", "a policy stops what would get in all the same", async (page) => {
  await page.evaluate(() => {
    document.querySelector("main").insertAdjacentHTML("beforeend", "<i onclick='document.title = 1'>x</i>");
    addEventListener("securitypolicyviolation", () => (window.stopped = true));
    document.querySelector("main > i").click();
  });
  await page.waitForFunction(() => window.stopped);
  assert.notEqual(await page.title(), "1");
}, { expected: /Content Security Policy/ });

/** A watch over the processor time, in milliseconds, that a page has taken so far: that of other
 * programs on the machine does not count. */
async function stopwatch(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration").value;
  };
}

test("two hundred articles open in two seconds and answer at once", async (run) => {
  let read;
  const prepare = async (page) => (read = await stopwatch(page));
  const { page, faults } = await open(browser, "many.html", { prepare });
  const loaded = await read();
  await page.locator(".chip").first().click();
  const filtered = (await read()) - loaded;
  await page.locator("#a100s3 .words").click();
  await page.locator(".why").waitFor();
  const opened = (await read()) - loaded - filtered;
  run.diagnostic(`loaded in ${loaded} ms, filtered in ${filtered} ms, opened in ${opened} ms`);
  assert.equal(await page.locator("article").count(), 200);
  assert.ok(loaded < 2000, `loaded in ${loaded} ms`);
  assert.ok(filtered < 500, `filtered in ${filtered} ms`);
  assert.ok(opened < 1000, `opened in ${opened} ms`);
  assert.deepEqual(faults, []);
  await page.context().close();
});
