import type { ReleaseRequest } from '../../../functions/core/release.ts';
import { resolveRelease } from '../../../functions/resolve-release/step.ts';
import { configOf, digestOf, execution, releaseRequest } from '../../support/builders/releases.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { FakeDeployments } from '../../support/fakes/fake-deployments.ts';
import {
  codeDeployService,
  FakeEcsServices,
  runningTask,
  taskSet,
} from '../../support/fakes/fake-ecs-services.ts';
import { FakeExecutions } from '../../support/fakes/fake-executions.ts';
import { FakeImageRegistry } from '../../support/fakes/fake-image-registry.ts';
import { FakeLineSwitch } from '../../support/fakes/fake-line-switch.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';
import { FakeServiceDeployments } from '../../support/fakes/fake-service-deployments.ts';
import { FakeTaskDefinitions } from '../../support/fakes/fake-task-definitions.ts';

export const repository = 'team/shop';
export const pushedAtMs = Date.parse('2026-09-01T10:00:00.300Z');
export const recordKey = `pushes/${releaseRequest().eventId}/shop.json`;

/** v1 runs, v2 was pushed just now. */
export function prepareResolve(document: Readonly<Record<string, unknown>> = {}) {
  const images = new FakeImageRegistry();
  images.push(repository, 'v1', digestOf('1'), pushedAtMs - 3_600_000);
  images.push(repository, 'v2', digestOf('2'), pushedAtMs);
  const taskDefinitions = new FakeTaskDefinitions();
  const taskDefinitionArn = taskDefinitions.add({ family: 'shop', ...document });
  const primary = taskSet({ taskDefinitionArn });
  const services = new FakeEcsServices();
  services.services.set('prod/shop', codeDeployService([primary]));
  services.tasks.set('prod/shop', [
    runningTask(primary, digestOf('1'), 1),
    runningTask(primary, digestOf('1'), 2),
  ]);
  const deps = {
    config: configOf(),
    images,
    services,
    deployments: new FakeDeployments(),
    serviceDeployments: new FakeServiceDeployments(),
    taskDefinitions,
    records: new FakeRecords(),
    executions: new FakeExecutions(),
    line: new FakeLineSwitch(),
    clock: new FakeClock(),
    log: new FakeLog(),
  };
  const resolve = (changes: Partial<ReleaseRequest> = {}) =>
    resolveRelease({ request: releaseRequest(changes), execution: execution() }, deps);
  return { deps, primary, resolve };
}
