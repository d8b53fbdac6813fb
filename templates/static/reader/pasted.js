/* Pasted: the code in a text that was copied from a chat, a shell, a page or a file.

   Everything else is blanked, and a sign that Python does not have is replaced by the
   one it stands for, so that the code keeps its lines and its places in them. A text
   that is already Python stays unchanged. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;

  // Blanks that pages put into code, and zero-width signs.
  const PAGE_BLANK = /[\u{a0}\u{2000}-\u{200a}\u{202f}\u{205f}]/gu;
  const INVISIBLE = /[\u{ad}\u{200b}-\u{200d}\u{2060}\u{feff}]/gu;
  const INDENT =
    /^[ \t\u{a0}\u{ad}\u{2000}-\u{200d}\u{202f}\u{205f}\u{2060}\u{feff}]*/u;

  // What precedes each line of a text that is quoted, or whose lines are numbered.
  const QUOTE_MARK = /^>(?!>>) ?/;
  const LINE_NUMBER = /^[ \t]*(\d{1,6})(?!\d)(?:[ \t]*[|│:.)])?/;

  // A line before or after code in Markdown, with the language of the code.
  const FENCE = /^[ \t]*(?:\x60{3}|~~~)[ \t]*([^\s\x60]*)[^\x60]*$/; // \x60 is the backtick
  const LANGUAGE_OF_CODE = /^[{.]*(?:i?py|jupyter|code-cell|$)/i;

  // Prompts of Python and of IPython, before code that was copied with them. The second
  // one alone may be an ellipsis.
  const PROMPT = /^(?:(?:>>>|\.\.\.)(?: |$)|In \[\d*\]: ?|[ \t\f\v]*\.\.\.: ?)/;
  const FIRST_PROMPT = /^(?:>>>(?: |$)|In \[\d*\]:)/;

  // What a notebook or a shell would do with a line: %magic, !command, ?help, $
  // command, and a command after the name of a machine: me@home:~$ command.
  const COMMAND =
    /^[ \t\f\v]*(?:%%?\w|[!?](?!=)|\$ |[\w.-]+@[\w.-]+:[^ \t\f\v]*[$#](?: |$))/;

  // How a line of code begins, and prose hardly ever does.
  const LIKE_CODE =
    /^(?:import \w|from [\w.]+ import |(?:async )?def \w|class \w+[(:]|for \w+(?:, ?\w+)* in .*:|with .* as \w+:|\w[\w.[\], ]*=(?!=))/;

  // `print` as in Python 2, and what is read in its place: a word of the same length,
  // so that nothing moves. What is printed is read only where it may be a call, or more
  // follows.
  const OLD_PRINT =
    /^([ \t]*(?:[^#'" \t][^#'"]*:[ \t]*)?)print(?=[ \t]+(?!(?:if|in|is|and|or|for|not)\b)["'\w])/;
  const INSTEAD_OF_PRINT = "pass;";
  const MORE_THAN_A_VALUE = /[(;]/;

  // Comments and strings, in which any sign may stand, and strings in curly quotes.
  const COMMENT = "#.*";
  const LONG_STRING = String.raw`'''(?:\\[^]|[^\\])*?'''|"""(?:\\[^]|[^\\])*?"""`;
  const STRING = String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"`;
  const CURLY_STRING = String.raw`[“”„‟][^“”"\\\n]*[“”]|[‘’‚‛][^‘’'\\\n]*[‘’]`;
  const SIGN = new RegExp(
    String.raw`(?:${COMMENT}|${LONG_STRING}|${STRING})|(${CURLY_STRING}|[^\x00-\x7f])`,
    "gu",
  );

  // What opens or closes something in a line, outside comments and strings.
  const BRACKET = new RegExp(
    String.raw`${COMMENT}|${LONG_STRING}|'''|"""|${STRING}|[()[\]{}]`,
    "g",
  );

  // The first line of a block, unless it continues the one above: not a comment either,
  // which may stand to the left of its function.
  const BLOCK_START = /^(?!(?:else|elif|except|finally)\b)[^#)\]} \t\f\v]/;

  // What a block defines, and what a line of it assigns.
  const DEFINED = /^(?:async +)?(?:def|class) +(\w+)/;
  const TARGET = String.raw`\w[\w.]*(?:\[[^\]=]*\])?`;
  const ASSIGNED = new RegExp(
    String.raw`^[ \t]*(?:for[ \t]+)?\(?(${TARGET}(?:[ \t]*,[ \t]*${TARGET})*)\)?[ \t]*` +
      String.raw`(?:\bin\b|(?:\*\*|//|<<|>>|[-+*/@%&|^])?=(?!=))`,
  );

  // What is copied of a line.
  const CODE = "code";
  const TEXT = "text";
  const NOTHING = "nothing";

  // Signs that are wider than those of Python and in the same order. Letters may be
  // wide in Python, too.
  const WIDE_SIGN = /^[！-＠［-＾｀｛-～]$/;
  const WIDE_BLANK = "\u3000";
  const LONGEST_QUOTATION = 60; // characters of a line that is left out

  function isBlank(line) {
    return !/[^ \t\f\v]/.test(line);
  }

  /** The code of a text: a line for each of its lines, empty where that holds no code;
      `cuts`, how many characters are cut off each, fewer than none where it has grown; what
      is `unread`, because it was read as something else than it is, or left out; and what
      each line is if the code is copied: CODE, or what stands in the text, or nothing. */
  class Code {
    constructor(fields) {
      Object.assign(this, fields);
    }

    static of(lines) {
      const cuts = lines.map(() => 0);
      return new Code({ lines, cuts, unread: [], copies: lines.map(() => CODE) });
    }

    with(fields) {
      return new Code({ ...this, ...fields });
    }

    /** The same with a number of characters cut off each line. */
    without(widths) {
      return this.beginning(
        widths,
        widths.map(() => ""),
      );
    }

    /** The same with other texts in place of the first characters. */
    beginning(widths, starts) {
      const lines = this.lines.map((line, k) => starts[k] + line.slice(widths[k]));
      const cuts = this.cuts.map((cut, k) => cut + widths[k] - starts[k].length);
      return this.with({ lines, cuts });
    }

    /** The same with all other lines blanked, which are copied like this. */
    only(isCode, copied) {
      const lines = this.lines.map((line, k) => (isCode[k] ? line : ""));
      const copies = this.copies.map((copy, k) => (isCode[k] ? copy : copied));
      return this.with({ lines, copies });
    }

    /** The lines to copy: code as it was read, other kept lines as they were. */
    copied(text) {
      const lines = text.map((line, k) => {
        if (this.copies[k] === CODE) return this.lines[k];
        return this.copies[k] === TEXT ? line.slice(Math.max(this.cuts[k], 0)) : null;
      });
      return lines.filter((line) => line !== null).join("\n");
    }
  }

  /** What is unread in the order of its lines, each character only once. */
  function firstOfEach(unread) {
    const first = new Map();
    for (const each of [...unread].sort((a, b) => a.line - b.line)) {
      const key = JSON.stringify([each.code, each.values]);
      if (!first.has(key)) first.set(key, each);
    }
    return [...first.values()];
  }

  /** The code of a text that is not Python as it is, null if there is none. */
  function codeIn(lines, isPython) {
    const plain = withoutSurroundings(Code.of(lines));
    if (isPython(plain.lines)) return plain;
    const code = withSignsOfPython(plain);
    for (const form of [code, withoutTabs(code, 8), withoutTabs(code, 4)]) {
      if (form && isPython(form.lines)) {
        return form.with({ unread: firstOfEach(form.unread) });
      }
    }
    return byBlocks(code, plain, isPython);
  }

  /* What surrounds code */

  function withoutSurroundings(whole) {
    let code = withPlainBlanks(whole);
    code = withoutQuoteMarks(code);
    code = withoutProse(code);
    code = withoutNumbers(code);
    code = withoutPrompts(code);
    return withoutMargin(code);
  }

  /** Replace the blanks that pages put into code: they mean what a plain one does. */
  function withPlainBlanks(code) {
    const indents = code.lines.map((line) => INDENT.exec(line)[0]);
    const widths = indents.map((indent) => indent.length);
    const visible = indents.map((indent) => indent.replace(INVISIBLE, ""));
    const cut = code.beginning(widths, visible);
    const plain = cut.lines.map((line) =>
      line.replace(PAGE_BLANK, " ").replace(INVISIBLE, " "),
    );
    return cut.with({ lines: plain });
  }

  /** Cut off the `>` before each line of a text that is quoted. */
  function withoutQuoteMarks(code) {
    const isQuoted = code.lines.every((line) => isBlank(line) || QUOTE_MARK.test(line));
    return isQuoted ? code.without(widthsOf(QUOTE_MARK, code.lines)) : code;
  }

  function widthsOf(pattern, lines) {
    return lines.map((line) => pattern.exec(line)?.[0].length ?? 0);
  }

  /** Blank fences, and everything outside them, if they hold all of the code. */
  function withoutProse(code) {
    let fence = ""; // outside of all; else code or other
    const isCode = code.lines.map((line) => {
      const mark = FENCE.exec(line);
      if (!mark) return fence === "code";
      const isOfCode = LANGUAGE_OF_CODE.test(mark[1]);
      if (fence) fence = "";
      else fence = isOfCode ? "code" : "other";
      return false;
    });
    const inside = onlyIfThatIsAll(code, isCode);
    return inside.only(
      inside.lines.map((line) => !FENCE.test(line)),
      NOTHING,
    );
  }

  /** Blank the other lines, unless one of them looks like code. */
  function onlyIfThatIsAll(code, isCode) {
    const hasOthers = code.lines.some((line, k) => !isCode[k] && LIKE_CODE.test(line));
    if (hasOthers || !isCode.includes(true)) return code;
    return code.only(isCode, NOTHING);
  }

  /** Cut off numbers before all lines, if they count up from line to line. */
  function withoutNumbers(code) {
    const held = code.lines.filter((line) => !isBlank(line));
    const numbers = held.map((line) => Number(LINE_NUMBER.exec(line)?.[1]));
    const areCounted = numbers.every((each, k) => each === numbers[0] + k);
    if (held.length < 2 || !areCounted) return code;
    return code.without(widthsOf(LINE_NUMBER, code.lines));
  }

  /** Cut off the prompts of shells, and blank commands and what is printed. */
  function withoutPrompts(whole) {
    let code = whole;
    if (code.lines.some((line) => FIRST_PROMPT.test(line))) {
      code = onlyIfThatIsAll(
        code,
        code.lines.map((line) => PROMPT.test(line)),
      );
      code = code.without(widthsOf(PROMPT, code.lines));
    }
    return code.only(
      code.lines.map((line) => !COMMAND.test(line)),
      TEXT,
    );
  }

  /** Cut off the blanks that begin all lines that hold something. */
  function withoutMargin(code) {
    const [first = "", ...others] = code.lines.filter((line) => !isBlank(line));
    let [margin] = /^[ \t]*/.exec(first);
    for (const line of others) {
      while (!line.startsWith(margin)) margin = margin.slice(0, -1);
    }
    return margin ? code.without(code.lines.map(() => margin.length)) : code;
  }

  /* What Python would refuse */

  /** Replace characters that stand for those of Python, and `print` of Python 2. */
  function withSignsOfPython(code) {
    const text = code.lines.join("\n");
    const unread = [];
    let line = 1;
    let end = 0;
    const changed = text.replace(SIGN, (all, quoted, place) => {
      line += lineEndsIn(text.slice(end, place));
      const own = quoted === undefined ? all : signsOfPython(quoted, line, unread);
      line += lineEndsIn(all);
      end = place + all.length;
      return own;
    });
    return withoutOldPrint(code.with({ lines: changed.split("\n"), unread }));
  }

  function lineEndsIn(text) {
    return text.split("\n").length - 1;
  }

  /** What a character, or a text in curly quotes, stands for in Python. */
  function signsOfPython(quoted, line, unread) {
    const signs = [...quoted];
    const first = signOfPython(signs[0], line, unread);
    if (signs.length === 1) return first;
    const last = signOfPython(signs.at(-1), line, unread);
    return first + signs.slice(1, -1).join("") + last;
  }

  function withoutOldPrint(code) {
    const isOld = code.lines.map((line) => OLD_PRINT.test(line));
    const unread = [...code.unread];
    for (const [k, is] of isOld.entries()) {
      if (is) unread.push({ code: "print-statement", line: k + 1, values: {} });
    }
    return code.with({
      lines: code.lines.map((line, k) => (isOld[k] ? withoutPrint(line) : line)),
      copies: code.copies.map((copy, k) => (isOld[k] ? TEXT : copy)),
      unread,
    });
  }

  function withoutPrint(line) {
    const [match, start] = OLD_PRINT.exec(line);
    const rest = line.slice(match.length);
    return start + INSTEAD_OF_PRINT + (MORE_THAN_A_VALUE.test(rest) ? rest : "");
  }

  /** The character that a sign stands for, which is reported if they differ. */
  function signOfPython(sign, line, unread) {
    let own = vocabulary.pasted.signs[sign] ?? sign;
    if (WIDE_SIGN.test(sign)) {
      const place = sign.charCodeAt() - "！".charCodeAt();
      own = String.fromCharCode("!".charCodeAt() + place);
    } else if (sign === WIDE_BLANK) {
      own = " ";
    }
    if (own !== sign) {
      const number = sign.codePointAt().toString(16).toUpperCase().padStart(4, "0");
      const shown = own === " " ? "␣" : own;
      const detail = `${sign} (U+${number}) → ${shown}`;
      unread.push({ code: "sign", line, values: { detail } });
    }
    return own;
  }

  /** Replace tabs before code by blanks, if some lines have tabs and some blanks. */
  function withoutTabs(code, size) {
    const indents = code.lines.map((line) => /^[ \t]*/.exec(line)[0]);
    const first = indents.findIndex((indent) => indent.includes("\t"));
    const hasBlanks = indents.some((indent) => indent.includes(" "));
    if (first === -1 || !hasBlanks) return null;
    const widths = indents.map((indent) => indent.length);
    const spaced = code.beginning(
      widths,
      indents.map((indent) => withBlanks(indent, size)),
    );
    const tabs = { code: "tabs", line: first + 1, values: { detail: `${size}` } };
    return spaced.with({ unread: [...code.unread, tabs] });
  }

  function withBlanks(indent, size) {
    let blanks = "";
    for (const each of indent) {
      const width = each === "\t" ? size - (blanks.length % size) : 1;
      blanks += " ".repeat(width);
    }
    return blanks;
  }

  /* What cannot be read at all */

  /** The code without the blocks that are not Python, null if none is left. A block
      begins in the first column. What an omitted block assigns has no value from there
      on. Such a block is named by its first line, as in the plain code. */
  function byBlocks(code, plain, isPython) {
    const lines = [...code.lines];
    const copies = [...code.copies];
    const leftOut = [];
    const inBlocks = new Set(); // the numbers of the lines left out
    let isNext = false; // to a block that is left out, too
    let hasCode = false;
    for (const [start, end] of blocks(code.lines)) {
      const block = code.lines.slice(start, end);
      if (block.every((line) => isBlank(line) || line.startsWith("#"))) continue;
      if (isPython(block)) {
        hasCode = true;
        isNext = false;
        continue;
      }
      if (!isNext) {
        const first = [...trimmed(plain.lines[start])].slice(0, LONGEST_QUOTATION);
        const values = { detail: first.join("") };
        leftOut.push({ code: "block", line: start + 1, values });
      }
      isNext = true;
      for (let k = start; k < end; k++) {
        inBlocks.add(k + 1);
        lines[k] = "";
        if (copies[k] === CODE) copies[k] = TEXT;
      }
      const values = withoutValues(block);
      if (isPython([values])) lines[start] = values; // and no name is a keyword
    }
    if (!hasCode) return null;
    const read = code.unread.filter(({ line }) => !inBlocks.has(line));
    const unread = [...firstOfEach(read), ...leftOut];
    return code.with({ lines, copies, unread: unread.sort((a, b) => a.line - b.line) });
  }

  function trimmed(line) {
    return line.replace(/^[ \t\f\v]+|[ \t\f\v]+$/g, "");
  }

  /** Where blocks begin, and where they end. */
  function* blocks(lines) {
    let start = 0;
    while (start < lines.length) {
      const end = endOfBlock(lines, start);
      yield [start, end];
      start = end;
    }
  }

  /** Where the next block begins. Brackets and strings keep a block together if they are
      closed soon. */
  function endOfBlock(lines, start) {
    const farthest = vocabulary.pasted.longest_bracket;
    let open = openAfter(lines[start], { quotes: "", depth: 0 });
    let firstEnd = 0;
    for (let k = start + 1; k < lines.length; k++) {
      if (beginsBlock(lines, k)) {
        if (!open.quotes && open.depth === 0) return k;
        firstEnd ||= k;
      }
      if (firstEnd && k - firstEnd > farthest) return firstEnd;
      open = openAfter(lines[k], open);
    }
    return firstEnd && (open.quotes || open.depth) ? firstEnd : lines.length;
  }

  function beginsBlock(lines, k) {
    return BLOCK_START.test(lines[k]) && !lines[k - 1].startsWith("@");
  }

  /** The quotes that are open after a line, and the number of open brackets. */
  function openAfter(line, { quotes, depth }) {
    let rest = line;
    if (quotes) {
      const end = line.indexOf(quotes);
      if (end === -1) return { quotes, depth };
      rest = line.slice(end + quotes.length);
    }
    let level = depth;
    for (const [bracket] of rest.matchAll(BRACKET)) {
      if (bracket === "'''" || bracket === '"""') {
        return { quotes: bracket, depth: level };
      }
      if ("([{".includes(bracket)) level += 1;
      else if (")]}".includes(bracket)) level = Math.max(level - 1, 0);
    }
    return { quotes: "", depth: level };
  }

  /** A line of code in which the names that a block assigns get no value. */
  function withoutValues(block) {
    const defined = DEFINED.exec(block[0]);
    const targets = block.map((line) => ASSIGNED.exec(line)?.[1] ?? "");
    const words = defined ? [defined[1]] : targets.join(",").split(",");
    const names = words.map((word) => word.trim().split(/[.[]/)[0]).filter(Boolean);
    return `${[...new Set(names)].map((name) => `${name} = `).join("")}...`;
  }

  Object.assign(scripts, { Code, codeIn });
}
