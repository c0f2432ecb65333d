import { bad } from '../entry.ts';

/** Releases that cannot start, cannot stay, or are never healthy. */
export const badStarts = [
  bad(
    'wrong-architecture',
    'preflight',
    'The image is built for arm64 only, the task runs on amd64',
    {
      variant: 'healthy',
      architecture: 'arm64',
    },
  ),
  bad('crash-at-start', 'start', 'A module is missing: the process ends at once'),
  bad(
    'missing-secret',
    'start',
    'An environment variable that nobody set: the process ends at once',
  ),
  bad('wrong-port', 'start', 'Listens on 3000, the target group asks 8080'),
  bad('health-check-fails', 'start', 'The health check answers 503, for good'),
  bad('health-check-moved', 'start', 'The health check has another path now'),
  bad('health-check-hangs', 'start', 'The health check accepts the request and never answers'),
  bad('health-check-lies', 'default check', 'Healthy by its own account, 503 to everybody else'),
  bad(
    'ready-too-early',
    'default check',
    'Healthy at once, 503 for the first 60 requests of a task',
  ),
  bad('crashes-under-load', 'default check', 'Each task is killed at its 120th request'),
  bad(
    'crash-after-20-s',
    'configured check',
    'Healthy, then out of memory after 20 s, again and again',
    {
      profile: 'soak',
    },
  ),
];
