// What of a page is there for a reader without script, and what is lost.
async () => {
  const CONTROLS = "button, input, select, textarea, [role=slider], [role=button]";
  const CONTENT = "h1, h2, h3, p, li, dt, dd, th, td, pre, figcaption, a, img, math";
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
  const main = document.querySelector("main");
  const within = (selector) => [...main.querySelectorAll(selector)];

  function isSeen(element) {
    // It has no box, and shows its parts in that of its parent.
    const hasNoBox = getComputedStyle(element).display === "contents";
    if (hasNoBox) return isSeen(element.parentElement);
    return element.checkVisibility({ visibilityProperty: true });
  }

  // On a desk the small pictures of the symptoms stand without their captions, which their
  // alternative texts say, too; and on a phone a card without what its own page says. On a
  // desk the chart of the copies says what the list says on a phone.
  const isSaidElsewhere = (element) =>
    element.closest(".shots figcaption, .card > p, .vertical li") !== null;

  // A control that needs the script may go, with all that is around it; so may a waiting picture.
  function mayGo(element) {
    let root = element;
    while (!isSeen(root.parentElement)) root = root.parentElement;
    return root.matches("nav, [hidden]") || root.querySelector(CONTROLS);
  }

  // Not every script has spaces.
  const segmenter = new Intl.Segmenter(document.documentElement.lang, { granularity: "word" });
  const images = within("img");
  return {
    lost: within(CONTENT)
      .filter((element) => !isSeen(element) && !mayGo(element) && !isSaidElsewhere(element))
      .map((element) => element.outerHTML),
    broken: [...document.images].filter((image) => !image.naturalWidth).map((image) => image.src),
    dead: [...document.querySelectorAll(CONTROLS)].filter(isSeen).map((one) => one.outerHTML),
    pairs: within(".pair")
      .filter(isSeen)
      .map((pair) => [...pair.querySelectorAll("img")].filter(isSeen).length),
    words: [...segmenter.segment(main.innerText)].filter(({ isWordLike }) => isWordLike).length,
    links: within("a").filter(isSeen).length,
    shown: images.filter(isSeen).map((image) => image.src),
    waiting: images.filter((image) => !isSeen(image)).map((image) => image.src),
  };
}
