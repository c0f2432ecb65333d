/** The sample service, rolled out by ECS and told apart by a header. */
export const rollingTarget = {
  strategy: 'ecs-rolling',
  cluster: 'greengate-sample',
  service: 'shop',
  container: 'app',
  circuitBreaker: true,
  releaseHeader: 'x-release',
  bakeMinutes: 2,
} as const;
