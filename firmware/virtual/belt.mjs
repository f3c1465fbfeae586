// The virtual belt: the belt's own firmware in MicroPython, its flash a folder of the host, its
// serial line this process's standard input and output.
//
// usage: node belt.mjs --flash DIR --motion FILE --id HEX16 [--speed N|max] [--wishes FILE]
//
// --motion  whole seconds of int16 samples as the sensor gives them (624 bytes a second)
// --speed   N times real time; max: the recording once as fast as it goes, then real time
// --wishes  what the wearer is asked for, whenever this file changes: {"button": true while it is
//           to be pressed, "pose": seconds of poses.bin beside --motion to live through (none: to
//           end what it lives through), "number": another one for each pose}
//
// An uncaught exception in the firmware ends the process with its traceback on standard error
// and status 1. The end of standard input ends it with status 0.
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { copyIn, ROOT, startInterpreter } from "./interpreter.mjs";
import { startGuard } from "./guard.mjs";
import { hostFolder } from "./hostfs.mjs";
import { serialDevice } from "./uart.mjs";

const SECOND_BYTES = 624;
const SLICE_MS = 15; // so long at most before the host's bytes are looked at again
const COLLECT_EVERY = 200; // steps between two garbage collections
const WISHES_MS = 100; // so often the wearer is asked what is wished for
const MOST_WAIT_MS = 5000; // so often at least the guard hears of us
const SETTLE_MS = 3000; // on top of the core's lag: by then a minute's record is written

const { values: args } = parseArgs({ options: {
  flash: { type: "string" }, motion: { type: "string" }, id: { type: "string" },
  speed: { type: "string", default: "1" }, wishes: { type: "string", default: "" } } });

const alive = startGuard();
const uart = serialDevice(process.stdin, process.stdout);
const mp = await startInterpreter({ write: (line) => process.stderr.write(line + "\n") });
copyIn(mp, path.join(ROOT, "firmware", "virtual"), "/lib/virtual");
mount("/flash", args.flash);
mount("/motion", path.dirname(args.motion));
uart.attach(mp.FS, "/dev/uart0");
const seconds = Math.floor(fs.statSync(args.motion).size / SECOND_BYTES);

const step = guarded(() => {
  mp.runPython(`
import gc
import json
from virtual.runner import belt
from virtual.wearer import Wearer
_wearer = Wearer(open("/motion/${path.basename(args.motion)}", "rb"), ${seconds})
_runner = belt("virtual", "/flash", _wearer, bytes.fromhex("${args.id}"), open("/dev/uart0", "r+b"))
_number = 0
def wish(text):
    global _number
    wished = json.loads(text)
    _runner.world.button_down = wished["button"]
    if wished["number"] != _number:
        _number = wished["number"]
        if wished["pose"]:
            _wearer.pose(open("/motion/poses.bin", "rb"), wished["pose"])
        else:
            _wearer.leave()
from beltcore.activity import LAG as lag
step = _runner.step
collect = gc.collect
`);
  return mp.globals.get("step");
});
const collect = mp.globals.get("collect");
const wish = mp.globals.get("wish");
const lagMs = 1000 * mp.globals.get("lag");

let now = 0; // simulated ms since the belt's boot
let due = 0; // when the firmware wants its next round
let steps = 0;
let told = -1;
let timer = null;
const atOnce = args.speed === "max" ? wholeMinutes(seconds) : 0;
const speed = args.speed === "max" ? 1 : Number(args.speed);
let origin = performance.now(); // wall time at which simulated time `base` was reached
let base = 0;
let rushing = atOnce > 0;
let wished = "";

uart.onData = () => {
  heedWishes(); // told before the bytes that it belongs to
  pump(true);
};
uart.onEnd = () => process.exit(0);
if (args.wishes) setInterval(heedWishes, WISHES_MS);
process.stderr.write("virtual belt: ready\n");
pump(true);

/** Run what is due; with `look`, give the firmware a round now in any case. */
function pump(look) {
  clearTimeout(timer);
  const until = performance.now() + SLICE_MS;
  let target = wanted();
  if (look) round(Math.max(0, Math.min(target, due) - now), uart.waits());
  while (due <= target && performance.now() < until) round(Math.max(0, due - now));
  if (rushing) tell(Math.floor((100 * now) / atOnce));
  if (rushing && due > atOnce) {
    rushing = false;
    origin = performance.now();
    base = now;
    process.stderr.write("virtual belt: played\n");
    target = now;
  }
  alive();
  const wait = due <= target ? 0 : Math.min(MOST_WAIT_MS, (due - target) / speed);
  timer = setTimeout(pump, wait, false);
}

/** Do what the wearer is asked for, once it is asked for. */
function heedWishes() {
  const found = fs.existsSync(args.wishes) ? fs.readFileSync(args.wishes, "utf8") : "";
  if (found === wished) return;
  wished = found;
  guarded(() => wish(found || '{"button": false, "number": 0, "pose": []}'));
  pump(true);
}

/** Say how far the rush has come, in percent, a line for each. */
function tell(percent) {
  if (percent === told) return;
  told = percent;
  process.stderr.write(`virtual belt: ${percent} %\n`);
}

function wanted() {
  return rushing ? atOnce : Math.floor(base + (performance.now() - origin) * speed);
}

function round(ms, called = false) {
  now += ms;
  due = now + guarded(() => step(ms, called));
  steps += 1;
  alive();
  if (steps % COLLECT_EVERY === 0) collect();
}

/** Simulated ms until every whole minute of the recording is in the log. */
function wholeMinutes(recorded) {
  return Math.max(1, Math.ceil(recorded / 60)) * 60000 + lagMs + SETTLE_MS;
}

function mount(guest, host) {
  mp.FS.mkdirTree(guest);
  mp.FS.mount(hostFolder(mp.FS, path.resolve(host)), {}, guest);
}

function guarded(call) {
  try {
    return call();
  } catch (error) {
    if (error.name !== "PythonError") throw error;
    process.stderr.write(error.message);
    process.exit(1);
  }
}
