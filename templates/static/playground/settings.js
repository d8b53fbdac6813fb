/* Settings: the grid, h, and how the fields are drawn, as the form holds them. */
"use strict";

{
  const { gridOf } = globalThis.gradviz;

  class Settings {
    constructor(form) {
      this.form = form;
      this.fields = form.elements;
      this.inputs = [...form.querySelectorAll("input:not([type=file])")];
    }

    isTicked(name) {
      return this.fields[name].checked;
    }

    /** The chosen way to draw the fields, in the words of the page. */
    get waysToDraw() {
      const labels = this.form.querySelectorAll("[type=checkbox]:checked + span");
      return [...labels].map((label) => label.textContent);
    }

    get values() {
      return Object.fromEntries(
        this.inputs.map(({ name, type, checked, value }) => [
          name,
          type === "checkbox" ? checked : value,
        ]),
      );
    }

    set values(values) {
      for (const input of this.inputs) {
        const value = values[input.name];
        if (input.type === "checkbox") input.checked = value;
        else input.value = value;
      }
    }

    get grid() {
      return gridOf(this.values);
    }

    /** How many points the grid has, and how many calls of f each picture takes. */
    get size() {
      const { x0, x1 } = this.grid;
      const [across, rows] = [x0, x1].map(({ start, stop, step }) =>
        Math.ceil((stop - start) / step),
      );
      const count = across * rows;
      return { count, calls: 4 * count };
    }

    /* In the query of an address: what differs from the page as loaded */

    addTo(query) {
      for (const input of this.inputs) {
        const { name, type, value, checked, defaultValue, defaultChecked } = input;
        if (checked !== defaultChecked) query.set(name, checked ? "on" : "off");
        if (type !== "checkbox" && value !== defaultValue) query.set(name, value);
      }
    }

    areIn(query) {
      return this.inputs.some(({ name }) => query.has(name));
    }

    /** The values that a query asks for. */
    askedBy(query) {
      return Object.fromEntries(
        this.inputs.map(({ name, type, defaultValue, defaultChecked }) => {
          const text = query.get(name);
          if (type !== "checkbox") return [name, text ?? defaultValue];
          return [name, text === null ? defaultChecked : text !== "off"];
        }),
      );
    }
  }

  globalThis.gradviz.Settings = Settings;
}
