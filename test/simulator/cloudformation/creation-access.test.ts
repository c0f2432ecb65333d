import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenarios } from './creation-scenarios.ts';
import { account, allow, type Deployer, deployerFixture, failure } from './deployer.ts';
import type { Scenario } from './scenario-parts.ts';

let aws: Deployer;
let found: Record<string, Scenario>;
let stacks = 0;
beforeAll(async () => {
  aws = await deployerFixture();
  const { ec2 } = aws.simulator.models;
  const subnets = ec2.all('subnet').map(({ id }) => id);
  found = scenarios(subnets.slice(0, 2), ec2.defaultVpc()?.id ?? '');
});
afterAll(() => aws.stop());

/** What there is of EC2, IAM, S3, SNS and others. */
function present(): string[] {
  const { ec2, iam, s3, sns, ecr, logs, elbv2 } = aws.simulator.models;
  const kinds = ['vpc', 'subnet', 'security group', 'NAT gateway', 'elastic IP'] as const;
  return [
    ...kinds.flatMap((kind) => ec2.all(kind).map(({ id }) => id)),
    ...iam.managedPolicies().map(({ arn }) => arn),
    ...s3.buckets().map(({ name }) => name),
    ...sns.topics().map(({ arn }) => arn),
    ...ecr.repositories.list().map(({ address }) => address.name),
    ...logs.groups().map(({ name }) => name),
    ...elbv2.loadBalancers.all().map(({ arn }) => arn),
  ];
}

const scenarioOf = (name: string): Scenario => {
  const scenario = found[name];
  if (!scenario) throw new Error(`No scenario ${name}`);
  return scenario;
};

// Names and actions; the ids of the default VPC are not known yet.
const described = Object.entries(scenarios([], ''));
const spoken = (action: string) =>
  action.startsWith('sqs:') ? action.toLowerCase() : action.replace(/^sns:/, 'SNS:');

describe('a stack whose caller lacks one action', () => {
  const cases = described.flatMap(([name, { needs }]) => needs.map((one) => [name, one] as const));

  it.each(cases)('%s: %s is refused and rolled back', async (name, lacking) => {
    const { resources, needs, cleanup, refusedOn } = scenarioOf(name);
    const stackName = `stack${++stacks}`;
    const before = present();
    await aws.permit(stackName, allow([...needs.filter((one) => one !== lacking), ...cleanup]));
    const stack = await aws.create(stackName, resources);
    const reason = failure(stack);
    expect(reason).toContain(
      `User: arn:aws:iam::${account}:user/ann is not authorized to perform: ${spoken(lacking)} on resource: `,
    );
    expect(reason).toContain(refusedOn[lacking] ?? '');
    expect(reason).toContain(
      `because no identity-based policy allows the ${spoken(lacking)} action`,
    );
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(present()).toEqual(before);
  });
});

describe('a stack whose caller has just what it needs', () => {
  it.each(described.map(([name]) => name))('%s is made and taken away', async (name) => {
    const { resources, needs, cleanup } = scenarioOf(name);
    const stackName = `stack${++stacks}`;
    const before = present();
    await aws.permit(stackName, allow([...needs, ...cleanup]));
    const stack = await aws.create(stackName, resources);
    expect([stack.status, failure(stack)]).toEqual(['CREATE_COMPLETE', undefined]);
    const gone = await aws.remove(stackName);
    expect([gone.status, failure(gone)]).toEqual(['DELETE_COMPLETE', undefined]);
    expect(present()).toEqual(before);
  });
});
