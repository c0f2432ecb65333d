import { z } from 'zod';
import type { Authority } from '../../core/certificates.ts';
import type { World } from '../../core/world.ts';
import type { CloudFormationModel } from '../model.ts';
import { cfnNumber } from '../property-schemas.ts';
import {
  customResourceType,
  type ResourceContext,
  type ResourceProviders,
  resource,
} from '../resource-provider.ts';
import type { ServiceApi } from '../service-api.ts';
import { CustomResourceFailure, type CustomResourceResponse, readResponse } from './response.ts';

const customProperties = z.looseObject({
  ServiceToken: z.string(),
  /** Seconds; default and longest an hour. */
  ServiceTimeout: cfnNumber.pipe(z.number().int().min(1).max(3_600)).optional(),
});

type Properties = z.output<typeof customProperties>;

export interface CustomResourceParts {
  readonly model: CloudFormationModel;
  readonly world: World;
  /** Signs the certificate of the address to which answers are put. */
  readonly authority: Authority;
  readonly lambda: ServiceApi;
  readonly sns: ServiceApi;
}

/** As public recordings of such messages have it (convox/empire, opsee/spanx). */
const messageSubject = 'AWS CloudFormation custom resource request';

/**
 * `AWS::CloudFormation::CustomResource` and every `Custom::NAME`: a Lambda function, or who listens to an SNS
 * topic, does the work and puts its answer to a URL (user guide, "Create custom provisioning logic with custom resources").
 */
export function customResources(parts: CustomResourceParts): ResourceProviders {
  return {
    [customResourceType]: resource(
      customProperties,
      async (properties, context) => {
        const response = await ask(parts, context, properties, { RequestType: 'Create' });
        return { physicalId: physicalIdOf(response), attributes: response.Data ?? {} };
      },
      {
        async update({ physicalId, properties, next }, context) {
          if (next.ServiceToken !== properties.ServiceToken) {
            throw new Error('Modifying service token is not allowed.');
          }
          const response = await ask(parts, context, next, {
            RequestType: 'Update',
            PhysicalResourceId: physicalId,
            OldResourceProperties: asTexts(properties),
          });
          // Another id than before is a replacement: the old one gets its Delete during the cleanup.
          return { physicalId: physicalIdOf(response), attributes: response.Data ?? {} };
        },
        async delete({ physicalId, properties }, context) {
          await ask(parts, context, properties, {
            RequestType: 'Delete',
            PhysicalResourceId: physicalId,
          });
        },
      },
    ),
  };
}

async function ask(
  parts: CustomResourceParts,
  context: ResourceContext,
  properties: Properties,
  request: Readonly<Record<string, unknown>>,
): Promise<CustomResourceResponse> {
  const { model, world, authority } = parts;
  const requestId = world.ids.uuid();
  const { logicalId, step } = context;
  if (!step) throw new Error('a custom resource belongs to a stack');
  const { stackId, resourceType } = step;
  const { ServiceTimeout: seconds = 3_600, ServiceToken } = properties;
  const awaited = await model.responses.open({ stackId, logicalId, requestId }, authority);
  const over = new AbortController();
  try {
    const event = {
      ...request,
      ServiceToken,
      ResponseURL: awaited.url,
      StackId: stackId,
      RequestId: requestId,
      LogicalResourceId: logicalId,
      ResourceType: resourceType,
      ResourceProperties: asTexts(properties),
    };
    await send(parts, context, ServiceToken, JSON.stringify(event));
    const late = world.clock.sleep(seconds * 1_000, { signal: over.signal }).then(() => {
      throw new CustomResourceFailure(
        `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`,
        request.RequestType === 'Create' ? context.generatedName(255) : undefined,
      );
    });
    late.catch(() => {});
    return readResponse(await Promise.race([awaited.body, late]), requestId);
  } finally {
    over.abort();
    awaited.close();
  }
}

/** Who works on the stack needs `lambda:InvokeFunction`, or `sns:Publish`. */
async function send(
  { lambda, sns }: CustomResourceParts,
  context: ResourceContext,
  ServiceToken: string,
  event: string,
): Promise<void> {
  if (ServiceToken.startsWith('arn:aws:sns:')) {
    const message = { TopicArn: ServiceToken, Subject: messageSubject, Message: event };
    await sns('Publish', message, context);
    return;
  }
  const Payload = Buffer.from(event);
  const invocation = { FunctionName: ServiceToken, InvocationType: 'Event', Payload };
  await lambda('Invoke', invocation, context);
}

function physicalIdOf({ PhysicalResourceId }: CustomResourceResponse): string {
  if (PhysicalResourceId === undefined)
    throw new CustomResourceFailure('Invalid PhysicalResourceId');
  return PhysicalResourceId;
}

/** CloudFormation gives every number and truth value as a text (aws-cloudformation/cloudformation-coverage-roadmap #1037). */
function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, asTexts(item)]),
  );
}
