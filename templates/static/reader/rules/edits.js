/* Edits: the changes of a script's text that mends are made of. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;

  /** Put a text in the place of what stands between two places. */
  function editBetween(start, end, text) {
    return { ...start, endLine: end.line, endColumn: end.column, text };
  }

  /** Insert a text behind a node. */
  function insertion(source, node, text) {
    return editBetween(source.end(node), source.end(node), text);
  }

  /** Insert a text before a node. */
  function insertionBefore(source, node, text) {
    return editBetween(source.start(node), source.start(node), text);
  }

  /** Insert further arguments behind one of a call. */
  function insertionInCall(source, argument, call, text) {
    const place = source.endWithin(argument, call);
    return editBetween(place, place, text);
  }

  /** Put a text in the place of a node. */
  function replacement(source, node, text) {
    return editBetween(source.start(node), source.end(node), text);
  }

  /** Put a text in the place of what stands in a node behind its first part. */
  function replacementBehind(source, before, node, text) {
    return editBetween(source.endWithin(before, node), source.end(node), text);
  }

  /** Put each of two nodes in the place of the other. */
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

  /** Whether an attribute behind an expression belongs to all of it. */
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
