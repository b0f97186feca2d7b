// The comparison, as its readers use it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertSound, launch, open, saved } from "./browser.js";

const SMALL = "compared.html";
const LARGE = "compared-many.html";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Opens every portrait, as a reader does who reads on. */
async function unfold(page) {
  const closed = await page.locator("details:not([open]) > summary").all();
  // From the end, so that those that are left keep their places.
  for (const part of closed.reverse()) await part.click();
}

const names = (page) => page.locator(".chart").first().locator("tbody tr:visible th bdi").allTextContents();
const figures = async (page) => {
  const texts = await page.locator(".chart").first().locator("td.figure").allTextContents();
  return texts.map((text) => parseFloat(text.replace("−", "-")));
};

test("the examples are sound", () => assertSound(browser, SMALL, unfold));

test("a hostile comparison is sound", () => assertSound(browser, "compared-hostile.html", unfold));

test("rows are sorted by name, net and sentences, by click and by key", async () => {
  const { page, faults } = await open(browser, SMALL);
  const header = (name) => page.locator(".chart").first().getByRole("button", { name });
  await header("author").click();
  const sorted = await names(page);
  assert.deepEqual(sorted, [...sorted].sort((a, b) => a.localeCompare(b)));
  await header("net").focus();
  await page.keyboard.press("Enter");
  let nets = await figures(page);
  assert.deepEqual(nets, [...nets].sort((a, b) => b - a));
  await page.keyboard.press("Enter");
  nets = await figures(page);
  assert.deepEqual(nets, [...nets].sort((a, b) => a - b));
  assert.equal(await page.locator("th[data-key=net]").first().getAttribute("aria-sort"), "ascending");
  await header("sentences").click();
  const counted = await page.locator(".chart").first().locator("tbody td:last-child").allTextContents();
  assert.deepEqual(counted.map(Number), counted.map(Number).sort((a, b) => b - a));
  assert.deepEqual(faults, []);
});

test("verdicts are filtered by name and by whether they tell apart", async () => {
  const { page, faults } = await open(browser, LARGE);
  const list = page.locator(".pairs");
  const shown = list.locator("tbody tr:visible");
  assert.equal(await shown.count(), 50);
  const name = (await names(page))[0];
  await list.getByRole("searchbox").fill(name);
  for (const verdict of await shown.locator("th").allTextContents()) assert.ok(verdict.includes(name));
  await list.getByRole("searchbox").fill("");
  await list.getByRole("checkbox").check();
  assert.equal(await shown.count(), Math.min(50, await list.locator("tbody tr.apart").count()));
  await list.getByRole("checkbox").uncheck();
  await list.getByRole("button", { name: /^Show all/ }).click();
  assert.equal(await shown.count(), await list.locator("tbody tr").count());
  assert.deepEqual(faults, []);
});

test("a name leads to its portrait", async () => {
  const { page, faults } = await open(browser, LARGE);
  const link = page.locator(".chart").first().getByRole("link").first();
  const name = await link.textContent();
  await link.focus();
  await page.keyboard.press("Enter");
  const opened = page.locator(".portrait[open]");
  assert.equal(await opened.locator("h3").textContent(), name);
  assert.ok(await opened.locator(".pieces").isVisible());
  assert.deepEqual(faults, []);
});

test("one name among many is shown on the calendar", async () => {
  const { page, faults } = await open(browser, LARGE);
  await page.getByRole("combobox").selectOption({ index: 1 });
  const bright = page.locator(".calendar [data-row]:not(.dim)");
  assert.ok((await bright.count()) > 0 && (await page.locator(".calendar .dim").count()) > 0);
  assert.deepEqual(faults, []);
});

test("JSON and CSV are saved as the program writes them", async () => {
  const { page, faults } = await open(browser, SMALL);
  const json = JSON.parse((await saved(page, "JSON")).toString());
  assert.equal(json.schema, "stance-comparison/1");
  const csv = (await saved(page, "CSV")).toString();
  assert.ok(csv.startsWith("name,articles,sentences,counted_sentences"));
  assert.equal(csv.trim().split("\n").length, json.rows.length + 1);
  assert.deepEqual(faults, []);
});

test("two hundred articles open in two seconds and stay quick", async () => {
  const start = performance.now();
  const { page, faults } = await open(browser, LARGE);
  const opened = performance.now() - start;
  assert.ok(opened < 2000, `${opened} ms`);
  const filtering = await page.evaluate(async () => {
    const before = performance.now();
    const find = document.querySelector(".pairs [name=find]");
    find.value = "a";
    find.dispatchEvent(new Event("input"));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - before;
  });
  assert.ok(filtering < 500, `${filtering} ms`);
  assert.deepEqual(faults, []);
});
