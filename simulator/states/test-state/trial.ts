import type { InspectionData, TestStateConfiguration } from '@aws-sdk/client-sfn';

/** A mock that was read and found fit for its state. */
export type Mock =
  | { readonly kind: 'result'; readonly result: unknown }
  | {
      readonly kind: 'error';
      readonly error: string | undefined;
      readonly cause: string | undefined;
    };

/** What TestState looks at besides the outcome: JSON texts, and limits as numbers. */
export type Inspected = Pick<
  InspectionData,
  | 'afterArguments'
  | 'afterInputPath'
  | 'afterItemBatcher'
  | 'afterItemSelector'
  | 'afterItemsPath'
  | 'afterParameters'
  | 'afterResultPath'
  | 'afterResultSelector'
  | 'maxConcurrency'
  | 'result'
  | 'toleratedFailureCount'
  | 'toleratedFailurePercentage'
>;

type InspectedText = Exclude<
  keyof Inspected,
  'maxConcurrency' | 'toleratedFailureCount' | 'toleratedFailurePercentage'
>;

/** One trial of a state: what the caller puts in its place, and what was seen on the way. */
export class Trial {
  readonly mock: Mock | undefined;
  /** Stands for the whole context object. */
  readonly context: Readonly<Record<string, unknown>> | undefined;
  readonly configuration: TestStateConfiguration;
  inspected: Inspected = {};

  constructor(options: {
    readonly mock?: Mock | undefined;
    readonly context?: Readonly<Record<string, unknown>> | undefined;
    readonly configuration?: TestStateConfiguration | undefined;
  }) {
    this.mock = options.mock;
    this.context = options.context;
    this.configuration = options.configuration ?? {};
  }

  note(name: InspectedText, value: unknown): void {
    this.inspected = { ...this.inspected, [name]: JSON.stringify(value) };
  }

  noteLimits(
    limits: Pick<
      Inspected,
      'maxConcurrency' | 'toleratedFailureCount' | 'toleratedFailurePercentage'
    >,
  ): void {
    this.inspected = { ...this.inspected, ...limits };
  }
}
