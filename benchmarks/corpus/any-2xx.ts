import {
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { clientOptions } from '../../cli/rehearsal/client-options.ts';
import type { Simulator } from '../../simulator/simulator.ts';

/** Lets both target groups take any 2xx for healthy, as their owners would before they answer 204. */
export async function acceptAny2xx(simulator: Simulator): Promise<void> {
  const elbv2 = new ElasticLoadBalancingV2Client(clientOptions(simulator));
  const { TargetGroups = [] } = await elbv2.send(new DescribeTargetGroupsCommand({}));
  for (const { TargetGroupArn } of TargetGroups) {
    await elbv2.send(
      new ModifyTargetGroupCommand({ TargetGroupArn, Matcher: { HttpCode: '200-299' } }),
    );
  }
}
