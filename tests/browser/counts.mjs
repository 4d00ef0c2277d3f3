// How many clicks, keys and pages the everyday jobs take. `node tests/browser/counts.mjs` writes the table into
// docs/measurements.md; counts.journey.mjs asks that it does not grow.
import { readFileSync, writeFileSync } from "node:fs";
import { borough } from "./borough.mjs";

const DOCUMENT = new URL("../../docs/measurements.md", import.meta.url);
const [BEGIN, END] = ["<!-- counts: node tests/browser/counts.mjs -->", "<!-- end of counts -->"];

/** A page whose uses are counted: clicks, keys of a command, letters of what is said, pages loaded, fields filled. */
class Counted {
  constructor(page) {
    Object.assign(this, { page, clicks: 0, keys: 0, letters: 0, pages: 0, fields: 0 });
    page.on("request", (one) => (this.pages += one.isNavigationRequest() && one.frame() === page.mainFrame() && !one.redirectedFrom() ? 1 : 0));
  }
  async click(locator) {
    this.clicks += 1;
    await locator.click();
  }
  async key(name) {
    this.keys += 1;
    await this.page.keyboard.press(name);
  }
  /** Words typed where the cursor is: one field. */
  async say(words) {
    this.fields += 1;
    this.letters += words.length;
    await this.page.keyboard.type(words);
  }
  /** An answer that is clicked: one field. */
  async answer(locator) {
    this.fields += 1;
    await this.click(locator);
  }
}

const main = (page) => page.locator("main");
const button = (page, name) => main(page).getByRole("button", { name, exact: true }).first();

/** Each job: who does it, from which page, what they do, and where it ends. */
const JOBS = {
  "Find a person by the name with a letter left out, from any page": {
    by: "ruth.adeyemi",
    async run(one, { page }) {
      const name = (await page.locator("main th a[href^='/people/']").first().innerText()).trim();
      await one.key("/");
      await one.say(name.toLowerCase().slice(0, -1));
      await one.key("Enter");
      await one.click(main(page).getByRole("link", { name }).first());
      await page.locator("[data-identity]").waitFor();
    },
  },
  "Write an enquiry down while the caller speaks, from my work": {
    by: "flora.reed",
    async run(one, { page }) {
      await one.click(page.locator(".kw-nav").getByRole("link", { name: "Front door" }));
      await one.click(main(page).getByRole("button", { name: "New enquiry" }));
      await page.locator("#words:focus").waitFor();
      await one.say("Neighbour rang: a child crying at night.");
      await one.click(button(page, "Save the enquiry"));
      await page.waitForURL(/enquiries\/[0-9a-f]{32}$/);
    },
  },
  "Write a case note, from my work": {
    by: "ruth.adeyemi",
    async run(one, { page }) {
      await one.click(page.getByRole("link", { name: /^Note about/ }).first());
      await page.locator("#words:focus").waitFor();
      await one.say("Rang the school: she came every day this week.");
      await one.click(button(page, "Save note"));
      await main(page).getByText("Rang the school").first().waitFor();
    },
  },
  "Log a visit, from my work": {
    by: "ruth.adeyemi",
    async run(one, { page }) {
      await one.click(page.getByRole("link", { name: /^Visit to/ }).first());
      await page.locator("#child_words:focus").waitFor();
      await one.say("“I like my new room.”");
      await one.key("Tab");
      await one.say("Settled; the room is warm and hers.");
      await one.answer(page.getByLabel("Seen", { exact: true }));
      await one.click(button(page, "Record the visit"));
      await main(page).getByText("I like my new room").first().waitFor();
    },
  },
  "Allocate a waiting child, from my work": {
    by: "neil.ashworth",
    async run(one, { page }) {
      await one.click(page.getByRole("link", { name: "Allocation", exact: true }).first());
      await one.click(main(page).getByRole("link", { name: /^Allocate/ }).first());
      await one.answer(page.locator("input[name=worker]").first());
      for (const [label, words] of [["Why this worker", "Room for one more, and lives near."], ["What is to be done", "See the child this week."], ["Known risks to the worker", "none known"], ["Known risks to the child", "none known"]]) {
        await one.click(page.getByLabel(label));
        await one.say(words);
      }
      await one.click(button(page, "Allocate"));
      await page.waitForURL((address) => !address.pathname.endsWith("/allocate"));
    },
  },
  "See what is late in my team, from my work": {
    by: "neil.ashworth",
    async run(one, { page }) {
      await one.click(page.getByRole("link", { name: "Teams", exact: true }).first());
      await one.click(main(page).getByRole("link", { name: "Millhaven safeguarding" }).first());
      await one.click(main(page).locator("a[href='#late']"));
      await page.locator("#late").waitFor();
    },
  },
  "Open the whole story to read or print, from my work": {
    by: "ruth.adeyemi",
    async run(one, { page }) {
      await one.click(page.locator("main th a[href^='/people/']").first());
      await one.click(main(page).getByRole("link", { name: /whole story/ }).first());
      await page.waitForURL(/\/story/);
    },
  },
};

/** Does each job once and returns what it took. */
export async function measure(browser, here) {
  const found = {};
  for (const [name, { by, run }] of Object.entries(JOBS)) {
    const page = await here.signIn(browser, by);
    const one = new Counted(page);
    await run(one, { page });
    const { clicks, keys, letters, pages, fields } = one;
    found[name] = { clicks, keys, letters, pages, fields };
    await page.context().close();
  }
  return found;
}

function table(found) {
  const rows = Object.entries(found).map(([name, one]) => `| ${name} | ${one.clicks} | ${one.keys} | ${one.fields} | ${one.letters} | ${one.pages} |`);
  return [BEGIN, "| Job | Clicks | Keys | Fields filled | Letters in them | Pages loaded |", "| --- | --- | --- | --- | --- | --- |", ...rows, END].join("\n");
}

function write(found) {
  const text = readFileSync(DOCUMENT, "utf8");
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1] ?? "\n";
  const head = rest ? before : `${before.trimEnd()}\n\n## Clicks, keys and pages\nOf everyday jobs, each begun on the page named and ended when its outcome is on the screen; everything else has a sensible default.\n\n`;
  writeFileSync(DOCUMENT, head + table(found) + after);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  const found = await measure(browser, await borough());
  write(found);
  console.log(table(found));
  await browser.close();
  process.exit(0);
}
