import { configSchema, type HttpCheckConfig } from '../../../functions/core/config/schema.ts';
import { serviceConfig } from './releases.ts';

/** An HTTP check with the schema's own defaults; `GET /products` unless changed. */
export function httpCheck(changes: Readonly<Record<string, unknown>> = {}): HttpCheckConfig {
  const config = configSchema.parse({
    services: [
      {
        ...serviceConfig(),
        checks: { afterAllowTestTraffic: [{ type: 'http', path: '/products', ...changes }] },
      },
    ],
  });
  const check = config.services[0]?.checks.afterAllowTestTraffic[0];
  if (check?.type !== 'http') throw new Error('not an HTTP check');
  return check;
}
