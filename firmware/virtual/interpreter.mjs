// Real MicroPython (WebAssembly) with the project's own sources on its path.
//
// The interpreter's own command line exits 0 even after an uncaught exception and its file
// system lives in memory, so this module copies the sources in and hands every PythonError
// to the caller, who turns it into an exit status.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

// Folders whose contents are importable in the interpreter, as they are on a board.
const SOURCES = [
  ["protocol/beltwire", "/lib/beltwire"],
  ["firmware/beltcore", "/lib/beltcore"],
  ["firmware/device", "/lib/device"],
];

/** Copy a host folder into the interpreter's file system, Python caches left out. */
export function copyIn(mp, hostDir, guestDir) {
  mp.FS.mkdirTree(guestDir);
  for (const entry of fs.readdirSync(hostDir, { withFileTypes: true })) {
    if (entry.name === "__pycache__") continue;
    const from = path.join(hostDir, entry.name);
    const to = `${guestDir}/${entry.name}`;
    if (entry.isDirectory()) copyIn(mp, from, to);
    else mp.FS.writeFile(to, fs.readFileSync(from));
  }
}

/** Start an interpreter; `write` receives its standard output line by line. */
export async function startInterpreter({ heapBytes = 8 << 20, write }) {
  const mp = await loadMicroPython({ heapsize: heapBytes, stdout: write, linebuffer: true });
  mp.runPython("import sys; sys.path[:] = ['', '/lib']");
  for (const [host, guest] of SOURCES) {
    const hostDir = path.join(ROOT, host);
    if (fs.existsSync(hostDir)) copyIn(mp, hostDir, guest);
  }
  return mp;
}
