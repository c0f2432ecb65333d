import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientOptions } from '../../../cli/rehearsal/client-options.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

let directory: string;
let simulator: Simulator;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-update-'));
  simulator = await createSimulator({ seed: 5 });
});
afterEach(async () => {
  await simulator.stop();
  rmSync(directory, { recursive: true, force: true });
});

const statement = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});
const definition = (Comment: string) =>
  JSON.stringify({ Comment, StartAt: 'End', States: { End: { Type: 'Succeed' } } });

/** What the types below need; none of it changes. */
const surroundings = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: trust('states.amazonaws.com') },
  },
  OtherRole: {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: trust('ec2.amazonaws.com') },
  },
  LogGroup: { Type: 'AWS::Logs::LogGroup' },
  Team: { Type: 'AWS::IAM::Group' },
  OtherTeam: { Type: 'AWS::IAM::Group' },
  Person: { Type: 'AWS::IAM::User' },
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'Shop',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    },
  },
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, DefinitionString: definition('one') },
  },
  OtherMachine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, DefinitionString: definition('two') },
  },
  FirstVersion: {
    Type: 'AWS::StepFunctions::StateMachineVersion',
    Properties: { StateMachineArn: { Ref: 'Machine' } },
  },
};

const alarmRule = { 'Fn::Sub': 'ALARM("${Alarm}")' };
const metricFilter = {
  LogGroupName: { Ref: 'LogGroup' },
  FilterPattern: 'ERROR',
  MetricTransformations: [{ MetricName: 'Errors', MetricNamespace: 'Shop', MetricValue: '1' }],
};
const logsPolicy = {
  PolicyName: 'events',
  PolicyDocument: JSON.stringify(statement('logs:CreateLogStream')),
};
const user = { UserName: 'anna', Groups: [{ Ref: 'Team' }] };
const machine = { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, DefinitionString: definition('one') };
const version = { StateMachineArn: { Ref: 'Machine' } };
const alias = (arn: string) => ({
  Name: 'live',
  RoutingConfiguration: [{ StateMachineVersionArn: { Ref: arn }, Weight: 100 }],
});
const permission = { EventBusName: { Ref: 'Bus' }, StatementId: 'partner' };

type Row = [type: string, before: object, change: object, outcome: 'updated' | 'replaced'];

/** "Update requires" in the template reference of each property. */
const rows: Row[] = [
  [
    'AWS::CloudWatch::CompositeAlarm',
    { AlarmRule: alarmRule },
    { AlarmDescription: 'all' },
    'updated',
  ],
  ['AWS::CloudWatch::CompositeAlarm', { AlarmRule: alarmRule }, { AlarmName: 'all' }, 'replaced'],
  [
    'AWS::CloudWatch::Dashboard',
    { DashboardBody: '{"widgets":[]}' },
    { DashboardBody: '{"start":"-PT1H","widgets":[]}' },
    'updated',
  ],
  [
    'AWS::CloudWatch::Dashboard',
    { DashboardBody: '{"widgets":[]}' },
    { DashboardName: 'shop' },
    'replaced',
  ],
  ['AWS::Logs::MetricFilter', metricFilter, { FilterPattern: 'WARN' }, 'updated'],
  ['AWS::Logs::MetricFilter', metricFilter, { FilterName: 'errors' }, 'replaced'],
  [
    'AWS::Logs::ResourcePolicy',
    logsPolicy,
    { PolicyDocument: JSON.stringify(statement('logs:PutLogEvents')) },
    'updated',
  ],
  ['AWS::Logs::ResourcePolicy', logsPolicy, { PolicyName: 'route53' }, 'replaced'],
  [
    'AWS::Logs::LogStream',
    { LogGroupName: { Ref: 'LogGroup' } },
    { LogStreamName: 'web' },
    'replaced',
  ],
  [
    'AWS::IAM::User',
    user,
    {
      Groups: [{ Ref: 'OtherTeam' }],
      Policies: [{ PolicyName: 'read', PolicyDocument: statement('s3:GetObject') }],
    },
    'updated',
  ],
  ['AWS::IAM::User', user, { UserName: 'berta' }, 'replaced'],
  [
    'AWS::IAM::Group',
    {},
    { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
    'updated',
  ],
  ['AWS::IAM::Group', {}, { Path: '/teams/' }, 'replaced'],
  [
    'AWS::IAM::UserToGroupAddition',
    { GroupName: { Ref: 'Team' }, Users: [{ Ref: 'Person' }] },
    { GroupName: { Ref: 'OtherTeam' } },
    'updated',
  ],
  ['AWS::IAM::AccessKey', { UserName: { Ref: 'Person' } }, { Status: 'Inactive' }, 'updated'],
  ['AWS::IAM::AccessKey', { UserName: { Ref: 'Person' } }, { Serial: 1 }, 'replaced'],
  [
    'AWS::IAM::InstanceProfile',
    { Roles: [{ Ref: 'Role' }] },
    { Roles: [{ Ref: 'OtherRole' }] },
    'updated',
  ],
  ['AWS::IAM::InstanceProfile', { Roles: [{ Ref: 'Role' }] }, { Path: '/web/' }, 'replaced'],
  [
    'AWS::IAM::OIDCProvider',
    { Url: 'https://token.example.com', ClientIdList: ['sts.amazonaws.com'] },
    { ClientIdList: ['deploy'], ThumbprintList: ['a'.repeat(40)] },
    'updated',
  ],
  [
    'AWS::IAM::OIDCProvider',
    { Url: 'https://token.example.com', ClientIdList: ['sts.amazonaws.com'] },
    { Url: 'https://other.example.com' },
    'replaced',
  ],
  [
    'AWS::IAM::Policy',
    { PolicyName: 'read', PolicyDocument: statement('s3:GetObject'), Users: [{ Ref: 'Person' }] },
    { Groups: [{ Ref: 'Team' }], Users: [] },
    'updated',
  ],
  ['AWS::Events::EventBus', { Name: 'payments' }, { Description: 'what was paid' }, 'updated'],
  ['AWS::Events::EventBus', { Name: 'payments' }, { Name: 'refunds' }, 'replaced'],
  [
    'AWS::Events::EventBusPolicy',
    { ...permission, Action: 'events:PutEvents', Principal: '111122223333' },
    { Principal: '444455556666' },
    'updated',
  ],
  [
    'AWS::Events::EventBusPolicy',
    {
      ...permission,
      Statement: {
        Effect: 'Allow',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: { 'Fn::GetAtt': ['Bus', 'Arn'] },
      },
    },
    { StatementId: 'everybody' },
    'replaced',
  ],
  [
    'AWS::StepFunctions::Activity',
    { Name: 'approve' },
    { Tags: [{ Key: 'team', Value: 'web' }] },
    'updated',
  ],
  ['AWS::StepFunctions::Activity', { Name: 'approve' }, { Name: 'sign' }, 'replaced'],
  ['AWS::StepFunctions::StateMachine', machine, { DefinitionString: definition('two') }, 'updated'],
  ['AWS::StepFunctions::StateMachine', machine, { StateMachineType: 'EXPRESS' }, 'replaced'],
  [
    'AWS::StepFunctions::StateMachineVersion',
    version,
    { StateMachineArn: { Ref: 'OtherMachine' } },
    'replaced',
  ],
  [
    'AWS::StepFunctions::StateMachineAlias',
    alias('FirstVersion'),
    { Description: 'for all' },
    'updated',
  ],
  ['AWS::StepFunctions::StateMachineAlias', alias('FirstVersion'), { Name: 'next' }, 'replaced'],
];

async function deploy(Type: string, Properties: object) {
  const file = join(directory, 'shop.json');
  const Resources = { ...surroundings, Subject: { Type, Properties } };
  writeFileSync(file, JSON.stringify({ Resources }));
  await simulator.deployTemplate(file);
  return stack()?.resources.get('Subject')?.physicalId;
}

const stack = () => simulator.models.cloudformation.find('shop');

const cases = rows.map(([type, before, change, outcome]) => ({
  type,
  before,
  change,
  outcome,
  names: Object.keys(change).join(' and '),
}));

it.each(cases)('$type with another $names is $outcome, and can be deleted', async (row) => {
  const { type, before, change, outcome } = row;
  const first = await deploy(type, before);
  const second = await deploy(type, { ...before, ...change });
  expect(second === first ? 'updated' : 'replaced').toBe(outcome);
  const { stackId, events = [] } = stack() ?? {};
  const deleted = events.some(
    ({ logicalId, status }) => logicalId === 'Subject' && status === 'DELETE_COMPLETE',
  );
  expect(deleted).toBe(outcome === 'replaced');

  const client = new CloudFormationClient(clientOptions(simulator));
  await client.send(new DeleteStackCommand({ StackName: 'shop' }));
  client.destroy();
  const gone = simulator.models.cloudformation.find(stackId ?? '');
  await gone?.running;
  const failures = gone?.events.filter(({ status }) => status.endsWith('FAILED'));
  expect([gone?.status, failures?.map(({ reason }) => reason)]).toEqual(['DELETE_COMPLETE', []]);
});
