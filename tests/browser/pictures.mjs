// The pictures of README.md, taken from the invented borough: `node tests/browser/pictures.mjs`, or with
// KEYWORKER_ADDRESS=http://127.0.0.1:8080 from one that runs. 1280 pixels wide, one screen high.
import { chromium } from "playwright-core";
import { borough } from "./borough.mjs";

const FOLDER = new URL("../../docs/pictures/", import.meta.url).pathname;

/** Name of the picture → who looks, and how they come to what is shown. */
const PICTURES = {
  "my-work": ["ruth.adeyemi", async () => {}],
  person: ["ruth.adeyemi", async (page) => page.locator("main th a[href^='/people/']").first().click()],
  board: ["dev.malhotra", async (page) => page.getByRole("link", { name: "Front door", exact: true }).first().click()],
  allocate: [
    "neil.ashworth",
    async (page) => {
      await page.getByRole("link", { name: "Allocation", exact: true }).first().click();
      await page.locator("main").getByRole("link", { name: /^Allocate/ }).first().click();
      await page.locator("input[name=worker]").nth(4).check();
    },
  ],
  team: [
    "hannah.frost",
    async (page) => {
      await page.getByRole("link", { name: "Teams", exact: true }).first().click();
      await page.locator("main").getByRole("link", { name: "Eastbrook safeguarding" }).first().click();
      await page.locator("svg").first().waitFor();
    },
  ],
  service: ["marcus.dale", async (page) => page.getByRole("link", { name: "Service", exact: true }).first().click()],
};

const wanted = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"] });
const here = await borough();
for (const [name, [who, go]] of Object.entries(PICTURES)) {
  if (wanted.length && !wanted.includes(name)) continue;
  const page = await here.signIn(browser, who, { viewport: { width: 1280, height: 860 } });
  await go(page);
  await page.waitForLoadState();
  await page.evaluate(() => scrollTo(0, (document.querySelector(".kw-choices")?.getBoundingClientRect().top ?? 300 - scrollY) + scrollY - 300));
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  console.log(name);
  await page.context().close();
}
await browser.close();
process.exit(0);
