// Every tool of the labelling page, by the key a reader presses for it.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launch } from "./browser.js";
import { article, assertSoundAsItStands, at, endAll, eventually, label, press, room, rows, sit, start } from "./label.js";

const SCRIPT = "<script>document.title=1</script>";
const HOSTILE = `<img src=x onerror="document.title=1"> & ${SCRIPT} was all that the minister said.`;

let browser;
let labels;
let program;
let page;
let faults;

before(async () => (browser = await launch()));
after(async () => {
  endAll();
  await browser.close();
});

beforeEach(async () => {
  const place = room();
  const articles = join(place, "articles");
  mkdirSync(articles);
  writeFileSync(join(articles, "1.md"), `${article(1, 12)}\nA thaw came in March.\n`);
  writeFileSync(join(articles, "2.md"), article(2, 12));
  writeFileSync(join(articles, "3.txt"), `What the minister said\n\nThe talks were short. ${HOSTILE} Then he left the room.\n`);
  labels = join(place, "labels.csv");
  program = await label(articles, labels);
  ({ page, faults } = await sit(browser, program.address, "Ada"));
});

afterEach(async () => {
  assert.deepEqual(faults, []);
  await page.context().close();
  await program.end("SIGINT");
});

function guesses() {
  return page.locator(".guess").allTextContents();
}

test("the suggestion is hidden until the reader has chosen, or asks", async () => {
  assert.equal((await guesses()).join(""), "");
  await press(page, "1");
  await page.locator('[data-row="stance"] .guessed').waitFor();
  assert.equal(await page.locator('[data-row="role"] .guessed').count(), 0);
  await press(page, "m");
  await page.locator('[data-row="role"] .guessed').waitFor();
  await press(page, "m");
  await page.locator('[data-row="role"] .guessed').waitFor({ state: "detached" });
  await press(page, "4", "7");
  await at(page, 2);
  assert.equal((await guesses()).join(""), "");
});

test("search, jump, arrows and a click lead to a sentence, and w back to the queue", async () => {
  await press(page, "/");
  await page.keyboard.type("thaw came");
  await page.locator("#hits mark", { hasText: "thaw came" }).waitFor();
  await press(page, "Enter");
  await at(page, 13);
  await press(page, "ArrowDown");
  await at(page, 14);
  await press(page, "ArrowUp", "g");
  await page.keyboard.type("16");
  await press(page, "Enter");
  await at(page, 16);
  await press(page, "g");
  await page.keyboard.type("paper 1");
  await press(page, "Enter");
  await at(page, 1);
  await page.locator("#s3").click();
  await at(page, 4);
  await press(page, "w");
  await at(page, 5);
});

test("note, unsure, skip, holder and a label in part", async () => {
  await press(page, "n");
  await page.keyboard.type("irony, x and u");
  await press(page, "Enter", "x", "1", "4", "7");
  await at(page, 2);
  await press(page, "s");
  await at(page, 3);
  await press(page, "2", "5", "8");
  await page.locator("#holder:focus").waitFor();
  await page.keyboard.type("the minister, 1");
  await press(page, "Enter");
  await at(page, 4);
  await press(page, "3", "Enter");
  await at(page, 5);
  await eventually(() => {
    const [first, third, fourth] = rows(labels);
    assert.equal(first.note, "irony, x and u");
    assert.ok(first.unsure);
    assert.equal(third.holder, "the minister, 1");
    assert.equal(third.voice, "reported");
    assert.equal(fourth.stance, "optimistic");
    assert.equal(fourth.role, "");
  });
  assert.match(await page.locator("#pace").textContent(), /2 labelled, 1 skipped, 1 unsure/);
});

test("the codebook and the keys are one key away, and gone with the same key", async () => {
  for (const key of ["c", "F1"]) {
    await press(page, key);
    await page.locator("#codebook-dialog[open]").waitFor();
    assert.match(await page.locator("#codebook").textContent(), /optimistic/);
    await press(page, key);
    await page.locator("#codebook-dialog:not([open])").waitFor({ state: "attached" });
  }
  await press(page, "h");
  await page.locator("#keys", { hasText: "take back the last label" }).waitFor();
  await press(page, "Escape", "1", "4", "7");
  await at(page, 2);
});

test("a label that stands is changed by Enter, not by the first key", async () => {
  await press(page, "1", "4", "7");
  await at(page, 2);
  await press(page, "ArrowUp");
  await at(page, 1);
  await press(page, "3");
  await page.locator("#hint", { hasText: "Enter saves" }).waitFor();
  await press(page, "5", "Enter");
  await at(page, 2);
  await eventually(() => assert.deepEqual(rows(labels).map(({ stance, role }) => [stance, role]), [["optimistic", "evidence"]]));
});

test("the queues are switched by number", async () => {
  const queues = await page.evaluate(() => fetch("api/session").then((answer) => answer.json())).then(({ queues }) => queues);
  for (const [place, queue] of queues.entries()) {
    await press(page, "o", String(place + 1));
    await page.locator("#queue", { hasText: queue.name }).waitFor();
    await page.locator('#article[aria-busy="false"]').waitFor();
    const before = await page.locator("#where").textContent();
    await press(page, "1", "4", "7");
    await page.waitForFunction((text) => document.querySelector("#where").textContent !== text, before);
  }
  assert.match(await page.locator("#amount").textContent(), new RegExp(`^${queues.length} of`));
});

test("two tabs: the later one is told, and the reader decides", async () => {
  const other = await page.context().newPage();
  await other.goto(program.address);
  await other.getByLabel("Name").fill("Ada");
  await press(other, "Enter");
  await at(other, 1);
  await press(page, "1", "4", "7");
  await at(page, 2);
  await press(other, "3", "4", "7");
  await other.locator("#conflict-dialog[open]").waitFor();
  await assertSoundAsItStands(other, "label-conflict");
  await press(other, "Escape", "Escape");
  await other.locator("#conflict", { hasText: "optimistic" }).waitFor();
  await press(other, "2");
  await at(other, 2);
  await press(other, "2", "4", "7");
  await at(other, 3);
  await press(page, "3", "5", "7");
  await page.locator("#conflict-dialog[open]").waitFor();
  await press(page, "1");
  await at(page, 3);
  await eventually(() => assert.deepEqual(rows(labels).map(({ stance }) => stance), ["sceptical", "optimistic"]));
});

test("hostile text is only text", async () => {
  await press(page, "/");
  await page.keyboard.type("onerror");
  await page.locator("#hits mark", { hasText: "onerror" }).waitFor();
  await press(page, "Enter");
  await page.locator("#article", { hasText: "The talks were short." }).waitFor();
  assert.ok((await page.locator("#article").textContent()).includes(SCRIPT));
  assert.equal(await page.locator("#article img, #article script").count(), 0);
  assert.notEqual(await page.title(), "1");
});

test("by touch, without a keyboard", async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const phone = await context.newPage();
  await phone.goto(program.address);
  await phone.getByLabel("Name").fill("Cleo");
  await phone.getByRole("button", { name: "Start" }).tap();
  await at(phone, 1);
  for (const name of ["sceptical", "claim", "author"]) await phone.locator(`[data-label="${name}"]`).tap();
  await at(phone, 2);
  await phone.getByRole("button", { name: "Skip" }).tap();
  await at(phone, 3);
  await phone.getByRole("button", { name: "Undo" }).tap();
  await at(phone, 2);
  await context.close();
});

test("the page is sound in light and dark, at a desk and on a phone", async () => {
  const states = { page: "Shift", keys: "h", codebook: "c", queues: "o", places: "g", search: "/" };
  for (const [name, key] of Object.entries(states)) {
    await press(page, key);
    await assertSoundAsItStands(page, `label-${name}`);
    await press(page, "Escape");
  }
  await press(page, "m", "1", "8", "6");
  await page.locator("#holder:focus").waitFor();
  await assertSoundAsItStands(page, "label-chosen");
});

test("adjudication shows the readings side by side and takes one by its number", async () => {
  await press(page, "1", "4", "7");
  await at(page, 2);
  await press(page, "2", "4", "7");
  await at(page, 3);
  const bert = await sit(browser, program.address, "Bert");
  await press(bert.page, "3", "4", "7");
  await at(bert.page, 2);
  await press(bert.page, "2", "4", "7");
  await at(bert.page, 3);
  await bert.page.context().close();
  await program.end("SIGINT");

  program = await start("agree", labels, "--adjudicate", "--labels", `${labels}-adjudicated.csv`, "--no-open");
  const judge = await sit(browser, program.address, "Judge");
  await judge.page.locator("#readings .differs", { hasText: "stance" }).waitFor();
  await assertSoundAsItStands(judge.page, "label-adjudicate");
  await press(judge.page, "Shift+Digit2");
  await judge.page.locator("#amount", { hasText: "1 of 1" }).waitFor();
  assert.deepEqual(judge.faults, []);
  await judge.page.context().close();
});
