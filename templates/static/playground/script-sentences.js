/* Script sentences: what is said of a script, in the words of the page. */
"use strict";

{
  const { axisOf, exactNumber } = globalThis.gradviz;
  const { fill, filledParts } = globalThis.gradviz.sentences;
  const { placesOf, isNote } = globalThis.gradviz.judging;

  class ScriptSentences {
    constructor(words, captions) {
      this.words = words;
      this.captions = captions;
    }

    /* What was found */

    /** How many places have to be changed, or why none has: the sentence of a verdict,
        and how many notes there are if nothing was found wrong. */
    summary({ findings }, verdict) {
      const sentence = this.words.reading[verdict];
      if (verdict === "mend") {
        const wrong = findings.filter((finding) => !isNote(finding));
        return fill(sentence, { count: placesOf(wrong).length });
      }
      const isNothing = ["nothing", "nothing_wrong"].includes(verdict);
      if (!isNothing || findings.length === 0) return sentence;
      return this.captions.joined([sentence, this.toKnow(placesOf(findings).length)]);
    }

    /** When a call by itself becomes the lines below. */
    condition({ routine, names: [x, y] }) {
      return fill(this.words.reading.lone, { routine, x, y });
    }

    toKnow(count) {
      return fill(this.words.reading.note, { count });
    }

    /** The parts of the heading of a finding. Its line may be an element of the page. */
    heading({ code }, line) {
      const { title } = this.words.finding[code];
      return filledParts(this.words.reading.heading, { line, title });
    }

    lines({ line, end_line: endLine }) {
      const { reading } = this.words;
      const terms = { line: `${line}`, end_line: `${endLine}` };
      return fill(endLine > line ? reading.lines : reading.line, terms);
    }

    /** Over the lines that a call by itself becomes. */
    get insteadOfLone() {
      return this.words.reading.instead_of_lone;
    }

    /** Over lines to paste: which lines they replace. */
    instead({ line, end_line: endLine }) {
      const { reading } = this.words;
      const terms = { line: `${line}`, end_line: `${endLine}` };
      return fill(endLine > line ? reading.instead_of_lines : reading.instead, terms);
    }

    /** Lines that a mend has changed. */
    changed(range) {
      const { after, heading } = this.words.reading;
      return fill(heading, { line: after, title: this.lines(range) });
    }

    unread({ line, reason }) {
      const { reading } = this.words;
      const terms = { line: fill(reading.line, { line: `${line}` }), reason };
      return fill(reading.unread, terms);
    }

    /** Why a function cannot be drawn. */
    refusal({ code, values }) {
      return fill(this.words.unread[code], values);
    }

    /* What is drawn */

    nameOf(chosen) {
      const { name = "" } = chosen ?? {};
      return name === "lambda" ? this.words.reading.lambda : name;
    }

    /** What the pictures show, if they are no verdict on the script. */
    disclaimer(chosen) {
      return fill(this.words.reading.no_verdict, { f: this.nameOf(chosen) });
    }

    /** What is drawn, or why nothing is. */
    about(kind, { call, grid }, chosen) {
      const sentences = this.words.reading.about;
      const terms = {
        f: this.nameOf(chosen),
        routine: call?.routine,
        kind: call?.numbers,
      };
      if (/^(?:grid|rectangle)/.test(kind)) Object.assign(terms, this.gridTerms(grid));
      const about = [fill(sentences[kind], terms)];
      if (chosen?.takesOnePoint) about.push(fill(sentences.one_point, terms));
      if (chosen?.isPair && !call) about.push(fill(sentences.pair, terms));
      return this.captions.joined(about);
    }

    gridTerms({ x0, x1 }) {
      const [first, last, step] = this.rangeTerms(x0);
      const [first1, last1, step1] = this.rangeTerms(x1);
      return { first, last, step, first1, last1, step1 };
    }

    rangeTerms(range) {
      const axis = axisOf(range);
      return [axis[0], axis.at(-1), range.step].map(exactNumber);
    }
  }

  globalThis.gradviz.ScriptSentences = ScriptSentences;
}
