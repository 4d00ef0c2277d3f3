// What scripts add to pages that work without them. Each part stands alone: one that fails leaves the others working.
import { initAll as govuk } from "./govuk.js";
import { initAll as moj, FilterToggleButton } from "./moj.js";
import { keepDrafts } from "./draft.js";
import { measureIdentityBar } from "./identity.js";
import { watchSession } from "./session.js";
import { watchProgress } from "./progress.js";
import { listenForSlash } from "./shortcut.js";
import { sendOnce } from "./submit.js";

const filters = () => {
  for (const panel of document.querySelectorAll(".moj-filter")) {
    const container = panel.parentElement?.querySelector(".moj-action-bar__filter");
    if (container) new FilterToggleButton(panel, { toggleButtonContainer: { selector: ".moj-action-bar__filter" } });
  }
};

for (const begin of [govuk, moj, filters, measureIdentityBar, listenForSlash, watchSession, keepDrafts, sendOnce, watchProgress]) {
  try {
    begin();
  } catch (problem) {
    console.error(problem);
  }
}
