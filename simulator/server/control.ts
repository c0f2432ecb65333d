import type { Socket } from 'node:net';
import type { WorldServer } from './world-server.ts';

export interface ResetRequest {
  /** `empty` (default), or `loaded`: all that was loaded is loaded again. */
  readonly to?: 'empty' | 'loaded' | undefined;
  /** Seed of the new world; default that of the old one. */
  readonly seed?: number | undefined;
}

/** What the control API acts upon. */
export interface SimulatorControl {
  current(): WorldServer;
  /** Loads something now, and again at a reset to what was loaded. */
  load(how: (server: WorldServer) => Promise<unknown>): Promise<void>;
  /** Connections are closed but for `keepSocket`, whose client waits for the answer. */
  reset(request?: ResetRequest, keepSocket?: Socket): Promise<void>;
}
