import { z } from 'zod';

/** CloudFormation accepts numbers and booleans as strings; these schemas do as well. */
export const cfnNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);

export const cfnBoolean = z.union([
  z.boolean(),
  z.enum(['true', 'True', 'false', 'False']).transform((text) => text.toLowerCase() === 'true'),
]);

export const cfnTags = z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional();

/** Free-form JSON. */
export const cfnJson = z.record(z.string(), z.unknown());

/**
 * JSON that may stand as text too, as policies do: `["object", "string"]` in the registry schemas of
 * IAM, S3, SNS and SQS. What is no JSON stays a text, for the schema to refuse.
 */
export const cfnJsonOrText = <T extends z.ZodType>(schema: T) => z.preprocess(fromText, schema);

function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
