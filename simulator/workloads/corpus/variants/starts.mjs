import { setTimeout as delay } from 'node:timers/promises';

const sick = (status, body) => ({ status, headers: {}, body });

/** What goes wrong, or merely takes long, before the first request and at the health check. */
export const starts = {
  'crash-at-start': {
    beforeStart: ({ exit }) => exit(1, 'Cannot find module "./routes"'),
  },
  /**
   * A rehearsal skips time that the container cannot see; the balancer's health checks, every 10 s, are
   * its clock.
   */
  'crash-after-20-s': {
    health: (context) => {
      if (context.healthChecks >= 3) context.exit(1, 'FATAL: heap out of memory after 20 s');
      return sick(200, 'ok\n');
    },
  },
  'wrong-port': { port: 3_000 },
  'missing-secret': {
    beforeStart: ({ environment, exit }) => {
      if (!environment.PAYMENT_API_KEY) exit(78, 'PAYMENT_API_KEY is not set');
    },
  },
  'health-check-fails': { health: () => sick(503, 'database: unreachable\n') },
  'health-check-hangs': { health: () => undefined },
  'health-check-moved': { health: () => sick(404, 'not found\n') },
  'health-check-lies': {
    answer: (sound) => ({ ...sound, status: 503, body: '{"error":"no database"}\n' }),
  },
  /** A release that works only once its caches are there, but is announced as ready at once. */
  'ready-too-early': {
    answer: (sound, { served }) =>
      served > 60 ? sound : { ...sound, status: 503, body: '{"error":"still loading"}\n' },
  },
  'crashes-under-load': {
    answer: (sound, { served, exit }) => {
      if (served >= 120) exit(137, 'Killed');
      return sound;
    },
  },

  'slow-start': { beforeStart: () => delay(2_000) },
  /** Not ready for two health checks, thus for some 25 s. */
  'healthy-after-25-s': {
    health: ({ healthChecks }) =>
      healthChecks <= 2 ? sick(503, 'warming up\n') : sick(200, 'ok\n'),
  },
  'health-check-204': { health: () => sick(204, '') },
  'health-check-wordy': {
    health: () => sick(200, `${'component: fine\n'.repeat(2_000)}`),
  },
};
