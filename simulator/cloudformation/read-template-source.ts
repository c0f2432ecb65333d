import { readFileSync } from 'node:fs';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { calledVia, type NeededAction } from '../wire/authorization.ts';
import { validationError } from './validation-error.ts';

/** Longest TemplateBody; a template in S3 may have 1 MB (CloudFormation quotas). */
const longestBody = 51_200;
const longestObject = 1_048_576;

export interface TemplateRequest {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
  readonly UsePreviousTemplate?: boolean | undefined;
}

/** The text of the template that a request names. Throws AwsError ValidationError. */
export function readTemplateSource(
  world: World,
  { TemplateBody, TemplateURL, UsePreviousTemplate }: TemplateRequest,
  previous?: string,
): string {
  if (UsePreviousTemplate) {
    if (previous === undefined) throw validationError('Previous template does not exist');
    return previous;
  }
  if (TemplateBody !== undefined && TemplateURL !== undefined) {
    throw validationError('Only one of TemplateBody or TemplateURL may be specified.');
  }
  if (TemplateURL !== undefined) return fromS3(world, TemplateURL);
  if (TemplateBody === undefined || TemplateBody === '') {
    throw validationError('Either Template URL or Template Body must be specified.');
  }
  if (Buffer.byteLength(TemplateBody) > longestBody) {
    throw validationError(
      `1 validation error detected: Value '${TemplateBody.slice(0, 64)}…' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${longestBody}`,
    );
  }
  return TemplateBody;
}

/** What reading a template in S3 takes of who names it; nothing for an address that is refused anyway. */
export function templateRead(
  world: World,
  url: string,
  policyOf: (bucket: string) => string | undefined,
): NeededAction[] {
  const location = url === '' ? undefined : locate(world, url);
  if (!location) return [];
  const { bucket, key } = location;
  return [
    {
      action: 's3:GetObject',
      resource: `arn:aws:s3:::${bucket}/${key}`,
      resourcePolicy: policyOf(bucket),
      keys: calledVia('cloudformation.amazonaws.com'),
      refusal: s3Error('Access Denied'),
    },
  ];
}

function fromS3(world: World, url: string): string {
  const location = locate(world, url);
  if (!location) throw validationError('TemplateURL must be a supported URL.');
  const { bucket, key } = location;
  const asset = world.assets.find(bucket, key);
  const text = asset === undefined ? objectText(world, bucket, key) : readFileSync(asset, 'utf8');
  if (Buffer.byteLength(text) > longestObject) {
    throw validationError(
      `Template may not exceed ${longestObject} bytes in size. For more information check http://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html`,
    );
  }
  return text;
}

function objectText(world: World, bucket: string, key: string): string {
  const body = tryGet(() => world.services.s3.getObject(bucket, key));
  if (body !== undefined) return Buffer.from(body).toString();
  throw s3Error('The specified key does not exist.');
}

function tryGet<T>(get: () => T): T {
  try {
    return get();
  } catch (error) {
    throw error instanceof AwsError ? s3Error(error.message) : error;
  }
}

function s3Error(message: string): AwsError {
  return validationError(
    `S3 error: ${message}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`,
  );
}

/** Both styles of S3's addresses, and the path style at the simulator's own endpoint. */
function locate(world: World, url: string): { bucket: string; key: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host, pathname } = new URL(url);
  const path = decoded(pathname.slice(1));
  if (path === undefined) return undefined;
  const virtual = /^(.+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com$/.exec(host)?.[1];
  if (virtual !== undefined) return { bucket: virtual, key: path };
  const own = new URL(world.endpoint()).port === new URL(url).port;
  if (!own && !/^s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com$/.test(host)) return undefined;
  const slash = path.indexOf('/');
  if (slash < 1) return undefined;
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
