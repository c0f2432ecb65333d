import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ContainerProcess } from '../../../simulator/ecs/container-process.ts';

let own: string;
let root: string;
beforeEach(() => {
  own = realpathSync(mkdtempSync(join(tmpdir(), 'greengate-mounts-')));
  root = join(own, 'root');
  for (const folder of [root, join(own, 'data'), join(own, 'fixed')]) mkdirSync(folder);
  writeFileSync(join(own, 'fixed', 'note'), 'fixed');
});
afterEach(() => rmSync(own, { recursive: true }));

/** What a module prints that finds a writable mount at /data and a read-only one at /fixed. */
async function printed(source: string, readOnlyRoot = false): Promise<string[]> {
  const script = join(root, 'main.mjs');
  writeFileSync(
    script,
    `import fs, { readFileSync } from 'node:fs';
    import * as promises from 'node:fs/promises';
    import { promisify } from 'node:util';
    import { pipeline } from 'node:stream/promises';
    const code = async (work) => {
      try { return (await work()) ?? 'done'; } catch (error) { return error.code; }
    };
    ${source}`,
  );
  const lines: string[] = [];
  const mounts = [
    { path: '/data', folder: join(own, 'data'), readOnly: false },
    { path: '/fixed', folder: join(own, 'fixed'), readOnly: true },
  ];
  const process = new ContainerProcess({
    command: { args: [script], cwd: root },
    environment: {},
    routes: {},
    fileSystem: { root, own, mounts, readOnlyRoot },
    ports: [],
    onListen: () => {},
    onOutput: (line) => lines.push(line),
  });
  await process.exited;
  return lines;
}

describe('node:fs in a container with mounts', () => {
  it('reaches them in each of its ways', async () => {
    const lines = await printed(`
      fs.mkdirSync('/data/a/b', { recursive: true });
      await promises.writeFile('/data/a/one', '1');
      await promisify(fs.rename)('/data/a/one', '/data/a/../two');
      fs.writeFileSync(new URL('file:///data/three'), '3');
      fs.writeFileSync(Buffer.from('/data/four'), '4');
      await pipeline(fs.createReadStream('/data/four'), fs.createWriteStream('/data/five'));
      fs.symlinkSync('/data/five', '/data/six');
      fs.symlinkSync('five', '/data/seven');
      const handle = await promises.open('/data/eight', 'w');
      await handle.close();
      console.log(fs.mkdtempSync('/data/x-').length > 0, await promisify(fs.exists)('/data/two'));
      console.log(readFileSync('/data/six', 'utf8'), readFileSync('/data/seven', 'utf8'));
      console.log(fs.realpathSync.native('/data/six') === fs.realpathSync('/data/five'));
      console.log(fs.existsSync('/database'), fs.statSync('/data/').isDirectory());
    `);
    expect(lines).toEqual(['true true', '4 4', 'true', 'false true']);
    expect(readdirSync(join(own, 'data')).map((name) => name.replace(/^x-.*/, 'x-'))).toEqual(
      ['a', 'eight', 'five', 'four', 'seven', 'six', 'three', 'two', 'x-'].sort(),
    );
  });

  it('changes nothing in one that is read-only', async () => {
    const changes = [
      "fs.writeFileSync('/fixed/note', '')",
      "fs.writeFileSync('/fixed/new', '')",
      "promises.appendFile('/fixed/note', '')",
      "promisify(fs.unlink)('/fixed/note')",
      "promises.rm('/fixed/note')",
      "fs.mkdirSync('/fixed/deep/er', { recursive: true })",
      "promises.rename('/data/own', '/fixed/own')",
      "promises.rename('/fixed/note', '/data/note')",
      "fs.copyFileSync('/data/own', '/fixed/own')",
      "fs.openSync('/fixed/note', 'r+')",
      "fs.openSync('/fixed/note', fs.constants.O_RDWR)",
      "pipeline(['x'], fs.createWriteStream('/fixed/note'))",
      "promises.chmod('/fixed/note', 0o600)",
      `fs.truncateSync(${JSON.stringify(join(own, 'fixed', 'note'))})`,
    ];
    const lines = await printed(`
      fs.writeFileSync('/data/own', '');
      for (const change of [${changes.map((change) => `() => ${change}`)}])
        console.log(await code(change));`);
    expect(lines).toEqual(changes.map(() => 'EROFS'));
    expect(readdirSync(join(own, 'fixed'))).toEqual(['note']);
  });

  it('changes nothing but mounts and devices where the root is read-only', async () => {
    const lines = await printed(
      `console.log(await code(() => fs.writeFileSync('note', '')));
      console.log(await code(() => fs.appendFileSync(new URL(import.meta.url), '')));
      console.log(await code(() => promises.mkdir('/cache-of-the-shop')));
      console.log(await code(() => fs.writeFileSync('/data/x', '')));
      console.log(await code(() => fs.writeFileSync('/dev/null', '')));
      try { fs.writeFileSync('note', ''); } catch ({ message }) { console.log(message); }
      try { fs.writeFileSync('/main.mjs', ''); } catch ({ message }) { console.log(message); }
      try { fs.mkdirSync('/x-y-z'); } catch ({ message }) { console.log(message); }
      console.log(fs.statSync('/').isDirectory(), readFileSync('main.mjs').length > 0);`,
      true,
    );
    expect(lines).toEqual([
      'EROFS',
      'EROFS',
      'EROFS',
      'done',
      'done',
      "EROFS: read-only file system, open '/note'",
      "EROFS: read-only file system, open '/main.mjs'",
      "EROFS: read-only file system, mkdir '/x-y-z'",
      'true true',
    ]);
  });

  it('knows folders of the image by their absolute paths where the root is read-only', async () => {
    mkdirSync(join(root, 'folder-of-the-image'));
    const lines = await printed(
      `try { fs.writeFileSync('/folder-of-the-image/x', ''); } catch ({ message }) { console.log(message); }
      console.log(await code(() => fs.writeFileSync('/folder-of-none/x', '')));
      console.log(await code(() => fs.mkdirSync('/folder-of-the-image')));
      console.log(await code(() => fs.mkdirSync('/folder-of-the-image', { recursive: true })));`,
      true,
    );
    expect(lines).toEqual([
      "EROFS: read-only file system, open '/folder-of-the-image/x'",
      'ENOENT',
      'EEXIST',
      'done',
    ]);
    expect(existsSync('/folder-of-the-image')).toBe(false);
  });

  it('reads one that is read-only, and fails there as elsewhere', async () => {
    const lines = await printed(`
      console.log(readFileSync('/fixed/note', 'utf8'), await promises.readdir('/fixed'));
      console.log(fs.readSync(fs.openSync('/fixed/note', 'r'), Buffer.alloc(9)));
      console.log(fs.readSync(fs.openSync('/fixed/note', fs.constants.O_RDONLY), Buffer.alloc(9)));
      fs.mkdirSync('/fixed', { recursive: true });
      console.log(await code(() => promises.unlink('/fixed/none')));
      console.log(await code(() => fs.writeFileSync('/fixed/none/x', '')));
      console.log(await code(() => fs.mkdirSync('/fixed')));
      fs.copyFileSync('/fixed/note', '/data/copy');
      console.log(readFileSync('/data/copy', 'utf8'));`);
    expect(lines).toEqual(["fixed [ 'note' ]", '5', '5', 'ENOENT', 'ENOENT', 'EEXIST', 'fixed']);
  });
});
