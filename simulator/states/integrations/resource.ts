/** How a Task waits: for the answer, for a job's end, or for its token (service integration patterns). */
export type Pattern = 'request' | 'sync' | 'sync:2' | 'callback';

export interface ServiceResource {
  readonly kind: 'aws-sdk' | 'optimized';
  /** As the ARN spells it: `elasticloadbalancingv2`, `events`. */
  readonly service: string;
  /** As the ARN spells it: `describeServices`. */
  readonly action: string;
  readonly pattern: Pattern;
}

/** A Task's Resource, taken apart. */
export type Resource =
  | { readonly kind: 'function' }
  | { readonly kind: 'activity' }
  | ServiceResource;

const patterns: Readonly<Record<string, Pattern>> = {
  '.sync': 'sync',
  '.sync:2': 'sync:2',
  '.waitForTaskToken': 'callback',
};

/** Undefined for text that cannot be a Task's Resource. */
export function parseResource(resource: string): Resource | undefined {
  if (/^arn:aws[a-z-]*:lambda:[^:]+:\d{12}:function:[^:]+(:[^:]+)?$/.test(resource)) {
    return { kind: 'function' };
  }
  if (/^arn:aws[a-z-]*:states:[^:]+:\d{12}:activity:[^:]+$/.test(resource)) {
    return { kind: 'activity' };
  }
  const [, sdk, service = '', action = '', suffix = ''] =
    /^arn:aws[a-z-]*:states:::(aws-sdk:)?([a-z0-9-]+):([A-Za-z0-9]+)(\.[A-Za-z]+(?::2)?)?$/.exec(
      resource,
    ) ?? [];
  if (service === '') return undefined;
  const pattern = suffix === '' ? 'request' : patterns[suffix];
  if (pattern === undefined) return undefined;
  return { kind: sdk === undefined ? 'optimized' : 'aws-sdk', service, action, pattern };
}

/** The part of the ARN that history events show: `runTask.sync`. */
export function resourceName({ action, pattern }: ServiceResource): string {
  if (pattern === 'request') return action;
  return `${action}.${pattern === 'callback' ? 'waitForTaskToken' : pattern}`;
}
