import { describe, expect, it } from 'vitest';
import type { DescribedExecution } from '../../../functions/core/ports/executions.ts';
import type { ReleaseRequest } from '../../../functions/core/release.ts';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { resolveRelease } from '../../../functions/resolve-release/step.ts';
import { digestOf, execution, releaseRequest } from '../../support/builders/releases.ts';
import { prepareResolve, pushedAtMs, repository } from './resolve-fixture.ts';

/** v1 runs, v2 was pushed at ten, and twenty seconds later v1-again on the image of v1. */
const again = releaseRequest({
  tag: 'v1-again',
  digest: digestOf('1'),
  pushedAt: '2026-09-01T10:00:20Z',
  eventId: 'another',
});
const own = execution({ executionName: executionName(again) });

function prepareRetag() {
  const { deps } = prepareResolve();
  deps.images.push(repository, again.tag, again.digest, pushedAtMs + 20_000);
  const resolve = () => resolveRelease({ request: again, execution: own }, deps);
  return { deps, resolve };
}

function started(
  request: ReleaseRequest,
  changes: Partial<DescribedExecution> = {},
): DescribedExecution {
  const name = executionName(request);
  return {
    executionArn: `arn:aws:states:eu-central-1:123456789012:execution:greengate-deploy:${name}`,
    executionName: name,
    status: 'RUNNING',
    startedAtMs: pushedAtMs + 1_000,
    redriveCount: 0,
    input: JSON.stringify(request),
    error: undefined,
    cause: undefined,
    ...changes,
  };
}

describe('resolveRelease of a new tag on the image that runs', () => {
  it('goes on while another image is on its way, which may not have seen the tag', async () => {
    const { deps, resolve } = prepareRetag();
    deps.executions.executions.push(started(releaseRequest()));
    expect((await resolve()).outcome).toBe('proceed');
    expect(deps.records.stored('pushes/another/shop.json')).toBeUndefined();
  });

  it('goes on while a person goes back to whatever came before', async () => {
    const { deps, resolve } = prepareRetag();
    const input = JSON.stringify({ service: 'shop', action: 'rollback' });
    deps.executions.executions.push(started(releaseRequest(), { executionName: 'by-kim', input }));
    expect((await resolve()).outcome).toBe('proceed');
  });

  it.each<[string, DescribedExecution]>([
    ['has ended', started(releaseRequest(), { status: 'SUCCEEDED' })],
    ['releases the same image', started({ ...releaseRequest(), digest: digestOf('1') })],
    ['is of another service', started(releaseRequest({ service: 'cart' }))],
    ['is this one', started(again)],
  ])('ends where the other execution %s', async (_, other) => {
    const { deps, resolve } = prepareRetag();
    deps.executions.executions.push(other);
    expect((await resolve()).outcome).toBe('already-running');
  });

  it('ends again as the try before it did, whatever has begun since', async () => {
    const { deps, resolve } = prepareRetag();
    await resolve();
    deps.executions.executions.push(started(releaseRequest()));
    expect((await resolve()).outcome).toBe('already-running');
  });

  it('does not take the end of an earlier redrive for its own', async () => {
    const { deps, resolve } = prepareRetag();
    await resolve();
    deps.executions.executions.push(started(releaseRequest()));
    const redriven = { request: again, execution: { ...own, redriveCount: 1 } };
    expect((await resolveRelease(redriven, deps)).outcome).toBe('proceed');
  });
});

describe('resolveRelease of a second tag within the minute of the first', () => {
  it('ends whatever else is on its way: it is no later decision', async () => {
    const { deps } = prepareResolve();
    deps.images.push(repository, 'v1-too', digestOf('1'), pushedAtMs);
    deps.executions.executions.push(started(releaseRequest()));
    const request = { ...again, tag: 'v1-too', pushedAt: '2026-09-01T09:00:30Z' };
    const output = await resolveRelease({ request, execution: own }, deps);
    expect(output.outcome).toBe('already-running');
    expect(deps.records.stored('pushes/retags/shop.json')).toBeUndefined();
  });
});
