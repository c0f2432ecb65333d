import { digestPattern } from '../image/digest.ts';
import { repositoryNameSource } from '../image/repository-name.ts';
import { reservedServiceNames } from '../workflow/push-record.ts';
import type { TextRule } from './member-reader.ts';

export const digestRule: TextRule = {
  pattern: digestPattern,
  expected: 'sha256: and 64 lower-case hexadecimal digits',
};

/** Names that ECR lets a repository have (CreateRepository, ECR API reference). */
export const repositoryRule: TextRule = {
  pattern: new RegExp(`^(?=.{2,256}$)${repositoryNameSource}$`),
  expected: 'a repository name of lower-case letters, digits, and . _ - / between them',
};

/** Tags of the OCI distribution specification. */
export const tagRule: TextRule = {
  pattern: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
  expected: 'a tag of at most 128 letters, digits, dots, underscores and hyphens',
};

/** EventBridge makes UUIDs; anything goes that is safe in an object key. */
export const eventIdRule: TextRule = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/,
  expected: 'an event id of letters, digits, dots, underscores and hyphens',
};

export const deploymentIdRule: TextRule = {
  pattern: /^d-[A-Z0-9]{1,32}$/,
  expected: 'a CodeDeploy deployment id such as d-ABCDEF123',
};

/** The end of a service deployment's ARN (Service Authorization Reference, Amazon ECS). */
export const rolloutIdRule: TextRule = {
  pattern: /^[A-Za-z0-9_-]{1,64}$/,
  expected: 'the id of a service deployment',
};

/** Services of greengate.yaml, which name objects, executions and parameters; not those that a push's records have. */
export const serviceRule: TextRule = {
  pattern: new RegExp(`^(?!(?:${reservedServiceNames.join('|')})$)[A-Za-z0-9][A-Za-z0-9_-]{0,31}$`),
  expected: 'the name of a service of at most 32 letters, digits, hyphens and underscores',
};

/** Names that CodeDeploy lets applications and deployment groups have (CodeDeploy API reference). */
export const codeDeployNameRule: TextRule = {
  pattern: /^[^\p{Cc}\p{Cs}]{1,100}$/u,
  expected: 'a name of at most 100 characters',
};

/** Names that Step Functions lets executions have (StartExecution, Step Functions API reference). */
export const executionNameRule: TextRule = {
  pattern: /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}]{1,80}$/u,
  expected: 'the name of an execution of at most 80 characters',
};

export const executionArnRule: TextRule = {
  pattern:
    /^arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}:execution:[^:/\s\p{Cc}\p{Cs}]{1,80}:[^:/\s\p{Cc}\p{Cs}]{1,80}$/u,
  expected: 'the ARN of an execution',
};

export const taskDefinitionArnRule: TextRule = {
  pattern: /^arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:task-definition\/[A-Za-z0-9_-]{1,255}:\d{1,10}$/,
  expected: 'the ARN of a task definition with its revision',
};

/** Also as it was before ARNs held the cluster's name. */
export const taskArnRule: TextRule = {
  pattern: /^arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:task\/[A-Za-z0-9_/-]{1,300}$/,
  expected: 'the ARN of a task',
};

export const clusterArnRule: TextRule = {
  pattern: /^arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:cluster\/[A-Za-z0-9_-]{1,255}$/,
  expected: 'the ARN of a cluster',
};

/** Where an image is and which it is: `HOST/REPOSITORY@sha256:…`. */
export const pinnedImageRule: TextRule = {
  pattern: /^[a-z0-9][a-z0-9.:-]{0,254}\/[a-z0-9._/-]{2,256}@sha256:[0-9a-f]{64}$/,
  expected: 'an image with its digest',
};

export const platformRule: TextRule = {
  pattern: /^[a-z0-9._-]{1,32}\/[a-z0-9._-]{1,32}$/,
  expected: 'a platform such as linux/amd64',
};

/** Opaque words of AWS: task tokens (SendTaskSuccess takes 2,048 characters) and ids of hook executions. */
export const opaqueRule: TextRule = {
  pattern: /^[!-~]{1,2048}$/,
  expected: 'at most 2,048 characters without spaces',
};

/** What people or programs wrote for people; several lines are fine, as a cause is. */
export const proseRule: TextRule = {
  pattern: /^[\s\S]{1,32768}$/,
  expected: 'text of at most 32,768 characters',
};

/** Another JSON document, which Step Functions hands out up to 256 KiB. */
export const documentRule: TextRule = {
  pattern: /^[\s\S]{1,262144}$/,
  expected: 'text of at most 256 KiB',
};
