import type { ServiceName } from '../../../wire/operation.ts';
import type { TaskCall } from '../integration.ts';
import type { Pattern } from '../resource.ts';
import type { ErrorNames } from '../sdk/call-errors.ts';
import type { ServiceAnswer, ServiceCalls } from '../sdk/service-calls.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** An integration that AWS has tuned for one operation. */
export interface Optimized {
  readonly service: ServiceName;
  readonly operation: string;
  readonly errors: ErrorNames;
  /** What the service is sent for the Task's parameters. */
  request?(parameters: Fields, call: TaskCall): Fields;
  /** The Task's result, or what TaskSubmitted shows; throws StatesError for what counts as failure. */
  result(answer: ServiceAnswer): unknown;
  /** `.sync`: waits for the job's end. */
  complete?(
    started: unknown,
    pattern: Pattern,
    call: TaskCall,
    calls: ServiceCalls,
  ): Promise<unknown>;
}

/** Text as it is, anything else as JSON text: what messages may be given as. */
export function asText(value: unknown): unknown {
  return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}

/** Names of headers as recorded AWS answers spell them. */
const headerNames: Readonly<Record<string, string>> = {
  'content-length': 'Content-Length',
  'content-type': 'Content-Type',
  date: 'Date',
  'x-amzn-requestid': 'x-amzn-RequestId',
};

/** An answer with the SDK's metadata, as most optimized integrations give it. */
export function withMetadata({ output, headers, status, requestId }: ServiceAnswer): Fields {
  const shown = Object.entries(headers).map(([name, value]) => [headerNames[name] ?? name, value]);
  return {
    ...output,
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(shown.map(([name, value]) => [name, [value]])),
      HttpHeaders: Object.fromEntries(shown),
      HttpStatusCode: status,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
