/* Joint mends: findings whose mends touch the same lines get one joint mend. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { byPlace } = scripts;

  /** Findings, in the order of their lines, with mends that can all be applied. */
  function withJointMends(script, findings) {
    const joint = new Map();
    for (const group of groupsByLines(findings.filter(({ fix }) => fix !== null))) {
      if (group.length === 1) continue;
      const mend = mendOfAll(script, group);
      for (const finding of group) joint.set(finding, { ...finding, ...mend });
    }
    return findings.map((finding) => joint.get(finding) ?? finding);
  }

  /** Groups of findings that share lines, directly or through other findings. */
  function groupsByLines(findings) {
    const groups = [];
    let lastLine = 0;
    for (const finding of findings) {
      if (finding.line > lastLine) groups.push([]);
      groups.at(-1).push(finding);
      lastLine = Math.max(lastLine, finding.end_line);
    }
    return groups;
  }

  /** The mend of all of these, or none if they collide. */
  function mendOfAll(script, group) {
    const edits = [];
    const texts = new Set(); // of edits
    for (const finding of group) {
      const own = script.editsOf.get(finding);
      const ownTexts = own.map((edit) => JSON.stringify(edit));
      const isMendedByOthers = ownTexts.every((text) => texts.has(text));
      if (!isMendedByOthers) edits.push(...own);
      for (const text of ownTexts) texts.add(text);
    }
    if (overlap(edits)) return { fix: null };
    const [{ line }] = group;
    const endLine = Math.max(...group.map(({ end_line: end }) => end));
    const fix = script.source.mended(edits, line, endLine);
    return { line, end_line: endLine, fix };
  }

  /** Whether two edits change the same stretch of the text. */
  function overlap(edits) {
    const inOrder = [...edits].sort(byPlace);
    return inOrder.slice(1).some((later, k) => {
      const { endLine: line, endColumn: column } = inOrder[k];
      return byPlace(later, { line, column }) < 0;
    });
  }

  Object.assign(scripts.rules, { withJointMends });
}
