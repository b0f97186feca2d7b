// A reader's day at the labelling page: thirty sentences by keyboard, second thoughts, and a program that dies.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./browser.js";
import { article, assertSoundAsItStands, at, endAll, eventually, label, press, room, rows, sit } from "./label.js";

const STANCE = ["sceptical", "neutral", "optimistic"];
const ROLE = ["claim", "evidence", "background"];

let browser;
before(async () => (browser = await launch()));
after(async () => {
  endAll();
  await browser.close();
});

function papers(place) {
  const articles = join(place, "articles");
  mkdirSync(articles);
  for (const paper of [1, 2]) writeFileSync(join(articles, `paper${paper}.md`), article(paper, 20));
  return articles;
}

/** The label that sentence `number` gets: its three keys, and the row that they should make. */
function meant(number) {
  const [stance, role] = [number % 3, Math.floor(number / 3) % 3];
  const paper = number <= 20 ? 1 : 2;
  const text = `Report ${number - 20 * (paper - 1)} of paper ${paper} says that the talks on the strait went on.`;
  return {
    keys: [String(stance + 1), String(role + 4), "7"],
    row: { text, stance: STANCE[stance], role: ROLE[role], voice: "author", annotator: "Ada" },
  };
}

async function labelUpTo(page, from, to) {
  for (let number = from; number <= to; number += 1) {
    await at(page, number);
    await press(page, ...meant(number).keys);
  }
  await at(page, to + 1);
}

function assertRows(file, count) {
  const found = rows(file);
  assert.equal(found.length, count);
  for (let number = 1; number <= count; number += 1) {
    const { row } = meant(number);
    const same = found.filter(({ text }) => text === row.text);
    assert.equal(same.length, 1, row.text);
    for (const [name, value] of Object.entries(row)) assert.equal(same[0][name], value, `${name} of ${row.text}`);
  }
}

test("thirty sentences, undo, reload, kill -9 and resume", async () => {
  const place = room();
  const [articles, labels] = [papers(place), join(place, "labels.csv")];
  let program = await label(articles, labels);
  const { page, faults } = await sit(browser, program.address, "Ada");
  page.on("dialog", (dialog) => dialog.accept());

  // Ten, the last of them wrong, taken back and given anew.
  await labelUpTo(page, 1, 9);
  await press(page, "3", "6", "7");
  await at(page, 11);
  await press(page, "u");
  await at(page, 10);
  assert.equal(await page.locator(".labelled").count(), 9);
  await labelUpTo(page, 10, 10);
  assert.equal(await page.locator(".labelled").count(), 10);

  // A reload in the middle of a sentence forgets nothing.
  await press(page, "3");
  await page.reload();
  await at(page, 11);
  await page.locator('[data-label="optimistic"][aria-pressed="true"]').waitFor();
  await press(page, "Control+z");
  await page.locator('[data-label="optimistic"][aria-pressed="false"]').waitFor();
  await labelUpTo(page, 11, 18);
  await eventually(() => assertRows(labels, 18));

  // The program dies; the nineteenth label is not on disk, and the page says so and stays.
  const port = new URL(program.address).port;
  await program.end("SIGKILL");
  await press(page, ...meant(19).keys);
  await page.getByRole("alert").getByText("does not answer").waitFor();
  await at(page, 19);
  await assertSoundAsItStands(page, "label-trouble");
  await press(page, "1", "2", "3");
  await page.locator('[data-label="neutral"][aria-pressed="true"]').waitFor();

  // It is started again, and the page goes on by itself or at the new address.
  program = await label(articles, labels, "--port", port);
  if (program.address === page.url().replace(/#.*/, "")) await at(page, 20);
  else {
    await page.goto(program.address);
    await page.getByLabel("Name").fill("Ada");
    await press(page, "Enter");
    await labelUpTo(page, 19, 19);
  }
  await labelUpTo(page, 20, 30);
  assert.match(await page.locator("#amount").textContent(), /^30 of 40/);
  await eventually(() => assertRows(labels, 30));
  assert.equal(await program.end("SIGINT"), 0);
  assertRows(labels, 30);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("readers are blind to one another, and each resumes where they stopped", async () => {
  const place = room();
  const [articles, labels] = [papers(place), join(place, "labels.csv")];
  const program = await label(articles, labels);
  const ada = await sit(browser, program.address, "Ada");
  await labelUpTo(ada.page, 1, 4);
  const bert = await sit(browser, program.address, "Bert");
  assert.equal(await bert.page.locator(".labelled").count(), 0);
  await press(bert.page, "1", "4", "7");
  await at(bert.page, 2);
  await ada.page.context().close();
  const again = await browser.newContext();
  const page = await again.newPage();
  await page.goto(program.address);
  await page.getByLabel("Name").fill("Ada");
  await press(page, "Enter");
  await at(page, 5);
  assert.equal(await page.locator(".labelled").count(), 4);
  await program.end("SIGINT");
  const found = rows(labels);
  assert.equal(found.filter(({ annotator }) => annotator === "Ada").length, 4);
  assert.equal(found.filter(({ annotator }) => annotator === "Bert").length, 1);
  await again.close();
  await bert.page.context().close();
});
