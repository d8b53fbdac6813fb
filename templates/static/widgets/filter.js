/* Filtering the errata: the selects hold the state; the address repeats it. Without
   this script, the table lists every erratum. */
"use strict";

{
  const { storeAddress } = globalThis.gradvizPage;
  const form = document.querySelector(".filters");
  const rows = [...document.querySelectorAll("tbody tr")];
  const table = document.querySelector("table");
  const status = form.querySelector("[role=status]");

  /** The chosen conditions, each a name and a value. */
  function conditions() {
    const fields = [...new FormData(form)];
    return fields.filter(([, value]) => value !== "");
  }

  function show() {
    const chosen = conditions();
    for (const row of rows) {
      const meetsAll = chosen.every(([name, value]) => row.dataset[name] === value);
      row.hidden = !meetsAll;
    }
    const visible = rows.filter((row) => !row.hidden).length;
    table.hidden = visible === 0; // no head without rows
    form.toggleAttribute("data-filtered", chosen.length > 0);
    status.textContent = status.dataset.count
      .replace("{shown}", visible)
      .replace("{all}", rows.length);
  }

  function showAndStore() {
    show();
    storeAddress(`#${new URLSearchParams(conditions())}`);
  }

  function followAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const select of form.querySelectorAll("select")) {
      const value = asked.get(select.name) ?? "";
      // If no option has the value, the browser selects the first one, which means all.
      for (const option of select.options) option.selected = option.value === value;
    }
  }

  followAddress();
  // On a phone the choices would crowd out the list.
  const isNarrow = matchMedia("(width < 40rem)").matches;
  form.parentElement.open = !isNarrow || conditions().length > 0;
  for (const select of form.querySelectorAll("select")) {
    select.addEventListener("change", showAndStore);
  }
  form.addEventListener("reset", () => setTimeout(showAndStore)); // once the fields are reset
  addEventListener("pageshow", show); // after Back, a browser may restore older choices
}
