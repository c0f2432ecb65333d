import { parseDeploymentDescription } from '../../functions/core/deployment/identity.ts';
import { documentOf, intern } from './documents.ts';
import { answerToken, startExecution } from './executions.ts';
import * as facts from './facts.ts';
import { nowMs, startedAtMs } from './instants.ts';
import { noteCreate, noteRecord } from './properties.ts';
import type { Call, Reply } from './replay.ts';
import { replace, type Scenario, type World, wake } from './world.ts';

export interface Model {
  readonly scenario: Scenario;
  /** What was found to be wrong on the way; the explorer stops at the first. */
  readonly violations: string[];
}

const taskDefinition = (image: number) => ({
  family: 'shop',
  requiresCompatibilities: ['FARGATE'],
  containerDefinitions: [{ name: 'app', image: facts.imageReference(image) }],
});

/** Calls that change nothing and ask for nothing that changes: when they happen makes no difference. */
const timeless = new Set([
  'deployments.group',
  'images.readManifest',
  'line.stopped',
  'loadBalancing.targetGroups',
  'notifier.publish',
  'probe.send',
  // Of what the topic did not take: the model's takes all.
  'records.list',
  'taskDefinitions.describe',
  'executions.workflowSinceMs',
]);

export function isTimeless({ port, method, args }: Call): boolean {
  return (
    timeless.has(`${port}.${method}`) ||
    (port === 'records' && /\/hooks\/|^balancing\//.test(String(args[0])))
  );
}

/** Of most calls the arguments are texts; the others say what they are. */
type Arguments = readonly [string, string, string | undefined];
type Answerer = (world: World, args: Arguments, model: Model) => unknown;

/** Answers one call and lets it have its effect on `world`, which is a fork of the state. */
export function answer(world: World, { port, method, args }: Call, model: Model): Reply {
  if (`${port}.${method}` === 'deployments.create') return create(world, args[0], model);
  const answerer = answerers[`${port}.${method}`];
  if (answerer === undefined) throw new Error(`the model has no ${port}.${method}`);
  return { value: answerer(world, args as unknown as Arguments, model) };
}

/** One active deployment for a group; one whose rollback is about to begin holds it too (aws-facts 3.6). */
function create(world: World, request: unknown, model: Model): Reply {
  const { description, appSpec } = request as { description: string; appSpec: string };
  const active = world.deployments.findIndex(({ phase, linkDue }) => phase !== 'ended' || linkDue);
  if (active >= 0) return { conflict: `deployment ${facts.deploymentIdOf(active)} is active` };
  const revision = Number(/task-definition\/shop:(\d+)/.exec(appSpec)?.[1]) - 1;
  const image = world.revisions[revision] ?? 0;
  noteCreate(world, image, parseDeploymentDescription(description), model);
  const primaryGroup = world.deployments[world.primary]?.group ?? 0;
  world.deployments.push({
    description,
    image,
    revision,
    phase: 'created',
    status: 'InProgress',
    reached: 'created',
    original: world.primary,
    group: primaryGroup === 0 ? 1 : 0,
  });
  return { value: facts.deploymentIdOf(world.deployments.length - 1) };
}

/** With rollback, as Greengate always asks; before Install there is nothing to roll back (aws-facts 3.8). */
export function stopDeployment(world: World, index: number): 'stopping' | 'already-completed' {
  const one = world.deployments[index];
  if (one === undefined || one.phase === 'ended' || one.rollbackOf !== undefined) {
    return 'already-completed';
  }
  endDeployment(world, index, 'Stopped');
  return 'stopping';
}

export function endDeployment(
  world: World,
  index: number,
  status: 'Succeeded' | 'Failed' | 'Stopped',
): void {
  const { phase, rollbackOf } = world.deployments[index] ?? {};
  const rolledBack = status !== 'Succeeded' && phase !== 'created' && rollbackOf === undefined;
  replace(world.deployments, index, {
    phase: 'ended',
    status,
    ...(rolledBack && { linkDue: true as const }),
  });
  wake(world, { kind: 'deployment', deployment: index });
}

const answerers: Readonly<Record<string, Answerer>> = {
  'deployments.get': (world, [id]) => facts.deploymentOf(world, facts.deploymentIndex(id)),
  'deployments.group': () => ({
    targetGroupNames: ['shop-blue', 'shop-green'],
    productionListenerArn: 'arn:listener/production',
    testListenerArn: 'arn:listener/test',
    alarmNames: [],
  }),
  'deployments.target': (world, [id]) => {
    const one = world.deployments[facts.deploymentIndex(id)];
    return one && facts.targetOf(one);
  },
  'deployments.list': (world) =>
    world.deployments.map((_, index) => facts.deploymentOf(world, index)).reverse(),
  'deployments.stop': (world, [id]) => stopDeployment(world, facts.deploymentIndex(id)),
  'deployments.endRetention': () => 'not-waiting',
  'services.describeService': (world) => facts.ecsServiceOf(world),
  'services.listRunningTasks': (world) => facts.tasksOf(world),
  'images.listTaggedImages': (world, _, { scenario }) =>
    facts.imagesOf(world, scenario).filter(({ tags }) => tags.length > 0),
  'images.findImage': (world, [, reference], { scenario }) => {
    const { tag, digest } = reference as unknown as { tag?: string; digest?: string };
    return facts
      .imagesOf(world, scenario)
      .find((image) => image.digest === digest || image.tags.includes(tag ?? ''));
  },
  'images.readManifest': (_, [, digest]) => ({
    kind: 'image',
    digest,
    platform: { os: 'linux', architecture: 'amd64' },
  }),
  'taskDefinitions.describe': (world, [arn]) => {
    const revision = Number(String(arn).split(':').at(-1)) - 1;
    return { arn, document: taskDefinition(world.revisions[revision] ?? 0), tags: [] };
  },
  'taskDefinitions.listActiveRevisions': ({ revisions }) =>
    revisions.map((_, revision) => facts.revisionArn(revision)).reverse(),
  'taskDefinitions.register': (world, [document]) => {
    const { containerDefinitions } = document as unknown as ReturnType<typeof taskDefinition>;
    const image = Number.parseInt(containerDefinitions[0]?.image.at(-1) ?? '', 16);
    world.revisions.push(image);
    return facts.revisionArn(world.revisions.length - 1);
  },
  'loadBalancing.listener': (world, [arn]) =>
    facts.listenerOf(world, String(arn).endsWith('test') ? 'test' : 'production'),
  'loadBalancing.forwardings': (world, [arn]) =>
    facts.listenerOf(world, String(arn).endsWith('test') ? 'test' : 'production').forwardings,
  'loadBalancing.targetGroups': () =>
    facts.groupArns.map((arn) => ({ arn, name: String(arn.split('/')[1]) })),
  'probe.send': () => ({ kind: 'response', status: 200, headers: {}, body: '' }),
  'records.read': ({ records }, [key]) => documentOf(records[key]),
  'records.write': (world, [key, document], model) => {
    noteRecord(world, documentOf(world.records[key]), document, model);
    world.records[key] = intern(document);
  },
  'records.readVersion': ({ records }, [key]) => {
    const version = records[key];
    return version === undefined
      ? undefined
      : { document: documentOf(version), version: String(version) };
  },
  'records.writeUnlessChanged': (world, [key, document, version], model) => {
    const known = world.records[key];
    if (version !== (known === undefined ? undefined : String(known))) return 'changed';
    noteRecord(world, documentOf(known), document, model);
    world.records[key] = intern(document);
    return 'written';
  },
  'notifier.publish': () => undefined,
  'records.list': ({ records }, [prefix]) =>
    Object.keys(records).filter((key) => key.startsWith(prefix)),
  'line.stopped': () => undefined,
  'workflow.startExecution': (world, [start]) => {
    const { name, input } = start as unknown as { name: string; input: unknown };
    return startExecution(world, name, input);
  },
  'workflow.sendTaskSuccess': (world, [token, output]) => answerToken(world, token, { output }),
  'workflow.sendTaskFailure': (world, [token, said]) => {
    const failure = said as unknown as { error: string; cause: string };
    return answerToken(world, token, { failure });
  },
  'executions.workflowSinceMs': () => nowMs - 48 * 3_600_000,
  'executions.list': ({ executions }) =>
    executions
      .map(({ name, status }, index) => ({
        executionArn: facts.executionArn(name),
        executionName: name,
        status,
        startedAtMs: startedAtMs(index),
      }))
      .reverse(),
  'executions.describe': ({ executions }, [arn]) => {
    const index = executions.findIndex(({ name }) => facts.executionArn(name) === arn);
    const found = executions[index];
    return {
      executionArn: arn,
      executionName: found?.name,
      status: found?.status,
      startedAtMs: startedAtMs(index),
      redriveCount: found?.redriveCount,
      input: found?.input,
      error: found?.error,
      cause: found?.cause,
    };
  },
};
