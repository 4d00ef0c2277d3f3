// The main forms without JavaScript: found, written, saved as a draft, put right, sent.
import assert from "node:assert/strict";
import { borough } from "./borough.mjs";
import { assertFits } from "./shown.mjs";

export async function begin() {
  return borough();
}

const PLAIN = { javaScriptEnabled: false };
const press = (page, words) => page.locator("main").getByRole("button", { name: words, exact: true }).first().click();

export const journeys = {
  "without JavaScript: a person is found, a note kept as a draft and saved": async ({ browser, here }) => {
    const page = await here.signIn(browser, "ruth.adeyemi", PLAIN);
    const name = (await page.locator("main th a[href^='/people/']").nth(2).innerText()).trim();
    await page.fill("#find", name);
    await page.press("#find", "Enter");
    await page.locator("main").getByRole("link", { name }).first().click();
    await page.locator("a[href$='/notes/new']").first().click();
    const words = `Plain words, ${Date.now()}.`;
    await page.fill("#words", words);
    await press(page, "Save draft");
    assert.equal(await page.locator("#words").inputValue(), words, "the draft stands there again");
    await press(page, "Save note");
    await page.locator("main").getByText(words).first().waitFor();
    await page.context().close();
  },

  "without JavaScript: a visit that lacks something comes back with everything, and is recorded": async ({ browser, here }) => {
    const page = await here.signIn(browser, "ruth.adeyemi", PLAIN);
    await page.getByRole("link", { name: /^Visit to/ }).nth(2).click();
    const words = `“Can we go to the park?” ${Date.now()}`;
    await page.fill("#child_words", words);
    await press(page, "Record the visit");
    await page.locator(".govuk-error-summary").waitFor();
    assert.equal(await page.inputValue("#child_words"), words);
    await page.fill("#worker_view", "At ease at home.");
    await page.getByLabel("Seen", { exact: true }).check();
    await press(page, "Record the visit");
    await page.locator("main").getByText(words).first().waitFor();
    await page.context().close();
  },

  "without JavaScript: the public page says what is missing, and takes the message": async ({ browser, here }) => {
    const context = await browser.newContext({ baseURL: here.address, viewport: { width: 320, height: 800 }, ...PLAIN });
    const page = await context.newPage();
    await page.goto("/enquiry");
    await press(page, "Send");
    await page.locator(".govuk-error-summary").waitFor();
    await page.getByLabel("None of these").check();
    await page.getByLabel("What are you worried about").fill("He sleeps in the shed.");
    await page.getByLabel("An adult", { exact: true }).check();
    await page.getByLabel("I would rather not say").check();
    await page.getByLabel("Please do not contact me").check();
    await press(page, "Send");
    await page.getByText("Your reference is").waitFor();
    await context.close();
  },

  "without JavaScript: every area fits and opens, narrow too": async ({ browser, here }) => {
    const page = await here.signIn(browser, "neil.ashworth", { ...PLAIN, viewport: { width: 320, height: 800 } });
    const areas = await page.$$eval(".kw-nav a[href^='/'], .kw-todo a", (all) => [...new Set(all.map((one) => one.getAttribute("href")))]);
    assert.ok(areas.length >= 8);
    for (const address of areas) {
      assert.equal((await page.goto(address)).status(), 200, address);
      await assertFits(page, `${address} without JavaScript`);
    }
    await page.context().close();
  },
};
