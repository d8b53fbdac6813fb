/* On a phone the symptoms of a page are folded, each behind a button in its heading. Without a
   script, on a wide screen and on paper all of them are open. */
"use strict";

{
  const narrow = matchMedia("(width < 40rem)");
  const symptoms = [...document.querySelectorAll("section.symptom")];

  function buttonOf(symptom) {
    return symptom.querySelector("h2 button");
  }

  function fold(symptom, isFolded) {
    const button = buttonOf(symptom);
    if (!button) return; // a wide screen folds nothing
    button.setAttribute("aria-expanded", !isFolded);
    for (const part of symptom.children) {
      if (part.contains(button)) continue;
      if (isFolded)
        part.setAttribute("hidden", "until-found"); // a search opens it
      else part.removeAttribute("hidden");
    }
  }

  function addButton(symptom) {
    const heading = symptom.querySelector("h2");
    const button = document.createElement("button");
    button.type = "button";
    const words = [...heading.childNodes].filter(
      (node) => !node.matches?.(".headerlink"),
    );
    button.append(...words);
    button.addEventListener("click", () => {
      fold(symptom, button.getAttribute("aria-expanded") === "true");
    });
    heading.prepend(button);
  }

  function removeButton(symptom) {
    const button = buttonOf(symptom);
    button?.replaceWith(...button.childNodes);
  }

  function arrange() {
    for (const symptom of symptoms) {
      fold(symptom, false);
      removeButton(symptom);
      if (!narrow.matches) continue;
      addButton(symptom);
      fold(symptom, true);
    }
    openTarget();
  }

  /** Open the symptom that the address leads to, or one that holds it. */
  function openTarget() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = document.getElementById(id);
    const symptom = target?.closest("section.symptom");
    if (!symptom || !buttonOf(symptom)) return;
    fold(symptom, false);
    target.scrollIntoView();
  }

  arrange();
  narrow.addEventListener("change", arrange);
  addEventListener("hashchange", openTarget);
  for (const symptom of symptoms) {
    symptom.addEventListener("beforematch", () => fold(symptom, false)); // the browser found it
  }
  document.addEventListener("click", ({ target }) => {
    // A link to where the address already leads changes nothing that could be heard.
    if (target.closest?.("a")?.hash === location.hash) openTarget();
  });
}
