import { bad } from '../entry.ts';

/** Releases that answer with the wrong status, always or now and then. */
export const badStatuses = [
  bad('errors-1-percent', 'configured check', 'One request in a hundred fails', {
    profile: 'fine',
  }),
  bad('errors-2-percent', 'configured check', 'One request in fifty fails', { profile: 'fine' }),
  bad('errors-5-percent', 'default check', 'One request in twenty fails'),
  bad('errors-20-percent', 'default check', 'One request in five fails'),
  bad('errors-on-post', 'default check', 'Reading works, every POST fails'),
  bad('errors-on-one-path', 'configured check', 'Only /account fails'),
  bad('errors-with-a-header', 'configured check', 'Fails for customers who ask for German'),
  bad('errors-with-a-query', 'configured check', 'Fails on the second page'),
  bad('first-requests-fail', 'configured check', 'The first three requests of each task fail'),
  bad(
    'errors-after-300-requests',
    'configured check',
    'Each task fails from its 300th request on',
    {
      profile: 'fine',
    },
  ),
  bad(
    'too-many-requests',
    'default check',
    'A rate limit from another stage: every fifth gets 429',
  ),
  bad('head-broken', 'configured check', 'HEAD answers 405'),
  bad('options-broken', 'configured check', 'OPTIONS answers 405: no browser may call it'),
  bad('wrong-host-handling', 'configured check', 'Refuses the name that customers use'),
  bad('wrong-status-204', 'default check', 'The list of products answers 204'),
  bad('wrong-status-206', 'default check', 'The list of products answers 206'),
  bad('lost-route', 'configured check', 'One path is gone'),
  bad('created-becomes-ok', 'default check', 'An order is answered with 200 instead of 201'),
];
