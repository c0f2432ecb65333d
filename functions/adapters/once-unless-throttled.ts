import { isThrottlingError } from '@smithy/core/retry';
import type { DeserializeMiddleware, MetadataBearer, SdkError } from '@smithy/types';

/** Hides from the SDK's retries what they would repeat. */
class UncertainEffect extends Error {
  override readonly name = 'UncertainEffect';
  readonly said: unknown;

  constructor(said: unknown) {
    super('The call may have had its effect');
    // Not as the cause, which the SDK's retries look into.
    this.said = said;
  }
}

/**
 * Keeps the SDK from repeating a call that takes no token of the client's and whose answer is lost: each
 * repetition that had an effect would leave one more of what it makes. A throttled call had none. Ends with
 * `unlessUncertain`, which gives back what was said; who calls looks for the effect before it tries again.
 */
export function onceUnlessThrottled<
  TInput extends object,
  TOutput extends MetadataBearer,
>(): DeserializeMiddleware<TInput, TOutput> {
  return (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      if (error instanceof Error && isThrottlingError(error as SdkError)) throw error;
      throw new UncertainEffect(error);
    }
  };
}

/** The result of a call that `onceUnlessThrottled` guards, or the error as AWS or the network said it. */
export async function unlessUncertain<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof UncertainEffect ? error.said : error;
  }
}
