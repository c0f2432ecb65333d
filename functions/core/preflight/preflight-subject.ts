import type { ServiceConfig } from '../config/schema.ts';

/** What preflight is about: one image that is to become one service. */
export interface PreflightSubject {
  readonly service: ServiceConfig;
  readonly repository: string;
  /** Undefined when a person asks about a digest. */
  readonly tag: string | undefined;
  /** Digest that is to be deployed, `sha256:…`; of an index or of an image. */
  readonly digest: string;
}
