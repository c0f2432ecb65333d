import type { CloudWatchService } from '../core/services.ts';
import type { RequestOutcome } from './listener-front.ts';

const namespace = 'AWS/ApplicationELB';

/** The metrics of one finished request, per load balancer and per load balancer and target group. */
export function putRequestMetrics(cloudwatch: CloudWatchService, outcome: RequestOutcome): void {
  const { request, listener, targetGroup, answeredByTarget } = outcome;
  const LoadBalancer = listener.loadBalancer.fullName;
  const put = (
    name: string,
    value: number,
    dimensions: Readonly<Record<string, string>> = { LoadBalancer },
  ) => cloudwatch.putMetric({ namespace, name, dimensions, value });
  const putForGroup = (name: string, value: number) => {
    put(name, value);
    if (targetGroup) put(name, value, { LoadBalancer, TargetGroup: targetGroup.fullName });
  };
  const family = `${Math.floor(request.status / 100)}XX`;
  if (answeredByTarget) {
    putForGroup('RequestCount', 1);
    putForGroup(`HTTPCode_Target_${family}_Count`, 1);
    putForGroup('TargetResponseTime', request.durationMs / 1_000);
    return;
  }
  put('RequestCount', 1);
  put(`HTTPCode_ELB_${family}_Count`, 1);
  if (request.status >= 500) put(`HTTPCode_ELB_${request.status}_Count`, 1);
  if (targetGroup && request.status === 502) putForGroup('TargetConnectionErrorCount', 1);
}
