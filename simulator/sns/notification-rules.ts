import { AwsError } from '../core/aws-error.ts';
import type { Notification, NotificationAttribute } from './topic.ts';

const messageLimitBytes = 262_144;
const subjectLimit = 100;

/** Bytes of a message with its attributes, which count together. */
export function sizeOf({ message, attributes = {} }: Notification): number {
  const sizes = Object.entries(attributes).map(
    ([name, { DataType = '', StringValue = '', BinaryValue }]) =>
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (BinaryValue?.length ?? Buffer.byteLength(StringValue)),
  );
  return sizes.reduce((sum, size) => sum + size, Buffer.byteLength(message));
}

/** Throws AwsError as Publish does. */
export function checkNotification(notification: Notification): void {
  const { subject, message, attributes = {} } = notification;
  if (message === '') throw invalid('Invalid parameter: Empty message');
  for (const [name, attribute] of Object.entries(attributes)) checkAttribute(name, attribute);
  if (sizeOf(notification) > messageLimitBytes) {
    throw invalid('Invalid parameter: Message too long');
  }
  // Subjects are one line of printable ASCII (SNS API reference, Publish).
  if (subject !== undefined && !/^[\x20-\x7e]+$/.test(subject)) {
    throw invalid('Invalid parameter: Subject');
  }
  if (subject !== undefined && subject.length > subjectLimit) {
    throw invalid(
      `Invalid parameter: Subject Reason: it must be at most ${subjectLimit} characters long`,
    );
  }
}

function checkAttribute(name: string, attribute: NotificationAttribute): void {
  const refuse = (reason: string) =>
    new AwsError('InvalidParameterValueException', `The message attribute '${name}' ${reason}`);
  const { DataType = '', StringValue, BinaryValue } = attribute;
  if (!/^[\w.-]{1,256}$/.test(name)) throw refuse('has an invalid name.');
  if (!/^(String|Number|Binary)(\.|$)/.test(DataType)) {
    throw refuse(
      `has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const value = DataType.startsWith('Binary') ? BinaryValue : StringValue;
  if (value === undefined || value.length === 0) {
    throw refuse(`must contain non-empty message attribute value for type ${DataType}.`);
  }
  const number = DataType === 'Number' && !Number.isFinite(Number(StringValue));
  if (number) throw refuse('with type Number must contain a number.');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
