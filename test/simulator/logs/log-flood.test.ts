import { expect, it } from 'vitest';
import { LogStream } from '../../../simulator/logs/log-stream.ts';

it.each(['', 'y', 'y'.repeat(5_000)])('a flood of lines like %o is bounded', (message) => {
  const stream = new LogStream('flood', 0);
  const count = 150_000;
  for (let number = 0; number < count; number++) {
    stream.add({ id: String(number), timestampMs: number, ingestedMs: number, message });
  }
  const kept = stream.events.length * (message.length + 100);
  expect(kept).toBeLessThanOrEqual(8 * 1024 * 1024);
  expect(kept).toBeGreaterThan(3 * 1024 * 1024);
  expect(stream.events.at(-1)?.id).toBe(String(count - 1));
});
