import { describe, expect, it } from 'vitest';
import { requestStop } from '../../../functions/core/deployment/request-stop.ts';
import { parseStopRequest } from '../../../functions/core/deployment/stop-request.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { FakeDeployments } from '../../support/fakes/fake-deployments.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';

const key = 'deployments/d-AAAAAAAA1/stop-request.json';
const reason = {
  cause: 'replacement-failing',
  sentence: '3 tasks of the replacement stopped',
  evidence: ['task 1: exit code 1'],
} as const;

function prepare() {
  return {
    deployments: new FakeDeployments(),
    records: new FakeRecords(),
    clock: new FakeClock(),
    log: new FakeLog(),
  };
}

describe('requestStop', () => {
  it('keeps the reason before it stops, so that a crash between the two loses nothing', async () => {
    const deps = prepare();
    let keptFirst: unknown;
    deps.deployments.stop = async () => {
      keptFirst = deps.records.stored(key);
      return 'stopping';
    };

    await expect(requestStop('d-AAAAAAAA1', reason, deps)).resolves.toBe('stopping');

    expect(keptFirst).toMatchObject(reason);
    expect(parseStopRequest(keptFirst)).toEqual(keptFirst);
  });

  it('stops also where the reason cannot be kept', async () => {
    const deps = prepare();
    deps.records.failure = new Error('no bucket');

    await requestStop('d-AAAAAAAA1', reason, deps);

    expect(deps.deployments.stopped).toEqual(['d-AAAAAAAA1']);
  });
});

describe('parseStopRequest', () => {
  it('names everything that is wrong', () => {
    expect(() => parseStopRequest({ cause: 'weather', evidence: [1] })).toThrow(
      'Cannot read the request to stop a deployment: cause is "weather", expected one of check-failed, execution-stopped, replacement-failing, superseded; sentence is missing, expected text of at most 32,768 characters; requestedAt is missing, expected a time such as 2026-09-01T10:00:00Z; evidence is a list, expected a list of texts',
    );
  });
});
