// The article report, as its readers use it.
import { after, before, test } from "node:test";
import { assertSound, launch } from "./browser.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("the examples are sound", () => assertSound(browser, "examples.html"));
