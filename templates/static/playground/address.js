/* The address: what differs from the page as loaded. It holds a function, never a
   script: that is kept in the page's storage. */
"use strict";

{
  const { typed } = globalThis.gradviz;

  class Address {
    constructor(field, settings) {
      this.field = field;
      this.settings = settings;
    }

    /** The address of a function, with the settings of now. */
    of(spelling) {
      const query = new URLSearchParams({ f: spelling });
      this.settings.addTo(query);
      return `#${`${query}`.replaceAll("+", "%20")}`;
    }

    /** What the address asks for, as a query. */
    get query() {
      return new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"));
    }

    /** Whether a query asks for a state of the page, and does not name a place on it. */
    isOfState(query) {
      return !location.hash || query.has("f") || this.settings.areIn(query);
    }

    /** The text that a query asks for, or else the stored one. */
    textAskedBy(query) {
      const stored = this.field.recall();
      const isStored = !query.has("f") || isSameExpression(stored, query.get("f"));
      const { defaultValue } = this.field.element;
      return isStored ? (stored ?? defaultValue) : query.get("f");
    }

    /** Keep what is typed: a function in the address, anything else in the storage. */
    keep(isScript) {
      const { text } = this.field;
      const isOfAddress =
        !isScript && text.length < typed.LONGEST && !typed.isOfLines(text);
      const without = location.pathname + location.search;
      globalThis.gradvizPage.storeAddress(
        isOfAddress ? this.of(typed.withoutLineEnds(text)) : without,
      );
      if (isOfAddress && !text.includes("\n")) this.field.forget();
      else this.field.store();
    }
  }

  /** Whether a text is the expression of an address, apart from the line ends around it. */
  function isSameExpression(text, asked) {
    return text !== null && typed.withoutLineEnds(text) === asked;
  }

  globalThis.gradviz.Address = Address;
}
