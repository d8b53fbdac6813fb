// What of a page, as it lies there, is no good for a reader. axe is loaded before it; if only the
// colours have changed since it last looked, it need only look at those. Where the page has told its
// parts that changed, axe looks at them alone. Contrast, which takes it longest, it measures of all
// text once; later two stand for all that are styled alike.
async (onlyColours) => {
  const CONTROLS = "a[href], button, input, select, textarea, summary, [role=button], [role=slider]";
  // A finger needs 44 pixels. On a desk there is a mouse, for which WCAG asks for 24: these are more.
  const TARGET = innerWidth < 1024 ? 44 : 32;
  const COLOURS = ["color-contrast", "link-in-text-block"];
  const visible = (element) => element.checkVisibility({ visibilityProperty: true });
  const inline = (element) => getComputedStyle(element).display.startsWith("inline");
  const words = (element) => element.innerText.replace(/[\s,·/]/g, "").length;

  // A link among other words, or in a table, is as large as its words.
  function isText(link) {
    if (!link.matches("a") || !inline(link)) return false;
    let block = link.parentElement;
    while (inline(block)) block = block.parentElement;
    const links = [...block.querySelectorAll("a")].reduce((sum, other) => sum + words(other), 0);
    return block.matches("td, th") || words(block) > links;
  }

  // A finger hits what answers: the element, its label, or what it lays over its card.
  function isLarge(element) {
    const { width, height } = element.getBoundingClientRect();
    if (width >= TARGET && height >= TARGET) return true;
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const around = (element.offsetParent ?? document.body).getBoundingClientRect();
    const own = element.getBoundingClientRect();
    const answers = (x, y) => {
      const hit = document.elementFromPoint(x, y);
      return hit && (element.contains(hit) || hit.closest("label")?.control === element);
    };
    const steps = [0, 0.25, 0.5, 0.75, 1].map((share) => share * (TARGET - 1));
    // From below and the right, where text that lies over a card ends: it is found sooner there.
    for (let y = Math.min(around.bottom, innerHeight) - TARGET; y >= own.top - TARGET; y -= 4) {
      for (let x = own.right - TARGET / 2; x >= own.left - TARGET / 2; x -= 8) {
        if (steps.every((dy) => steps.every((dx) => answers(x + dx, y + dy)))) return true;
      }
    }
    return false;
  }

  const STYLED = /^(class|id|style|disabled|aria-(?!label)|data-(?!like))/;

  function markLikes() {
    const [kinds, counts] = [new Map([[document.body, ""]]), {}];
    for (const element of document.body.querySelectorAll("*")) {
      const styled = [...element.attributes].filter(({ name }) => STYLED.test(name));
      const own = styled.map(({ name, value }) => `${name}=${value}`);
      const kind = [kinds.get(element.parentElement), element.localName, ...own].join(" ");
      kinds.set(element, kind);
      const hasText = [...element.childNodes].some((node) => node.data?.trim());
      if (hasText && visible(element)) counts[kind] = (counts[kind] ?? 0) + 1;
      element.toggleAttribute("data-like", counts[kind] > 2);
    }
  }

  const parts = window.parts?.() ?? [document];
  const context = parts.includes(document) ? document : parts;
  const images = [...document.images];
  for (const image of images) image.loading = "eager";
  await Promise.all(images.map((image) => image.decode().catch(() => null)));
  const small = [...document.querySelectorAll(CONTROLS)].filter(
    (element) => visible(element) && !isText(element) && !isLarge(element),
  );
  scrollTo(0, 0);
  if (axe.preloaded) markLikes();
  else axe.configure({ rules: [{ id: "color-contrast", selector: "*:not([data-like])" }] });
  const { violations } = await axe.run(context, {
    resultTypes: ["violations"],
    preload: !axe.preloaded, // of style sheets, which stay
    ...(onlyColours ? { runOnly: COLOURS } : { rules: { "target-size": { enabled: true } } }),
  });
  axe.preloaded = true;
  return {
    broken: images.filter((image) => !image.naturalWidth).map((image) => image.src),
    small: small.map((element) => element.outerHTML.slice(0, 90)),
    axe: violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
    ),
  };
}
