import { z } from 'zod';
import type { Strategy } from '../../functions/core/config/schema.ts';
import { configSchema } from '../../functions/core/config/schema.ts';
import { resourceName } from '../../functions/core/config/target-schema.ts';

export type Mode = 'new' | 'adopt';

/** What the files are made of. */
export interface Answers {
  readonly mode: Mode;
  /** Of the service in greengate.yaml, and of everything that is made for it. */
  readonly name: string;
  readonly repository: string;
  readonly tags: readonly string[];
  readonly strategy: Strategy;
  readonly cluster: string;
  /** Of the service in ECS. */
  readonly service: string;
  readonly container: string;
  /** With strategy codedeploy. */
  readonly application: string;
  readonly deploymentGroup: string;
  readonly containerPort: number;
  readonly healthPath: string;
}

/** One value that a person gives, as an option or when asked. */
export interface Question {
  /** As commander calls the option's value. */
  readonly key: Key;
  /** Default: that of the key. */
  readonly rule?: z.ZodType<string>;
  readonly flag: string;
  /** On a terminal. */
  readonly text: string;
  /** What stands in for no answer; without it there must be one. */
  readonly fallback?: (given: Given) => string;
  readonly applies: (given: Given) => boolean;
}

type Key = keyof typeof rules;

/** Answers so far, by key of their question. */
export type Given = Readonly<Partial<Record<Key, string>>>;

/** Characters of a service's name in greengate.yaml. */
const mostOfName = 32;

const { image } = configSchema.shape.services.element.shape;

const codeDeployName = z
  .string()
  .regex(/^\S{1,100}$/, { message: 'must be 1 to 100 characters without blanks' });

/** What each answer must be. */
export const rules = {
  strategy: z.enum(['codedeploy', 'ecs-rolling'], { message: 'must be codedeploy or ecs-rolling' }),
  service: resourceName(255),
  cluster: resourceName(255),
  container: resourceName(255),
  application: codeDeployName,
  deploymentGroup: codeDeployName,
  repository: image.shape.repository,
  tags: z.string().regex(/^[A-Za-z0-9._*?-]+(,[A-Za-z0-9._*?-]+)*$/, {
    message: 'must be patterns of tags, with commas in between',
  }),
  containerPort: z.string().refine((text) => /^\d{1,5}$/.test(text) && isPort(Number(text)), {
    message: 'must be a port from 1 to 65535',
  }),
  healthPath: z.string().regex(/^\/[^\s"'\\#]*$/, { message: 'must be a path that begins with /' }),
} as const;

const rolling = ({ strategy }: Given) => strategy === 'ecs-rolling';
const byService = ({ service = 'shop' }: Given) => service;

/** What a mode asks for, in order. */
export function questionsOf(mode: Mode): readonly Question[] {
  const always = () => true;
  const blueGreen = (given: Given) => !rolling(given);
  const common: Question[] = [
    {
      ...{ key: 'strategy', flag: '--strategy', text: 'Strategy, codedeploy or ecs-rolling' },
      ...{ fallback: () => 'codedeploy', applies: always },
    },
    {
      ...{ key: 'service', flag: '--service', text: 'Service', applies: always },
      ...(mode === 'new' && { rule: resourceName(mostOfName) }),
    },
    {
      ...{ key: 'repository', flag: '--repository', text: 'ECR repository, without the registry' },
      ...(mode === 'new' && { fallback: byService }),
      applies: always,
    },
  ];
  const adopted: Question[] = [
    { key: 'cluster', flag: '--cluster', text: 'ECS cluster', applies: always },
    { key: 'container', flag: '--container', text: 'Container', applies: always },
    {
      key: 'application',
      flag: '--application',
      text: 'CodeDeploy application',
      applies: blueGreen,
    },
    {
      ...{ key: 'deploymentGroup', flag: '--deployment-group' },
      ...{ text: 'CodeDeploy deployment group', applies: blueGreen },
    },
  ];
  const made: Question[] = [
    {
      ...{ key: 'containerPort', flag: '--container-port', text: 'Port of the container' },
      ...{ fallback: () => '8080', applies: always },
    },
  ];
  const last: Question[] = [
    {
      ...{ key: 'healthPath', flag: '--health-path', text: 'Path that answers 200 when healthy' },
      ...{ fallback: () => '/health', applies: always },
    },
    {
      ...{ key: 'tags', flag: '--tags', text: 'Tags that are released' },
      ...{ fallback: () => 'v*', applies: always },
    },
  ];
  return [...common, ...(mode === 'new' ? made : adopted), ...last];
}

/** What is wrong with an answer, as the end of a sentence; undefined when nothing is. */
export function mistakeIn({ key, rule = rules[key] }: Question, text: string): string | undefined {
  const parsed = rule.safeParse(text);
  return parsed.success ? undefined : parsed.error.issues[0]?.message;
}

/** Every question that applies is answered. */
export function answersOf(mode: Mode, given: Given): Answers {
  const { service = 'shop', container = 'app' } = given;
  // ECS allows longer names than greengate.yaml.
  const name = service.slice(0, mostOfName).replace(/[-_]+$/, '');
  return {
    ...{ mode, name, service, container },
    repository: given.repository ?? service,
    tags: (given.tags ?? 'v*').split(','),
    strategy: rolling(given) ? 'ecs-rolling' : 'codedeploy',
    cluster: given.cluster ?? service,
    application: given.application ?? service,
    deploymentGroup: given.deploymentGroup ?? service,
    containerPort: Number(given.containerPort ?? 8080),
    healthPath: given.healthPath ?? '/health',
  };
}

function isPort(port: number): boolean {
  return port >= 1 && port <= 65_535;
}
