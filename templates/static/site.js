/* The theme, and the opening of the home page. It runs in the head, before anything is painted, so
   that no page shows the wrong theme first and nothing moves; without it every page reads whole. */
"use strict";

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

  function systemTheme() {
    return system.matches ? "dark" : "light";
  }

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
    addEventListener("storage", (event) => {
      if (event.key !== KEY && event.key !== null) return; // null: all of it was cleared
      applyTheme(storedTheme());
      report();
    });
    report();
  }

  /* The opening: one function at a time; on a narrow screen one layout, too */

  function storeState({ name, transposed }) {
    try {
      // Replaced, not pushed: Back leaves the page, whatever was tried on it.
      history.replaceState(null, "", `#show=${name}${transposed ? ".T" : ""}`);
    } catch {
      // too often in a short time: the page is right, only its address lags
    }
  }

  function startOpening(opening) {
    const pairs = [...opening.querySelectorAll(".pair")];
    const choices = [...opening.querySelectorAll("input")];
    const button = opening.querySelector("button");
    const status = opening.querySelector("[role=status]");
    let state = { name: choices[0].value, transposed: false };

    function addressState() {
      const [, name, transposed] = /^#show=(\w+)(\.T)?$/.exec(location.hash) ?? [];
      const known = choices.some((choice) => choice.value === name);
      return known ? { name, transposed: Boolean(transposed) } : {};
    }

    function showChoice() {
      const choice = choices.find((choice) => choice.value === state.name);
      const [label, row] = [choice.parentElement, choice.parentElement.parentElement];
      choice.checked = true;
      row.scrollLeft = label.offsetLeft - (row.clientWidth - label.offsetWidth) / 2;
    }

    function showPictures() {
      for (const pair of pairs) {
        pair.hidden = pair.dataset.function !== state.name;
        if (pair.hidden) continue;
        // The picture behind the switch is not seen yet, and must not be waited for.
        for (const image of pair.querySelectorAll("img")) image.loading = "eager";
      }
    }

    function show(change) {
      state = { ...state, ...change };
      button.setAttribute("aria-pressed", state.transposed);
      showChoice();
      showPictures();
    }

    function tell() {
      const images = [...opening.querySelectorAll("img")].filter((image) => image.offsetParent);
      status.textContent = images.map((image) => image.alt).join(" ");
    }

    function choose(change) {
      show(change);
      tell();
      storeState(state);
    }

    for (const choice of choices) {
      choice.addEventListener("change", () => choose({ name: choice.value }));
    }
    button.addEventListener("click", () => choose({ transposed: !state.transposed }));
    addEventListener("hashchange", () => {
      const change = addressState();
      if (!change.name) return; // another place of this page
      show(change);
      tell();
    });
    addEventListener("pageshow", () => show({})); // after Back, Chromium restores an older choice
    show(addressState());
  }

  root.dataset.script = ""; // what only a script can serve is laid out from here on
  applyTheme(storedTheme());
  addEventListener("DOMContentLoaded", () => {
    startTheme(document.querySelector(".theme"));
    const opening = document.querySelector(".opening");
    if (opening) startOpening(opening);
  });
}
