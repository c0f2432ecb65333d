import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGreengate, waitFor } from '../support/run-greengate.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';

/** Commands are processes of their own, and releases take a while. */
const limitMs = 240_000;

let sample: OpenSample;
let scratch: string;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'greengate-command-'));
  sample = await openSample();
}, limitMs);
afterAll(async () => {
  await sample?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

const greengate = (args: readonly string[], interruptAt?: string) =>
  runGreengate(sample.simulator.endpoint, args, interruptAt === undefined ? {} : { interruptAt });

const everySecond = ['--interval', '1s'];

describe('greengate', { timeout: limitMs }, () => {
  it('waits for a good release, ends with 0, and writes Markdown', async () => {
    const summary = join(scratch, 'summary.md');
    const { digest } = await sample.push('v2');
    const { code, stdout } = await greengate(waitFor(digest, '--summary', summary));
    expect(stdout).toMatch(/workflow {3}Preflight\n/);
    expect(stdout).toMatch(/preflight {2}\d+ OK/);
    expect(stdout).toMatch(/hook {7}AfterAllowTestTraffic: pass\n/);
    expect(stdout).toMatch(/\ndeployed {2}Deployed: every running task of shop runs v2/);
    expect(code).toBe(0);
    expect(readFileSync(summary, 'utf8')).toMatch(/^### shop: deployed\n/);

    // A disk that fills up meanwhile takes the report, and nothing else.
    const diskFull = await greengate(waitFor(digest, '--summary', '/dev/full'));
    expect(diskFull.stdout).toMatch(/\ndeployed {2}Deployed: every running task of shop runs v2/);
    expect(diskFull).toMatchObject({
      code: 1,
      stderr: 'Cannot write /dev/full: ENOSPC: no space left on device, write\n',
    });
  });

  it('ends with 2 and the reason when the release was rolled back, as JSON and as JUnit', async () => {
    const junit = join(scratch, 'greengate.xml');
    const { digest } = await sample.push('v3', { OMIT_FIELD: 'price' });
    const { code, stdout } = await greengate(waitFor(digest, '--json', '--junit', junit));
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'rolled-back',
      reason: expect.stringContaining('expected $.products[0].price to be at least 0'),
      digest,
    });
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toContain(
      '<failure message="rolled-back: Rolled back: AfterAllowTestTraffic failed',
    );
    expect(xml).toContain('classname="greengate.AfterAllowTestTraffic"');
  });

  it('ends with 3 and says why when no service takes the tag', async () => {
    const { digest } = await sample.push('nightly');
    const { code, stdout } = await greengate(waitFor(digest));
    expect(stdout).toContain(
      'ignored  Tag "nightly" of team/shop matches no pattern of service shop',
    );
    expect(code).toBe(3);
  });

  it('lists, explains and shows what there was', async () => {
    const history = JSON.parse((await greengate(['history', '--json'])).stdout);
    expect(history.map(({ tag, outcome }: Record<string, string>) => [tag, outcome])).toEqual([
      ['v3', 'rolled-back'],
      ['v2', 'deployed'],
    ]);
    const explained = await greengate(['explain', history[0].executionName]);
    expect(explained.stdout).toMatch(/^shop v3 \(sha256:\w{12}\) {2}rolled-back\nRolled back: /);
    expect(explained.stdout).toMatch(/rollback {3}d-\w+ Succeeded\n {13}\+ primary task set/);
    expect(explained.stdout).toContain('aws stepfunctions redrive-execution --execution-arn arn:');
    const status = await greengate(['status']);
    expect(status.stdout).toMatch(/^shop\n {2}runs {6}v2 \(sha256:\w{12}\), 2 of 2 tasks\n/);
    expect([explained.code, status.code]).toEqual([0, 0]);
  });

  it('says why there is nothing to roll back to, without waiting where that is not wanted', async () => {
    const started = await greengate(['rollback', '--service', 'shop']);
    expect(started.stdout).toMatch(
      /^Started shop-by-hand-\w+-\w{8}: roll shop back to the release before the one that runs\ngreengate explain /,
    );
    expect(started.code).toBe(0);
    const refused = await greengate(['rollback', '--service', 'shop', '--wait', ...everySecond]);
    expect(refused.stdout).toMatch(/\nrefused {2}/);
    expect(refused.code).toBe(2);
  });

  it('rolls back to the release before, and releases by hand what runs already', async () => {
    const { digest } = await sample.push('v4');
    expect((await greengate(waitFor(digest))).code).toBe(0);
    const back = ['rollback', '--service', 'shop', '--wait', '--yes', '--json', ...everySecond];
    const rolledBack = await greengate(back);
    expect(JSON.parse(rolledBack.stdout)).toMatchObject({
      ...{ outcome: 'deployed', input: { service: 'shop', action: 'rollback' } },
      reason: expect.stringContaining('every running task of shop runs v2'),
    });
    expect(rolledBack.stderr).toMatch(/workflow {3}Preflight\n/);
    expect(rolledBack.code).toBe(0);
    const again = ['release', '--service', 'shop', '--image', 'v2', '--wait', ...everySecond];
    const released = await greengate(again);
    expect(released.stdout).toMatch(/: release team\/shop:v2 to shop\n/);
    expect(released.stdout).toMatch(/\nalready-running {2}/);
    expect(released.code).toBe(0);
  });

  it('says on Ctrl-C that the release goes on', async () => {
    const image = `team/shop@sha256:${'0'.repeat(64)}`;
    const { code, stderr } = await greengate(
      ['wait', '--service', 'shop', '--image', image],
      'nothing was started',
    );
    expect(stderr).toContain(
      'Stopped waiting. The release itself goes on; run the same command again to follow it',
    );
    expect(code).toBe(130);
  });

  it.each([
    [
      ['explain', 'nobody'],
      'There is no execution "nobody" in this account and Region: greengate history lists those there are\n',
    ],
    [
      ['wait', '--service', 'shop'],
      "error: required option '--image <repository@digest>' not specified\n",
    ],
    [
      ['status', '--service', 'cart'],
      'There is no service "cart" in greengate.yaml, it has: shop\n',
    ],
    [
      ['rollback', '--service', 'cart', '--to', 'v1'],
      'There is no service "cart" in greengate.yaml, it has: shop\n',
    ],
    [
      ['rollback', '--service', 'cart'],
      'There is no service "cart" in greengate.yaml, it has: shop\n',
    ],
    [
      ['rollback', '--service', 'shop', '--junit', 'greengate.xml'],
      '--junit and --summary tell how a release ended: add --wait\n',
    ],
    [
      ['release', '--service', 'shop', '--image', 'v2', '--wait', '--summary', '/nowhere/a.md'],
      'Cannot write the report to /nowhere/a.md: ENOENT; name another file\n',
    ],
    [
      waitFor(`sha256:${'0'.repeat(64)}`, '--junit', '/nowhere/a.xml'),
      'Cannot write the report to /nowhere/a.xml: ENOENT; name another file\n',
    ],
  ])('%j is one clear line and exit code 1', async (args, line) => {
    const { code, stderr } = await greengate(args);
    expect(stderr).toBe(line);
    expect(code).toBe(1);
  });
});
