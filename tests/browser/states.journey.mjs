// States that no link leads to: nobody there, nothing found, too many found, no such page, signed out; then the same pages in
// twice the size of text, and by keyboard alone.
import assert from "node:assert/strict";
import { borough } from "./borough.mjs";
import { assertFits, check, open } from "./shown.mjs";

export async function begin() {
  return borough();
}

async function find(page, words) {
  await page.fill("#find", words);
  const [answer] = await Promise.all([page.waitForResponse((one) => one.url().endsWith("/people/find")), page.press("#find", "Enter")]);
  await page.getByRole("heading", { name: "Find a person" }).waitFor();
  return answer.text();
}

export const journeys = {
  "signing in, and what stands there without an account": async ({ browser, here }) => {
    const context = await browser.newContext({ baseURL: here.address });
    const page = await context.newPage();
    for (const address of ["/sign-in", "/sign-in?next=/work/late", "/enquiry", "/help", "/help/public", "/help/social-worker", "/accessibility", "/privacy"]) {
      assert.equal(await open(page, address, `${address}, signed out`), 200, address);
    }
    assert.equal(await open(page, "/no-such-page", "no such page, signed out"), 404);
    await page.goto("/sign-in");
    await page.fill("#username", "nobody.at.all");
    await page.click("text=Sign in as this person");
    await page.locator(".govuk-error-summary").waitFor();
    await check(page, "signing in as nobody", await page.content());
    await page.goto("/work/late");
    assert.equal(new URL(page.url()).pathname, "/sign-in");
    await page.fill("#username", "priya.nair");
    await page.click("text=Sign in as this person");
    await page.waitForURL("**/work/late");
    await context.close();
  },

  "every guide reads well": async ({ browser, here }) => {
    const page = await here.signIn(browser, "priya.nair");
    await page.goto("/help");
    const guides = await page.$$eval("main a[href^='/help/']", (all) => all.map((one) => one.getAttribute("href")));
    assert.ok(guides.length >= 12, "a guide for each kind of user");
    for (const guide of guides) assert.equal(await open(page, guide, guide), 200);
    await page.context().close();
  },

  "nothing found, too many found, nobody like that": async ({ browser, here }) => {
    const page = await here.signIn(browser, "priya.nair");
    await check(page, "found: nothing was asked", await find(page, " "));
    await check(page, "found: nobody", await find(page, "Qxzptlk Wvvbrg"));
    await check(page, "found: many", await find(page, "Birtwell"));
    assert.ok((await page.locator("main .kw-found__row").count()) > 1);
    await check(page, "found: a name in other letters", await find(page, "مريم"));
    await check(page, "found: somebody with a very long name", await find(page, "Featherstonehaugh"));
    await check(page, "found: HTML", await find(page, "<script>alert(1)</script>"));
    assert.equal(await open(page, "/no-such-page", "no such page"), 404);
    assert.equal(await open(page, "/people/0123456789abcdef0123456789abcdef", "no such person"), 404);
    await page.context().close();
  },

  "pages with twice the size of text fit, and hide nothing": async ({ browser, here }) => {
    const page = await here.signIn(browser, "ruth.adeyemi");
    const person = await page.locator("main th a[href^='/people/']").first().getAttribute("href");
    for (const address of ["/", "/unallocated", "/teams", "/policy", "/work/late", person, `${person}/details`, `${person}/family`, `${person}/notes/new`, `${person}/visits/new`, "/enquiry", "/help/social-worker"]) {
      await page.goto(address);
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      await assertFits(page, `${address} with twice the size of text`);
    }
    await page.context().close();
  },

  "a note is written by keyboard alone, and the focus is always seen": async ({ browser, here }) => {
    const page = await here.signIn(browser, "ruth.adeyemi");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "find");
    const name = await page.locator("main th a[href^='/people/']").nth(1).innerText();
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Find a person" }).waitFor();
    await tabTo(page, "main a[href^='/people/']");
    await page.keyboard.press("Enter");
    await page.locator("[data-identity]").waitFor();
    await tabTo(page, ".kw-identity__add button");
    await page.keyboard.press("Enter");
    await page.locator("a[href$='/notes/new']:focus").waitFor();
    await page.keyboard.press("Enter");
    await page.locator("#words:focus").waitFor();
    const words = `Written without a mouse, ${Date.now()}.`;
    await page.keyboard.type(words);
    await tabTo(page, "form[data-draft-url] .govuk-button");
    await page.keyboard.press("Enter");
    await page.locator("main").getByText(words).first().waitFor();
    await page.context().close();
  },
};

/** Presses Tab until the focus is on what is meant; on the way it is always on something that is seen. */
async function tabTo(page, meant) {
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press("Tab");
    const [there, hidden] = await page.evaluate((selector) => {
      const one = document.activeElement;
      const box = one.getBoundingClientRect();
      const seen = one === document.body || (box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight);
      return [one.matches(selector), seen ? null : one.outerHTML.slice(0, 150)];
    }, meant);
    if (there) return;
    assert.equal(hidden, null, "the focus is on something that is not seen");
  }
  assert.fail(`Tab never led to ${meant}`);
}
