/** What expressions may look at, besides variables. */
export interface StatesData {
  readonly input: unknown;
  readonly context: unknown;
  /** Of a Task, Parallel or Map that has succeeded. */
  readonly result?: unknown;
  /** Inside a Catcher only. */
  readonly errorOutput?: unknown;
}

/** A template could not be evaluated; `location` is the field, e.g. `Arguments/Payload/items[0]`. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly location: string;

  constructor(message: string, location: string) {
    super(message);
    this.location = location;
  }
}

/** How the fields of a JSONata state are computed. */
export interface QueryLanguage {
  readonly name: 'JSONata';
  /** Plain JSON, copied: nothing of the data is shared with the result. Rejects with QueryError. */
  evaluate(
    template: unknown,
    field: string,
    data: StatesData,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<unknown>;
}
