/* Sliced work: the steps of a generator, done in slices of time, so that the page stays
   responsive. Most work is done in its first slice, and so with the keystroke that asks
   for it. */
"use strict";

{
  const AT_ONCE = 40; // ms of work before the page says that it is busy
  const SLICE = 12; // ms of work at a time from then on
  const ESTIMATE_AFTER = 500; // ms of work, from which the rest is estimated

  class SlicedWork {
    /** `onDone` is called with the result; `onBusy` while something is left to do;
        `onProblem` with an error that tells its reason. */
    constructor({ onDone, onBusy, onProblem }) {
      Object.assign(this, { onDone, onBusy, onProblem });
    }

    /** Begin with these steps, and leave those before. A step yields the share of the
        work that is done, or nothing. */
    start(steps) {
      this.stop();
      this.steps = steps;
      this.begun = Date.now();
      this.share = 0;
      this.goOn(AT_ONCE);
    }

    goOn(time) {
      const end = Date.now() + time; // cheaper than performance.now
      try {
        let step = this.steps.next();
        while (!step.done && Date.now() < end) step = this.steps.next();
        if (step.done) {
          this.onDone(step.value);
        } else {
          this.share = step.value ?? this.share;
          this.onBusy();
          this.timer = setTimeout(() => this.goOn(SLICE), 0);
        }
      } catch (error) {
        if (!error.reason) throw error;
        this.onProblem(error);
      }
    }

    stop() {
      clearTimeout(this.timer);
    }

    pause() {
      this.stop();
      this.paused = Date.now();
    }

    resume() {
      this.begun += Date.now() - this.paused; // so that the estimate leaves the pause out
      this.goOn(SLICE);
    }

    /** How many seconds the rest will take; null as long as nobody can tell. */
    get secondsLeft() {
      const spent = Date.now() - this.begun;
      const left = (spent / this.share) * (1 - this.share);
      const isKnown = spent > ESTIMATE_AFTER && isFinite(left);
      return isKnown ? Math.ceil(left / 1000) : null;
    }
  }

  globalThis.gradviz.SlicedWork = SlicedWork;
}
