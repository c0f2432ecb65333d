import { expect, it } from 'vitest';
import { readHealthCheck } from '../../../simulator/elbv2/health-check-settings.ts';

const group = { protocolVersion: 'HTTP1', targetType: 'ip' } as const;

it.each(['0', '65536', '99999', 'http'])('a health check port %s is refused', (port) => {
  expect(() => readHealthCheck({ HealthCheckPort: port }, group)).toThrow(
    `Health check port '${port}' must be 'traffic-port' or a number from 1 to 65535`,
  );
});

it.each(['1', '65535', 'traffic-port'])('a health check port %s is taken', (port) => {
  expect(readHealthCheck({ HealthCheckPort: port }, group).port).toBe(port);
});
