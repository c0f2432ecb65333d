import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CodeDeployClient, UpdateDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import {
  CreateRuleCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import type { DriftRecord } from '../../functions/core/drift/drift-record.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { ungrantedCalls } from './granted-actions.ts';

const limitMs = 240_000;
const sweepsMs = 11 * 60_000;
let sample: OpenSample;
let balancing: ElasticLoadBalancingV2Client;

beforeAll(async () => {
  sample = await openSample();
  balancing = new ElasticLoadBalancingV2Client(clientOptions(sample.simulator));
}, limitMs);

afterAll(() => sample?.stop());

const later = (ms = sweepsMs) => sample.simulator.world.clock.sleep(ms);

function driftRecord(): DriftRecord | undefined {
  const outputs = sample.simulator.models.cloudformation.find('GreengateController')?.outputs ?? [];
  const name = String(outputs.find(({ key }) => key === 'RecordsBucketName')?.value);
  const object = sample.simulator.models.s3.bucket(name).get('drift/shop.json');
  return object && JSON.parse(Buffer.from(object.body).toString());
}

async function listener(port: number): Promise<Listener> {
  const { LoadBalancers = [] } = await balancing.send(new DescribeLoadBalancersCommand({}));
  const { LoadBalancerArn } = LoadBalancers[0] ?? {};
  const { Listeners = [] } = await balancing.send(
    new DescribeListenersCommand({ LoadBalancerArn }),
  );
  const found = Listeners.find(({ Port }) => Port === port);
  if (found === undefined) throw new Error(`No listener on port ${port}`);
  return found;
}

async function alarmState(): Promise<string | undefined> {
  const cloudWatch = new CloudWatchClient(clientOptions(sample.simulator));
  const { MetricAlarms = [] } = await cloudWatch.send(
    new DescribeAlarmsCommand({ AlarmNames: ['greengate-drift'] }),
  );
  return MetricAlarms[0]?.StateValue;
}

describe('drift of a service at rest', { timeout: limitMs }, () => {
  it('is none, neither before nor after a release, nor while one goes on', async () => {
    await later();
    const { outcome } = await sample.release('v2');
    await later(2 * sweepsMs);

    expect(outcome).toBe('deployed');
    expect(driftRecord()).toMatchObject({ findings: [] });
    expect(driftRecord()).not.toHaveProperty('clearedAt');
    await expect(alarmState()).resolves.toBe('OK');
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });

  it('is on record and rings until it is put back', async () => {
    const production = await listener(80);
    const { DefaultActions, ListenerArn } = production;
    const [{ ForwardConfig } = {}] = DefaultActions ?? [];
    const TargetGroups = (ForwardConfig?.TargetGroups ?? []).map((group, index) => ({
      ...group,
      Weight: index === 0 ? 60 : 40,
    }));
    await balancing.send(
      new ModifyListenerCommand({
        ListenerArn,
        DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
      }),
    );
    await balancing.send(
      new CreateRuleCommand({
        ListenerArn,
        Priority: 7,
        Conditions: [{ Field: 'path-pattern', Values: ['/internal/*'] }],
        Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      }),
    );
    const deploy = new CodeDeployClient(clientOptions(sample.simulator));
    const names = { applicationName: 'shop', currentDeploymentGroupName: 'shop' };
    await deploy.send(
      new UpdateDeploymentGroupCommand({
        ...names,
        alarmConfiguration: { enabled: false, alarms: [{ name: 'shop-5xx' }] },
      }),
    );
    await later();

    expect(driftRecord()?.findings.map(({ check }) => check)).toEqual([
      'listeners-on-primary',
      'rules-unchanged',
      'rollback-alarms',
    ]);
    expect(driftRecord()?.findings[1]?.observed).toContain('/internal/*');
    // CloudWatch goes by the last whole quarter of an hour.
    await later(2 * sweepsMs);
    await expect(alarmState()).resolves.toBe('ALARM');

    await balancing.send(new ModifyListenerCommand({ ListenerArn, DefaultActions }));
    await deploy.send(
      new UpdateDeploymentGroupCommand({
        ...names,
        alarmConfiguration: { enabled: true, alarms: [{ name: 'shop-5xx' }] },
      }),
    );
    await later();

    expect(driftRecord()?.findings.map(({ check }) => check)).toEqual(['rules-unchanged']);
    // A release takes the rules as it finds them.
    expect((await sample.release('v3', { VERSION: 'v3' })).outcome).toBe('deployed');
    await later(3 * sweepsMs);
    expect(driftRecord()).toMatchObject({ findings: [], clearedAt: expect.any(String) });
    await expect(alarmState()).resolves.toBe('OK');
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });
});
