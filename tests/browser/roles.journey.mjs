// The main job, from an enquiry to a recorded visit, each step by the person whose work it is, in a real browser.
import assert from "node:assert/strict";
import { borough } from "./borough.mjs";
import { check } from "./shown.mjs";

export async function begin() {
  return borough();
}

/** Text on the page, waited for. */
const sees = (page, words) => page.locator("main").getByText(words).first().waitFor();
const press = (page, words) => page.locator("main").getByRole("button", { name: words }).first().click();
const choose = (page, group, answer) => page.getByRole("group", { name: group }).getByLabel(answer, { exact: true }).check();

/** Finds a person by what one types into the box on every page. */
async function find(page, words) {
  await page.locator("body").press("/");
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Find a person" }).waitFor();
}

/** The manager of Millhaven gives the first who waits, and whose line says this, to Ruth Adeyemi. Returns their name. */
async function allocate(here, browser, says) {
  const page = await here.signIn(browser, "neil.ashworth");
  await page.locator(".kw-nav").getByRole("link", { name: "Allocation" }).click();
  const row = page.locator("tr", { hasText: says }).filter({ has: page.getByRole("link", { name: /^Allocate/ }) }).first();
  const name = (await row.locator("th a").first().innerText()).trim();
  await row.getByRole("link", { name: /^Allocate/ }).click();
  await sees(page, /Ruth Adeyemi, full time, would hold \d+/);
  await page.getByRole("radio", { name: "Ruth Adeyemi" }).check();
  await page.getByLabel("Why this worker").fill("Knows the school well.");
  await page.getByLabel("What is to be done").fill("See the child, and agree a plan with the family.");
  await page.getByLabel("Known risks to the worker").fill("None known");
  await page.getByLabel("Known risks to the child").fill("None known");
  await page.getByLabel("Why all the same").fill("She has room for one more.");
  await page.getByRole("button", { name: "Allocate", exact: true }).click();
  await page.locator(".moj-alert, .govuk-error-summary").first().waitFor();
  assert.equal(await page.locator(".govuk-error-summary").count(), 0, await page.locator("main").innerText());
  await page.context().close();
  return name;
}

/** Ruth Adeyemi reads the note, takes the case, and records a visit to this child. */
async function takeAndVisit(here, browser, name) {
  const page = await here.signIn(browser, "ruth.adeyemi");
  await page.getByRole("navigation", { name: "What I have to do" }).getByRole("link", { name: /new to me/ }).click();
  await page.locator("main").getByRole("link", { name }).click();
  await sees(page, "Knows the school well.");
  await press(page, "I have read this and will take it");
  await page.locator(".moj-alert").first().waitFor();
  await page.goto("/");
  await page.getByRole("link", { name: `Visit to ${name}` }).click();
  await page.locator("#child_words:focus").waitFor();
  await page.keyboard.type("“I like it when Mum reads.”");
  await page.getByLabel("What you make of it").fill("Settled, and easy with her mother.");
  await page.getByLabel("Seen", { exact: true }).check();
  await press(page, "Record the visit");
  await sees(page, "“I like it when Mum reads.”");
  await check(page, "a story with a new visit", await page.content());
  await page.context().close();
}

export const journeys = {
  "a member of the public tells us, and hears what happens next": async ({ browser, here }) => {
    const context = await browser.newContext({ baseURL: here.address, viewport: { width: 320, height: 800 } });
    const page = await context.newPage();
    await page.goto("/enquiry");
    await page.getByLabel("None of these").check();
    await page.getByLabel("What are you worried about").fill("Shouting at night. قصة 👩‍👧 <b>");
    await page.getByLabel("A child or young person").check();
    await page.getByLabel("Name of person 1").fill("Ottilie Quarndon");
    await page.getByLabel("I am a friend, a neighbour or somebody else").check();
    await page.getByLabel("Please do not contact me").check();
    await press(page, "Send");
    await sees(page, "Your reference is");
    await check(page, "an enquiry was received");
    assert.deepEqual(await context.cookies(), [], "the public page sets no cookie");
    await context.close();
  },

  "a call at the front door becomes a referral, reaches a worker, and the child is seen": async ({ browser, here }) => {
    const surname = `Q${Array.from({ length: 9 }, () => "abcdefghiklmnoprstuvwz"[Math.floor(Math.random() * 22)]).join("")}`; // nobody is like that
    const call = await here.signIn(browser, "flora.reed");
    await call.locator(".kw-nav").getByRole("link", { name: "Front door" }).click();
    await call.getByRole("button", { name: "New enquiry" }).click();
    await call.locator("#words:focus").waitFor();
    await call.keyboard.type("Neighbour rang: crying at night, mother away since Friday.");
    await choose(call, "Is it about a child or an adult?", "A child or young person");
    for (const no of await call.locator("input[name^='danger-'][value=no]").all()) await no.check();
    await call.locator("#given_0").fill("Ottilie");
    await call.locator("#surname_0").fill(surname);
    await press(call, "Save the enquiry");
    await call.waitForURL(/enquiries\/[0-9a-f]{32}$/);
    const enquiry = new URL(call.url()).pathname;
    await check(call, "an enquiry about somebody not on record", await call.content());
    await press(call, "Add them to the records");
    await sees(call, "On record");
    await call.context().close();

    const manager = await here.signIn(browser, "dev.malhotra");
    await manager.goto(enquiry);
    await manager.getByRole("button", { name: "Decide what follows" }).click();
    await manager.getByLabel("Referral to children's social care").check();
    await manager.locator("input[name=about]").first().check();
    await manager.locator("select[name=team]").selectOption({ label: "Millhaven safeguarding" });
    await manager.getByLabel("Why, for the record").fill("Alone over a week-end; school is worried too.");
    await manager.locator("select[name=legal_basis]").selectOption({ index: 1 });
    await manager.locator("input[name=told][value=will_be]").check();
    const tomorrow = new Date(Date.now() + 86_400_000);
    for (const [part, value] of [["day", tomorrow.getDate()], ["month", tomorrow.getMonth() + 1], ["year", tomorrow.getFullYear()]]) await manager.fill(`#told_by-${part}`, String(value));
    await manager.locator("textarea[name=family_reason]").fill("We want to see how Ottilie is, and what would help.");
    await manager.locator("input[name=to_enquirer][value=later]").check();
    await manager.locator("input[name=to_family][value=person]").check();
    await press(manager, "Check before you decide");
    await manager.locator(".govuk-error-summary").or(manager.getByRole("heading", { name: "Check before you decide" })).first().waitFor();
    assert.deepEqual(await manager.locator(".govuk-error-summary").allInnerTexts(), []);
    await check(manager, "a decision before it is made", await manager.content());
    await press(manager, "Decide");
    await manager.getByRole("heading", { name: "What follows" }).waitFor();
    await check(manager, "what follows a decision", await manager.content());
    await manager.context().close();

    const name = await allocate(here, browser, surname);
    await takeAndVisit(here, browser, name);
  },

  "a manager gives a waiting child a worker, who takes it and records a visit": async ({ browser, here }) => {
    const name = await allocate(here, browser, "Child in need");
    await takeAndVisit(here, browser, name);
  },

  "what was typed comes back after signing out": async ({ browser, here }) => {
    let page = await here.signIn(browser, "ruth.adeyemi");
    await page.getByRole("link", { name: /^Note about/ }).last().click();
    const address = new URL(page.url()).pathname;
    await page.locator("#words:focus").waitFor();
    const saved = page.waitForResponse((one) => one.url().includes("/drafts/") && one.ok());
    await page.keyboard.type("Rang the health visitor; she");
    await page.keyboard.press("Tab");
    await saved;
    await page.locator(".kw-draft__status").filter({ hasText: "Draft saved" }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(/sign-in/);
    await page.context().close();
    page = await here.signIn(browser, "ruth.adeyemi");
    await page.getByRole("navigation", { name: "What I have to do" }).getByRole("link", { name: /drafts?$/ }).click();
    await check(page, "a list of drafts", await page.content());
    await page.locator(`main a[href^="${address}"]`).click();
    assert.equal(await page.locator("#words").inputValue(), "Rang the health visitor; she");
    await page.locator("#words").fill("Rang the health visitor; she calls back.");
    await press(page, "Save note");
    await sees(page, "Rang the health visitor; she calls back.");
    await page.goto("/drafts");
    assert.equal(await page.locator(`main a[href^="${address}"]`).count(), 0, "a draft goes when its form was sent");
    await page.context().close();
  },

  "emergency duty hands over, and the morning reads it": async ({ browser, here }) => {
    const words = `Police rang at 3am (${Date.now()}).`;
    const night = await here.signIn(browser, "ewan.knight");
    await night.goto("/front-door/hand-over");
    await night.getByRole("link", { name: "Hand something over" }).click();
    await night.getByLabel("What happened").fill(words);
    await night.getByLabel("What is to be done").fill("Ring the school before nine.");
    await night.getByLabel("At the start of the shift").check();
    await night.getByLabel("For which team?").selectOption({ label: "Front door" });
    await press(night, "Hand over");
    await sees(night, words);
    await night.context().close();
    const morning = await here.signIn(browser, "flora.reed");
    await morning.goto("/front-door/hand-over");
    const line = morning.locator("article", { hasText: words });
    await line.getByText("Not read").waitFor();
    await check(morning, "a hand-over with the unread", await morning.content());
    await line.getByRole("button", { name: "I have read this" }).click();
    await line.getByText("To do", { exact: true }).waitFor();
    await line.getByLabel("What was done").fill("Rang; she is at school.");
    await line.getByRole("button", { name: "It is done" }).click();
    await morning.getByText("Finished in the last 7").click();
    await sees(morning, "Rang; she is at school.");
    await check(morning, "a hand-over that is finished", await morning.content());
    await morning.context().close();
  },

  "an emergency duty worker reads a record that is nobody's at night": async ({ browser, here }) => {
    const page = await here.signIn(browser, "ewan.knight");
    await find(page, "Ellie Marsh");
    await page.locator("main").getByRole("link", { name: "Ellie Marsh" }).first().click();
    await page.getByRole("heading", { name: /story/ }).waitFor();
    await page.context().close();
  },

  "a director's numbers lead to exactly those children": async ({ browser, here }) => {
    const page = await here.signIn(browser, "marcus.dale");
    await page.getByRole("link", { name: "Service", exact: true }).first().click();
    const zero = page.locator("table").filter({ hasText: "No worker" }).first();
    const lines = await zero.locator("tbody tr").evaluateAll((all) => all.map((one) => [one.querySelector("a")?.getAttribute("href"), [...one.querySelectorAll("td")].map((cell) => Number(cell.textContent.trim().replace(/,/g, "")))]));
    const linked = lines.filter(([href]) => href);
    assert.ok(linked.length >= 4, "the lines of the board are links");
    for (const [href, [, without, uncovered, leaving]] of linked) {
      await page.goto(href);
      const counted = await page.locator("main h2").evaluateAll((all) => all.map((one) => [Number(one.textContent.match(/\d+$/)[0]), one.nextElementSibling.matches("ul") ? one.nextElementSibling.children.length : 0]));
      assert.deepEqual(counted, [without, uncovered, leaving].map((number) => [number, number]), href);
    }
    await page.context().close();
  },

  "a record that is not one's own opens in an emergency, and another reviews it": async ({ browser, here }) => {
    const page = await here.signIn(browser, "tom.bell");
    await find(page, "Elsie Varga");
    await page.locator("main").getByRole("link", { name: "Elsie Varga" }).first().click();
    await sees(page, "You are not working with this person.");
    await check(page, "the index of a person", await page.content());
    await page.getByRole("link", { name: "Open the record in an emergency" }).click();
    await check(page, "before the glass", await page.content());
    await page.getByRole("button", { name: "Continue to the reason" }).or(page.getByRole("link", { name: "Continue to the reason" })).click();
    await press(page, "Open the record");
    await page.locator(".govuk-error-summary").waitFor();
    await check(page, "the reason for breaking the glass, sent empty", await page.content());
    await page.getByLabel("A child or adult may be in immediate danger").check();
    await page.getByLabel("In your own words").fill("Mother rang in tears; her worker is away.");
    await press(page, "Open the record");
    await page.getByRole("region", { name: "Emergency access" }).waitFor();
    await check(page, "a record open in an emergency", await page.content());
    await page.getByRole("button", { name: "End it now" }).click();
    await page.context().close();
    const other = await here.signIn(browser, "ines.vale");
    await other.getByRole("navigation", { name: "What I have to do" }).getByRole("link", { name: /emergency opening/ }).click();
    await other.locator("main").getByRole("link", { name: "Tom Bell" }).first().click();
    await sees(other, "Mother rang in tears");
    await other.locator("main input[type=radio]").first().check();
    await other.getByLabel("What follows from it").fill("It was right. The duty rota is looked at.");
    await press(other, "Record the review");
    await other.locator(".moj-alert").first().waitFor();
    await check(other, "a list of emergency openings", await other.content());
    await other.context().close();
  },

  "information governance asks what a worker looked at, and the worker sees it too": async ({ browser, here }) => {
    const worker = await here.signIn(browser, "ruth.adeyemi");
    await worker.locator("main th a[href^='/people/']").first().click();
    await worker.locator("[data-identity]").waitFor();
    await worker.goto("/account/seen");
    const rows = await worker.locator("main tbody tr").count();
    assert.ok(rows > 0);
    await worker.context().close();
    const page = await here.signIn(browser, "ines.vale");
    await page.goto("/audit");
    await page.getByLabel("What did this worker look at?").selectOption({ label: "Ruth Adeyemi" });
    await press(page, "Continue");
    await page.getByLabel("Why do you need to know?").fill("Complaint 12 of November");
    await press(page, "Continue");
    await page.getByRole("heading", { name: "What Ruth Adeyemi looked at" }).waitFor();
    await check(page, "what a worker looked at", await page.content());
    assert.ok((await page.locator("main tbody tr").count()) > 0);
    await page.context().close();
  },

  "an administrator adds a worker, who chooses a password": async ({ browser, here }) => {
    const page = await here.signIn(browser, "sam.dunn");
    const surname = `Newcomer${Date.now()}`;
    await page.getByRole("link", { name: "Staff", exact: true }).first().click();
    await page.getByRole("link", { name: "Add a worker" }).click();
    await page.getByLabel("Given name").fill("Nia");
    await page.getByLabel("Family name").fill(surname);
    await page.getByLabel("Employee", { exact: true }).check();
    await press(page, "Save");
    await page.getByRole("link", { name: /Give a role/ }).click();
    await page.getByLabel("Role", { exact: true }).selectOption({ label: "Social worker" });
    await page.getByLabel("Team", { exact: true }).selectOption({ index: 2 });
    await press(page, "Give the role");
    await page.getByRole("link", { name: "Open one" }).click();
    await press(page, "Open the account");
    const makeLink = page.getByRole("button", { name: "Make a one-time link" });
    if (!(await page.locator("code.kw-secret").count())) await makeLink.click();
    const link = new URL((await page.locator("code.kw-secret").innerText()).trim(), here.address);
    await check(page, "a one-time link");
    const context = await browser.newContext({ baseURL: here.address });
    const own = await context.newPage();
    await own.goto(link.pathname);
    await own.getByLabel("New password").fill("too short");
    await press(own, "Set password");
    await own.locator(".govuk-error-summary").waitFor();
    await check(own, "a password that is too short", await own.content());
    await own.getByLabel("New password").fill("quiet lantern over heather 42");
    await press(own, "Set password");
    await own.waitForURL((url) => !url.pathname.startsWith("/link/"));
    await check(own, "after choosing a password");
    await context.close();
    await page.context().close();
  },

  "a councillor sees no person": async ({ browser, here }) => {
    const page = await here.signIn(browser, "margaret.stott");
    assert.equal(await page.locator("#find").count(), 0, "no box to find a person");
    await page.getByRole("link", { name: "Service", exact: true }).first().click();
    assert.equal(await page.locator("a[href^='/people/']").count(), 0);
    await check(page, "the service as a councillor sees it", await page.content());
    for (const address of ["/people/010003000000000000000000000003f4", "/people/00000000000000000000000000000000", "/unallocated", "/teams", "/audit"]) {
      const answer = await page.goto(address);
      assert.equal(answer.status(), 403, address);
    }
    await check(page, "a page that is not for one's role", await page.content());
    await page.context().close();
  },
};
