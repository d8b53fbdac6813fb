/* Script: all that a rule may ask about a script, and the findings it makes. */
"use strict";

{
  const { python, scripts, vocabulary } = globalThis.gradviz;
  const { Uses, byPlace, filled, isFollowedToPlots } = scripts;

  /** A script as a rule sees it: its `source`; what names stand for; its gradient routines, and
      its functions; what it was seen to do; and the `words` of each code of a finding. */
  class Script {
    #namesInBodies = new Map(); // by definitions

    constructor(source, imports, routines, definitions, observations, words) {
      this.source = source;
      this.imports = imports;
      this.routines = routines;
      this.definitions = definitions;
      this.observations = observations;
      this.words = words;
      this.uses = new Uses(source, imports);
      this.editsOf = new Map(); // by findings
      // Nothing if the script does not import it.
      [this.nameOfNumpy] = [...imports].find(([, full]) => full === "numpy") ?? [""];
      this.loops = loopsAmong(source.nodes);
    }

    /** A finding at a node: its `edits` mend it, if that is certain; its message has a
        `form`, and `values` for its parts. */
    finding(code, severity, node, { edits = [], form = severity, ...values } = {}) {
      let start = this.source.start(node);
      let endLine = start.line;
      let fix = null;
      if (this.#canBeMended(node, edits)) {
        [start] = [start, ...edits].sort(byPlace);
        endLine = Math.max(endLine, ...edits.map((edit) => edit.endLine));
        fix = this.source.mended(edits, start.line, endLine);
      }
      const words = this.words[code];
      const finding = {
        line: start.line,
        column: this.source.charactersBefore(start) + 1,
        code,
        severity,
        message: filled(words[form], values),
        values: { form, ...values },
        end_line: endLine,
        fix,
        url: words.url.replace(/^\//, ""),
      };
      this.editsOf.set(finding, edits);
      return finding;
    }

    /** Whether a mend of these edits would be right, and short enough to be read. */
    #canBeMended(node, edits) {
      if (!edits.length || node.inText) return false;
      const first = Math.min(node.line, ...edits.map((edit) => edit.line));
      const last = Math.max(node.line, ...edits.map((edit) => edit.endLine));
      const lines = this.source.lines.slice(first - 1, last);
      const length = lines.reduce((total, line) => total + line.length, 0);
      return length <= vocabulary.findings.longest_mend;
    }

    /* Calls of routines */

    /** Whether it is known in which order every plot of a result has the slopes. */
    isFollowedToPlots(differentiation) {
      return isFollowedToPlots(differentiation, this.observations.quivers);
    }

    /** Whether a call gets arrays of different forms at different times. */
    getsSeveralForms(call) {
      const ofCall = this.observations.differentiations.filter(
        (each) => each.call.node === call,
      );
      return new Set(ofCall.map(({ argument }) => argument.form ?? "")).size > 1;
    }

    /** The routine that a function calls here, and the name of its array; null for any
        other call, and for one that is given no name. */
    nameDifferentiated(definition, { type, func, args }) {
      if (type !== "Call") return null;
      const routine = this.routines.calledIn(definition, func);
      const argument = args[routine?.arrayParameter];
      return argument?.type === "Name" ? { routine, name: argument.id } : null;
    }

    /** The names in the body of a function. */
    namesInBody(definition) {
      if (!this.#namesInBodies.has(definition)) {
        const nodes = [definition.body].flat().flatMap(python.walk);
        const names = nodes.filter(({ type }) => type === "Name").map(({ id }) => id);
        this.#namesInBodies.set(definition, new Set(names));
      }
      return this.#namesInBodies.get(definition);
    }
  }

  /** The nodes in each loop, and the names that are given a value there. */
  function loopsAmong(nodes) {
    const loops = nodes.filter(({ type }) => type === "For" || type === "While");
    return loops.map((loop) => {
      const inside = python.walk(loop);
      const assigned = inside.filter(({ ctx }) => ctx === "Store");
      return {
        inside: new Set(inside),
        assigned: new Set(assigned.map(({ id }) => id)),
      };
    });
  }

  scripts.rules = { Script };
}
