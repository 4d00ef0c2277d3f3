// Nothing typed is lost: a form with data-draft-url is saved on the server as one types, and held in this browser while
// the connection or the session is away.
//
// POST data-draft-url with the form's fields (csrf, draft_id and draft_version among them), Accept: application/json
//   200 {"version": 3, "saved_at": "14:32"}   saved
//   409 {"versions_href": "/drafts/8/versions"}   another tab saved other words: both are kept, a link shows them
//   401, 403 or a redirect                     the session has ended: held here until the same worker signs in again
// A held copy is kept apart by worker and address, sent as soon as it can be, and thrown away after a week.
const EVERY = 5_000;
const A_WEEK = 7 * 24 * 3_600_000;
const PREFIX = "kw-draft:";
const NOT_HELD = new Set(["csrf", "draft_id", "draft_version"]);

export function keepDrafts() {
  forgetOldCopies();
  for (const form of document.querySelectorAll("form[data-draft-url]")) new Draft(form).begin();
}

class Draft {
  constructor(form) {
    this.form = form;
    this.key = `${PREFIX}${document.body.dataset.worker ?? ""}:${form.dataset.draftUrl}`;
    this.status = form.querySelector("[data-draft-status]");
    this.saved = this.words();
    this.saving = null;
    this.timer = null;
    this.sent = false;
  }

  begin() {
    this.restore();
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("change", () => this.later());
    this.form.addEventListener("focusout", () => this.save());
    this.form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    addEventListener("online", () => this.save());
    addEventListener("pageshow", (event) => event.persisted && (this.sent = false));
  }

  /** What is typed, without what may not be held: files, passwords, and what names this page's form. */
  words() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && this.form.elements[name]?.type !== "password") fields.append(name, value);
    }
    for (const name of NOT_HELD) fields.delete(name);
    return fields.toString();
  }

  changed() {
    return !this.sent && this.words() !== this.saved;
  }

  later(wait = EVERY) {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.save();
    }, wait);
  }

  save() {
    if (this.saving || !this.changed()) return this.saving;
    const words = this.words();
    this.saving = this.send(words)
      .catch(() => this.hold(words, "No connection. What you type is held on this computer and saved when the connection is back."))
      .finally(() => {
        this.saving = null;
        if (this.changed()) this.later();
      });
    return this.saving;
  }

  async send(words) {
    const answer = await fetch(this.form.dataset.draftUrl, { method: "POST", body: this.body(words), headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.ok) return this.wasSaved(words, await answer.json());
    if (answer.status === 409) return this.wasSavedElsewhere(words, await answer.json());
    if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") {
      return this.hold(words, "You are signed out. What you typed is held on this computer until you sign in again.");
    }
    throw new Error(`draft: ${answer.status}`);
  }

  body(words) {
    const body = new URLSearchParams(words);
    for (const name of NOT_HELD) {
      const field = this.form.elements[name];
      if (field) body.set(name, field.value);
    }
    return body;
  }

  wasSaved(words, answer) {
    this.saved = words;
    localStorage.removeItem(this.key);
    const version = this.form.elements.draft_version;
    if (version && answer.version !== undefined) version.value = answer.version;
    const id = this.form.elements.draft_id;
    if (id && answer.id !== undefined) id.value = answer.id;
    this.say(`Draft saved ${answer.saved_at ?? clock()}`);
    dispatchEvent(new Event("kw:session-used"));
  }

  /** Both are kept on the server; saving goes on under this tab's own version. */
  wasSavedElsewhere(words, answer) {
    this.wasSaved(words, answer);
    const banner = this.form.querySelector("[data-draft-conflict]");
    if (!banner) return;
    const link = banner.querySelector("[data-draft-versions]");
    if (link && answer.versions_href) link.href = answer.versions_href;
    banner.hidden = false;
  }

  hold(words, why) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ words, at: Date.now() }));
      this.say(why, true);
    } catch {
      this.say("This cannot be saved just now. Keep this page open.", true);
    }
    this.later(10_000);
  }

  /** The page goes: hold a copy here, and try once more to send it. */
  leave() {
    if (!this.changed()) return;
    const words = this.words();
    localStorage.setItem(this.key, JSON.stringify({ words, at: Date.now() }));
    const body = this.body(words);
    fetch(this.form.dataset.draftUrl, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: body.toString().length < 60_000 }).catch(() => {});
  }

  /** A save that is under way ends before the form goes, lest it bring a draft back to life. */
  submit(event) {
    if (event.defaultPrevented) return;
    if (this.saving && !this.sent) {
      event.preventDefault();
      event.stopPropagation();
      const go = () => {
        this.sent = true;
        this.form.requestSubmit(event.submitter ?? undefined);
      };
      Promise.race([this.saving, new Promise((done) => setTimeout(done, 3_000))]).then(go, go);
      return;
    }
    this.sent = true;
    clearTimeout(this.timer);
    localStorage.removeItem(this.key);
  }

  /** What was held while the connection was away comes back into the fields, and is saved. */
  restore() {
    const held = read(this.key);
    if (!held) return;
    if (held.words === this.saved) return localStorage.removeItem(this.key);
    fill(this.form, new URLSearchParams(held.words));
    this.say("What you typed while the connection was away has been put back.", true);
    this.save();
  }

  say(words, held = false) {
    if (!this.status) return;
    this.status.textContent = words;
    this.status.classList.toggle("kw-draft__status--held", held);
  }
}

function fill(form, fields) {
  for (const field of form.elements) {
    if (!field.name || NOT_HELD.has(field.name) || !fields.has(field.name) && field.type !== "checkbox") continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = fields.getAll(field.name).includes(field.value);
    else if (field.type !== "submit" && field.type !== "button" && field.type !== "file") field.value = fields.get(field.name);
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forgetOldCopies() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && Date.now() - (read(key)?.at ?? 0) > A_WEEK) localStorage.removeItem(key);
  }
}

function clock() {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
