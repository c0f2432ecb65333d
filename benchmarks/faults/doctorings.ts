import { DescribeTaskDefinitionCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Arena } from './arena.ts';
import type { InvariantName } from './judge.ts';
import { readRecord } from './observe-outcomes.ts';
import type { Reality } from './reality.ts';

/** A state that no release may leave behind, made on purpose: the judge that misses it is worth nothing. */
export interface Doctoring {
  readonly invariant: InvariantName;
  readonly sentence: RegExp;
  doctor(arena: Arena, reality: Reality): Promise<void>;
}

/** Each comes on top of those before it; all are for what a good release left. */
export const doctorings: readonly Doctoring[] = [
  {
    invariant: 'records tell the truth',
    sentence: /says rolled-back, but shop-\S+ ended as deployed/,
    doctor: async (arena, reality) => {
      const { key } = only(reality.outcomes);
      const record = await readRecord(arena, key);
      await putRecord(arena, key, { ...record, outcome: 'rolled-back' });
    },
  },
  {
    invariant: 'one outcome per push',
    sentence: /has 2 outcomes on record/,
    doctor: async (arena, reality) => {
      const record = await readRecord(arena, only(reality.outcomes).key);
      await putRecord(arena, `pushes/another/${arena.names.target.service}.json`, record);
    },
  },
  {
    invariant: 'one outcome per push',
    sentence: /has no outcome on record/,
    doctor: async (arena, reality) => {
      const keys = [
        only(reality.outcomes).key,
        `pushes/another/${arena.names.target.service}.json`,
      ];
      for (const Key of keys) {
        await arena.aws.s3.send(
          new DeleteObjectCommand({ Bucket: arena.names.recordsBucket, Key }),
        );
      }
    },
  },
  {
    invariant: 'one outcome per push',
    sentence: /was started 2 times/,
    doctor: async (arena, reality) => {
      const { stateMachineArn } = arena.names;
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${only(reality.executions).name}`;
      const { input } = await arena.aws.states.send(new DescribeExecutionCommand({ executionArn }));
      await arena.aws.states.send(
        new StartExecutionCommand({ stateMachineArn, input, name: 'once-more' }),
      );
      await arena.simulator.world.clock.sleep(60_000);
    },
  },
  {
    invariant: 'one notification per ending',
    sentence: /was told 2 times/,
    doctor: async ({ simulator }, reality) => {
      const [topic] = simulator.world.journal.of('notification.published');
      const message = only(reality.notifications);
      simulator.world.services.sns.publish(topic?.topicArn ?? '', { message });
    },
  },
  {
    invariant: 'few spare revisions',
    sentence: /^3 revisions of/,
    doctor: async ({ aws }, reality) => {
      const { arn } = only(reality.revisions);
      const { taskDefinition } = await aws.ecs.send(
        new DescribeTaskDefinitionCommand({ taskDefinition: arn }),
      );
      const { family, containerDefinitions, cpu, memory } = taskDefinition ?? {};
      const { networkMode, requiresCompatibilities, executionRoleArn } = taskDefinition ?? {};
      for (let count = 0; count < 2; count++) {
        await aws.ecs.send(
          new RegisterTaskDefinitionCommand({
            family,
            containerDefinitions,
            cpu,
            memory,
            networkMode,
            requiresCompatibilities,
            executionRoleArn,
          }),
        );
      }
    },
  },
  {
    invariant: 'no orphans',
    sentence: /^Task set of \S+ is ACTIVE, expected to be gone/,
    doctor: async ({ simulator, names }, reality) => {
      const { cluster, service } = names.target;
      const ecs = simulator.world.services.ecs;
      const [primary] = reality.taskSets;
      ecs.createTaskSet({
        cluster,
        service,
        taskDefinition: primary?.taskDefinitionArn ?? '',
        externalId: 'd-ORPHAN000',
        targetGroupArn: primary?.targetGroupArn ?? '',
        containerName: 'app',
        containerPort: 8080,
      });
      await simulator.world.clock.sleep(60_000);
    },
  },
  {
    invariant: 'listeners follow the primary',
    sentence: /^Port \d+ forwards to \S+, expected \S+ alone/,
    doctor: async ({ aws }, reality) => {
      const { TargetGroups = [] } = await aws.elbv2.send(new DescribeTargetGroupsCommand({}));
      const other = TargetGroups.find(
        ({ TargetGroupArn }) => TargetGroupArn !== reality.taskSets[0]?.targetGroupArn,
      );
      const { LoadBalancers } = await aws.elbv2.send(new DescribeLoadBalancersCommand({}));
      const { Listeners } = await aws.elbv2.send(
        new DescribeListenersCommand({ LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn }),
      );
      await aws.elbv2.send(
        new ModifyListenerCommand({
          ListenerArn: Listeners?.[0]?.ListenerArn,
          DefaultActions: [{ Type: 'forward', TargetGroupArn: other?.TargetGroupArn }],
        }),
      );
    },
  },
];

async function putRecord({ aws, names }: Arena, Key: string, record: object): Promise<void> {
  await aws.s3.send(
    new PutObjectCommand({ Bucket: names.recordsBucket, Key, Body: JSON.stringify(record) }),
  );
}

function only<T>(things: readonly T[]): T {
  const [thing] = things;
  if (thing === undefined) throw new Error('A good release leaves one of these, there is none');
  return thing;
}
