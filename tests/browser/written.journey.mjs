// The last file: every page that the journeys before it were shown, as the server sent it, goes through the HTML checker.
import assert from "node:assert/strict";
import { assertValidHtml } from "./page.mjs";
import { everythingShown } from "./shown.mjs";

export const journeys = {
  "every page that was shown is valid HTML": async () => {
    const { files, away } = everythingShown();
    try {
      if (files.length) assertValidHtml(files);
      else assert.ok(process.argv[2], "pages were shown");
    } finally {
      away();
    }
  },
};
