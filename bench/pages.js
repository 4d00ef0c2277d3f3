// What k6 does to a running demonstration: invented workers read and save at a constant rate. Run by bench/pages.py, which
// sets ADDRESS, RATE and SECONDS and reads the summary.
import http from "k6/http";
import { check } from "k6";
import exec from "k6/execution";

const ADDRESS = __ENV.ADDRESS;
const WORKERS = ["priya.nair", "tom.bell", "ruth.adeyemi", "colm.hartigan", "sheila.dodd", "jo.tranter", "megan.price", "keith.munro"];
const MANAGERS = ["grace.obi", "neil.ashworth", "hannah.frost"];
const FRONT_DOOR = ["flora.reed", "dev.malhotra"];
const SOUGHT = ["birtwell", "jon smyth", "ellie marsh 2016", "noor birt", "ashworht 12/3/1984", "ZZ1 4QP", "kwame o'brien", "3/4/2012", "sofia kowalsky"];

/** Of a hundred requests, so many of each kind. */
const READS = [
  ["read my work", 18, (who) => get("/", who)],
  ["read a story", 24, (who) => get(`/people/${any(who.people)}`, who)],
  ["read details", 5, (who) => get(`/people/${any(who.people)}/details`, who)],
  ["read the family", 4, (who) => get(`/people/${any(who.people)}/family`, who)],
  ["find a person", 10, (who) => post("/people/find", who, { q: any(SOUGHT) })],
  ["open the form of a note", 5, (who) => get(`/people/${any(who.people)}/notes/new`, who)],
  ["open the form of a visit", 4, (who) => get(`/people/${any(who.people)}/visits/new`, who)],
  ["read what is late", 2, (who) => get("/work/late", who)],
  ["read the front door", 5, (who, all) => get("/front-door", any(all.frontDoor))],
  ["read a manager's work", 2, (who, all) => get("/", any(all.managers))],
  ["read who waits for a worker", 2, (who, all) => { const m = any(all.managers); return get(m.waiting, m); }],
  ["read a team", 2, (who, all) => { const m = any(all.managers); return get(m.team, m); }],
];
const SAVES = [
  ["save a draft", 9, (who, all) => draft(all)],
  ["save a note", 5, (who) => { const id = any(who.people); return post(`/people/${id}/notes/new`, who, { words: words(60), "happened_on-day": "", ...today("happened_on") }); }],
  ["save a visit", 2, (who) => { const id = any(who.people); return post(`/people/${id}/visits/new`, who, { child_words: words(20), worker_view: words(20), seen: "seen", seen_alone: "yes", bedroom: "seen", ...today("visited_on") }); }],
  ["save an enquiry", 1, (who, all) => post("/front-door/enquiries/new", any(all.frontDoor), { words: words(60), given_0: "Bench", channel: "telephone", band: "routine", received_time: "00:01", ...today("received_on") })],
];
const ALL = [...READS, ...SAVES];
const WHOLE = ALL.reduce((sum, [, share]) => sum + share, 0);

const kept = { "http_req_duration{kind:read}": ["max>=0"], "http_req_duration{kind:save}": ["max>=0"] };
for (const [name] of ALL) kept[`http_req_duration{name:${name}}`] = ["max>=0"];

export const options = {
  scenarios: { all: { executor: "constant-arrival-rate", rate: Number(__ENV.RATE), timeUnit: "1s", duration: `${__ENV.SECONDS}s`, preAllocatedVUs: 60, maxVUs: 200 } },
  thresholds: kept,
  summaryTrendStats: ["med", "p(95)", "p(99)", "max", "count"],
  noCookiesReset: true,
  setupTimeout: "120s",
};

const any = (list) => list[Math.floor(Math.random() * list.length)];
const words = (many) => Array.from({ length: many }, () => any(["visit", "school", "called", "about", "the", "child", "said", "home", "today", "plan"])).join(" ");

function today(field) {
  const now = new Date();
  return { [`${field}-day`]: String(now.getUTCDate()), [`${field}-month`]: String(now.getUTCMonth() + 1), [`${field}-year`]: String(now.getUTCFullYear()) };
}

function params(who, more = {}) {
  return { headers: { Cookie: who.cookie, Origin: ADDRESS, ...more }, redirects: 0 };
}
const get = (path, who) => http.get(ADDRESS + path, params(who));
function token() {
  return Array.from({ length: 32 }, () => "0123456789abcdef"[Math.floor(Math.random() * 16)]).join("");
}
const post = (path, who, fields) => http.post(ADDRESS + path, { csrf: who.csrf, form_token: token(), ...fields }, params(who));

/** What the page does by itself while somebody types: each virtual user keeps the draft of one call, and knows its last version. */
const mine = { call: token() };
function draft(all) {
  const who = all.frontDoor[exec.vu.idInTest % all.frontDoor.length];
  const fields = { csrf: who.csrf, words: words(40), draft_id: mine.id || "", draft_version: String(mine.version || 0) };
  const answer = http.post(`${ADDRESS}/drafts/enquiry/${mine.call}`, fields, params(who));
  if (answer.status === 200) Object.assign(mine, answer.json());
  return answer;
}

export function setup() {
  const signIn = (username) => {
    http.cookieJar().clear(ADDRESS);
    const page = http.get(`${ADDRESS}/sign-in`);
    const form = page.html(`form[action="/sign-in/as"]`).first();
    const fields = {};
    form.find("input[type=hidden]").each((_, input) => (fields[input.getAttribute("name")] = input.getAttribute("value")));
    http.post(`${ADDRESS}/sign-in/as`, { ...fields, username, next: "/" }, { redirects: 0, headers: { Origin: ADDRESS } });
    const jar = http.cookieJar().cookiesForURL(ADDRESS);
    const home = http.get(`${ADDRESS}/`);
    if (home.status !== 200) throw new Error(`${username}: ${home.status}`);
    const people = [...new Set([...home.body.matchAll(/href="\/people\/([0-9a-f]{32})"/g)].map((found) => found[1]))];
    const of = (pattern) => (home.body.match(pattern) || [])[1];
    return {
      username,
      people,
      csrf: home.html("input[name=csrf]").first().attr("value"),
      cookie: Object.entries(jar).map(([name, [value]]) => `${name}=${value}`).join("; "),
      team: of(/href="(\/teams\/[0-9a-f]{32})"/),
      waiting: of(/href="(\/unallocated[^"#]*)/) || "/unallocated",
    };
  };
  const all = { workers: WORKERS.map(signIn).filter((who) => who.people.length), managers: MANAGERS.map(signIn).filter((who) => who.team), frontDoor: FRONT_DOOR.map(signIn) };
  if (all.workers.length < 4 || !all.managers.length) throw new Error("too few of the cast were found");
  return all;
}

export default function (all) {
  let at = Math.random() * WHOLE;
  const [name, , go] = ALL.find(([, share]) => (at -= share) < 0) || ALL[0];
  exec.vu.metrics.tags.name = name;
  exec.vu.metrics.tags.kind = SAVES.some(([save]) => save === name) ? "save" : "read";
  const answer = go(any(all.workers), all);
  const good = exec.vu.metrics.tags.kind === "read" ? answer.status === 200 : answer.status === 303 || (name === "save a draft" && answer.status === 200);
  check(answer, { [`${name} went well`]: () => good });
  if (!good && __ENV.LOUD) console.log(`${name}: ${answer.status} ${String(answer.body).slice(0, 300)}`);
}

export function handleSummary(data) {
  return { stdout: JSON.stringify(data.metrics) + "\n" + JSON.stringify(data.root_group.checks) };
}
