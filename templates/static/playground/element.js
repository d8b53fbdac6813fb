/* Element: an element with its attributes and children. */
"use strict";

{
  function element(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes))
      node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  globalThis.gradviz.element = element;
}
