/* The theme, and the address. It runs in the head, before anything is painted, so that
   no page shows the wrong theme first and nothing moves; without it every page reads whole. */
"use strict";

/** Do what a browser may refuse: then a theme lasts as long as its page, and the address lags. */
function attempt(work) {
  try {
    return work();
  } catch {
    return null;
  }
}

/** Keep a state in the address. Replaced, not pushed: Back leaves the page, whatever was tried on it. */
const storeAddress = (fragment) =>
  attempt(() => history.replaceState(null, "", fragment));

{
  const { dataset } = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const KEY = "gradviz-theme"; // the projects of a host share one storage

  /* The theme: the system's until the reader chooses the other one */

  const button = () => document.querySelector(".theme");
  const isDark = () => (dataset.theme ? dataset.theme === "dark" : system.matches);
  const report = () => button()?.setAttribute("aria-pressed", isDark());
  const followStored = () => applyTheme(attempt(() => localStorage[KEY]));

  function applyTheme(theme) {
    if (theme === "dark" || theme === "light") dataset.theme = theme;
    else delete dataset.theme;
    report();
  }

  function toggleTheme() {
    const theme = isDark() ? "light" : "dark";
    attempt(() => {
      localStorage[KEY] = theme;
    });
    applyTheme(theme);
    if (isDark() !== system.matches) return;
    // A choice that agrees with the system is no choice: the page follows the system again.
    attempt(() => delete localStorage[KEY]);
    applyTheme();
  }

  dataset.script = ""; // what only a script can serve is laid out from here on
  followStored();
  system.addEventListener("change", report);
  addEventListener("storage", followStored);
  addEventListener("DOMContentLoaded", () => {
    report();
    button().addEventListener("click", toggleTheme);
  });
}
