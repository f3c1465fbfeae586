// MicroPython's own prompt on standard input and output, its file system kept in a host's folder:
// a freshly flashed board, as mpremote meets it.
//
// usage: node prompt.mjs FOLDER
import path from "node:path";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";
import { hostFolder } from "../../firmware/virtual/hostfs.mjs";

const write = (data) => process.stdout.write(typeof data === "string" ? data + "\n" : Buffer.from(data));
const mp = await loadMicroPython({ stdout: write, linebuffer: false });
mp.FS.mkdirTree("/flash");
mp.FS.mount(hostFolder(mp.FS, path.resolve(process.argv[2])), {}, "/flash");
// This runtime numbers errors as WASI does and has no file called "": mpremote knows both as boards
// have them.
mp.runPython(`
import builtins, sys
import os as _wasm
_NUMBERS = {44: 2, 20: 17, 54: 20, 31: 21}
_wasm.chdir("/flash")

def _as_on_a_board(found):
    def call(*args):
        try:
            return found(*["." if arg == "" else arg for arg in args])
        except OSError as error:
            raise OSError(_NUMBERS.get(error.errno, error.errno))
    return call

class BoardOs:
    def __getattr__(self, name):
        return _as_on_a_board(getattr(_wasm, name))

sys.modules["os"] = BoardOs()
builtins.open = _as_on_a_board(open)
`);
mp.replInit();
process.stderr.write("ready\n");
const PASTE = Buffer.from([5, 65, 1]); // mpremote asks for "raw paste", which an event loop cannot give
const NO_PASTE = Buffer.from("R\0");
process.stdin.on("data", (chunk) => {
  if (chunk.equals(PASTE)) {
    process.stdout.write(NO_PASTE);
    return;
  }
  for (const byte of chunk) {
    if (mp.replProcessChar(byte)) {
      process.stdout.write("\r\nMPY: soft reboot\r\n");
      mp.replInit();
    }
  }
});
process.stdin.on("end", () => process.exit(0));
