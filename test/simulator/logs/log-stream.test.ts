import { expect, it } from 'vitest';
import { LogStream } from '../../../simulator/logs/log-stream.ts';

it('a stream keeps the latest megabytes of a container that prints without end', () => {
  const stream = new LogStream('shop/app/1', 0);
  const message = 'x'.repeat(1024 * 1024);
  for (let number = 0; number < 30; number++) {
    stream.add({ id: String(number), timestampMs: number, ingestedMs: number, message });
  }
  expect(stream.events.length).toBeGreaterThanOrEqual(4);
  expect(stream.events.length).toBeLessThanOrEqual(8);
  expect(stream.events.at(-1)?.id).toBe('29');
});
