import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mountFolders } from '../../../simulator/ecs/mount-folders.ts';

let scratch: string;
let root: string;
beforeEach(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'greengate-mounts-')));
  root = join(scratch, 'task', 'one', 'root');
  mkdirSync(root, { recursive: true });
  mkdirSync(join(scratch, 'outside', 'kept'), { recursive: true });
});
afterEach(() => rmSync(scratch, { recursive: true }));

const mount = async (path: string) => {
  const taskFolder = join(scratch, 'task');
  const place = {
    taskFolder,
    containerFolder: join(taskFolder, 'one'),
    rootDirectory: root,
    imageVolumes: [],
  };
  const [mounted] = await mountFolders(place, [{ path, source: { volume: 0 }, readOnly: false }]);
  return mounted;
};
const volume = () => join(scratch, 'task', 'volumes', '0');

describe('a mount', () => {
  it('lies over what is there, and parents are made', async () => {
    mkdirSync(join(root, 'data'));
    writeFileSync(join(root, 'data', 'hidden'), '');
    expect(await mount('/data')).toEqual({ path: '/data', folder: volume(), readOnly: false });
    expect(realpathSync(join(root, 'data'))).toBe(volume());
    await mount('/var/lib/x');
    expect(realpathSync(join(root, 'var/lib/x'))).toBe(volume());
    expect(readdirSync(volume())).toEqual([]);
  });

  it('follows an absolute link of the image inside the root, as /var/run is one to /run', async () => {
    mkdirSync(join(root, 'var'));
    symlinkSync('/run', join(root, 'var', 'run'));
    await mount('/var/run');
    expect(realpathSync(join(root, 'run'))).toBe(volume());
  });

  it.each([
    ['upwards', () => '../../../outside'],
    ['absolute', () => join(scratch, 'outside')],
  ])('does not leave the root by a link of the image that is %s', async (_, target) => {
    symlinkSync(target(), join(root, 'data'));
    await mount('/data/kept');
    await mount('/data');
    expect(readdirSync(join(scratch, 'outside'))).toEqual(['kept']);
    expect(existsSync(join(scratch, 'outside', 'kept'))).toBe(true);
    expect(realpathSync(join(scratch, 'outside', 'kept'))).toBe(join(scratch, 'outside', 'kept'));
  });

  it.each([
    ['links in a circle', '/data', 'too many levels of symbolic links'],
    ['a link to the root', '/top', 'it is the root'],
    ['a file in the way', '/file/x', 'not a directory'],
  ])('is refused over %s', async (_, path, reason) => {
    symlinkSync('/data', join(root, 'data'));
    symlinkSync('/', join(root, 'top'));
    writeFileSync(join(root, 'file'), 'text');
    await expect(mount(path)).rejects.toThrow(
      new RegExp(`^CannotStartContainerError: .*at "${path}": ${reason}$`),
    );
    expect(readFileSync(join(root, 'file'), 'utf8')).toBe('text');
  });
});
