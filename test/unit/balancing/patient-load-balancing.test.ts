import { expect, it } from 'vitest';
import { patientLoadBalancing } from '../../../functions/core/balancing/patient-load-balancing.ts';
import { PermissionDeniedError, TransientAwsError } from '../../../functions/core/errors.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { FakeLoadBalancing, greenGroup } from '../../support/fakes/fake-load-balancing.ts';

const throttled = new TransientAwsError('Rate exceeded');

/** Health that is refused so often. */
function prepare(refusals: number, error: Error = throttled) {
  const asked = new FakeLoadBalancing();
  const clock = new FakeClock();
  const abort = new AbortController();
  let calls = 0;
  asked.targetHealth = () => (++calls > refusals ? Promise.resolve([]) : Promise.reject(error));
  const patient = patientLoadBalancing(asked, { clock, signal: abort.signal, random: () => 0.25 });
  return { clock, abort, patient, calls: () => calls };
}

it('repeats the call that was throttled, and no other', async () => {
  const { clock, patient, calls } = prepare(3);
  expect(await patient.targetHealth(greenGroup.arn)).toEqual([]);
  expect(calls()).toBe(4);
  expect(clock.sleeps).toEqual([3_000, 3_000, 3_000]);
});

it('passes on the refusal when the time is up', async () => {
  const { abort, patient, calls } = prepare(3);
  abort.abort();
  await expect(patient.targetHealth(greenGroup.arn)).rejects.toBe(throttled);
  expect(calls()).toBe(1);
});

it('passes on at once what repeating cannot mend', async () => {
  const { patient, calls } = prepare(1, new PermissionDeniedError('denied'));
  await expect(patient.targetHealth(greenGroup.arn)).rejects.toThrow('denied');
  expect(calls()).toBe(1);
});
