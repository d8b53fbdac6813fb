/* Source: the text of a script, however it was pasted, and its mends. It knows lines and
   columns, and nothing of what a script does. Lines count from 1; the column of a node or
   of an edit is a position between code units, from 0. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { Code, codeIn } = scripts;
  const { PythonError, children } = python;

  const LINE_END = /\r\n|\r|\n/;

  // A comment that silences all findings, or some.
  const IGNORE = /#[ \t\f\v]*gradviz:[ \t\f\v]*ignore(?:\[([\w\-, ]*)\]|(?![\w\-[]))/;

  // Parentheses that close, as many as there are.
  const CLOSED = /^(?:\s*\))*/;

  // Nodes that are examined once for each one around them.
  const BLOCKS = ["FunctionDef", "For", "While"];

  const DEFINITION = /\bdef\s/;

  const OUTSIDE_ASCII = /[^\0-~]/;
  const BYTE_ORDER_MARK = 0xfeff;

  /** A script: its lines; the same as they can be read, of a script that was pasted its
      `code`, and what is `unread` for that; whether it `isMended` like this; and the nodes
      of its syntax tree, those above before those below. */
  class Source {
    #mayBeBody;

    constructor(text) {
      if (isTooLong(text)) throw new PythonError("too-long", 1);
      const hasMark = text.charCodeAt(0) === BYTE_ORDER_MARK;
      this.lines = (hasMark ? text.slice(1) : text).split(LINE_END);
      // Only a text that defines no function may be the body of one.
      this.#mayBeBody = !DEFINITION.test(text);
      this.code = Code.of(this.lines);
      try {
        this.tree = this.#parsed(this.code.lines);
      } catch (error) {
        if (!(error instanceof PythonError)) throw error;
        this.code = codeIn(this.lines, (lines) => this.#isPython(lines));
        if (!this.code) throw error;
        this.tree = this.#parsed(this.code.lines);
      }
      this.tree.body = this.tree.body.filter((each) => !isCommandOfNotebook(each));
      this.nodes = nodesBelow(this.tree);
      refuseDeepBlocks(this.nodes);
    }

    #parsed(lines) {
      return python.parse(lines.join("\n"), this.#mayBeBody);
    }

    #isPython(lines) {
      try {
        this.#parsed(lines);
        return true;
      } catch (error) {
        if (error instanceof PythonError) return false;
        throw error;
      }
    }

    get unread() {
      return this.code.unread;
    }

    get isMended() {
      return this.code.lines.some((line, k) => line !== this.lines[k]);
    }

    /** The script with nothing but its code. */
    get alone() {
      return this.code.copied(this.lines);
    }

    /** Where a node begins. */
    start({ line, column }) {
      return { line, column: this.code.cuts[line - 1] + column };
    }

    /** Where a node ends. */
    end({ endLine, endColumn }) {
      return { line: endLine, column: this.code.cuts[endLine - 1] + endColumn };
    }

    /** Where a part of a node ends, with the parentheses around that part. */
    endWithin(part, node) {
      const start = this.end(part);
      const end = this.end(node);
      end.column -= 1; // the last sign belongs to the whole node, such as a call
      const closed = CLOSED.exec(this.#between(start, end))[0].split("\n");
      const column = closed.at(-1).length;
      if (closed.length === 1)
        return { line: start.line, column: start.column + column };
      return { line: start.line + closed.length - 1, column };
    }

    /** The text of a node, line ends included. */
    text(node) {
      return this.#between(this.start(node), this.end(node));
    }

    #between(start, end) {
      const lines = this.lines.slice(start.line - 1, end.line);
      lines.push(lines.pop().slice(0, end.column));
      lines[0] = lines[0].slice(start.column);
      return lines.join("\n");
    }

    /** How many characters precede a place in its line. */
    charactersBefore({ line, column }) {
      const before = this.lines[line - 1].slice(0, column);
      return OUTSIDE_ASCII.test(before) ? [...before].length : column;
    }

    /** These lines, edited, joined by newlines. */
    mended(edits, first, last) {
      const lines = this.lines.slice(first - 1, last);
      const starts = [0];
      for (const line of lines) starts.push(starts.at(-1) + line.length + 1);

      const text = lines.join("\n");
      const parts = [];
      let done = 0;
      for (const edit of [...edits].sort(byPlace)) {
        parts.push(text.slice(done, starts[edit.line - first] + edit.column));
        parts.push(edit.text);
        done = starts[edit.endLine - first] + edit.endColumn;
      }
      parts.push(text.slice(done));
      return parts.join("");
    }

    /** Whether a comment at the end of one of these lines silences findings. */
    isIgnored(line, endLine, code) {
      return this.lines.slice(line - 1, endLine).some((text) => {
        const comment = IGNORE.exec(text);
        if (!comment) return false;
        const [, codes] = comment;
        return codes === undefined || codes.split(/[\s,]+/).includes(code);
      });
    }
  }

  function isTooLong(text) {
    // A character has at most two code units, and an endless text is not worth
    // counting.
    const most = vocabulary.source.most_characters;
    if (text.length <= most) return false;
    return text.length > 2 * most || [...text].length > most;
  }

  function byPlace(a, b) {
    return a.line - b.line || a.column - b.column;
  }

  /** Whether this is `%matplotlib inline`, say, as a notebook is saved to a script. A
      command for a whole cell holds the code of the cell, as a text. */
  function isCommandOfNotebook({ type, value }) {
    if (type !== "Expr" || value.func?.value?.func?.id !== "get_ipython") return false;
    return value.func.attr !== "run_cell_magic";
  }

  function nodesBelow(tree) {
    const nodes = [];
    let level = [tree];
    for (let levels = 1; level.length; levels++) {
      if (levels > vocabulary.source.most_levels) {
        throw new PythonError("too-deep", 1);
      }
      for (const node of level) nodes.push(node);
      level = level.flatMap(children);
    }
    return nodes;
  }

  /** Refuse functions and loops that are nested more deeply than anyone types. */
  function refuseDeepBlocks(nodes) {
    const blocks = nodes.filter(({ type }) => BLOCKS.includes(type));
    blocks.sort((one, other) => one.line - other.line);
    const ends = []; // of the blocks around this one
    for (const { line, endLine } of blocks) {
      while (ends.at(-1) < line) ends.pop();
      ends.push(endLine);
      if (ends.length > vocabulary.source.most_blocks) {
        throw new PythonError("too-deep", line);
      }
    }
  }

  /** A message with its named holes filled. */
  function filled(message, values) {
    return message.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  Object.assign(scripts, { Source, byPlace, filled });
}
