import {
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { PutUserPolicyCommand } from '@aws-sdk/client-iam';
import type { Stack } from '../../../simulator/cloudformation/model.ts';
import { createSimulator } from '../../../simulator/simulator.ts';
import { deployingUser } from './deploying-user.ts';

export type Resources = Readonly<Record<string, object>>;
export type Statement = Readonly<Record<string, unknown>>;

export const account = '123456789012';
const Capabilities = ['CAPABILITY_NAMED_IAM' as const];

export const allow = (Action: string | readonly string[], more: object = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});

/** A simulator, its administrator, and Ann, who makes stacks and may only what the test allows. */
export async function deployerFixture() {
  const simulator = await createSimulator({ seed: 5 });
  const { iam, administrator, deployer: ann } = await deployingUser(simulator);
  const settled = async (name: string): Promise<Stack> => {
    const stack = simulator.models.cloudformation.find(name);
    if (!stack) throw new Error(`No stack ${name}`);
    await stack.running;
    return stack;
  };
  return {
    simulator,
    administrator,
    ann,
    settled,
    /** Allows nothing else but what concerns these stacks themselves. */
    async permit(stackName: string, ...statements: readonly Statement[]): Promise<void> {
      const own = `arn:aws:cloudformation:us-east-1:${account}:stack/${stackName}/*`;
      const Statement = [allow('cloudformation:*', { Resource: own }), ...statements];
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      const policy = { UserName: 'ann', PolicyName: 'own', PolicyDocument };
      await iam.send(new PutUserPolicyCommand(policy));
    },
    async create(StackName: string, Resources: Resources, by = ann): Promise<Stack> {
      const TemplateBody = JSON.stringify({ Resources });
      await by.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities }));
      return settled(StackName);
    },
    async update(StackName: string, Resources: Resources, by = ann): Promise<Stack> {
      const TemplateBody = JSON.stringify({ Resources });
      await by.send(new UpdateStackCommand({ StackName, TemplateBody, Capabilities }));
      return settled(StackName);
    },
    async remove(StackName: string, by = ann): Promise<Stack> {
      const { stackId } = await settled(StackName);
      await by.send(new DeleteStackCommand({ StackName }));
      return settled(stackId);
    },
    async stop(): Promise<void> {
      for (const client of [iam, administrator, ann]) client.destroy();
      await simulator.stop();
    },
  };
}

export type Deployer = Awaited<ReturnType<typeof deployerFixture>>;

/** Why a resource of the stack failed first. */
export function failure({ events, stackName }: Stack): string | undefined {
  return events.find(
    ({ status, logicalId }) => status.endsWith('_FAILED') && logicalId !== stackName,
  )?.reason;
}
