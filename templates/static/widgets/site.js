/* The theme, and the address. It runs in the head, before anything is painted, so that
   no page shows the wrong theme first and nothing moves; without it every page reads whole. */
"use strict";

{
  /** Do what a browser may refuse: then a theme lasts as long as its page, and the address
      lags behind. */
  function attempt(work) {
    try {
      return work();
    } catch {
      return null;
    }
  }

  /* The address */

  /** Keep a state in the address. It replaces the one before: Back leaves the page, whatever
      was tried on it. */
  function storeAddress(fragment) {
    attempt(() => history.replaceState(null, "", fragment));
  }

  /** The place of the page that the address names, if it names one. */
  function addressedPlace() {
    const name = attempt(() => decodeURIComponent(location.hash.slice(1)));
    return document.getElementById(name);
  }

  // For the scripts of single pages.
  globalThis.gradvizPage = { storeAddress, addressedPlace };

  /* The theme: the system's, until the reader chooses the other one */

  const { dataset } = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const KEY = "gradviz-theme"; // the projects of a host share one storage

  function themeButton() {
    return document.querySelector(".theme");
  }

  function isDark() {
    return dataset.theme ? dataset.theme === "dark" : system.matches;
  }

  function showPressed() {
    themeButton()?.setAttribute("aria-pressed", isDark());
  }

  function applyTheme(theme) {
    if (theme === "dark" || theme === "light") dataset.theme = theme;
    else delete dataset.theme;
    showPressed();
  }

  function followStored() {
    applyTheme(attempt(() => localStorage[KEY]));
  }

  function storeTheme(theme) {
    attempt(() => {
      localStorage[KEY] = theme;
    });
  }

  function forgetTheme() {
    attempt(() => delete localStorage[KEY]);
  }

  function toggleTheme() {
    const theme = isDark() ? "light" : "dark";
    storeTheme(theme);
    applyTheme(theme);
    if (isDark() !== system.matches) return;
    // A choice that agrees with the system is no choice: the page follows the system again.
    forgetTheme();
    applyTheme();
  }

  /* Folds */

  /** Open the folds around what the address names, as some browsers do by themselves. */
  function openFolds() {
    const target = addressedPlace();
    let fold = target?.closest("details:not([open])");
    if (!fold) return;
    while (fold) {
      fold.open = true;
      fold = fold.parentElement.closest("details");
    }
    target.scrollIntoView();
  }

  /* The menu */

  const FADED = 40; // px at the end of the menu, where words fade

  /** Bring the open section into sight in a menu that goes on beyond the rim. The menu begins
      with the first word from which on that section is whole. */
  function showOpenSection() {
    const section = document.querySelector(".theme + nav [aria-current]");
    const menu = section?.closest("ul");
    if (!menu) return;
    const { right } = section.getBoundingClientRect();
    const room = menu.clientWidth - FADED;
    const begins = [...menu.children].map((item) => item.getBoundingClientRect().left);
    const first = begins.find((left) => right - left <= room) ?? begins.at(-1);
    menu.scrollLeft = first - begins[0];
  }

  dataset.script = ""; // what only a script can serve is laid out from here on
  followStored();
  system.addEventListener("change", showPressed);
  addEventListener("storage", followStored);
  addEventListener("DOMContentLoaded", () => {
    showPressed();
    themeButton().addEventListener("click", toggleTheme);
    requestAnimationFrame(showOpenSection); // once there are styles
    openFolds();
  });
  addEventListener("hashchange", openFolds);
}
