/* Takes: what a reader takes away at the press of a button. */
"use strict";

{
  const { taking } = globalThis.gradviz;
  const { fill } = globalThis.gradviz.sentences;

  /** The takes of the page, by the names of their buttons, and `handOut`, which puts any
      text on the clipboard. */
  function takesOf(page, address, answerView) {
    const { texts, words, parts, svgs, settings } = page;

    /** Put a text on the clipboard, or else select it, and say so; tell whether it is
        copied. */
    async function handOut(text, status) {
      parts.copy.textContent = text;
      const isCopied = await globalThis.gradvizPage.copied(text);
      if (!isCopied) getSelection().selectAllChildren(parts.copy);
      status.textContent = isCopied ? words.copied : words.selected;
      return isCopied;
    }

    function save(name, url) {
      taking.save(name, url);
      parts.copy.textContent = "";
      parts.status.textContent = fill(words.saved, { name });
    }

    function drawing() {
      const how = settings.waysToDraw.join(" · ");
      return taking.drawingUrl(svgs, texts.file, answerView.shown.f.source, how);
    }

    function script() {
      return taking.scriptOf(texts.script, answerView.shown, settings);
    }

    function link() {
      return new URL(address.of(answerView.shown.f.source), location).href;
    }

    const takes = {
      call: () => handOut(texts.call, parts.status),
      script: () => handOut(script(), parts.status),
      link: () => handOut(link(), parts.status),
      svg: () => save("gradviz.svg", drawing()),
      png: async () => save("gradviz.png", await taking.pngUrl(drawing())),
    };
    return { takes, handOut };
  }

  globalThis.gradviz.takesOf = takesOf;
}
