import { beforeEach, describe, expect, it } from 'vitest';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { resolveRelease } from '../../../functions/resolve-release/step.ts';
import { execution, releaseRequest } from '../../support/builders/releases.ts';
import { prepareResolve, recordKey } from './resolve-fixture.ts';

const arnOf = (name: string) =>
  `arn:aws:states:eu-central-1:123456789012:execution:greengate-deploy:${name}`;
const told = releaseRequest();
/** Of the same push: ECR shows its milliseconds, the event does not. */
const found = releaseRequest({
  pushedAt: '2026-09-01T10:00:00.300Z',
  eventId: `sweep-${Date.parse('2026-09-01T10:00:00.300Z')}-222222222222`,
});
let scene: ReturnType<typeof prepareResolve>;

beforeEach(() => {
  scene = prepareResolve();
});

type Request = ReturnType<typeof releaseRequest>;

function started(request: Request, startedAt: string, name = executionName(request)): void {
  scene.deps.executions.executions.push({
    executionArn: arnOf(name),
    executionName: name,
    status: 'FAILED',
    startedAtMs: Date.parse(startedAt),
    redriveCount: 0,
    input: JSON.stringify(request),
    error: 'DeploymentRolledBack',
    cause: undefined,
  });
}

function resolve(request: Request, startedAt: string, name = executionName(request)) {
  started(request, startedAt, name);
  const self = execution({ executionName: name, executionArn: arnOf(name), startedAt });
  return resolveRelease({ request, execution: self }, scene.deps);
}

describe('resolveRelease of a push that was started twice', () => {
  it('ends as superseded when the sweep started it before its event came, whatever became of it', async () => {
    started(found, '2026-09-01T10:10:00.000Z');

    const { outcome, reason } = await resolve(told, '2026-09-01T10:17:00.000Z');

    expect(outcome).toBe('superseded');
    expect(reason).toBe(
      `This push was started before, by the sweep, as execution ${executionName(found)} at 2026-09-01T10:10:00.000Z: its outcome is that execution's`,
    );
    expect(scene.deps.records.stored(recordKey)).toMatchObject({ outcome: 'superseded', reason });
  });

  it('ends as superseded when the event came a moment before the sweep started it', async () => {
    started(told, '2026-09-01T10:10:00.000Z');

    const { outcome, reason } = await resolve(found, '2026-09-01T10:10:00.400Z');

    expect(outcome).toBe('superseded');
    expect(reason).toContain(`by its event, as execution ${executionName(told)}`);
  });

  it.each<[string, Request, Request]>([
    ['the event', told, found],
    ['the sweep', found, told],
  ])('goes on with what %s started first', async (_, own, later) => {
    started(later, '2026-09-01T10:10:00.400Z');

    expect((await resolve(own, '2026-09-01T10:10:00.000Z')).outcome).toBe('proceed');
  });

  it('lets exactly one go on when both began in the same millisecond', async () => {
    const startedAt = '2026-09-01T10:10:00.000Z';
    const first = await resolve(told, startedAt);
    const second = await resolve(found, startedAt);

    expect([first.outcome, second.outcome]).toEqual(['proceed', 'superseded']);
  });

  it('says the same when asked again after the first one has deployed it', async () => {
    started(found, '2026-09-01T10:10:00.000Z');
    const [task] = scene.deps.services.tasks.get('prod/shop') ?? [];
    if (task === undefined) throw new Error('no task');
    scene.deps.services.tasks.set('prod/shop', [
      { ...task, containers: task.containers.map((one) => ({ ...one, imageDigest: told.digest })) },
    ]);

    expect((await resolve(told, '2026-09-01T10:17:00.000Z')).outcome).toBe('superseded');
  });

  it('goes on when a person started it anew, with the same input', async () => {
    started(found, '2026-09-01T10:10:00.000Z');

    expect((await resolve(told, '2026-09-01T10:17:00.000Z', 'once-more')).outcome).toBe('proceed');
    expect((await resolve(found, '2026-09-01T10:18:00.000Z', 'again')).outcome).toBe('proceed');
  });

  it('goes on when what went before was started by a person', async () => {
    started(found, '2026-09-01T10:10:00.000Z', 'by-hand');

    expect((await resolve(told, '2026-09-01T10:17:00.000Z')).outcome).toBe('proceed');
  });

  it('asks nothing while the event is too young for a sweep', async () => {
    scene.deps.executions.list = () => Promise.reject(new Error('not to be asked'));

    expect((await resolve(told, '2026-09-01T10:03:00.000Z')).outcome).toBe('proceed');
  });
});
