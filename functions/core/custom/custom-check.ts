// What `greengate/check` gives to users' own checks. It imports nothing, so that any compiler settings can read it.

/** A request that a check sends; the listener, the identifying header and the connection are Greengate's. */
export interface CheckRequest {
  /** Begins with `/`; may have a query. */
  readonly path: string;
  /** Default GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For this request and its whole answer; default 5,000, and never past the check's own time. */
  readonly timeoutMs?: number;
}

/** What a listener answered, or why it did not. */
export type CheckAnswer =
  | {
      readonly kind: 'response';
      readonly status: number;
      /** Names in lower case; repeated headers joined by a comma. */
      readonly headers: Readonly<Record<string, string>>;
      /** Each Set-Cookie header by itself. */
      readonly setCookies: readonly string[];
      /** The first 256 KiB. */
      readonly body: string;
      readonly durationMs: number;
    }
  | { readonly kind: 'no-response'; readonly reason: string; readonly durationMs: number };

/** Sends one request. Rejects only when the check's time is over; whatever the service does is an answer. */
export type CheckProbe = (request: CheckRequest) => Promise<CheckAnswer>;

/** The release that is judged. */
export interface CheckedDeployment {
  /** CodeDeploy's id, such as d-EXAMPLE123. */
  readonly deploymentId: string;
  /** Name of the service in greengate.yaml; undefined when nothing tells it. */
  readonly service: string | undefined;
  readonly lifecycleEvent: string;
  /** Image reference of the replacement; undefined when nothing tells it. */
  readonly image: string | undefined;
  /** `sha256:…` of that image; undefined when it is not deployed by digest. */
  readonly digest: string | undefined;
}

/** All that a check gets to see. */
export interface CustomCheckContext<Settings = Readonly<Record<string, unknown>>> {
  /** Through the listener that serves the release. */
  readonly probe: CheckProbe;
  /** The same through the listener that serves the original; undefined when none does. */
  readonly original: CheckProbe | undefined;
  readonly clock: {
    /** Epoch milliseconds. */
    now(): number;
    /** Rejects when the check's time is over. */
    sleep(ms: number): Promise<void>;
  };
  /** Aborted when the check's time is over. */
  readonly signal: AbortSignal;
  readonly deployment: CheckedDeployment;
  /** `settings` of the check in greengate.yaml. */
  readonly settings: Settings;
  /** Values of the secrets that the check declares, by name; masked in everything that it returns or logs. */
  readonly secrets: Readonly<Record<string, string>>;
  /** One line in the log of the hook. */
  log(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** `fail`: a defect was seen; `inconclusive`: too little was seen; `error`: the check could not be carried out. */
export type CustomCheckVerdict = 'pass' | 'fail' | 'inconclusive' | 'error';

/** What a check found. */
export interface CustomCheckResult {
  readonly verdict: CustomCheckVerdict;
  readonly expected: string;
  readonly observed: string;
  /** Default: expected and observed in one sentence. */
  readonly sentence?: string;
  /** What the verdict rests on, a value by subject. */
  readonly evidence?: Readonly<Record<string, string | number | boolean>>;
}

/** The default export of a check's file. What it throws becomes the verdict `error`, with the message. */
export type CustomCheck<Settings = Readonly<Record<string, unknown>>> = (
  context: CustomCheckContext<Settings>,
) => Promise<CustomCheckResult> | CustomCheckResult;

/** Gives a check its types: `export default defineCheck<{ maxMs: number }>(async ({ probe }) => …)`. */
export function defineCheck<Settings = Readonly<Record<string, unknown>>>(
  check: CustomCheck<Settings>,
): CustomCheck<Settings> {
  return check;
}
