import { z } from 'zod';
import type { VirtualClock } from '../../core/virtual-clock.ts';
import { ControlRefusal, controlOperation } from '../control-operation.ts';

/** A year: the longest wait that AWS has (an execution). */
const longestMs = 366 * 86_400_000;

const advance = z.strictObject({
  ms: z.number().min(0).max(longestMs).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  untilIdle: z.literal(true).optional(),
});

export const clockOperations = [
  controlOperation(
    'POST advance',
    'Lets time pass at once, by `ms`, `to` an instant, or `untilIdle` (at most a year), firing all timers on the way',
    { body: advance, example: { ms: 60_000 }, holdsClock: false },
    async ({ control, body }) => {
      const { clock } = control.current().world;
      const { ms, to, untilIdle } = body;
      if ([ms, to, untilIdle].filter((given) => given !== undefined).length !== 1) {
        throw new ControlRefusal('The body takes exactly one of "ms", "to" and "untilIdle"');
      }
      if (to !== undefined && Date.parse(to) < clock.now()) {
        throw new ControlRefusal(
          `Member "to" of the body: ${to} is past, it is ${new Date(clock.now()).toISOString()}`,
        );
      }
      if (untilIdle) {
        return { idle: await clock.advanceUntilIdle(clock.now() + longestMs), ...timeOf(clock) };
      }
      await clock.advanceTo(to === undefined ? clock.now() + (ms ?? 0) : Date.parse(to));
      return timeOf(clock);
    },
  ),
  controlOperation(
    'POST pause',
    'Time is not skipped any more, but by advance; it runs on with the real one',
    { body: z.strictObject({}) },
    ({ control }) => {
      const { clock } = control.current().world;
      clock.pause();
      return timeOf(clock);
    },
  ),
  controlOperation(
    'POST resume',
    'Time is skipped again while nothing is in flight',
    { body: z.strictObject({}) },
    ({ control }) => {
      const { clock } = control.current().world;
      clock.resume();
      return timeOf(clock);
    },
  ),
];

function timeOf(clock: VirtualClock): object {
  return { time: new Date(clock.now()).toISOString(), paused: clock.paused };
}
