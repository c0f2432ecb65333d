import { expect, it } from 'vitest';
import { LogStream } from '../../../simulator/logs/log-stream.ts';
import { eventsOnPage } from '../../../simulator/logs/stream-cursor.ts';

let lastId = 0;
/** One event at each instant, whose message is its instant. */
function write(stream: LogStream, ...instants: number[]) {
  for (const timestampMs of instants) {
    const id = String(++lastId).padStart(56, '0');
    stream.add({ id, timestampMs, ingestedMs: 0, message: `${timestampMs}` });
  }
}
const read = (stream: LogStream, options: Parameters<typeof eventsOnPage>[1]) => {
  const page = eventsOnPage(stream.events, options);
  return { ...page, seen: page?.events.map(({ message }) => message) };
};

it('who reads on sees each event once, whatever comes in late before it', () => {
  const stream = new LogStream('app', 0);
  write(stream, 10, 20, 30);
  const first = read(stream, { limit: 10, fromHead: true });
  expect(first.seen).toEqual(['10', '20', '30']);
  write(stream, 15, 40);
  const second = read(stream, { limit: 10, token: first.forward });
  expect(second.seen).toEqual(['40']);
  expect(read(stream, { limit: 10, token: second.forward })).toMatchObject({
    seen: [],
    forward: second.forward,
  });
});

it('events of one instant are told apart by their arrival', () => {
  const stream = new LogStream('app', 0);
  write(stream, 10, 10, 10);
  const { forward } = read(stream, { limit: 2, fromHead: true });
  write(stream, 10);
  expect(read(stream, { limit: 10, token: forward }).events).toEqual(stream.events.slice(2));
});

it('who reads on misses nothing of a stream that dropped its oldest events meanwhile', () => {
  const stream = new LogStream('app', 0);
  const block = (from: number) => Array.from({ length: 45_000 }, (_, index) => from + index);
  write(stream, ...block(0));
  const { forward } = read(stream, { limit: 1, fromHead: false });
  write(stream, ...block(45_000));
  expect(stream.events[0]?.timestampMs).toBeGreaterThan(0);
  expect(read(stream, { limit: 10_000, token: forward }).seen?.[0]).toBe('45000');
});

it('pages go back to the oldest event, and the last token stays', () => {
  const stream = new LogStream('app', 0);
  write(stream, 1, 2, 3, 4, 5);
  const seen = [];
  let page = read(stream, { limit: 2 });
  for (;;) {
    seen.push(page.seen);
    const next = read(stream, { limit: 2, token: page.backward });
    if (next.backward === page.backward) break;
    page = next;
  }
  expect(seen).toEqual([['4', '5'], ['2', '3'], ['1']]);
});

it('an empty stream is read on from its first event', () => {
  const stream = new LogStream('app', 0);
  const { forward, backward, seen } = read(stream, { limit: 10 });
  expect(seen).toEqual([]);
  expect(read(stream, { limit: 10, token: backward })).toMatchObject({ seen: [], backward });
  write(stream, 10);
  expect(read(stream, { limit: 10, token: forward }).seen).toEqual(['10']);
});

it.each(['zzz', 'f/', 'f/1', 'x/1/2', 'f/1/2/3'])('%s is no token', (token) => {
  expect(eventsOnPage([], { limit: 1, token })).toBeUndefined();
});
