// The everyday jobs do not grow: at most so many actions, fields and pages. What they take today stands in docs/measurements.md.
import assert from "node:assert/strict";
import { borough } from "./borough.mjs";
import { measure } from "./counts.mjs";

export async function begin() {
  return borough();
}

/** The most that a job may take: clicks, fields to fill, pages loaded. */
const MOST = {
  "Find a person": { clicks: 1, fields: 1, pages: 2 },
  "Write an enquiry down": { clicks: 3, fields: 1, pages: 3 },
  "Write a case note": { clicks: 2, fields: 3, pages: 2 },
  "Log a visit": { clicks: 3, fields: 4, pages: 2 },
  "Allocate": { clicks: 8, fields: 5, pages: 3 },
  "See what is late": { clicks: 3, fields: 0, pages: 2 },
  "Open the whole story": { clicks: 2, fields: 0, pages: 2 },
};

export const journeys = {
  "everyday jobs take few clicks, fields and pages": async ({ browser, here }) => {
    const found = await measure(browser, here);
    for (const [begins, most] of Object.entries(MOST)) {
      const [name, took] = Object.entries(found).find(([name]) => name.startsWith(begins)) ?? [];
      assert.ok(took, `nothing was measured that begins with ${begins}`);
      for (const [what, number] of Object.entries(most)) assert.ok(took[what] <= number, `${name}: ${took[what]} ${what}, at most ${number}`);
    }
  },
};
