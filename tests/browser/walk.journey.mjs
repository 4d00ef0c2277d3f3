// Each kind of user walks from the first page to every kind of page that their pages link to. None is refused: a page offers
// nothing that its reader may not open. A kind of page that shows something new is opened in the browser, wide and narrow; and
// each kind of form, sent empty, says what is missing.
import assert from "node:assert/strict";
import { borough } from "./borough.mjs";
import { check, isNews, open, pattern } from "./shown.mjs";

/** Those with few pages first, so that the work is shared out. */
const WALKERS = {
  "a councillor": "margaret.stott",
  "a performance analyst": "anita.ghosh",
  "an auditor": "gordon.peel",
  "information governance": "ines.vale",
  "human resources": "olu.bright",
  "a system administrator": "sam.dunn",
  "business support": "bernard.fox",
  "a front-door worker": "flora.reed",
  "an emergency duty worker": "ewan.knight",
  "a manager of the front door": "dev.malhotra",
  "a director": "marcus.dale",
  "a group manager": "hannah.frost",
  "an occupational therapist": "wanda.lis",
  "a reviewing officer": "lorna.pike",
  "a personal adviser": "megan.price",
  "a social worker": "tom.bell",
  "a newly qualified social worker": "ruth.adeyemi",
  "a team manager": "neil.ashworth",
};

const FILES = /\.csv|\/csv|\/assets\/|\/documents\/[0-9a-f]{32}$|\/download|\/enquiry\/answer\//;

/** Kinds of page that the browser has opened. */
const opened = new Set();

export async function begin() {
  return borough();
}

async function walk(page) {
  const done = new Set();
  const refused = [];
  const queue = [["/", "the first page"]];
  const said = [];
  page.on("console", (line) => line.type() === "error" && !/status of 4/.test(line.text()) && said.push(`${page.url()}: ${line.text()}`));
  while (queue.length) {
    const [href, from] = queue.shift();
    const kind = pattern(href);
    if (done.has(kind)) continue;
    done.add(kind);
    const answer = await page.request.get(href);
    if (answer.status() !== 200) {
      refused.push(`${kind} answers ${answer.status()}, linked from ${from}`);
      continue;
    }
    const html = await answer.text();
    const links = [...html.matchAll(/<a [^>]*href="(\/[^"#]*)/g)].map(([, link]) => link.replaceAll("&amp;", "&"));
    queue.push(...links.filter((link) => !FILES.test(link)).map((link) => [link, kind]));
    if (opened.has(kind) && !isNews(html)) continue;
    await open(page, href);
    if (!opened.has(kind)) await sendEmpty(page, kind);
    opened.add(kind);
  }
  assert.deepEqual(refused, []);
  assert.deepEqual(said, [], "the browser complains of nothing");
  return done;
}

/** Empties the first form with something to fill in, and sends it: the answer is a page that says what is missing. */
async function sendEmpty(page, kind) {
  const emptied = await page.evaluate(() => {
    const fillable = "textarea, input:not([type=hidden]):not([type=submit]):not([type=file]):not([type=search])";
    const form = [...document.querySelectorAll("main form")].find((one) => one.method === "post" && one.querySelector(fillable));
    if (!form) return false;
    form.dataset.draftUrl = "";
    for (const field of form.querySelectorAll(fillable)) {
      if (["checkbox", "radio"].includes(field.type)) field.checked = false;
      else field.value = "";
    }
    for (const list of form.querySelectorAll("select")) list.value = "";
    form.noValidate = true;
    form.dataset.emptied = "yes";
    return true;
  });
  if (!emptied) return;
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === "POST" && one.request().isNavigationRequest()),
    page.evaluate(() => document.querySelector("[data-emptied]").requestSubmit(document.querySelector("[data-emptied] button:not([type=button]):not([name=save_draft])"))),
  ]);
  await page.waitForFunction(() => !document.querySelector("[data-emptied]"));
  await page.waitForLoadState();
  assert.ok(answer.status() < 500, `${kind}, sent empty, answers ${answer.status()}`);
  if (answer.status() !== 422) return;
  assert.ok((await page.title()).startsWith("Error: "), `${kind}: the title begins with Error`);
  const said = await page.$$eval(".govuk-error-summary__list a", (all) => all.map((one) => one.getAttribute("href")));
  assert.ok(said.length, `${kind}: a summary of errors`);
  for (const href of said) assert.equal(await page.locator(href).count(), 1, `${kind}: ${href} is a field`);
  await check(page, `${kind} sent empty`, await answer.text());
}

export const journeys = Object.fromEntries(
  Object.entries(WALKERS).map(([who, username]) => [
    `${who} walks every page there is for them`,
    async ({ browser, here }) => {
      const page = await here.signIn(browser, username);
      const done = await walk(page);
      assert.ok(done.size >= 3, `${who} finds something to do`);
      await page.context().close();
    },
  ]),
);
