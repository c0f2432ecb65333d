export interface ServiceOptions {
  readonly version: string;
  /** One of `variantNames`. */
  readonly variant: string;
  readonly protocol: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Tasks with different seeds fail at different requests. */
  readonly seed: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Ends the container. */
  readonly exit: (code: number, reason: string) => void;
  readonly log: (line: string) => void;
}

export function startService(
  options: ServiceOptions,
): Promise<{ readonly port: number; stop(): Promise<void> }>;
