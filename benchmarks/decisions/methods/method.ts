import type { RequestStream } from '../request-stream.ts';

/** What a method makes of a stream. `requests` are those that the replacement had to answer until then. */
export interface Decision {
  readonly verdict: 'fail' | 'pass' | 'inconclusive';
  readonly requests: number;
}

export interface Method {
  readonly name: string;
  readonly decide: (stream: RequestStream) => Decision;
}
