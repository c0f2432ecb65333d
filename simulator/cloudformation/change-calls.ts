import type { ChangeCalls, Properties } from './change-call.ts';
import { iamCalls } from './change-calls-iam.ts';
import { lambdaCalls } from './change-calls-lambda.ts';
import { messagingCalls } from './change-calls-messaging.ts';
import { networkCalls } from './change-calls-network.ts';
import { storeCalls } from './change-calls-store.ts';
import type { StackResource } from './model.ts';
import { nestedStackCalls } from './nested-stack-calls.ts';
import { recordedCalls } from './recorded-calls.ts';
import type { ResourceContext } from './resource-provider.ts';
import { changedProperties } from './same-value.ts';

/**
 * What updates and deletes a resource, for types whose provider changes its model itself; the others call their
 * service's API, which asks (CloudFormation registry schemas, `handlers.update` and `handlers.delete`).
 */
export const changeCalls: Readonly<Record<string, ChangeCalls>> = {
  ...iamCalls,
  ...lambdaCalls,
  ...messagingCalls,
  ...nestedStackCalls,
  ...networkCalls,
  ...recordedCalls,
  ...storeCalls,
};

type Changed = Pick<StackResource, 'type' | 'physicalId' | 'attributes' | 'properties'>;

/** Throws the service's error when who works on the stack may not give a resource its other properties. */
export function authorizeUpdate(
  { type, physicalId = '', attributes, properties: before }: Changed,
  after: Properties,
  { authorize }: ResourceContext,
): void {
  const changed = new Set(changedProperties(before, after));
  const change = { physicalId, attributes, before, after, changed };
  for (const call of changeCalls[type]?.update?.(change) ?? []) authorize?.(...call);
}

/** Throws the service's error when who works on the stack may not delete a resource. */
export function authorizeDeletion(
  { type, physicalId = '', attributes, properties }: Changed,
  { authorize }: ResourceContext,
): void {
  const removal = { physicalId, attributes, properties };
  for (const call of changeCalls[type]?.delete?.(removal) ?? []) authorize?.(...call);
}
