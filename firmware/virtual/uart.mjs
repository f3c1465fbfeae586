// A serial line for the interpreter: a device file on its side, two streams on the host's.
const WOULD_BLOCK = 11; // the interpreter's own number for "try again"
const TX_BYTES = 16384; // a full transmit buffer makes the firmware wait, as on a board

/** Bytes from `input` wait to be read from the device; what is written there goes to `output`. */
export function serialDevice(input, output) {
  const waiting = [];
  const device = {
    onData: () => {},
    onEnd: () => {},
    waits: () => waiting.length > 0,
    attach(FS, name) {
      const number = FS.makedev(64, 0);
      FS.registerDevice(number, {
        read: (_stream, buffer, offset, length) => read(FS, buffer, offset, length),
        write: (_stream, buffer, offset, length) => write(FS, buffer, offset, length),
      });
      FS.mkdev(name, number);
    },
  };
  input.on("data", (chunk) => {
    waiting.push(chunk);
    device.onData();
  });
  input.on("end", () => device.onEnd());
  output.on("drain", () => device.onData());
  output.on("error", () => device.onEnd());

  function read(FS, buffer, offset, length) {
    if (!waiting.length) throw new FS.ErrnoError(WOULD_BLOCK);
    const chunk = waiting[0];
    const count = Math.min(length, chunk.length);
    buffer.set(chunk.subarray(0, count), offset);
    if (count === chunk.length) waiting.shift();
    else waiting[0] = chunk.subarray(count);
    return count;
  }

  function write(FS, buffer, offset, length) {
    if (output.writableLength > TX_BYTES) throw new FS.ErrnoError(WOULD_BLOCK);
    output.write(Buffer.from(buffer.subarray(offset, offset + length)));
    return length;
  }

  return device;
}
