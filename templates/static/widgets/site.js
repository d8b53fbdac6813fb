/* The theme, and the address. It runs in the head, before anything is painted, so that
   no page shows the wrong theme first and nothing moves; without it, every page is
   still complete. */
"use strict";

{
  /** Do what a browser may refuse: if it does, a theme lasts as long as its page, and
      the address lags behind. */
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

  /** The place on the page that the address names, if it names one. */
  function addressedPlace() {
    const name = attempt(() => decodeURIComponent(location.hash.slice(1)));
    return document.getElementById(name);
  }

  /** Whether a click on a link asks for a new tab or window, or for its file. */
  function opensElsewhere({ ctrlKey, metaKey, shiftKey, altKey }) {
    return ctrlKey || metaKey || shiftKey || altKey;
  }

  // For the scripts of single pages.
  globalThis.gradvizPage = { storeAddress, addressedPlace, opensElsewhere };

  /* The theme: the system's, until the reader chooses the other one */

  const { dataset } = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const KEY = "gradviz-theme"; // all projects on a host share one storage

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

  function menuParts() {
    const button = document.querySelector(".unfold");
    return { list: button.previousElementSibling, button };
  }

  /** Offer to unfold the menu unless one row shows all there is. */
  function layMenu() {
    const { list, button } = menuParts();
    button.hidden = true; // it needs room, too
    const [first, last] = [list.firstElementChild, list.lastElementChild];
    button.hidden = !siteMap() && first.offsetTop === last.offsetTop;
  }

  /** All pages of the site, in groups, at the foot of the page. */
  function siteMap() {
    return document.querySelector(".colophon .map");
  }

  /** The same for the menu. */
  function panelOf(map) {
    const panel = document.createElement("div");
    panel.className = "map";
    panel.append(...map.cloneNode(true).childNodes);
    return panel;
  }

  function toggleMenu({ currentTarget: button }) {
    const opens = button.ariaExpanded !== "true";
    button.ariaExpanded = opens;
    const map = siteMap();
    if (!map) return; // the rows of the menu are all there is
    if (opens) button.after(panelOf(map));
    else button.nextElementSibling.remove();
  }

  dataset.script = ""; // from here on, show what only a script can serve
  followStored();
  system.addEventListener("change", showPressed);
  addEventListener("storage", followStored);
  addEventListener("DOMContentLoaded", () => {
    showPressed();
    themeButton().addEventListener("click", toggleTheme);
    menuParts().button.addEventListener("click", toggleMenu);
    requestAnimationFrame(layMenu); // once there are styles
    addEventListener("resize", layMenu);
    openFolds();
  });
  addEventListener("hashchange", openFolds);
}
