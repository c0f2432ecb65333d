import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryRoot } from './source-files.ts';

/** Where real time and real chance may come in, and why. */
const sources: Readonly<Record<string, string>> = {
  'simulator/core/virtual-clock.ts': 'the first instant of a world, when nobody gave one',
  'simulator/core/certificates.ts': 'certificates are judged by the clock of the machine',
  'simulator/ecs/container-process.ts': 'marks real processes, of all simulators of the machine',
  'simulator/lambda/execution-environment.ts':
    'marks real processes, of all simulators of the machine',
  'simulator/states/integrations/sdk/service-calls.ts': 'the SDK asks the clock of the machine',
};
const forbidden =
  /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b/;

it('time and chance come from the world, so that a run can be repeated', () => {
  const root = join(repositoryRoot, 'simulator');
  const offenders = readdirSync(root, { recursive: true, encoding: 'utf8' })
    // What runs inside functions and tasks (.mjs) sees a clock that was made for it.
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `simulator/${name}`)
    .filter((path) => forbidden.test(readFileSync(join(repositoryRoot, path), 'utf8')));
  expect(offenders.filter((path) => !Object.hasOwn(sources, path))).toEqual([]);
});
