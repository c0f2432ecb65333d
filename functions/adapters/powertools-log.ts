import type { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../core/ports/log.ts';

/** JSON lines by Powertools; an `error` field that holds an Error is written with its stack and causes. */
export function powertoolsLog(logger: Logger): Log {
  return {
    debug: (message, fields = {}) => logger.debug(message, { ...fields }),
    info: (message, fields = {}) => logger.info(message, { ...fields }),
    warn: (message, fields = {}) => logger.warn(message, { ...fields }),
    error: (message, fields = {}) => logger.error(message, { ...fields }),
  };
}
