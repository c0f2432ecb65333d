import { Token } from 'aws-cdk-lib';
import { resourceName } from '../../../functions/core/config/target-schema.ts';
import { fargateSizeMistake } from './fargate-sizes.ts';
import type { GreengateServiceProps } from './props.ts';

type Props = Omit<GreengateServiceProps, 'network' | 'loadBalancer' | 'repository'>;

/** Alarms of a deployment group (CodeDeploy user guide, "CodeDeploy quotas"). */
const mostAlarms = 10;
/** As greengate.yaml calls a service. */
const mostOfServiceName = 32;
const mostOfName = 255;

/**
 * What is wrong with the props of a service, one line each. An app runs without its types being checked, and a choice that
 * is misspelt would silently be the default.
 */
export function servicePropsMistakes(props: Props): string[] {
  // What is known only when the stack is made, as a parameter's value, is CloudFormation's to judge.
  const known = Object.fromEntries(
    Object.entries(props).filter(([, value]) => !Token.isUnresolved(value)),
  ) as unknown as Props;
  const sizeIsKnown = ![props.cpu, props.memoryMiB].some((value) => Token.isUnresolved(value));
  return [
    ...choices(known),
    ...names(known),
    ...(sizeIsKnown ? fargateSize(known) : []),
    ...numbers(known),
    ...belongings(known),
  ];
}

function choices({ strategy, capacity, architecture }: Props): string[] {
  return [
    ...oneOf('strategy', strategy, ['codedeploy', 'ecs-rolling']),
    ...oneOf('capacity', capacity, ['fargate', 'ec2']),
    ...oneOf('architecture', architecture, ['x86_64', 'arm64']),
  ];
}

function oneOf(prop: string, value: string | undefined, known: readonly string[]): string[] {
  if (value === undefined || known.includes(value)) return [];
  return [`${prop} is one of ${known.join(', ')}, got "${value}"`];
}

function names({ serviceName, clusterName, containerName, healthPath = '/' }: Props): string[] {
  const given = [
    ['serviceName', serviceName, mostOfServiceName],
    ['clusterName', clusterName, mostOfName],
    ['containerName', containerName, mostOfName],
  ] as const;
  const mistaken = given.flatMap(([prop, value, most]) => {
    if (value === undefined || resourceName(most).safeParse(value).success) return [];
    return [
      `${prop} must be 1 to ${most} letters, digits, hyphens or underscores, the first a letter or digit, got "${value}"`,
    ];
  });
  if (/^\/\S*$/.test(healthPath)) return mistaken;
  return [...mistaken, `healthPath must be a path that begins with /, got "${healthPath}"`];
}

function fargateSize({ cpu = 256, memoryMiB = 512, capacity = 'fargate' }: Props): string[] {
  const mistake = capacity === 'fargate' ? fargateSizeMistake(cpu, memoryMiB) : undefined;
  return mistake === undefined
    ? []
    : [`on Fargate ${mistake}, got cpu ${cpu}, memoryMiB ${memoryMiB}`];
}

function numbers(props: Props): string[] {
  return [
    ...wholeNumber('containerPort', props.containerPort, 1, 65_535),
    ...wholeNumber('desiredCount', props.desiredCount, 0),
    ...wholeNumber('healthGraceSeconds', props.healthGraceSeconds, 0),
    // The group keeps an instance in each zone, and no release fits into fewer.
    ...wholeNumber('maxInstances', props.maxInstances, (props.desiredCount ?? 2) < 2 ? 1 : 2),
  ];
}

function wholeNumber(prop: string, value: number | undefined, least: number, most?: number) {
  if (value === undefined) return [];
  if (Number.isInteger(value) && value >= least && value <= (most ?? value)) return [];
  const range = most === undefined ? `from ${least} on` : `from ${least} to ${most}`;
  return [`${prop} must be a whole number ${range}, got ${value}`];
}

/** What only makes sense beside something else. */
function belongings(props: Props): string[] {
  const { strategy = 'codedeploy', capacity = 'fargate', alarmNames = [] } = props;
  const { environment = {}, secrets = {} } = props;
  const instances = (['instanceType', 'maxInstances'] as const).filter((prop) => props[prop]);
  const twice = Object.keys(environment).find((name) => name in secrets);
  const mistakes: string[] = [];
  if (capacity === 'fargate' && instances.length > 0) {
    const need = instances.length === 1 ? 'needs' : 'need';
    mistakes.push(`${instances.join(' and ')} ${need} capacity: 'ec2'; Fargate has no instances`);
  }
  if (capacity === 'ec2') mistakes.push(...instanceMistakes(props));
  if (strategy === 'ecs-rolling' && props.shift !== undefined) {
    mistakes.push(`shift "${props.shift}" needs strategy: 'codedeploy'; ECS rolls task by task`);
  }
  if (twice !== undefined) {
    mistakes.push(`${twice} is in environment and in secrets; a container has it once`);
  }
  if (strategy === 'codedeploy' && alarmNames.length >= mostAlarms) {
    mistakes.push(
      `alarmNames takes at most ${mostAlarms - 1} beside the service's own, got ${alarmNames.length}`,
    );
  }
  return mistakes;
}

/** AWS's own processors have a g behind the generation, as in t4g and c7gn; the first was a1 (EC2 instance types guide). */
function instanceMistakes({ instanceType, architecture = 'x86_64' }: Props): string[] {
  if (instanceType === undefined) return [];
  if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(instanceType)) {
    return [`instanceType must be a type such as t3.small, got "${instanceType}"`];
  }
  const is = /^(?:a1|[a-z]+\d+g[a-z]*)\./.test(instanceType) ? 'arm64' : 'x86_64';
  if (is === architecture) return [];
  return [`instanceType ${instanceType} is ${is}, and architecture is ${architecture}`];
}
