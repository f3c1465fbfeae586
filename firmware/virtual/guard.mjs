// Ends the process when its parent has gone or its main thread hangs.
//
// The firmware runs in the main thread, and a loop in it that never ends would hear neither the
// end of standard input nor anything else. This worker shares a counter of rounds with it.
import { Worker, isMainThread, workerData } from "node:worker_threads";
import { fileURLToPath } from "node:url";

const LOOK_EVERY_MS = 1000;
const HUNG_AFTER = 60; // looks without a round: generous, because the machine may be busy

/** Start the guard; call the function it gives once a round. */
export function startGuard() {
  const rounds = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: rounds });
  worker.unref();
  return () => Atomics.add(rounds, 0, 1);
}

if (!isMainThread) {
  const parent = process.ppid;
  let seen = -1;
  let same = 0;
  setInterval(() => {
    const now = Atomics.load(workerData, 0);
    same = now === seen ? same + 1 : 0;
    seen = now;
    if (same > HUNG_AFTER) end("virtual belt: the firmware hangs in one round of its loop\n");
    if (process.ppid !== parent) end("");
  }, LOOK_EVERY_MS);
}

function end(words) {
  if (words) process._rawDebug(words);
  process.kill(process.pid, "SIGKILL");
}
