/** Requests to both sides, one pair per position; typed arrays, for there are millions. */
export interface RequestStream {
  readonly pairs: number;
  readonly originalError: Uint8Array;
  readonly replacementError: Uint8Array;
  readonly originalMs: Float64Array;
  readonly replacementMs: Float64Array;
}

/** Room for a stream that is filled again for each run. */
export function emptyStream(pairs: number): RequestStream {
  return {
    pairs,
    originalError: new Uint8Array(pairs),
    replacementError: new Uint8Array(pairs),
    originalMs: new Float64Array(pairs),
    replacementMs: new Float64Array(pairs),
  };
}

/** The rivals look at a minute at a time: this many requests per minute reach each side, evenly spread. */
export const pairsPerMinute = 60;
/** The longest look of any method: Kayenta's fifty points. */
export const streamPairs = 50 * pairsPerMinute;
