import { StatesError } from './states-error.ts';

/** State input and output, execution input, in UTF-8 bytes (aws-facts 5.2). */
export const dataLimitBytes = 262_144;

export function exceedsDataLimit(text: string): boolean {
  return Buffer.byteLength(text, 'utf8') > dataLimitBytes;
}

/** JSON text of a state's data; throws States.DataLimitExceeded when AWS would not carry it. */
export function dataText(subject: string, value: unknown): string {
  const text = JSON.stringify(value);
  if (exceedsDataLimit(text)) {
    throw new StatesError(
      'States.DataLimitExceeded',
      `${subject} has a size exceeding the maximum number of bytes service limit (${dataLimitBytes})`,
    );
  }
  return text;
}
