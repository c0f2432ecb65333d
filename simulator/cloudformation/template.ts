import { z } from 'zod';

const logicalIdSchema = z.string().regex(/^[A-Za-z0-9]{1,255}$/, {
  message: 'logical ids are 1 to 255 letters and digits',
});

const parameterSchema = z.strictObject({
  Type: z.string(),
  Default: z.union([z.string(), z.number()]).transform(String).optional(),
  Description: z.string().optional(),
  AllowedValues: z.array(z.union([z.string(), z.number()]).transform(String)).optional(),
  AllowedPattern: z.string().optional(),
  ConstraintDescription: z.string().optional(),
  MinLength: z.coerce.number().optional(),
  MaxLength: z.coerce.number().optional(),
  MinValue: z.coerce.number().optional(),
  MaxValue: z.coerce.number().optional(),
  NoEcho: z.union([z.boolean(), z.string()]).optional(),
});

const resourceSchema = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string().transform((id) => [id]), z.array(z.string())]).default([]),
  Condition: z.string().optional(),
  Metadata: z.unknown().optional(),
  // `Snapshot` is for types that can be snapshotted; none of those is modelled.
  DeletionPolicy: z.enum(['Delete', 'Retain', 'RetainExceptOnCreate']).optional(),
  UpdateReplacePolicy: z.enum(['Delete', 'Retain']).optional(),
  /** Accepted: of the modelled types only Auto Scaling groups and Lambda aliases would heed it. */
  UpdatePolicy: z.unknown().optional(),
});

const outputSchema = z.strictObject({
  Value: z.unknown(),
  Description: z.string().optional(),
  Condition: z.string().optional(),
  Export: z.strictObject({ Name: z.unknown() }).optional(),
});

const ruleSchema = z.strictObject({
  RuleCondition: z.unknown().optional(),
  Assertions: z.array(
    z.strictObject({ Assert: z.unknown(), AssertDescription: z.string().optional() }),
  ),
});

const languageExtensions = z.literal('AWS::LanguageExtensions');

const section = <T extends z.ZodType>(entry: T) => z.record(logicalIdSchema, entry).default({});

/** A CloudFormation template. Sections that change its meaning (Transform, Hooks) are not modelled. */
export const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09').nullish(),
  Description: z.string().optional(),
  /** Only the language extensions; macros and SAM are not modelled. */
  Transform: z
    .union([languageExtensions, z.array(languageExtensions)], {
      error: 'of the transforms only AWS::LanguageExtensions is modelled',
    })
    .optional(),
  Metadata: z.unknown().optional(),
  Parameters: section(parameterSchema),
  Mappings: z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({}),
  Conditions: section(z.unknown()),
  Rules: section(ruleSchema),
  Resources: section(resourceSchema),
  Outputs: section(outputSchema),
});

export type Template = z.output<typeof templateSchema>;
export type TemplateResource = Template['Resources'][string];
export type TemplateParameter = Template['Parameters'][string];
