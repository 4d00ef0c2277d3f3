// What every page must be, whoever opens it: asked of each page that a journey shows, and kept, so that one run of the HTML
// checker goes over all of them at the end.
//
// axe takes half a second a page, so a page is put to it when something stands on it (a class, a role, a kind of field) that
// stood on no page before.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertAccessible } from "./page.mjs";

const WIDTHS = [320, 1280];
const seen = new Set();
const kept = new Map();

/** An address without what differs from one record to the next. */
export function pattern(address) {
  const { pathname } = new URL(address, "http://x");
  return pathname
    .replace(/\/[0-9a-f]{32}(?=\/|$)/g, "/{id}")
    .replace(/^\/service\/zero\/.*/, "/service/zero/{kind}")
    .replace(/^\/policy\/timescales\/.+/, "/policy/timescales/{code}")
    .replace(/\/[A-Z0-9]{3,}-[A-Z0-9-]+(?=\/|$)/g, "/{code}");
}

/** Goes there, and asks of the page what every page must be. Returns the status. */
export async function open(page, address, name = pattern(address)) {
  const answer = await page.goto(address);
  await check(page, name, await answer.text());
  return answer.status();
}

/** Asks it of the page that stands there. `html` is what the server sent, if known. */
export async function check(page, name, html) {
  const state = `${name} (${await page.title()})`;
  assert.equal(await page.locator("h1").count(), 1, `${state}: one h1`);
  assert.ok(!/undefined|\bnone\b –/.test(await page.title()), `${state}: its title`);
  const sent = html ?? (await page.content());
  const news = isNews(sent);
  parts(sent).forEach((part) => seen.add(part));
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    if (news) await assertAccessible(page, `${state} at ${width} px`);
    else await assertFits(page, `${state} at ${width} px`);
  }
  if (html) kept.set(name, html);
}

/** Whether anything stands in this HTML that stood in none before. */
export const isNews = (html) => parts(html).some((part) => !seen.has(part));

/** Elements, classes, roles and kinds of field, without what differs from one record to the next. */
function parts(html) {
  const found = html.match(/<[a-z0-9]+|\b(?:class|role|type|aria-[a-z]+)="[^"]*"/g) ?? [];
  return found.map((part) => part.replace(/^(aria-(?:label|labelledby|describedby|controls))=.*/, "$1"));
}

/** No part of the page is beyond the side of the window. */
export async function assertFits(page, state) {
  const beyond = await page.evaluate(() => {
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over <= 0) return null;
    const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".kw-pane, .kw-chart__pane"));
    return `${over} px: ${wide.slice(-3).map((one) => one.outerHTML.slice(0, 120)).join(" … ")}`;
  });
  assert.equal(beyond, null, `${state}: the page is wider than the window`);
}

/** Everything that was shown, written into a folder: its files, and how to throw it away. */
export function everythingShown() {
  const folder = mkdtempSync(join(tmpdir(), "shown-"));
  const files = [...kept].map(([name, html]) => {
    const file = join(folder, `${name.replace(/[^a-z0-9]+/gi, "_")}.html`);
    writeFileSync(file, html);
    return file;
  });
  return { files, away: () => rmSync(folder, { recursive: true }) };
}
