export type ResourceKind = 'lambda:invoke' | 'lambda:invoke.waitForTaskToken' | 'function';

/** For error messages: what a Task's Resource may be. */
export const modelledResources =
  'arn:aws:states:::lambda:invoke, arn:aws:states:::lambda:invoke.waitForTaskToken or the ARN of a Lambda function';

/** Undefined for an integration that the simulator does not model. */
export function resourceKind(resource: string): ResourceKind | undefined {
  if (resource === 'arn:aws:states:::lambda:invoke') return 'lambda:invoke';
  if (resource === 'arn:aws:states:::lambda:invoke.waitForTaskToken') {
    return 'lambda:invoke.waitForTaskToken';
  }
  return /^arn:aws:lambda:[^:]+:\d{12}:function:[^:]+(:[^:]+)?$/.test(resource)
    ? 'function'
    : undefined;
}
