import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pushWorkload } from '../../cli/rehearsal/push-workload.ts';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { rollingSample } from '../../cli/rehearsal/strategies.ts';
import { openLine } from '../support/breakable-line.ts';
import { type RunOptions, runGreengate, waitFor } from '../support/run-greengate.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';

/** Commands are processes of their own, and releases take a while. */
const limitMs = 240_000;

let sample: OpenSample;
let scratch: string;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'greengate-rolling-commands-'));
  sample = await openSample({
    target: rollingSample,
  });
}, limitMs);
afterAll(async () => {
  await sample?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

const greengate = (args: readonly string[], options: RunOptions = {}) =>
  runGreengate(sample.simulator.endpoint, args, options);

describe('greengate on a service that ECS rolls out', { timeout: limitMs }, () => {
  it('lets go of a good release on Ctrl-C, and ends with 0 when it is asked again', async () => {
    const { digest } = await sample.push('v2');
    const left = await greengate(waitFor(digest), { interruptAt: 'RollOut' });
    expect(left.stderr).toBe(
      'Stopped waiting. The release itself goes on; run the same command again to follow it\n',
    );
    expect(left.code).toBe(130);
    const { code, stdout } = await greengate(waitFor(digest));
    expect(stdout).toMatch(/workflow {3}RollOut\n/);
    expect(stdout).toMatch(/checks {5}before the rollout: pass\n/);
    expect(stdout).toMatch(/checks {5}during the bake: pass\n/);
    expect(stdout).toMatch(
      /\ndeployed {2}Deployed: v2 \(sha256:\w{12}\) serves production of shop, rollout /,
    );
    expect(code).toBe(0);
  });

  it('loses the connection in the middle of a bad release, and ends with 2 all the same', async () => {
    const junit = join(scratch, 'greengate.xml');
    const line = await openLine(sample.simulator.endpoint);
    const { digest } = await sample.push('v3', { OMIT_FIELD: 'price' });
    let wasCut = false;
    const { code, stdout } = await runGreengate(line.url, waitFor(digest, '--junit', junit), {
      onOutput(printed) {
        if (!wasCut && printed.includes('RollOut')) {
          wasCut = true;
          line.cut();
        }
        if (printed.includes('connection lost')) line.mend();
      },
    });
    line.close();
    const told = stdout.split('\n').filter((one) => / {2}connection /.test(one));
    expect(told).toEqual([
      expect.stringContaining('lost, the release goes on; asking again'),
      expect.stringMatching(/connection back after \d+ s$/),
    ]);
    expect(stdout).toMatch(/\nrolled-back {2}Rolled back: checks failed during the rollout: /);
    expect(code).toBe(2);
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toMatch(/classname="greengate.rollout-during" name="[^"]+" time="0.000"><failure /);
  });

  it('lists, explains and shows what there was', async () => {
    const history = JSON.parse((await greengate(['history', '--json'])).stdout);
    expect(history.map(({ tag, outcome }: Record<string, string>) => [tag, outcome])).toEqual([
      ['v3', 'rolled-back'],
      ['v2', 'deployed'],
    ]);
    const bad = await greengate(['explain', history[0].executionName]);
    expect(bad.stdout).toMatch(/^shop v3 \(sha256:\w{12}\) {2}rolled-back\nRolled back: /);
    expect(bad.stdout).toMatch(/since then: .*v3 \d+/);
    expect(bad.stdout).toMatch(/way back {3}by ECS, ROLLBACK_SUCCESSFUL\n/);
    expect(bad.stdout).toContain('not judged replacement against original: needs two listeners');
    const good = await greengate(['explain', history[1].executionName]);
    expect(good.stdout).toMatch(/^shop v2 \(sha256:\w{12}\) {2}deployed\n/);
    expect(good.stdout).not.toContain('way back');
    const status = await greengate(['status']);
    expect(status.stdout).toMatch(/^shop\n {2}runs {6}v2 \(sha256:\w{12}\), 2 of 2 tasks\n/);
    expect(status.stdout).toMatch(/ {2}last {6}v3 rolled-back /);
    expect([bad.code, good.code, status.code]).toEqual([0, 0, 0]);
  });

  it('ends with 2 when the image is of another platform than the tasks', async () => {
    const { digest } = await pushWorkload(
      sample.simulator,
      'team/shop',
      'v4',
      {},
      { architecture: 'arm64' },
    );
    const { code, stdout } = await greengate(waitFor(digest));
    const last = stdout.trimEnd().split('\n').at(-1);
    expect(last).toMatch(/^refused {2}.*image-platform: .*linux\/arm64/);
    expect(code).toBe(2);
  });

  it('says in one line that the session has expired', async () => {
    const sts = new STSClient(clientOptions(sample.simulator));
    const { Credentials } = await sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
    await sample.simulator.world.clock.sleep(901_000);
    const environment = {
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? '',
      AWS_SESSION_TOKEN: Credentials?.SessionToken ?? '',
    };
    const ended = await greengate(waitFor(`sha256:${'0'.repeat(64)}`), { environment });
    expect(ended.stderr).toBe(
      'The AWS session has expired: sign in again (in CI, ask for a longer one, such as role-duration-seconds). The release itself goes on; run the same command again to follow it\n',
    );
    expect(ended.code).toBe(1);
  });
});
