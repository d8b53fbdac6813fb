/* The theme, and the address. It runs in the head, before anything is painted, so that
   no page shows the wrong theme first and nothing moves; without it every page reads whole. */
"use strict";

/** Keep a state in the address. Replaced, not pushed: Back leaves the page, whatever was tried on it. */
function storeAddress(fragment) {
  try {
    history.replaceState(null, "", fragment);
  } catch {
    // too often in a short time: the page is right, only its address lags
  }
}

{
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const KEY = "gradviz-theme"; // a host's projects share one storage

  /* The theme: the system's until the reader chooses the other one */

  function storedTheme() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is refused, and the choice lasts as long as the page
    }
  }

  function storeTheme(theme) {
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch {
      // as above
    }
  }

  const systemTheme = () => (system.matches ? "dark" : "light");

  function applyTheme(theme) {
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
    else delete root.dataset.theme;
  }

  function toggleTheme() {
    const other = (root.dataset.theme ?? systemTheme()) === "dark" ? "light" : "dark";
    // A choice that agrees with the system is no choice: the page follows the system again.
    const theme = other === systemTheme() ? null : other;
    applyTheme(theme);
    storeTheme(theme);
  }

  function startTheme(button) {
    const report = () =>
      button.setAttribute("aria-pressed", (root.dataset.theme ?? systemTheme()) === "dark");
    button.addEventListener("click", () => {
      toggleTheme();
      report();
    });
    system.addEventListener("change", report);
    addEventListener("storage", () => {
      applyTheme(storedTheme());
      report();
    });
    report();
  }

  root.dataset.script = ""; // what only a script can serve is laid out from here on
  applyTheme(storedTheme());
  addEventListener("DOMContentLoaded", () => startTheme(document.querySelector(".theme")));
}
