/* Scripts that a page names in a template, to be loaded when they are needed: each
   once, and in order. */
"use strict";

{
  const loading = new Map(); // by address

  function loadScripts({ content }) {
    return Promise.all([...content.children].map(loadScript));
  }

  function loadScript(inTemplate) {
    const script = document.importNode(inTemplate, true);
    const { src } = script;
    if (!loading.has(src)) {
      const loaded = new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = reject;
      });
      loading.set(src, loaded);
      script.async = false; // in order
      document.head.append(script);
    }
    return loading.get(src);
  }

  globalThis.gradvizPage.loadScripts = loadScripts;
}
