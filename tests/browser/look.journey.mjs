// How pages look and what their scripts do, on the gallery (every part in every state), without a database: the few
// addresses that the scripts post to are answered here, well or badly.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { assertAccessible, assertValidHtml } from "./page.mjs";

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const DRAFT = "/drafts/visit";

export async function begin() {
  const folder = mkdtempSync(join(tmpdir(), "gallery-"));
  const env = { ...process.env, KEYWORKER_GALLERY: folder };
  execFileSync("cargo", ["test", "-q", "--locked", "-p", "keyworker", "--lib", "gallery"], { env, stdio: "pipe", cwd: new URL("../..", import.meta.url) });
  const here = { folder, posts: [], draft: "saved", version: 2 };
  here.server = createServer((request, response) => (request.method === "POST" ? post(here, request, response) : get(here, request, response)));
  await new Promise((done) => here.server.listen(0, "127.0.0.1", done));
  here.address = `http://127.0.0.1:${here.server.address().port}`;
  return here;
}

export function end(here) {
  here?.server.close();
  if (here) rmSync(here.folder, { recursive: true });
}

function get(here, request, response) {
  const file = join(here.folder, decodeURIComponent(new URL(request.url, "http://x").pathname));
  if (!existsSync(file) || statSync(file).isDirectory()) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain", "content-security-policy": POLICY });
  response.end(readFileSync(file));
}

function post(here, request, response) {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    here.posts.push({ to: request.url, body });
    const json = (status, answer) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    if (request.url === "/session/extend") return json(200, { minutes: 30 });
    if (request.url !== DRAFT) return setTimeout(() => response.writeHead(200, { "content-type": "text/html" }).end("<h1>Recorded</h1>"), 300);
    if (here.draft === "saved") return json(200, { version: ++here.version, saved_at: "14:32" });
    if (here.draft === "conflict") return json(409, { version: ++here.version, versions_href: "/drafts/8/versions" });
    if (here.draft === "signed out") return response.writeHead(401).end();
    return response.destroy();
  });
}

async function open(browser, here, name = "not-demo", width = 1280) {
  Object.assign(here, { draft: "saved", posts: [] });
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  await go(page, here, name);
  return page;
}

async function go(page, here, name) {
  await page.goto(`${here.address}/${name}.html`);
  await page.waitForFunction(() => !document.querySelector("[data-shortcut-setting]")?.hidden);
}

const drafts = (here) => here.posts.filter((one) => one.to === DRAFT);
const held = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("kw-draft:")));
const leaveField = (page) => page.locator("#surname").focus();
const status = (page) => page.locator("[data-draft-status]");
const until = async (holds, words) => {
  for (let turn = 0; turn < 80; turn += 1) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(words);
};

export const journeys = {
  "every state of the gallery is accessible and fits, wide and narrow": async ({ browser, here }) => {
    for (const width of [1280, 320]) {
      for (const file of readdirSync(here.folder).filter((name) => name.endsWith(".html"))) {
        const page = await open(browser, here, file.slice(0, -5), width);
        const said = [];
        page.on("console", (line) => line.type() === "error" && said.push(line.text()));
        await page.reload();
        await assertAccessible(page, `${file} at ${width} px`);
        assert.deepEqual(said, [], `${file}: nothing is refused by the content security policy`);
        await page.context().close();
      }
    }
  },

  "every state of the gallery is valid HTML": async ({ here }) => {
    assertValidHtml(readdirSync(here.folder).filter((name) => name.endsWith(".html")).map((name) => join(here.folder, name)));
  },

  "pressing / goes to the search box, and can be turned off": async ({ browser, here }) => {
    const page = await open(browser, here);
    const there = () => page.evaluate(() => document.activeElement.id === "find");
    await page.keyboard.press("/");
    assert.ok(await there());
    await page.click("[data-shortcut-setting] button");
    await page.keyboard.press("/");
    assert.ok(!(await there()));
    await go(page, here, "not-demo");
    await page.keyboard.press("/");
    assert.ok(!(await there()), "it stays off");
  },

  "a draft is saved on leaving a field, and while one types": async ({ browser, here }) => {
    const page = await open(browser, here);
    await page.fill("#note", "First words");
    await leaveField(page);
    await until(() => drafts(here).length === 1, "nothing was saved on leaving the field");
    const sent = new URLSearchParams(drafts(here)[0].body);
    assert.deepEqual([sent.get("note"), sent.get("csrf"), sent.get("draft_version")], ["First words", "token", "2"]);
    await status(page).filter({ hasText: "Draft saved 14:32" }).waitFor();
    await page.locator("#note").focus();
    await page.keyboard.type(" and more");
    await page.waitForTimeout(5_500);
    assert.equal(drafts(here).length, 2, "once in five seconds");
    assert.deepEqual(await held(page), []);
  },

  "what another tab saved is shown, and nothing is lost": async ({ browser, here }) => {
    const page = await open(browser, here);
    here.draft = "conflict";
    await page.fill("#note", "This tab's words");
    await leaveField(page);
    const link = page.locator("[data-draft-versions]");
    await link.waitFor();
    assert.equal(await link.getAttribute("href"), "/drafts/8/versions");
    assert.equal(await page.inputValue("#note"), "This tab's words");
  },

  "what is typed without a connection is held, put back and saved": async ({ browser, here }) => {
    for (const trouble of ["away", "signed out"]) {
      const page = await open(browser, here);
      here.draft = trouble;
      await page.fill("#note", `Typed while ${trouble}`);
      await leaveField(page);
      await page.locator(".kw-draft__status--held").waitFor();
      assert.deepEqual(await held(page), [`kw-draft:w1:${DRAFT}`]);
      await page.goto("about:blank");
      Object.assign(here, { draft: "saved", posts: [] });
      await go(page, here, "not-demo");
      await until(() => drafts(here).some((one) => one.body.includes(`Typed+while+${trouble.replace(" ", "+")}`)), "it was not sent again");
      assert.equal(await page.inputValue("#note"), `Typed while ${trouble}`);
      await until(async () => (await held(page)).length === 0, "a copy stayed in the browser");
      await page.context().close();
    }
  },

  "what is typed is saved when the page is left": async ({ browser, here }) => {
    const page = await open(browser, here);
    await page.fill("#note", "Left at once");
    await page.goto(`${here.address}/public.html`);
    await until(() => drafts(here).some((one) => one.body.includes("Left+at+once")), "it was not saved");
  },

  "a form is sent once, and its draft is not kept": async ({ browser, here }) => {
    const page = await open(browser, here);
    await page.evaluate(() => (document.querySelector("form[data-draft-url]").action = "/visits"));
    await page.fill("#note", "The last words");
    await page.evaluate(() => {
      const button = [...document.querySelectorAll("button")].find((one) => one.textContent.includes("Record the visit"));
      for (let times = 0; times < 3; times += 1) button.click();
    });
    await page.locator("text=Recorded").waitFor();
    assert.equal(here.posts.filter((one) => one.to === "/visits").length, 1);
    assert.deepEqual(await held(page), []);
  },

  "the session warns, is extended with one click, and its end is told": async ({ browser, here }) => {
    const page = await open(browser, here);
    const left = (time) => page.evaluate((until) => (localStorage.setItem("kw-session-until", String(until)), document.dispatchEvent(new Event("visibilitychange"))), time);
    await page.locator("#note").focus();
    await left(Date.now() + 4 * 60_000);
    await page.locator("dialog >> text=You will be signed out in 4 minutes").waitFor();
    await page.click("dialog >> text=Stay signed in");
    await page.locator("dialog").waitFor({ state: "hidden" });
    assert.ok(here.posts.some((one) => one.to === "/session/extend" && one.body.includes("csrf=token")));
    await left(1);
    const again = page.locator("dialog [data-session-again]");
    await again.waitFor();
    assert.equal(await again.getAttribute("href"), "/sign-in?next=%2Fnot-demo.html%23note");
    await go(page, here, "not-demo");
    assert.equal(await page.evaluate(() => document.activeElement.id), "note", "back at the same field");
  },

  "what has the focus is never hidden by the identity bar": async ({ browser, here }) => {
    const page = await open(browser, here, "errors");
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.locator("footer a").first().focus();
    for (let step = 0; step < 50; step += 1) {
      await page.keyboard.press("Shift+Tab");
      const hidden = await page.evaluate(() => {
        const bar = document.querySelector("[data-identity]");
        const { top, bottom } = document.activeElement.getBoundingClientRect();
        const edge = bar.getBoundingClientRect();
        return !bar.contains(document.activeElement) && top >= edge.top && bottom <= edge.bottom ? document.activeElement.outerHTML : null;
      });
      assert.equal(hidden, null);
    }
  },
};
