import { expect, it } from 'vitest';
import { PermissionDeniedError, TransientAwsError } from '../../../functions/core/errors.ts';
import { mostPauses, patientPort } from '../../../functions/core/patience/patience.ts';
import { PauseTally } from '../../../functions/core/patience/pause-tally.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { FakeLoadBalancing, greenGroup } from '../../support/fakes/fake-load-balancing.ts';

const throttled = new TransientAwsError('Rate exceeded');

/** Health that is refused so often. */
function prepare(refusals: number, error: Error = throttled) {
  const asked = new FakeLoadBalancing();
  const clock = new FakeClock();
  const tally = new PauseTally(clock);
  const abort = new AbortController();
  let calls = 0;
  asked.targetHealth = () => (++calls > refusals ? Promise.resolve([]) : Promise.reject(error));
  const patience = { clock, signal: abort.signal, random: () => 0.25, tally };
  return { clock, abort, tally, patient: patientPort(asked, patience), calls: () => calls };
}

it('repeats the call that was throttled, and no other', async () => {
  const { clock, tally, patient, calls } = prepare(3);
  expect(await patient.targetHealth(greenGroup.arn)).toEqual([]);
  expect(calls()).toBe(4);
  expect(clock.sleeps).toEqual([3_000, 3_000, 3_000]);
  expect(tally.totalMs).toBe(9_000);
});

it('passes on the refusal when the time is up', async () => {
  const { abort, patient, calls } = prepare(3);
  abort.abort();
  await expect(patient.targetHealth(greenGroup.arn)).rejects.toBe(throttled);
  expect(calls()).toBe(1);
});

it('passes on the refusal when the time is up while it waits', async () => {
  const { abort, clock, patient, calls } = prepare(9);
  clock.duringSleep = () => {
    if (clock.sleeps.length === 2) abort.abort();
  };
  await expect(patient.targetHealth(greenGroup.arn)).rejects.toBe(throttled);
  expect(calls()).toBe(3);
});

it('passes on the refusal after four minutes of pauses', async () => {
  const { patient, calls } = prepare(1_000);
  await expect(patient.targetHealth(greenGroup.arn)).rejects.toBe(throttled);
  expect(calls()).toBe(mostPauses + 1);
});

it('passes on at once what repeating cannot mend', async () => {
  const { patient, calls } = prepare(1, new PermissionDeniedError('denied'));
  await expect(patient.targetHealth(greenGroup.arn)).rejects.toThrow('denied');
  expect(calls()).toBe(1);
});

it('hands on what a port needs of itself', async () => {
  const { patient } = prepare(0);
  expect(await patient.targetGroups([greenGroup.name])).toEqual([greenGroup]);
});

it('counts those who wait at the same time once, and who still waits', async () => {
  const clock = new FakeClock();
  const tally = new PauseTally(clock);
  const ends: (() => void)[] = [];
  const pause = () => tally.during(() => new Promise<void>((resolve) => ends.push(resolve)));
  const [first, second] = [pause(), pause()];
  clock.advance(3_000);
  ends[0]?.();
  await first;
  clock.advance(2_000);
  expect(tally.totalMs).toBe(5_000);
  ends[1]?.();
  await second;
  clock.advance(7_000);
  expect(tally.totalMs).toBe(5_000);
});
