import { version } from '../../package.json';

/** Version of Greengate, as its probes name themselves. */
export const greengateVersion: string = version;
