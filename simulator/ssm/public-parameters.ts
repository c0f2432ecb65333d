import { createHash } from 'node:crypto';
import type { Identity } from '../core/arns.ts';
import type { Parameter } from './parameter.ts';

/** Variants of the ECS-optimized image (developer guide, "Retrieving Amazon ECS-optimized Linux AMI metadata"). */
const ecsVariants = [
  'amazon-linux',
  'amazon-linux-2',
  'amazon-linux-2/arm64',
  'amazon-linux-2/gpu',
  'amazon-linux-2/inf',
  'amazon-linux-2/kernel-5.10',
  'amazon-linux-2/kernel-5.10/arm64',
  'amazon-linux-2/kernel-5.10/gpu',
  'amazon-linux-2/kernel-5.10/inf',
  'amazon-linux-2023',
  'amazon-linux-2023/arm64',
  'amazon-linux-2023/gpu',
  'amazon-linux-2023/inf',
];

/** EC2 user guide, "Reference the latest AMIs using Systems Manager public parameters". */
const amazonLinux = [
  'al2023-ami-kernel-default-arm64',
  'al2023-ami-kernel-default-x86_64',
  'al2023-ami-minimal-kernel-default-arm64',
  'al2023-ami-minimal-kernel-default-x86_64',
  'amzn2-ami-hvm-arm64-gp2',
  'amzn2-ami-hvm-x86_64-gp2',
  'amzn2-ami-kernel-5.10-hvm-arm64-gp2',
  'amzn2-ami-kernel-5.10-hvm-x86_64-gp2',
];

const bottlerocket = ['aws-ecs-1', 'aws-ecs-2'].flatMap((variant) => [
  `${variant}/arm64`,
  `${variant}/x86_64`,
]);

const names = [
  ...ecsVariants.map((variant) => `/aws/service/ecs/optimized-ami/${variant}/recommended/image_id`),
  ...amazonLinux.map((image) => `/aws/service/ami-amazon-linux-latest/${image}`),
  ...bottlerocket.map((variant) => `/aws/service/bottlerocket/${variant}/latest/image_id`),
];

/** Public parameters that templates of ECS on EC2 begin with; the ids of their images are made up. */
export function publicParameters({ region }: Identity): ReadonlyMap<string, Parameter> {
  return new Map(names.map((name) => [name, publicParameter(name, region)]));
}

function publicParameter(name: string, region: string): Parameter {
  const digest = createHash('sha256').update(`${region}${name}`).digest('hex');
  return {
    name,
    arn: `arn:aws:ssm:${region}::parameter${name}`,
    versions: [
      {
        version: 1,
        value: `ami-0${digest.slice(0, 16)}`,
        type: 'String',
        keyId: undefined,
        description: undefined,
        allowedPattern: undefined,
        tier: 'Standard',
        dataType: 'text',
        modifiedAtMs: 0,
        modifiedBy: 'amazon',
        labels: new Set(),
      },
    ],
    tags: new Map(),
  };
}
