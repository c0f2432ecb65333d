import { AwsError } from '../core/aws-error.ts';
import type { WireOperation } from '../wire/operation.ts';
import type { S3Model } from './model.ts';

/** One configuration of a bucket that is kept as it was put. */
interface BucketSetting {
  /** Operations without their verb: `BucketCors`. */
  readonly name: string;
  readonly get?: string;
  readonly delete?: string;
  /** Input member that carries the configuration. */
  readonly member: string;
  /** Whether GetBucket… answers with the configuration's own members rather than with the configuration. */
  readonly spread: boolean;
  /** What a new bucket has. */
  readonly initial?: object;
  /** What is answered when there is none: code and message of a 404. */
  readonly absent?: readonly [string, string];
  /** Members that travel as headers beside the configuration, with what stands where a request has none. */
  readonly besides?: Readonly<Record<string, string>>;
}

const allBlocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** Defaults and codes of the S3 API reference; that all public access is blocked is so since April 2023. */
const settings: readonly BucketSetting[] = [
  {
    name: 'BucketCors',
    member: 'CORSConfiguration',
    spread: true,
    absent: ['NoSuchCORSConfiguration', 'The CORS configuration does not exist'],
  },
  {
    name: 'BucketWebsite',
    member: 'WebsiteConfiguration',
    spread: true,
    absent: [
      'NoSuchWebsiteConfiguration',
      'The specified bucket does not have a website configuration',
    ],
  },
  {
    name: 'BucketTagging',
    member: 'Tagging',
    spread: true,
    absent: ['NoSuchTagSet', 'The TagSet does not exist'],
  },
  {
    name: 'BucketLifecycleConfiguration',
    delete: 'DeleteBucketLifecycle',
    member: 'LifecycleConfiguration',
    spread: true,
    absent: ['NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'],
    // The default since September 2024; Terraform waits until it reads it (S3 API reference).
    besides: { TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' },
  },
  {
    name: 'BucketEncryption',
    member: 'ServerSideEncryptionConfiguration',
    spread: false,
    initial: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
          BucketKeyEnabled: false,
        },
      ],
    },
  },
  {
    name: 'PublicAccessBlock',
    member: 'PublicAccessBlockConfiguration',
    spread: false,
    initial: allBlocked,
    absent: [
      'NoSuchPublicAccessBlockConfiguration',
      'The public access block configuration was not found',
    ],
  },
  {
    name: 'BucketOwnershipControls',
    member: 'OwnershipControls',
    spread: false,
    initial: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    absent: ['OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'],
  },
  { name: 'BucketLogging', member: 'BucketLoggingStatus', spread: true, initial: {} },
  {
    name: 'BucketRequestPayment',
    member: 'RequestPaymentConfiguration',
    spread: true,
    initial: { Payer: 'BucketOwner' },
  },
  {
    name: 'BucketAccelerateConfiguration',
    member: 'AccelerateConfiguration',
    spread: true,
    initial: {},
  },
];

/** Configurations that cannot be put here, so that no bucket has one. */
const neverThere: Readonly<Record<string, readonly [string, string]>> = {
  GetBucketReplication: [
    'ReplicationConfigurationNotFoundError',
    'The replication configuration was not found',
  ],
  GetObjectLockConfiguration: [
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
  ],
};

type Input = Readonly<Record<string, unknown>> & { readonly Bucket?: string };
/** Newer operations have no Content-MD5 of their own. */
const withoutMd5 = ['BucketLifecycleConfiguration', 'BucketAccelerateConfiguration'];

/** Put, get and delete what hangs on a bucket and is kept as a record: none of it changes what the bucket does. */
export function bucketSettingOperations(model: S3Model): Record<string, WireOperation> {
  const operations: Record<string, WireOperation> = {};
  const declare = (name: string, members: readonly string[], run: (input: Input) => object) => {
    operations[name] = { members, handle: run as unknown as WireOperation['handle'] };
  };
  for (const setting of settings) {
    const { name, member, spread, initial, absent, besides = {} } = setting;
    const md5 = withoutMd5.includes(name) ? [] : ['ContentMD5'];
    const members = ['Bucket', 'ChecksumAlgorithm', ...md5, member, ...Object.keys(besides)];
    declare(`Put${name}`, members, (input) => {
      const { settings: kept } = model.bucket(input.Bucket ?? '');
      const beside = Object.fromEntries(
        Object.entries(besides).map(([one, value]) => [one, input[one] ?? value]),
      );
      kept.set(name, { ...(input[member] as object | undefined), ...beside });
      return beside;
    });
    declare(`Get${name}`, ['Bucket'], (input) => {
      const { settings: kept } = model.bucket(input.Bucket ?? '');
      const value = kept.has(name) ? kept.get(name) : initial;
      if (!value) throw notThere(input, ...(absent ?? ['NoSuchConfiguration', name]));
      return spread ? { ...value } : { [member]: value };
    });
    declare(setting.delete ?? `Delete${name}`, ['Bucket'], (input) => {
      const { settings: kept } = model.bucket(input.Bucket ?? '');
      // Without a code of its own for "none", deleting means going back to the default.
      if (absent) kept.set(name, undefined);
      else kept.delete(name);
      return {};
    });
  }
  for (const [name, [code, message]] of Object.entries(neverThere)) {
    declare(name, ['Bucket'], (input) => {
      model.bucket(input.Bucket ?? '');
      throw notThere(input, code, message);
    });
  }
  for (const name of ['Logging', 'RequestPayment', 'AccelerateConfiguration']) {
    delete operations[`DeleteBucket${name}`];
  }
  return operations;
}

function notThere({ Bucket = '' }: Input, code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 404, members: { BucketName: Bucket } });
}
