import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The container's mounts inside its process: `/data/x` is the file of the volume, and a mount or root that is
 * read-only refuses what changes it with EROFS, as Linux does. Only node:fs is redirected, in the main thread; the module
 * loader and other processes see the mounts by the links in the container's root.
 */

/**
 * What `node:fs` does with the paths that it is given first: `r` reads, `w` changes what is there, `c` makes what
 * is not, `o` depends on the flags, `t` is the target of a link. Streams open their files through `fs.open`.
 */
const operations = {
  access: 'r',
  appendFile: 'c',
  chmod: 'w',
  chown: 'w',
  copyFile: 'rc',
  cp: 'rc',
  exists: 'r',
  lchmod: 'w',
  lchown: 'w',
  link: 'rc',
  lstat: 'r',
  lutimes: 'w',
  mkdir: 'c',
  mkdtemp: 'c',
  open: 'o',
  openAsBlob: 'r',
  opendir: 'r',
  readFile: 'r',
  readdir: 'r',
  readlink: 'r',
  realpath: 'r',
  rename: 'wc',
  rm: 'w',
  rmdir: 'w',
  stat: 'r',
  statfs: 'r',
  symlink: 'tc',
  truncate: 'w',
  unlink: 'w',
  unwatchFile: 'r',
  utimes: 'w',
  watch: 'r',
  watchFile: 'r',
  writeFile: 'c',
};

const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = fs.constants;
const writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
const readFlags = [undefined, null, 'r', 'rs', 'sr'];
const { existsSync } = fs;
/** File systems of their own in every container. */
const systemFolders = ['/dev', '/proc', '/sys'];

/**
 * @param {{ root: string, own: string, readOnlyRoot?: boolean,
 *   mounts: readonly { path: string, folder: string, readOnly: boolean }[] }} container
 * `root` is the container's root on this machine, `own` what else is the task's there: its paths are what they are.
 */
export function installMounts({ root, own, mounts, readOnlyRoot = false }) {
  if (mounts.length === 0 && !readOnlyRoot) return;
  const inside = (folder, path) => path === folder || path.startsWith(folder + sep);

  /** The mount that a path is in, and the path on this machine. */
  const find = (path) => {
    const byFolder = mounts.find(({ folder }) => inside(folder, path));
    if (byFolder) return { mount: byFolder, path };
    const isOwn = inside(own, path);
    if (isOwn && !inside(root, path)) return { path };
    const asSeen = isOwn ? path.slice(root.length) : path;
    const mount = mounts.find((one) => inside(one.path, asSeen));
    if (mount) return { mount, path: join(mount.folder, asSeen.slice(mount.path.length)) };
    if (!readOnlyRoot || systemFolders.some((folder) => inside(folder, asSeen))) return { path };
    const mounted = { path: '', folder: isOwn ? root : '', readOnly: true };
    return { mount: mounted, path, inImage: root + asSeen };
  };

  /** Undefined for what is no path. A trailing slash means something to Linux, and to mkdtemp. */
  const locate = (given) => {
    const text =
      given instanceof URL ? fileURLToPath(given) : Buffer.isBuffer(given) ? `${given}` : given;
    if (typeof text !== 'string' || text === '' || text.includes('\0')) return undefined;
    const found = find(resolve(text));
    if (!found.mount) return undefined;
    return { ...found, path: text.endsWith(sep) ? found.path + sep : found.path };
  };

  /** The error of a change where nothing may be changed; what fails anyhow fails in its own way. */
  const refusal = (name, role, found, flags) => {
    if (!found.mount.readOnly || role === 'r' || role === 't') return undefined;
    if (role === 'o' && isReading(flags)) return undefined;
    const exists = (of) => [found.path, found.inImage].some((path) => path && existsSync(of(path)));
    const there = exists((path) => path);
    if (role === 'w' && !there) return undefined;
    if (name === 'mkdir' ? there : !there && !exists(dirname)) return undefined;
    const path = found.mount.path + found.path.slice(found.mount.folder.length);
    const syscall = name === 'writeFile' || name === 'appendFile' ? 'open' : name;
    const error = new Error(`EROFS: read-only file system, ${syscall} '${path}'`);
    return Object.assign(error, { errno: -30, code: 'EROFS', syscall, path });
  };

  const translate = (name, roles, args) => {
    let error;
    const translated = args.map((given, index) => {
      const role = roles[index];
      const found = role === undefined ? undefined : locate(given);
      if (!found || (role === 't' && !String(given).startsWith(sep))) return given;
      error ??= refusal(name, role, found, args[1]);
      // A folder that the image has is there, also where this machine lacks it.
      const isThere = name === 'mkdir' && found.inImage && existsSync(found.inImage);
      return isThere ? found.inImage : found.path;
    });
    return { error, args: translated };
  };

  const wrap = (target, name, roles, fail) => {
    const original = target[name];
    if (typeof original !== 'function') return;
    const plain = name.replace(/Sync$/, '');
    const wrapper = function redirected(...given) {
      const { error, args } = translate(plain, roles, given);
      return error ? fail(error, args) : original.apply(this, args);
    };
    // With promisify's symbol of fs.exists and the native variant of fs.realpath.
    Object.defineProperties(wrapper, Object.getOwnPropertyDescriptors(original));
    if (original.native) {
      const { native } = original;
      wrapper.native = (...given) => native(...translate(plain, roles, given).args);
    }
    target[name] = wrapper;
  };

  for (const [name, roles] of Object.entries(operations)) {
    wrap(fs, name, roles, failInCallback);
    wrap(fs, `${name}Sync`, roles, failAtOnce);
    wrap(fs.promises, name, roles, failInPromise);
  }
  syncBuiltinESMExports();
}

function isReading(flags) {
  if (typeof flags === 'number') return (flags & writing) === 0;
  return readFlags.includes(flags) || typeof flags === 'function';
}

function failAtOnce(error) {
  throw error;
}

function failInPromise(error) {
  return Promise.reject(error);
}

function failInCallback(error, args) {
  const callback = args.findLast((argument) => typeof argument === 'function');
  if (callback) process.nextTick(callback, error);
  else throw error;
}
