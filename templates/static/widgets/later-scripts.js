/* Scripts that a page names in a template, to load them when they are needed: each once, and in
   their order. */
"use strict";

{
  const loading = new Map(); // by their addresses

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
      script.async = false; // one after the other
      document.head.append(script);
    }
    return loading.get(src);
  }

  globalThis.gradvizPage.loadScripts = loadScripts;
}
