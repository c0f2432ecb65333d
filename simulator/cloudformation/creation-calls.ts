import type { RequestMembers } from '../wire/authorization.ts';
import { authorizeUpdate } from './change-calls.ts';
import type { CreationCalls } from './creation-call.ts';
import { deliveryCreations } from './creation-calls-delivery.ts';
import { iamCreations } from './creation-calls-iam.ts';
import { lambdaCreations } from './creation-calls-lambda.ts';
import { networkCreations } from './creation-calls-network.ts';
import { storeCreations } from './creation-calls-store.ts';
import { generatedName } from './generated-name.ts';
import type { StackResource } from './model.ts';
import { nestedStackCreations } from './nested-stack-calls.ts';
import { recordedCreations } from './recorded-calls.ts';
import type { ResourceContext } from './resource-provider.ts';

/**
 * What makes a resource, for types that are not made through their service's API, which asks itself
 * (CloudFormation registry schemas, `handlers.create`; not the reads that handlers make as well).
 */
export const creationCalls: Readonly<Record<string, CreationCalls>> = {
  ...deliveryCreations,
  ...iamCreations,
  ...lambdaCreations,
  ...nestedStackCreations,
  ...networkCreations,
  ...recordedCreations,
  ...storeCreations,
};

/** Types whose creation calls what an update from nothing calls. */
export const madeByUpdate: ReadonlySet<string> = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::IAM::Policy',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);

/** Longest names that CloudFormation makes up, where they are shorter than most. */
const nameLengths: Readonly<Record<string, number>> = {
  'AWS::CloudFormation::Stack': 128,
  'AWS::CodeDeploy::Application': 100,
  'AWS::CodeDeploy::DeploymentConfig': 100,
  'AWS::CodeDeploy::DeploymentGroup': 100,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 32,
  'AWS::ElasticLoadBalancingV2::TargetGroup': 32,
  'AWS::IAM::ManagedPolicy': 128,
  'AWS::IAM::Role': 64,
  'AWS::Lambda::Function': 64,
  'AWS::S3::Bucket': 63,
  'AWS::SQS::Queue': 80,
  'AWS::StepFunctions::StateMachine': 80,
};
const usualNameLength = 255;

/** Types of which CloudFormation makes up names in small letters. */
const inSmallLetters: ReadonlySet<string> = new Set(['AWS::ECR::Repository', 'AWS::S3::Bucket']);

/** Generated names end in 12 characters that nobody knows before. */
const unknownSuffix = 'X'.repeat(12);

/** Throws the service's error when who works on the stack may not make a resource of this type. */
export function authorizeCreation(
  type: string,
  properties: RequestMembers,
  context: ResourceContext,
): void {
  const { authorize, world, stackName, logicalId } = context;
  if (madeByUpdate.has(type)) {
    const nothing = { type, physicalId: undefined, attributes: {}, properties: {} };
    authorizeUpdate(nothing, properties, context);
  }
  const longest = nameLengths[type] ?? usualNameLength;
  const made = generatedName(stackName, logicalId, unknownSuffix, longest);
  const generated = inSmallLetters.has(type) ? made.toLowerCase() : made;
  const named = (property: string) => String(properties[property] ?? generated);
  const { identity } = world;
  const calls = creationCalls[type]?.make({ properties, identity, named }) ?? [];
  for (const call of calls) authorize?.(...call);
}

/** Throws the service's error when who works on the stack may not give a new resource the settings it has. */
export function authorizeSettings(
  { type, physicalId = '', attributes, properties }: StackResource,
  { authorize }: ResourceContext,
): void {
  const calls = creationCalls[type]?.settle?.({ physicalId, attributes, properties }) ?? [];
  for (const call of calls) authorize?.(...call);
}
