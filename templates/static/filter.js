/* Filtering the errata: the selects hold the state, the address repeats it. Without it every erratum
   stands in the table. */
"use strict";

{
  const form = document.querySelector(".filters");
  const rows = [...document.querySelectorAll("tbody tr")];
  const status = form.querySelector("[role=status]");

  function show() {
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    for (const row of rows)
      row.hidden = !chosen.every(([name, value]) => row.dataset[name] === value);
    const shown = rows.filter((row) => !row.hidden).length;
    status.textContent = status.dataset.count
      .replace("{}", shown)
      .replace("{}", rows.length);
    return new URLSearchParams(chosen);
  }

  for (const select of form.querySelectorAll("select")) {
    const asked = new URLSearchParams(location.hash.slice(1)).get(select.name);
    for (const option of select.options)
      option.selected = option.value === (asked ?? "");
    select.addEventListener("change", () => storeAddress(`#${show()}`));
  }
  form.addEventListener("reset", () => setTimeout(() => storeAddress(`#${show()}`))); // once it is
  addEventListener("pageshow", show); // after Back, a browser may restore older choices
}
