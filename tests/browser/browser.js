// What every test of a page needs: a browser, a page that is watched, and the checks that hold for
// all pages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };

/** The folder that `tests/browser.rs` fills. */
export const folder = process.env.STANCE_PAGES;

export function launch() {
  const args = ["--no-sandbox"];
  return chromium.launch({ executablePath: process.env.STANCE_CHROMIUM, args });
}

/** Opens a page and notes all that it must not do: errors (but for those expected), dialogs,
 * requests but for itself. `prepare` is done before it loads. */
export async function open(browser, name, settings = {}) {
  const { fragment = "", viewport = DESK, expected = /^$/, prepare, ...wishes } = settings;
  const context = await browser.newContext({ viewport, ...wishes });
  const page = await context.newPage();
  const address = pathToFileURL(join(folder, name)).href;
  const faults = [];
  page.on("console", (message) => {
    if (!expected.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (url.split("#")[0] !== address && !url.startsWith("blob:")) faults.push(`request: ${url}`);
  });
  await prepare?.(page);
  await page.goto(address + fragment);
  return { page, faults };
}

/** What axe-core finds serious or critical. */
export async function barriers(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
}

/** How far a page can be scrolled to the side, in pixels. */
export function sideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** Opens a page in light and dark, at a desk and on a phone, and prints it. `use` does first what a
 * reader does, so that what opens is looked at, too. */
export async function assertSound(browser, name, use = async () => {}) {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [DESK, PHONE]) {
      const { page, faults } = await open(browser, name, { colorScheme, viewport });
      const where = `${name}, ${colorScheme}, ${viewport.width} px`;
      assert.deepEqual(await barriers(page), [], where);
      await use(page);
      assert.deepEqual(await barriers(page), [], `${where}, in use`);
      assert.ok((await sideways(page)) <= 0, `${where} scrolls to the side`);
      assert.deepEqual(faults, [], where);
      await picture(page, `${name}-${colorScheme}-${viewport.width}`);
      await page.context().close();
    }
  }
  await assertPrints(browser, name);
}

async function assertPrints(browser, name) {
  const { page, faults } = await open(browser, name);
  const printed = await page.pdf({ format: "A4", path: shot(`${name}.pdf`) });
  assert.equal(printed.subarray(0, 5).toString(), "%PDF-");
  assert.deepEqual(faults, [], name);
  await page.emulateMedia({ media: "print" });
  const controls = page.locator("button:visible, input:visible, select:visible");
  assert.equal(await controls.count(), 0, `${name} prints controls`);
  await page.context().close();
}

/** Where a picture goes, if somebody wants to look: `STANCE_SHOTS` names a folder. */
function shot(file) {
  return process.env.STANCE_SHOTS && join(process.env.STANCE_SHOTS, file);
}

export async function picture(page, name) {
  const path = shot(`${name}.png`);
  if (path) await page.screenshot({ path });
}

/** What a click on the button of that name saves. */
export async function saved(page, button) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  return readFileSync(await download.path());
}
