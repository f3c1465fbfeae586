// Run one script in real MicroPython and tell the truth about how it ended.
//
// usage: node run.mjs [--put HOST_PATH:GUEST_PATH]... [--get GUEST_PATH:HOST_PATH]... SCRIPT [ARG]...
//
// --put copies a host file or folder in before the script starts; --get copies a file out
// after it has ended well. Exit status: 0, the value given to sys.exit(), or 1 with the
// traceback on standard error after an uncaught exception.
import fs from "node:fs";
import { copyIn, startInterpreter } from "./interpreter.mjs";

function parse(argv) {
  const puts = [];
  const gets = [];
  let at = 0;
  for (; argv[at] === "--put" || argv[at] === "--get"; at += 2) {
    const cut = argv[at + 1].lastIndexOf(":");
    const pair = [argv[at + 1].slice(0, cut), argv[at + 1].slice(cut + 1)];
    (argv[at] === "--put" ? puts : gets).push(pair);
  }
  return { puts, gets, script: argv[at], args: argv.slice(at + 1) };
}

const { puts, gets, script, args } = parse(process.argv.slice(2));
if (!script) {
  process.stderr.write("usage: node run.mjs [--put HOST:GUEST]... [--get GUEST:HOST]... SCRIPT [ARG]...\n");
  process.exit(2);
}
const mp = await startInterpreter({ write: (line) => process.stdout.write(line + "\n") });
for (const [host, guest] of puts) {
  if (fs.statSync(host).isDirectory()) copyIn(mp, host, guest);
  else {
    mp.FS.mkdirTree(guest.slice(0, guest.lastIndexOf("/")) || "/");
    mp.FS.writeFile(guest, fs.readFileSync(host));
  }
}
let status = 0;
mp.FS.writeFile("/main_script.py", fs.readFileSync(script));
mp.globals.set("_argv", [script, ...args]);
try {
  mp.runPython("import sys; sys.argv[:] = list(_argv)");
  mp.runPython("exec(compile(open('/main_script.py').read(), '/main_script.py', 'exec'))");
} catch (error) {
  if (error.name !== "PythonError") throw error;
  const exit = /SystemExit: ?(-?\d*)\s*$/.exec(error.message);
  if (exit) status = Number(exit[1] || 0);
  else {
    process.stderr.write(error.message);
    status = 1;
  }
}
if (status === 0) {
  for (const [guest, host] of gets) fs.writeFileSync(host, mp.FS.readFile(guest));
}
process.exitCode = status;
