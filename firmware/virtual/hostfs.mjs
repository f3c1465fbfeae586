// A folder of the host inside the interpreter's file system.
//
// Emscripten asks a file system for two small tables, one for directory entries and one for
// open files. These forward every call to the host synchronously, so that what the firmware
// has written is in the host's folder before the call returns: killing the process loses
// nothing that was written, exactly like pulling the battery after a flash program.
import fs from "node:fs";
import path from "node:path";

// Host error -> the number this runtime's libc uses for it (WASI numbering).
const ERRNO = { EACCES: 2, EEXIST: 20, EFBIG: 22, EINVAL: 28, EIO: 29, EISDIR: 31, EMFILE: 33,
  ENOENT: 44, ENOSPC: 51, ENOTDIR: 54, ENOTEMPTY: 55, EPERM: 63, EROFS: 69, EXDEV: 75 };
const SEEK_CUR = 1;
const SEEK_END = 2;
const ACCESS_MODE = 3; // the bits of the open flags that say read, write or both

/** The file system type to hand to FS.mount(type, {}, "/flash"). */
export function hostFolder(FS, root) {
  const guarded = (call) => {
    try {
      return call();
    } catch (error) {
      if (!(error.code in ERRNO)) throw error;
      throw new FS.ErrnoError(ERRNO[error.code]);
    }
  };
  const hostPath = (node) => {
    const parts = [];
    for (let at = node; at.parent !== at; at = at.parent) parts.unshift(at.name);
    return path.join(root, ...parts);
  };

  const directory = {
    getattr: (node) => guarded(() => attributes(node, fs.lstatSync(hostPath(node)))),
    setattr: (node, attr) => guarded(() => {
      if (attr.size !== undefined) fs.truncateSync(hostPath(node), attr.size);
    }),
    lookup: (parent, name) => guarded(() => {
      const found = fs.lstatSync(path.join(hostPath(parent), name));
      return makeNode(parent, name, found.mode);
    }),
    mknod: (parent, name, mode) => guarded(() => {
      const node = makeNode(parent, name, mode);
      if (FS.isDir(mode)) fs.mkdirSync(hostPath(node));
      else fs.writeFileSync(hostPath(node), "");
      return node;
    }),
    rename: (node, newParent, newName) => guarded(() => {
      fs.renameSync(hostPath(node), path.join(hostPath(newParent), newName));
      node.name = newName;
    }),
    unlink: (parent, name) => guarded(() => fs.unlinkSync(path.join(hostPath(parent), name))),
    rmdir: (parent, name) => guarded(() => fs.rmdirSync(path.join(hostPath(parent), name))),
    readdir: (node) => guarded(() => [".", "..", ...fs.readdirSync(hostPath(node))]),
  };

  const openFile = {
    open: (stream) => guarded(() => {
      stream.hostFd = fs.openSync(hostPath(stream.node), stream.flags & ACCESS_MODE);
    }),
    close: (stream) => guarded(() => fs.closeSync(stream.hostFd)),
    fsync: (stream) => guarded(() => fs.fsyncSync(stream.hostFd)),
    read: (stream, buffer, offset, length, position) =>
      guarded(() => fs.readSync(stream.hostFd, buffer, offset, length, position)),
    write: (stream, buffer, offset, length, position) =>
      guarded(() => fs.writeSync(stream.hostFd, buffer, offset, length, position)),
    llseek: (stream, offset, whence) => {
      let position = offset;
      if (whence === SEEK_CUR) position += stream.position;
      if (whence === SEEK_END) position += guarded(() => fs.fstatSync(stream.hostFd).size);
      if (position < 0) throw new FS.ErrnoError(ERRNO.EINVAL);
      return position;
    },
  };

  function attributes(node, found) {
    return { dev: 1, ino: node.id, mode: found.mode, nlink: 1, uid: 0, gid: 0, rdev: 0,
      size: found.size, atime: found.atime, mtime: found.mtime, ctime: found.ctime,
      blksize: 4096, blocks: Math.ceil(found.size / 4096) };
  }

  function makeNode(parent, name, mode) {
    const node = FS.createNode(parent, name, mode, 0);
    node.node_ops = directory;
    node.stream_ops = openFile;
    return node;
  }

  return { mount: () => makeNode(null, "/", fs.lstatSync(root).mode) };
}
