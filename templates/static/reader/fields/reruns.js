/* Reruns: a script carried out as it is written, and with something in it changed. */
"use strict";

{
  const { scripts, vocabulary } = globalThis.gradviz;
  const { STEP, WholeRun, ifFollowed } = scripts;
  const { fieldOf, quotientOf, rightWays, slopesOfTable } = scripts.fields;
  const { knownInstead, knownSlopes, returnsKnownSlopes } = scripts.fields;
  const { areAlike } = scripts.operators;

  const mostSteps = vocabulary.whole_run.most_steps_of_all_runs;

  /** The runs of one script, which share a limit of steps. `globalNames` are what its
      names stand for outside its functions; `routines` are its functions that are, or may be, gradient routines;
      `differences` is where it subtracts two values of a function outside routines that
      are right. `first` is the run of the script as it is written. */
  class Reruns {
    first = null;
    #steps = 0;
    #tree;
    #globalNames;
    #routines;
    #sites;

    constructor(source, globalNames, routines, differences) {
      this.#tree = source.tree;
      this.#globalNames = globalNames;
      this.#routines = routines;
      this.#sites = new Set(differences.map((each) => quotientOf(each, source.nodes)));
    }

    /** Carry the script out: the run, and the plots that it draws; null if they are not
        known. */
    run(change) {
      if (this.#steps > mostSteps) return null;
      return ifFollowed(() => {
        const run = new WholeRun(
          this.#globalNames,
          this.#routines,
          this.#sites,
          change,
        );
        this.first ??= run;
        const hasDrawnAll = run.hasDrawnAll(this.#tree);
        this.#steps += run.stepsOfAll;
        return hasDrawnAll ? { run, fields: run.records.drawn.map(fieldOf) } : null;
      });
    }

    /** The same with the known function in the place of some, each shifted by its
        number; null if the script stops, or draws at other points. */
    withKnownFunction(fields, shifts, change = {}) {
      if (!shifts.size) return null;
      const instead = new Map(
        [...shifts].map(([{ closure, count }, shift]) => [
          closure.node,
          knownInstead(count, shift),
        ]),
      );
      const outcome = this.run({ ...change, instead });
      const areThere =
        outcome?.fields.length === fields.length &&
        fields.every((field, k) =>
          arePairsAlike(field.points, outcome.fields[k].points),
        );
      return areThere ? outcome : null;
    }

    /** Whether a change makes all arrows right. */
    isRightWith(change, fields, replaced) {
      const shifts = new Map(replaced.map((candidate) => [candidate, 0n]));
      const outcome = this.withKnownFunction(fields, shifts, change);
      if (!outcome) return false;
      const { run, fields: known } = outcome;
      const calls = this.callsOfRoutines(run);
      const ways = rightWays(calls.length > 0 || change.factors);
      const turned = run.records.ownCalls.filter(({ node }) =>
        change.turned?.has(node),
      );
      return (
        [...calls, ...turned].every(returnsKnownSlopes) &&
        known.every((each) =>
          ways.includes(each.compared(each.points.map(knownSlopes))),
        )
      );
    }

    /** The calls in a run that differentiate. Those of no definition are of a library. */
    callsOfRoutines({ records }) {
      return records.ownCalls.filter(
        ({ definition }) => !definition || this.#routines.has(definition),
      );
    }

    /** The heights that are drawn, and their slopes at the points there. The script is
        carried out again with the grid moved, along each axis. */
    slopesOfHeights({ records }) {
      const { heights: tables } = records;
      if (!tables.length) return [];
      const moves = [
        [STEP, 0],
        [-STEP, 0],
        [0, STEP],
        [0, -STEP],
      ];
      const moved = moves.map((move) => this.run({ moved: move })?.run.records.heights);
      if (moved.some((each) => each?.length !== tables.length)) return [];
      return tables.flatMap(({ node, rows, heights }, k) => {
        const computed = [heights, ...moved.map((each) => each[k].heights)];
        const slopes = slopesOfTable(rows, computed, STEP);
        return slopes ? [{ subject: node, slopes }] : [];
      });
    }
  }

  /** Whether pairs are the same numbers. */
  function arePairsAlike(some, others) {
    return areAlike(some, others, (one, other) => areAlike(one, other, Object.is));
  }

  Object.assign(scripts.fields, { Reruns, arePairsAlike });
}
