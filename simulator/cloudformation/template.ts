import { z } from 'zod';
import { isCustom } from './resource-provider.ts';

const logicalIdSchema = z.string().regex(/^[A-Za-z0-9]{1,255}$/, {
  message: 'logical ids are 1 to 255 letters and digits',
});

/** `Default: true` is the text "true", and so among AllowedValues (aws-ia/taskcat #580). */
const parameterText = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const parameterSchema = z.strictObject({
  Type: z.string(),
  Default: parameterText.optional(),
  Description: z.string().optional(),
  AllowedValues: z.array(parameterText).optional(),
  AllowedPattern: z.string().optional(),
  ConstraintDescription: z.string().optional(),
  MinLength: z.coerce.number().optional(),
  MaxLength: z.coerce.number().optional(),
  MinValue: z.coerce.number().optional(),
  MaxValue: z.coerce.number().optional(),
  NoEcho: z.union([z.boolean(), z.string()]).optional(),
});

const group = 'AWS::AutoScaling::AutoScalingGroup';

const resourceSchema = z
  .strictObject({
    Type: z.string(),
    /** Undocumented and taken: AWS CodeStar's templates have it everywhere (aws/aws-cdk #10522). */
    Description: z.string().optional(),
    /** Of the custom resource's own interface, e.g. `1.0` (aws-resource-cloudformation-customresource, examples). */
    Version: z.union([z.string(), z.number()]).optional(),
    Properties: z.record(z.string(), z.unknown()).default({}),
    DependsOn: z.union([z.string().transform((id) => [id]), z.array(z.string())]).default([]),
    Condition: z.string().optional(),
    Metadata: z.unknown().optional(),
    // `Snapshot` is for types that can be snapshotted; none of those is modelled.
    DeletionPolicy: z.enum(['Delete', 'Retain', 'RetainExceptOnCreate']).optional(),
    UpdateReplacePolicy: z.enum(['Delete', 'Retain']).optional(),
    /** Accepted: of the modelled types only Auto Scaling groups and Lambda aliases would heed it. */
    UpdatePolicy: z.unknown().optional(),
    /** Accepted: the instances of a group, who would send its signals, are there at once. */
    CreationPolicy: z.unknown().optional(),
  })
  .refine(({ Type, Version }) => Version === undefined || isCustom(Type), {
    path: ['Version'],
    error: 'only custom resources have one',
  })
  .refine(({ Type, CreationPolicy }) => CreationPolicy === undefined || Type === group, {
    path: ['CreationPolicy'],
    error: 'modelled for Auto Scaling groups only',
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
