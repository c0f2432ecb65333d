import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';

/**
 * A failure as ResourceStatusReason shows it: what the service answered, inside CloudFormation's own frame
 * (the form of public threads, e.g. aws/aws-cdk #23564).
 */
export function failureReason(world: World, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof AwsError)) return message;
  const detail = `${message} (Status Code: ${error.status ?? 400}; Error Code: ${error.code})`;
  return `Resource handler returned message: "${detail}" (RequestToken: ${world.ids.uuid()}, HandlerErrorCode: ${handlerErrorCode(error.code)})`;
}

/** The handler error codes of CloudFormation's registry, by the look of the service's code. */
function handlerErrorCode(code: string): string {
  if (/AlreadyExist|AlreadyOwned|Duplicate|EntityAlreadyExists|ResourceInUse/.test(code)) {
    return 'AlreadyExists';
  }
  if (/NotFound|NoSuch|DoesNotExist|NotExist/.test(code)) return 'NotFound';
  if (/AccessDenied|Unauthorized|NotAuthorized/.test(code)) return 'AccessDenied';
  if (/Throttl|TooManyRequests|RateExceeded/.test(code)) return 'Throttling';
  if (/LimitExceeded|TooMany/.test(code)) return 'ServiceLimitExceeded';
  if (/NotStabilized/.test(code)) return 'NotStabilized';
  if (/Invalid|Validation|ClientException|NotEmpty|Conflict|Malformed/.test(code)) {
    return 'InvalidRequest';
  }
  return 'GeneralServiceException';
}

/** True when a resource that shall be deleted is gone already, which is a success. */
export function isGone(error: unknown): boolean {
  return error instanceof AwsError && handlerErrorCode(error.code) === 'NotFound';
}
