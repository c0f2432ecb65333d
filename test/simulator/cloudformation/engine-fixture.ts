import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudFormationModel } from '../../../simulator/cloudformation/model.ts';
import { StackEngine } from '../../../simulator/cloudformation/stack-engine.ts';
import { cloudFormationWire } from '../../../simulator/cloudformation/wire.ts';
import { simulatedAws } from '../wire/simulated-aws.ts';
import { testProviders } from './loading.ts';

/** CloudFormation over the wire with the two invented types; call `stop` at the end. */
export async function engineFixture() {
  const { providers, log, made } = testProviders();
  let model: CloudFormationModel | undefined;
  const aws = await simulatedAws((world) => {
    model = new CloudFormationModel(world);
    const ssmParameters = () => ({ '/size': '7' });
    return [cloudFormationWire(model, new StackEngine({ model, providers, ssmParameters }))];
  });
  const client = new CloudFormationClient(aws.client);
  return {
    client,
    log,
    made,
    world: aws.world,
    /** Resolves once the stack's running operation is over. */
    async settled(nameOrId: string): Promise<string | undefined> {
      await model?.find(nameOrId)?.running;
      return model?.find(nameOrId)?.status;
    },
    /** `LOGICALID STATUS` of all events, oldest first, with the reason where there is one. */
    async events(StackName: string): Promise<string[]> {
      const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
      return StackEvents.reverse().map(
        ({ LogicalResourceId, ResourceStatus, ResourceStatusReason: reason }) =>
          `${LogicalResourceId} ${ResourceStatus}${reason ? `: ${reason}` : ''}`,
      );
    },
    async stop() {
      client.destroy();
      await aws.stop();
    },
  };
}

export type EngineFixture = Awaited<ReturnType<typeof engineFixture>>;

/** Thing `Net` and thing `User`, which uses it. */
export function demoTemplate(net: object = {}, user: object = {}): string {
  return JSON.stringify({
    Resources: {
      User: {
        Type: 'Test::Other',
        Properties: { Uses: [{ Ref: 'Net' }], ...user },
      },
      Net: { Type: 'Test::Thing', Properties: net },
    },
  });
}

/** Creates stack `Demo` and waits until it has settled. */
export async function createDemo(
  aws: EngineFixture,
  TemplateBody = demoTemplate(),
  more: object = {},
) {
  const StackName = 'Demo';
  await aws.client.send(new CreateStackCommand({ StackName, TemplateBody, ...more }));
  return aws.settled(StackName);
}
