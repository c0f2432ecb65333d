import { Logger } from '@aws-lambda-powertools/logger';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { powertoolsLog } from '../../../functions/adapters/powertools-log.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('powertoolsLog', () => {
  it.each(['debug', 'info', 'warn', 'error'] as const)(
    'writes %s with its fields, the deployed service under a name of its own',
    (level) => {
      const logger = new Logger({ serviceName: 'greengate', logLevel: 'DEBUG' });
      const write = vi.spyOn(logger, level).mockReturnValue();

      powertoolsLog(logger)[level]('hook reported', { service: 'shop', verdict: 'pass' });

      expect(write).toHaveBeenCalledWith('hook reported', { verdict: 'pass', serviceName: 'shop' });
    },
  );

  it('adds no service where there is none', () => {
    const logger = new Logger({ serviceName: 'greengate' });
    const info = vi.spyOn(logger, 'info').mockReturnValue();

    powertoolsLog(logger).info('done');

    expect(info).toHaveBeenCalledWith('done', {});
  });
});
