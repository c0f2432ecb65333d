import { describe, expect, it } from 'vitest';
import { shouldRestart } from '../../../simulator/ecs/restart-policy.ts';

const policy = { enabled: true, ignoredExitCodes: [0, 3], restartAttemptPeriod: 120 };

describe('the restart policy of a container', () => {
  it.each([
    ['after its attempt period', policy, 1, 120, true],
    ['before its attempt period', policy, 1, 119, false],
    ['with an ignored exit code', policy, 3, 500, false],
    ['after five minutes unless told', { enabled: true }, 0, 300, true],
    ['within five minutes unless told', { enabled: true }, 0, 299, false],
    ['disabled', { enabled: false }, 1, 500, false],
    ['none', undefined, 1, 500, false],
  ])('%s', (_, restartPolicy, exitCode, seconds, expected) => {
    const container = {
      definition: { ...(restartPolicy && { restartPolicy }) },
      startedAtMs: 1_000,
    };
    expect(shouldRestart(container, exitCode, 1_000 + seconds * 1_000)).toBe(expected);
  });
});
