// What every page must be, for journeys to ask: no accessibility fault, no sideways scroll, no HTML fault.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";

/** Throws with what axe finds, or when the page is wider than the window. */
export async function assertAccessible(page, state) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${state}: the page is ${over} px wider than the window`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const said = violations.flatMap((found) => found.nodes.filter((node) => !isTheirs(found, node)).map((node) => `${found.id}: ${node.html.slice(0, 200)}`));
  assert.deepEqual(said, [], state);
}

/** The Design System's radios that open a further question say so with aria-expanded, which ARIA does not list for radios; its makers tried it with people and keep it. */
const isTheirs = (found, node) => found.id === "aria-allowed-attr" && /class="govuk-(radios|checkboxes)__input"/.test(node.html) && /aria-expanded/.test(node.html);

/** Throws with what the HTML checker says of the files; nothing is checked without Java. */
export function assertValidHtml(files) {
  if (spawnSync("java", ["-version"]).error) return console.log("      (HTML is not checked: there is no Java)");
  const jar = join(dirname(createRequire(import.meta.url).resolve("vnu-jar")), "build", "dist", "vnu.jar");
  try {
    execFileSync("java", ["-jar", jar, "--errors-only", "--format", "gnu", ...files], { stdio: "pipe" });
  } catch (problem) {
    assert.fail(String(problem.stderr).slice(0, 2000));
  }
}
