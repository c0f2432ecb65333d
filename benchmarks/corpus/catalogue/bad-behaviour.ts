import { bad } from '../entry.ts';

/** Slow releases, and those that break the connection instead of the answer. */
export const badBehaviour = [
  bad('slow-always', 'default check', 'Every request takes 400 ms longer'),
  bad('slow-p95', 'default check', 'One request in ten takes 600 ms longer'),
  bad('slow-first-byte', 'default check', 'The list of products takes 3 s'),
  bad(
    'serialises-requests',
    'default check',
    'A lock around everything: 80 ms each, one at a time',
  ),
  bad('leak-slows-over-time', 'default check', 'Each request is slower than the one before'),
  bad('slow-on-one-path', 'configured check', 'Only the report takes 600 ms longer'),
  bad('slow-after-200-requests', 'configured check', '120 ms slower from the 200th request on', {
    profile: 'fine',
  }),
  bad('slow-body-drip', 'default check', 'The headers at once, the body byte by byte'),
  bad('hangs', 'default check', 'The list of products is never answered'),
  bad('resets-connections', 'default check', 'The list of products resets the connection'),
  bad('resets-one-in-ten', 'default check', 'Every tenth request resets the connection'),
  bad('truncated-body', 'default check', 'Ends the connection in the middle of the body'),
  bad('chunked-garbage', 'default check', 'A chunk size that is no number'),
  bad('garbage-status-line', 'default check', 'A status line without a status'),
  bad('drops-kept-connections', 'default check', 'Ends kept-alive connections unannounced'),
];
