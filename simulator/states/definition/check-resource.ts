import {
  findOptimizedPatterns,
  optimizedResources,
} from '../integrations/optimized/find-optimized.ts';
import { type Pattern, parseResource, type Resource } from '../integrations/resource.ts';
import { hasOperation, sdkServices } from '../integrations/sdk/sdk-services.ts';
import { invalid } from './check-fields.ts';
import { type Diagnostic, problem, unmodelled } from './diagnostic.ts';

/** AWS's words (rule pf-sfn-asl-resource-arn of cdk-preflight, measured). */
const notAnArn = 'Value is not a valid resource ARN';

/** What a Task's Resource names must exist on AWS, and here. */
export function checkResource(
  text: string,
  location: string,
): { resource?: Resource; found: Diagnostic[] } {
  if (!text.startsWith('arn:')) return { found: [invalid(notAnArn, location)] };
  const resource = parseResource(text);
  if (!resource) return { found: [unrecognized(text, location)] };
  if (resource.kind === 'function' || resource.kind === 'activity') return { resource, found: [] };
  const { kind, service, action, pattern } = resource;
  if (kind === 'aws-sdk') {
    const known = sdkServices[service];
    if (!known) return { found: [unmodelled(`The service of '${text}'`, location)] };
    const exists = hasOperation(known.name, action) && !isSync(pattern);
    return { resource, found: exists ? [] : [unrecognized(text, location)] };
  }
  if (service === 'lambda' && action === 'invoke') {
    return { resource, found: isSync(pattern) ? [unrecognized(text, location)] : [] };
  }
  const allowed = findOptimizedPatterns(`${service}:${action}`);
  if (!allowed) {
    const modelled = ['lambda:invoke', ...optimizedResources].join(', ');
    const message = `Resource '${text}'; the simulator knows ${modelled}, aws-sdk:…, functions and activities`;
    return { found: [unmodelled(message, location)] };
  }
  return { resource, found: allowed.includes(pattern) ? [] : [unrecognized(text, location)] };
}

function isSync(pattern: Pattern): boolean {
  return pattern === 'sync' || pattern === 'sync:2';
}

function unrecognized(text: string, location: string): Diagnostic {
  return problem(
    'SCHEMA_VALIDATION_FAILED',
    `The resource provided ${text} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
    location,
  );
}
