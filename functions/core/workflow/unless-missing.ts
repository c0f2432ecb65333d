import { ResourceNotFoundError } from '../errors.ts';

/** What was asked for, undefined where something on the way to it is not there; other errors leave. */
export async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ResourceNotFoundError) return undefined;
    throw error;
  }
}
