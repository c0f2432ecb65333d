import type { Action, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { cfnBoolean, cfnNumber } from '../cloudformation/property-schemas.ts';

/** Templates write values as numbers and booleans too. */
const cfnText = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const cfnAttributes = z
  .array(z.strictObject({ Key: z.string(), Value: cfnText }))
  .optional();

export const cfnCertificates = z.array(z.strictObject({ CertificateArn: z.string() }));

const action = z.strictObject({
  Type: z.string(),
  Order: cfnNumber.optional(),
  TargetGroupArn: z.string().optional(),
  ForwardConfig: z
    .strictObject({
      TargetGroups: z
        .array(z.strictObject({ TargetGroupArn: z.string(), Weight: cfnNumber.optional() }))
        .optional(),
      TargetGroupStickinessConfig: z
        .strictObject({ Enabled: cfnBoolean.optional(), DurationSeconds: cfnNumber.optional() })
        .optional(),
    })
    .optional(),
  RedirectConfig: z
    .strictObject({
      StatusCode: z.string(),
      Protocol: z.string().optional(),
      Host: z.string().optional(),
      Port: cfnText.optional(),
      Path: z.string().optional(),
      Query: z.string().optional(),
    })
    .optional(),
  FixedResponseConfig: z
    .strictObject({
      StatusCode: cfnText,
      ContentType: z.string().optional(),
      MessageBody: z.string().optional(),
    })
    .optional(),
});

const values = z.strictObject({ Values: z.array(z.string()) }).optional();

const condition = z.strictObject({
  Field: z.string().optional(),
  Values: z.array(z.string()).optional(),
  PathPatternConfig: values,
  HostHeaderConfig: values,
  HttpRequestMethodConfig: values,
  SourceIpConfig: values,
  HttpHeaderConfig: z
    .strictObject({ HttpHeaderName: z.string(), Values: z.array(z.string()) })
    .optional(),
  QueryStringConfig: z
    .strictObject({
      Values: z.array(z.strictObject({ Key: z.string().optional(), Value: z.string() })),
    })
    .optional(),
});

/** Actions of a listener or rule; the action type itself is judged by the model. */
export const cfnActions = z.array(action).transform((actions) => actions as Action[]);

export const cfnConditions = z
  .array(condition)
  .transform((conditions) => conditions as RuleCondition[]);
