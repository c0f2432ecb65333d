import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { clientOptions } from '../../cli/rehearsal/client-options.ts';
import type { Simulator } from '../../simulator/simulator.ts';

/** What the judge sees AWS with: not Greengate's adapters, whose mistakes it would share. */
export interface AwsClients {
  readonly codeDeploy: CodeDeployClient;
  readonly ecs: ECSClient;
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly s3: S3Client;
  readonly states: SFNClient;
}

export function awsClients(simulator: Simulator): AwsClients {
  const options = clientOptions(simulator);
  return {
    codeDeploy: new CodeDeployClient(options),
    ecs: new ECSClient(options),
    elbv2: new ElasticLoadBalancingV2Client(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    states: new SFNClient(options),
  };
}
