import type { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../core/ports/log.ts';

type Fields = Readonly<Record<string, unknown>>;

/** JSON lines by Powertools; an `error` field that holds an Error is written with its stack and causes. */
export function powertoolsLog(logger: Logger): Log {
  return {
    debug: (message, fields = {}) => logger.debug(message, writable(fields)),
    info: (message, fields = {}) => logger.info(message, writable(fields)),
    warn: (message, fields = {}) => logger.warn(message, writable(fields)),
    error: (message, fields = {}) => logger.error(message, writable(fields)),
  };
}

/** Powertools keeps `service` for the program that logs and drops a field of that name with a warning. */
function writable({ service, ...fields }: Fields): Record<string, unknown> {
  return service === undefined ? fields : { ...fields, serviceName: service };
}
