/* Run reading: what is said of a script once all of it was carried out. If some calls were
   not followed, or the script calls no routine, the run tells what its arrows show. Of
   any other script it only tells where it stops. */
"use strict";

{
  const { scripts } = globalThis.gradviz;
  const { Reruns, judgedFields } = scripts.fields;
  const { drawnArrows, reported, stopOfRun } = scripts.rules;
  const { quiversIn } = scripts.wholeRuns;
  const {
    WholeRun,
    arrowsNotCompared,
    arrowsOfNoRoutine,
    differencesIn,
    ifFollowed,
    namesWithoutValue,
    negatedTwice,
    nodesOf,
  } = scripts;

  // What is known of the arrows of a script all of whose calls were followed.
  const FOLLOWED = { findings: [], isCompared: true, areArrowsRight: false };

  /** Whether a script draws arrows of which nothing wrong is known yet. */
  function isWorthARun({ routines, source }, findings) {
    const areNotes = findings.every(({ severity }) => severity === "note");
    const hasArrows = quiversIn(source.nodes).size > 0;
    return hasArrows && areNotes && routines.areNamesCertain;
  }

  /** What is found in a script, after all of it was carried out: its findings; the reasons
      why it was not followed, with those `ofPlot`; the plots that nothing was compared
      with; and whether the run has shown that all arrows are right. */
  function readByRun(script, findings, unfollowed, ofPlot) {
    const isOpen =
      unfollowed.length > 0 || script.observations.differentiations.length === 0;
    const before = [...unfollowed, ...ofPlot];
    const outcome = isOpen
      ? judged(script, before)
      : { ...FOLLOWED, run: firstRun(script), reasons: before };
    const aboutRun = [...outcome.findings];
    const reasons = [...outcome.reasons];
    const { run } = outcome;
    if (run?.records.stop) {
      const stops = [...stopOfRun(script, run.records.stop)];
      aboutRun.push(...stops);
      if (stops.length === 0) {
        reasons.push({ code: "stops", line: run.records.stopLine, values: {} });
      }
    }
    const isNamed = outcome.isCompared || aboutRun.length > 0 || reasons.length > 0;
    return {
      findings: reported(script, [...findings, ...aboutRun]),
      reasons,
      uncompared: isNamed ? [] : arrowsNotCompared(script.source),
      areArrowsRight: outcome.areArrowsRight,
    };
  }

  /** Carry out a script all of whose calls of routines are known to be right. The routines
      are left out, unless a `raise` or an `assert` may ask for their numbers. */
  function firstRun({ source, routines }) {
    const refuses = source.nodes.some(({ type }) => ["Raise", "Assert"].includes(type));
    const change = { leftOut: refuses ? new Set() : routines.knownRight };
    const own = new Set(routines.own.keys());
    const run = new WholeRun(routines.interpreter.globalNames, own, [], change);
    ifFollowed(() => run.hasDrawnAll(source.tree));
    return run;
  }

  /** Judge the plots of a script, and drop the reasons that this answers. What comes out
      are the run of the script as it is written, if there is one; what is wrong in the
      plots; what is still not followed; whether the arrows were compared with slopes, by
      the run or before it; and whether all of them are right. */
  function judged(script, before) {
    const { heights, quivers } = script.observations;
    const fields = fieldsOf(script);
    const { areRight } = fields;
    const findings = [...drawnArrows(script, fields)];
    let reasons = [...before];
    if (areRight || findings.length > 0) {
      reasons = before.filter((reason) => !fields.explain(reason));
    }
    if (reasons.every(({ code }) => code !== "two-minuses")) {
      reasons.push(...negatedTwice(script.source, fields.negatedTwice));
    }
    if (reasons.length === 0) reasons.push(...leftOpen(script, fields));
    const areSlopesDrawn = heights.size > 0 && quivers.length > 0;
    return {
      run: fields.firstRun,
      findings,
      reasons,
      isCompared: areRight || areSlopesDrawn,
      areArrowsRight: areRight,
    };
  }

  /** What leaves plots open although no call in the script does. */
  function leftOpen({ source, imports, observations }, fields) {
    if (fields.areRight) {
      const unknownNames = [...namesWithoutValue(source, imports)];
      if (unknownNames.length > 0) return unknownNames;
    }
    const isJudged = fields.areJudged || !fields.haveSubject;
    if (isJudged || observations.heights.size === 0) return [];
    return [...arrowsOfNoRoutine(source, observations)];
  }

  /** The plots of a script, judged by carrying it out. */
  function fieldsOf({ source, routines, imports }) {
    const nodesOfRight = nodesOf(routines.knownRight);
    const differences = differencesIn(source, imports).filter(
      (node) => !nodesOfRight.has(node),
    );
    const own = new Set(routines.own.keys());
    const reruns = new Reruns(
      source,
      routines.interpreter.globalNames,
      own,
      differences,
    );
    return judgedFields(reruns, nodesOf(own));
  }

  Object.assign(scripts, { isWorthARun, readByRun });
}
