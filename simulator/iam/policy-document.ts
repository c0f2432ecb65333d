import { z } from 'zod';
import { cfnJsonOrText } from '../cloudformation/property-schemas.ts';

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const principal = z.union([z.literal('*'), z.record(z.string(), oneOrMore)]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

/** An IAM policy with every single value made a list, so that readers meet one form only. */
export const policyDocument = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement.transform((one) => [one]), z.array(statement).min(1)]),
});

/** A policy in a template, where its JSON may be a text. */
export const templatePolicy = cfnJsonOrText(policyDocument);

export type PolicyDocument = z.output<typeof policyDocument>;
export type PolicyStatement = PolicyDocument['Statement'][number];
