/* Edits: the changes to a script's text that make up mends. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;

  /** Replace the text between two places. */
  function editBetween(start, end, text) {
    return { ...start, endLine: end.line, endColumn: end.column, text };
  }

  /** Insert a text after a node. */
  function insertion(source, node, text) {
    return editBetween(source.end(node), source.end(node), text);
  }

  /** Insert a text before a node. */
  function insertionBefore(source, node, text) {
    return editBetween(source.start(node), source.start(node), text);
  }

  /** Insert further arguments after one of a call. */
  function insertionInCall(source, argument, call, text) {
    const place = source.endWithin(argument, call);
    return editBetween(place, place, text);
  }

  /** Replace a node by a text. */
  function replacement(source, node, text) {
    return editBetween(source.start(node), source.end(node), text);
  }

  /** Replace the rest of a node after its first part by a text. */
  function replacementBehind(source, before, node, text) {
    return editBetween(source.endWithin(before, node), source.end(node), text);
  }

  /** Exchange two nodes. */
  function exchange(source, first, second) {
    return [
      replacement(source, first, source.text(second)),
      replacement(source, second, source.text(first)),
    ];
  }

  /** Append an attribute to an expression, in parentheses if it needs them. */
  function appended(source, node, attribute) {
    if (isAtom(node)) return [insertion(source, node, attribute)];
    return [
      insertionBefore(source, node, "("),
      insertion(source, node, `)${attribute}`),
    ];
  }

  /** The text of an expression with an attribute appended like this. */
  function textWith(source, node, attribute) {
    const text = source.text(node);
    return isAtom(node) ? `${text}${attribute}` : `(${text})${attribute}`;
  }

  /** Whether an attribute after an expression applies to all of it. */
  function isAtom({ type }) {
    return vocabulary.findings.atoms.includes(type);
  }

  Object.assign(scripts.rules, {
    appended,
    editBetween,
    exchange,
    insertion,
    insertionBefore,
    insertionInCall,
    replacement,
    replacementBehind,
    textWith,
  });
}
