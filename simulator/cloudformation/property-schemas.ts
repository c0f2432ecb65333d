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

/** IAM policy documents and other free-form JSON. */
export const cfnJson = z.record(z.string(), z.unknown());
