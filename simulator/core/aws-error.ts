export interface AwsErrorOptions {
  /** HTTP status; default: what the SDK schema of the error says, else 400. */
  readonly status?: number;
  /** Further members of the error shape. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Headers of the answer, lower-case; only the protocol of S3 sends any. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error that a client sees: `code` is the error's shape name, e.g. `ServiceNotFoundException`. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number | undefined;
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, message: string, options: AwsErrorOptions = {}) {
    super(message);
    this.code = code;
    this.status = options.status;
    this.members = options.members ?? {};
    this.headers = options.headers ?? {};
  }
}
