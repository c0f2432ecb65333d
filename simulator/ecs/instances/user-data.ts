/** Names of the cluster that an instance's agent joins: ECS_CLUSTER in its configuration (developer guide). */
export function clusterOfUserData(userData: unknown): string | undefined {
  if (typeof userData !== 'string') return undefined;
  const script = /[^A-Za-z0-9+/=\s]/.test(userData)
    ? userData
    : Buffer.from(userData, 'base64').toString('utf8');
  return /ECS_CLUSTER=["']?([\w-]+)/.exec(script)?.[1];
}
