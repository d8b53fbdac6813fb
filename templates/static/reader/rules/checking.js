/* Checking: all rules, held against one script. When in doubt, a rule reports nothing:
   a correct script must not be called wrong. It rates a finding honestly: an `error` if
   the result is wrong, or right only by luck with this f; a `warning` if it is right
   until an array is used again; else a `note`. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { rules } = scripts;

  // Findings at one place come in this order.
  const RULES = [
    rules.calls,
    rules.pairsWithoutList,
    rules.stops,
    rules.slopesCut,
    rules.slips,
    rules.stepsTooShort,
    rules.parametersChanged,
    rules.histories,
    rules.tangents,
    rules.axisOrders,
    rules.spacing,
    rules.transposedSlopes,
    rules.imageAxes,
    rules.swappedComponents,
    rules.angles,
  ];

  /** All findings in the order of the lines, each once. */
  function findingsOf(script) {
    return reported(
      script,
      RULES.flatMap((rule) => [...rule(script)]),
    );
  }

  /** Findings in the order of their lines, each once, without ignored ones. */
  function reported(script, findings) {
    const shown = worstAtEachPlace(findings).filter(
      ({ line, end_line, code }) => !script.source.isIgnored(line, end_line, code),
    );
    shown.sort((a, b) => a.line - b.line || a.column - b.column);
    return rules.withJointMends(script, shown);
  }

  /** The worst finding of each code at a place. */
  function worstAtEachPlace(findings) {
    const worst = new Map();
    for (const finding of findings) {
      const place = [finding.code, finding.line, finding.column].join();
      const before = worst.get(place);
      if (!before || badness(finding) < badness(before)) worst.set(place, finding);
    }
    return [...worst.values()];
  }

  /** The rank of a finding's severity, 0 for the worst. */
  function badness({ severity }) {
    return vocabulary.findings.severities.indexOf(severity);
  }

  Object.assign(rules, { findingsOf, reported });
}
