/* The page of symptoms: each answer opens below the row of its plot, and an error
   message finds its explanation. Without JavaScript, and on paper, all answers are
   open, below the plots. */
"use strict";

{
  const { storeAddress, addressedPlace, opensElsewhere, copyButton } =
    globalThis.gradvizPage;
  const { messageIn } = globalThis.gradviz;

  /* Plots and answers */

  const links = [...document.querySelectorAll("#plots a")];

  function answerOf(link) {
    const place = document.getElementById(link.hash.slice(1));
    return place.closest("section.symptom");
  }

  const answers = new Map(links.map((link) => [link, answerOf(link)]));

  function isOpen(link) {
    return link.getAttribute("aria-expanded") === "true";
  }

  function fold(link) {
    link.setAttribute("aria-expanded", false);
    answers.get(link).setAttribute("hidden", "until-found"); // a search opens it
  }

  /** Open the answer of a plot, and no other. */
  function open(link) {
    const answer = answers.get(link);
    links.forEach(fold);
    link.parentElement.append(answer); // the style sheet puts it below the row
    answer.removeAttribute("hidden");
    link.setAttribute("aria-expanded", true);
  }

  function toggle(link) {
    if (isOpen(link)) {
      fold(link);
      storeAddress("#plots");
    } else {
      open(link);
      storeAddress(link.hash);
      document.getElementById(link.hash.slice(1)).scrollIntoView();
    }
  }

  /** The plot of the answer that holds an element. */
  function plotOf(target) {
    const answer = target.closest("section.symptom");
    return links.find((link) => answers.get(link) === answer);
  }

  /** Open the answer that the address leads to, or into. */
  function followAddress() {
    const target = addressedPlace();
    const link = target && plotOf(target);
    if (!link) return;
    open(link);
    target.scrollIntoView();
  }

  for (const link of links) {
    const answer = answers.get(link);
    link.parentElement.append(answer);
    answer.addEventListener("beforematch", () => open(plotOf(answer))); // a search found it
  }
  links.forEach(fold);
  followAddress();
  addEventListener("hashchange", followAddress);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || opensElsewhere(event)) return;
    if (answers.has(link)) {
      event.preventDefault();
      toggle(link);
    } else if (link.hash && link.hash === location.hash) {
      followAddress(); // no change of the address would announce it
    }
  });

  /* The table, which is folded on a phone */

  if (matchMedia("(width < 40rem)").matches)
    document.querySelector(".finder").open = false;

  /* An error message */

  const FEWEST_TYPED = 5; // characters before a part of a message is searched for

  function startLookup(lookup) {
    const input = lookup.querySelector("input");
    const status = lookup.querySelector("[data-part=found]");
    const unknown = lookup.querySelector("[data-part=unknown]").content;
    const messages = JSON.parse(lookup.querySelector("script").textContent);
    const rows = [...document.querySelectorAll("section:has(#error) tbody tr")];

    /** The row of the list that is about the message in a text. */
    function rowAbout(text) {
      const message = messageIn(text, messages);
      return (
        message && rows.find(({ cells }) => cells[0].textContent.includes(message))
      );
    }

    /** The rows whose messages contain the part of one that is typed so far. */
    function rowsWith(part) {
      const typed = part.toLowerCase();
      return rows.filter(({ cells }) =>
        cells[0].textContent.toLowerCase().includes(typed),
      );
    }

    function paragraphOf(cell) {
      const paragraph = document.createElement("p");
      paragraph.append(...cell.cloneNode(true).childNodes);
      return paragraph;
    }

    /** The code to which a fix sends a reader first: the two lines, or the safe call. */
    function codeFor(fix) {
      const link = fix.querySelector("a[href$='#lines'], a[href$='#safe-call']");
      if (!link) return null;
      const block = link.hash === "#lines" ? ".paste" : "#safe-call";
      return document.querySelector(`${block} pre > code`);
    }

    /** What a fix sends a reader to, to be copied beside it; not where the fix begins with
        a message: there it is for that message only. */
    function linesOf(fix) {
      if (fix.firstElementChild === fix.firstChild) return [];
      const code = codeFor(fix);
      if (!code) return [];
      const block = document.createElement("div");
      block.className = "to-paste";
      const shown = code.parentElement.cloneNode(true);
      block.append(copyButton(code.textContent, shown), shown);
      return [block];
    }

    function fixIn({ cells: [, fix] }) {
      return [paragraphOf(fix), ...linesOf(fix)];
    }

    function answersTo(text) {
      if (text.length < FEWEST_TYPED) return [];
      const row = rowAbout(text);
      if (row) return fixIn(row); // its message has just been pasted
      const found = rowsWith(text);
      if (found.length === 0) return [unknown.cloneNode(true)];
      return found.flatMap(({ cells }) => [...cells].map(paragraphOf));
    }

    function answer() {
      status.replaceChildren(...answersTo(input.value.trim()));
    }

    input.addEventListener("input", answer);
    answer(); // after Back, a browser restores what was typed
  }

  const lookup = document.querySelector(".lookup");
  if (lookup) startLookup(lookup);
}
