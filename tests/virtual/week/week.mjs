// A belt's week in real MicroPython: tells the story in story.py round by round.
//
// usage: node week.mjs MOTION SCENES HOURS
//
// The story is told from here, because garbage is only collected while no Python runs. Its
// findings come out as one line of JSON; an uncaught exception ends with status 1.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { copyIn, ROOT, startInterpreter } from "../../../firmware/virtual/interpreter.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const [motion, scenes, hours] = process.argv.slice(2);
const mp = await startInterpreter({ write: (line) => process.stdout.write(line + "\n") });
copyIn(mp, path.join(ROOT, "firmware", "virtual"), "/lib/virtual");
copyIn(mp, HERE, "/lib/week");
mp.FS.mkdirTree("/flash");
mp.FS.writeFile("/motion", fs.readFileSync(motion));
try {
  mp.runPython(`
import gc
from week.story import Story
_story = Story("/motion", ${scenes}, ${Number(hours)})
turn = _story.turn
collect = gc.collect
`);
  const turn = mp.globals.get("turn");
  const collect = mp.globals.get("collect");
  while (turn()) collect();
} catch (error) {
  if (error.name !== "PythonError") throw error;
  process.stderr.write(error.message);
  process.exitCode = 1;
}
