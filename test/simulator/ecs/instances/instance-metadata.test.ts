import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../../simulator/simulator.ts';

let simulator: Simulator;
let directory: string;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-metadata-'));
  simulator = await createSimulator();
});
afterEach(async () => {
  await simulator.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** The group stands before the cluster that only the metadata names. */
const template = (script: string) => ({
  Resources: {
    Group: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: {
        LaunchConfigurationName: { Ref: 'Instances' },
        MinSize: 1,
        MaxSize: 2,
        DesiredCapacity: 2,
      },
    },
    Instances: {
      Type: 'AWS::AutoScaling::LaunchConfiguration',
      Metadata: {
        'AWS::CloudFormation::Init': {
          config: {
            commands: {
              '01_join': {
                command: { 'Fn::Sub': 'echo ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config' },
              },
            },
          },
        },
      },
      Properties: {
        ImageId: 'ami-1',
        InstanceType: 'm5.large',
        UserData: { 'Fn::Base64': script },
      },
    },
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'shop' } },
  },
});

async function instancesAfter(script: string): Promise<number> {
  const file = join(directory, 'Cluster.json');
  writeFileSync(file, JSON.stringify(template(script)));
  await simulator.deployTemplate(file);
  const { clusters, placements } = simulator.models.ecs;
  return placements.instances.ofCluster(clusters.get('shop')).length;
}

it('instances join the cluster that cfn-init finds in the metadata', async () => {
  expect(await instancesAfter('#!/bin/bash\n/opt/aws/bin/cfn-init -v --resource Instances')).toBe(
    2,
  );
});

it('nobody reads the metadata of instances without cfn-init', async () => {
  expect(await instancesAfter('#!/bin/bash\nyum update -y')).toBe(0);
});
