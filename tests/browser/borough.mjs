// The invented borough, served by the program itself: made once for all journeys, in a folder of its own that goes with it.
// What one journey writes the others see: none relies on a count, and each writes about people of its own.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = new URL("../..", import.meta.url).pathname;
const FEWEST = "300";

let made;

/** The running borough: `{ address, signIn(browser, username, options) }`. */
export function borough() {
  made ??= make();
  return made;
}

async function make() {
  const address = process.env.KEYWORKER_ADDRESS ?? (await start());
  return { address, signIn: (browser, username, options) => signIn(address, browser, username, options) };
}

/** The binary that the workspace's tests have just made, with the same features: nothing is compiled twice. */
function binary() {
  execFileSync("cargo", ["test", "-q", "--locked", "-p", "keyworker", "--test", "journeys", "--no-run"], { cwd: ROOT, stdio: "pipe" });
  return join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug", "keyworker");
}

async function start() {
  const program = binary();
  const folder = mkdtempSync(join(tmpdir(), "borough-"));
  const port = await freePort();
  const { DATABASE, PORT, ...env } = process.env;
  const options = ["demo", "--folder", folder, "--people", FEWEST, "--years", "1", "--port", String(port), "--serve"];
  const server = spawn(program, options, { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  server.stderr.on("data", (part) => (said = (said + part).slice(-2000)));
  process.on("exit", () => {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  const address = `http://127.0.0.1:${port}`;
  await answers(address, server, () => said);
  return address;
}

async function answers(address, server, said) {
  const until = Date.now() + 90_000;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`the borough did not start: ${said()}`);
    const there = await fetch(`${address}/sign-in`).then((answer) => answer.ok, () => false);
    if (there) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`the borough did not answer within 90 seconds: ${said()}`);
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** A page in which this invented person is signed in, by the demonstration's own form. */
async function signIn(address, browser, username, options = {}) {
  const context = await browser.newContext({ baseURL: address, viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.fill("#username", username);
  await page.click("text=Sign in as this person");
  await page.waitForURL((url) => url.pathname !== "/sign-in/as" && url.pathname !== "/sign-in");
  return page;
}
