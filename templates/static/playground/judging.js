/* Judging: what the reading of a text says about it as a whole. */
"use strict";

{
  /** Whether a text is a script, not a formula, an error message, or a line of
      something else. */
  function isScript(text, { findings, functions, call }, isMessage) {
    if (findings.length > 0) return true;
    const isFormula = functions[0]?.name === null; // and nothing else is there
    if (isFormula) return false;
    const isOfCode = functions.length > 0 || call !== null;
    return isOfCode || (text.trim().includes("\n") && !isMessage);
  }

  /** Findings by their place, in the order of their lines: those of the same lines
      with the same mend, or with none, are one place. */
  function placesOf(findings) {
    const places = new Map();
    const inOrder = [...findings].sort((one, other) => one.line - other.line);
    for (const finding of inOrder) {
      const { line, end_line: endLine, fix } = finding;
      const key = JSON.stringify([line, endLine, fix]);
      if (!places.has(key)) places.set(key, []);
      places.get(key).push(finding);
    }
    return [...places.values()];
  }

  /** Whether a finding is worth knowing, but no mistake that was found. */
  function isNote({ severity }) {
    return severity === "note";
  }

  /** Whether no mistake was found in a script. */
  function isRight({ findings }) {
    return findings.every(isNote);
  }

  /** Whether nothing wrong was found in a script that was not read to its end. */
  function isUncheckedOnly(reading) {
    return reading.unread.length > 0 && isRight(reading);
  }

  /** The verdict on a script: the key of the sentence that says it. `isRead` tells
      whether anything of the script could be read. */
  function verdictOn(reading, isRead) {
    const { findings, hasSubject, checked } = reading;
    if (!isRead) return "nothing_read";
    if (isUncheckedOnly(reading)) return "not_checked";
    if (!isRight(reading)) return "mend";
    if (findings.length > 0) return checked ? "nothing" : "nothing_wrong";
    if (!hasSubject) return "no_subject";
    return checked ? "nothing" : "no_call_found";
  }

  /** Whether the verdict on a function also holds for the script: the script was read
      to its end, and its call was found, or it draws nothing, like a function by
      itself. */
  function isJudged({ unread, call, window }) {
    const drawsField = window.angles !== null;
    return unread.length === 0 && (call !== null || !drawsField);
  }

  /** Whether the script itself draws the field of the call with both .T. */
  function isMended({ findings, call }) {
    const isWrong = findings.some(
      ({ code, line, end_line: endLine }) =>
        ["layout", "half-fix"].includes(code) &&
        call &&
        line <= call.line &&
        call.line <= endLine,
    );
    return Boolean(call) && !isWrong;
  }

  globalThis.gradviz.judging = {
    isScript,
    placesOf,
    isNote,
    isRight,
    isUncheckedOnly,
    verdictOn,
    isJudged,
    isMended,
  };
}
