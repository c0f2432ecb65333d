import { describe, expect, it } from 'vitest';
import { awaitExecution } from '../../../cli/release/await-execution.ts';
import { findExecution } from '../../../cli/release/find-execution.ts';
import { PermissionDeniedError, TransientAwsError } from '../../../functions/core/errors.ts';
import { executionAt, executionName, prepareFollower, request } from './fake-account.ts';

const wanted = { service: 'shop', repository: 'team/shop', digest: request.digest };
const nowMs = Date.parse('2026-09-01T10:00:00.000Z');
const patience = { sinceMs: nowMs - 3_600_000, startTimeoutMs: 900_000 };
const ignoredKey = `pushes/images/team/shop/sha256-${'ab'.repeat(32)}/ignored.json`;

describe('findExecution', () => {
  it('takes the newest of this image and service, not one of a service whose name begins alike', () => {
    const listed = [
      executionAt(nowMs, { executionName: 'shop-cart-abababababab-2222222222222222' }),
      executionAt(nowMs, { executionName: 'shop-cdcdcdcdcdcd-3333333333333333' }),
      executionAt(nowMs - 1, { executionName }),
      executionAt(nowMs - 2, { executionName: 'shop-abababababab-0000000000000000' }),
    ];
    expect(findExecution(listed, wanted)?.executionName).toBe(executionName);
  });
});

describe('awaitExecution', () => {
  it('finds what the push starts a moment later, and says that it waits', async () => {
    const { deps, told } = prepareFollower((account) =>
      account.all.push(executionAt(nowMs + 5_000)),
    );
    expect(await awaitExecution(wanted, patience, deps)).toMatchObject({
      kind: 'found',
      execution: { executionName },
      earlier: false,
    });
    expect(told.map(({ kind }) => kind)).toEqual(['not-started', 'found']);
  });

  it('does not take an old release of the same image for the one that was just pushed', async () => {
    const newer = 'shop-abababababab-2222222222222222';
    const { account, deps } = prepareFollower(
      () => undefined,
      (later) => later.all.unshift(executionAt(nowMs + 9_000, { executionName: newer })),
    );
    account.all.push(executionAt(nowMs - 600_000, { status: 'SUCCEEDED' }));
    expect(await awaitExecution(wanted, patience, deps)).toMatchObject({
      execution: { executionName: newer },
      earlier: false,
    });
  });

  it('settles for the old release when half a minute brings no newer one', async () => {
    const { account, clock, deps, told } = prepareFollower();
    account.all.push(executionAt(nowMs - 600_000, { status: 'SUCCEEDED' }));
    expect(await awaitExecution(wanted, patience, deps)).toMatchObject({
      execution: { executionName },
      earlier: true,
    });
    expect(clock.now() - nowMs).toBe(30_000);
    expect(told.map(({ kind }) => kind)).toEqual(['found']);
  });

  it.each([0, 1_000, 29_999])(
    'settles for the old release after %i ms when nobody wants to wait longer for a newer one',
    async (startTimeoutMs) => {
      const { account, clock, deps } = prepareFollower();
      account.all.push(executionAt(nowMs - 600_000, { status: 'SUCCEEDED' }));
      expect(await awaitExecution(wanted, { ...patience, startTimeoutMs }, deps)).toMatchObject({
        execution: { executionName },
        earlier: true,
      });
      expect(clock.now() - nowMs).toBeGreaterThanOrEqual(startTimeoutMs);
      expect(clock.now() - nowMs).toBeLessThan(startTimeoutMs + deps.intervalMs);
    },
  );

  it('takes a release that is over already when it is as young as the push', async () => {
    const { account, clock, deps } = prepareFollower();
    account.all.push(executionAt(nowMs - 60_000, { status: 'FAILED' }));
    expect(await awaitExecution(wanted, patience, deps)).toMatchObject({ earlier: false });
    expect(clock.now()).toBe(nowMs);
  });

  it('says why a push was ignored, though not before the tagged half of it may have come', async () => {
    const { account, clock, deps } = prepareFollower();
    const reason = 'Tag "nightly" of team/shop matches no pattern of service shop (v*)';
    account.documents.set(ignoredKey, { reason, recordedAt: '2026-09-01T09:59:58.000Z' });
    expect(await awaitExecution(wanted, patience, deps)).toEqual({ kind: 'ignored', reason });
    expect(clock.now() - nowMs).toBe(10_000);
  });

  it('does not hold an ignored push of long ago against this one', async () => {
    const { account, deps } = prepareFollower();
    account.documents.set(ignoredKey, { reason: 'old', recordedAt: '2026-08-01T00:00:00.000Z' });
    expect(await awaitExecution(wanted, patience, deps)).toEqual({
      kind: 'never-started',
      afterMs: patience.startTimeoutMs,
    });
  });

  it('rides out a lost connection and tells of it once', async () => {
    const { account, deps, told } = prepareFollower();
    account.all.push(executionAt(nowMs));
    account.failures.push(new TransientAwsError('reset'), new TransientAwsError('reset'));
    await awaitExecution(wanted, patience, deps);
    expect(told).toEqual([
      { kind: 'connection-lost', sentence: 'reset' },
      { kind: 'connection-back', afterMs: 3_000 },
      { kind: 'found', executionName, earlier: false },
    ]);
  });

  it('gives up at once what AWS refuses for good', async () => {
    const { account, deps } = prepareFollower();
    account.failures.push(new PermissionDeniedError('states:ListExecutions'));
    await expect(awaitExecution(wanted, patience, deps)).rejects.toThrow('states:ListExecutions');
  });

  it('gives up a connection that stays lost when nothing may start any more', async () => {
    const { account, deps } = prepareFollower();
    account.failures.push(...Array.from({ length: 100 }, () => new TransientAwsError('reset')));
    await expect(awaitExecution(wanted, patience, deps)).rejects.toThrow('reset');
  });
});
