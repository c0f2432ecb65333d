import type { Invocation } from '../../../simulator/core/services.ts';
import { EventsModel } from '../../../simulator/events/model.ts';
import { eventsResources } from '../../../simulator/events/resources.ts';
import { eventually } from '../../support/eventually.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';

export const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:receive';
export const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:dead';
export const ruleArn = 'arn:aws:events:eu-west-1:111122223333:rule/pushes';

export interface EventsFixture {
  readonly world: TestWorld;
  readonly model: EventsModel;
  readonly invocations: Invocation[];
  /** What queues, topics and state machines got. */
  readonly queued: { queueArn: string; body: unknown; attributes: unknown }[];
  /** What the function does; the default accepts. */
  answer: () => void;
  /** Creates the rule `pushes` from template properties. */
  rule(properties?: Record<string, unknown>): Promise<void>;
  push(): string;
  outcomes(): string[];
  /** Resolves once so many deliveries have ended. */
  delivered(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** An event bus over recorded targets, on the virtual clock. */
export function createEventsFixture(): EventsFixture {
  const invocations: Invocation[] = [];
  const queued: EventsFixture['queued'] = [];
  const world = createTestWorld({
    services: {
      lambda: {
        invoke: async (invocation) => {
          invocations.push(invocation);
          fixture.answer();
          return { statusCode: 202, requestId: 'r' };
        },
      },
      sqs: {
        send: (arn, body, attributes) => {
          queued.push({ queueArn: arn, body: JSON.parse(body), attributes });
          return 'm';
        },
      },
      sns: {
        publish: (arn, { message }) => {
          queued.push({ queueArn: arn, body: JSON.parse(message), attributes: undefined });
          return 'm';
        },
      },
      states: {
        startExecution: ({ stateMachineArn, name, input }) => {
          queued.push({ queueArn: stateMachineArn, body: input, attributes: name });
          return { executionArn: 'e' };
        },
      },
    },
  });
  const model = new EventsModel(world);
  const outcomes = () => world.journal.of('event.delivered').map((entry) => entry.outcome);
  const fixture: EventsFixture = {
    world,
    model,
    invocations,
    queued,
    answer: () => {},
    rule: async (properties = {}) => {
      const provider = eventsResources(model, world)['AWS::Events::Rule'];
      const parsed = provider?.properties.parse({
        Name: 'pushes',
        EventPattern: { source: ['aws.ecr'] },
        Targets: [{ Id: 'receive', Arn: functionArn }],
        ...properties,
      });
      const generatedName = () => 'generated';
      await provider?.create(parsed as never, {
        world,
        stackName: 'S',
        logicalId: 'L',
        generatedName,
      });
    },
    push: () =>
      model.publish({
        source: 'aws.ecr',
        detailType: 'ECR Image Action',
        resources: [],
        detail: { 'image-tag': 'v1' },
      }),
    outcomes,
    delivered: (count) =>
      eventually(() => {
        if (outcomes().length !== count) throw new Error(`${outcomes().length} of ${count} ended`);
      }),
    stop: async () => {
      await model.stop();
      world.clock.stop();
    },
  };
  return fixture;
}
