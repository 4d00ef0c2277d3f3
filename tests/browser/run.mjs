// Runs every *.journey.mjs in Chromium, one after the other, and closes with one line of totals.
//
// A journey's file exports `journeys`, an object of name → async ({ browser, here }) => {…}; and, if it needs them, `begin`,
// whose answer every journey gets as `here`, and `end`. A journey fails by throwing (node:assert).
// `node tests/browser/run.mjs look` runs only the files whose name begins so.
import { readdirSync } from "node:fs";
import { chromium } from "playwright-core";

const FOLDER = new URL(".", import.meta.url);
const A_JOURNEY = 300_000;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const wanted = process.argv[2] ?? "";
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".journey.mjs") && name.startsWith(wanted)).sort();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
let passed = 0;
let failed = 0;

const within = (promise, time) => {
  let clock;
  const late = new Promise((_, no) => (clock = setTimeout(() => no(new Error(`not done in ${time / 1000} seconds`)), time)));
  return Promise.race([promise, late]).finally(() => clearTimeout(clock));
};

for (const file of files) {
  const { journeys, begin, end } = await import(new URL(file, FOLDER));
  let here;
  try {
    here = await begin?.();
    for (const [name, journey] of Object.entries(journeys)) {
      try {
        await within(journey({ browser, here }), A_JOURNEY);
        passed += 1;
        console.log(`ok    ${name}`);
      } catch (problem) {
        failed += 1;
        console.log(`FAIL  ${name}\n      ${problem.message}`);
      }
    }
  } catch (problem) {
    failed += 1;
    console.log(`FAIL  ${file}: ${problem.stack}`);
  }
  await end?.(here);
}
await browser.close();
console.log(`browser: ${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed ? 1 : 0);
