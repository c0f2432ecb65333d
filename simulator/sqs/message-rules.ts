import { AwsError } from '../core/aws-error.ts';
import type { MessageAttributes } from './message.ts';

/** Throws AwsError for a body or attributes that SendMessage does not take. */
export function checkMessage(body: string, attributes: MessageAttributes): void {
  if (body === '') {
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (!isAllowed(body)) {
    throw new AwsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
  const names = Object.keys(attributes);
  if (names.length > 10) {
    throw invalid(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [10].`,
    );
  }
  for (const name of names) checkAttribute(name, attributes[name] ?? { DataType: undefined });
}

/** Bytes of a message, which its attributes count towards. */
export function messageBytes(body: string, attributes: MessageAttributes): number {
  const sizes = Object.entries(attributes).map(
    ([name, { DataType = '', StringValue = '', BinaryValue }]) =>
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (BinaryValue?.length ?? Buffer.byteLength(StringValue)),
  );
  return sizes.reduce((sum, size) => sum + size, Buffer.byteLength(body));
}

function checkAttribute(name: string, attribute: MessageAttributes[string]): void {
  const { DataType = '', StringValue, BinaryValue } = attribute;
  if (!/^(?!aws\.|amazon\.)(?!\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/i.test(name)) {
    throw invalid(
      'Message (user) attribute name is invalid: only alphanumeric characters, hyphens, underscores and periods, and no AWS. or Amazon. prefix.',
    );
  }
  if (!/^(String|Number|Binary)(\.|$)/.test(DataType)) {
    throw invalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const value = DataType.startsWith('Binary') ? BinaryValue : StringValue;
  if (value === undefined || value.length === 0) {
    const kind = DataType.split('.')[0];
    throw invalid(
      `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${kind}'.`,
    );
  }
  if (DataType.startsWith('Number') && !Number.isFinite(Number(StringValue))) {
    throw invalid(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
}

/** The characters of XML 1.0 (API reference of SendMessage); lone surrogates are none. */
function isAllowed(text: string): boolean {
  return /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u.test(text);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
