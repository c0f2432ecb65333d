import { AwsError } from '../core/aws-error.ts';
import type { ServiceName } from './operation.ts';

/**
 * How each service refuses keys that begin with `aws:`; ACM, CodeDeploy, EC2 and STS have rules of their own. The codes
 * are those for invalid values of parameters, an assumption but for CloudFormation's and S3's.
 */
const refusals: Partial<Record<ServiceName, string>> = {
  'application-auto-scaling': 'ValidationException',
  cloudformation: 'ValidationError',
  cloudwatch: 'InvalidParameterValueException',
  'cloudwatch-logs': 'InvalidParameterException',
  ecr: 'InvalidTagParameterException',
  ecs: 'InvalidParameterException',
  'elastic-load-balancing-v2': 'ValidationError',
  eventbridge: 'ValidationException',
  iam: 'InvalidInputException',
  lambda: 'InvalidParameterValueException',
  s3: 'InvalidTag',
  'secrets-manager': 'InvalidParameterException',
  servicediscovery: 'InvalidInput',
  sfn: 'ValidationException',
  sns: 'InvalidParameterException',
  sqs: 'InvalidParameterValue',
  ssm: 'ValidationException',
};

const tagMembers = ['tags', 'Tags', 'TagSet'];
const keyMembers = ['tagKeys', 'TagKeys'];

/** The refusal of tags that only AWS may set and take away; undefined where there are none. */
export function refuseReservedTags(
  service: ServiceName,
  input: Readonly<Record<string, unknown>>,
): AwsError | undefined {
  const code = refusals[service];
  if (code === undefined || !tagKeysIn(input).some((key) => /^aws:/i.test(key))) return undefined;
  return new AwsError(
    code,
    service === 's3'
      ? 'System tags cannot be added/updated by requester'
      : // As CloudFormation and other services are quoted (aws-quickstart/quickstart-amazon-eks #42).
        'aws: prefixed tag key names are not allowed for external use.',
  );
}

function tagKeysIn(input: Readonly<Record<string, unknown>>): string[] {
  const { Tagging: tagging } = input;
  if (typeof tagging === 'string') return [...new URLSearchParams(tagging).keys()];
  if (isRecord(tagging)) return tagKeysIn(tagging);
  const named = keyMembers.flatMap((member) => list(input[member])).map(String);
  return [...named, ...tagMembers.flatMap((member) => keysOf(input[member]))];
}

/** Tags come as a list of pairs or as a map. */
function keysOf(tags: unknown): string[] {
  if (!Array.isArray(tags)) return isRecord(tags) ? Object.keys(tags) : [];
  return tags.filter(isRecord).map(({ Key, key }) => String(Key ?? key ?? ''));
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
