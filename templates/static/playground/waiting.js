/* Waiting: jobs that are done after a pause. Each kind of job has a name, and waits only
   once: to postpone it again begins the pause anew. */
"use strict";

{
  const timers = {};

  function postpone(name, job, pause) {
    cancel(name);
    timers[name] = setTimeout(job, pause);
  }

  function cancel(name) {
    clearTimeout(timers[name]);
  }

  Object.assign(globalThis.gradviz, { postpone, cancel });
}
