const clusterSetting = /ECS_CLUSTER=["']?([\w-]+)/;

/**
 * Names the cluster that an instance's agent joins: ECS_CLUSTER in its configuration (developer guide), written by
 * its user data, or by cfn-init from the metadata that it finds there (user guide, AWS::CloudFormation::Init).
 */
export function clusterOfUserData(userData: unknown, metadata?: unknown): string | undefined {
  if (typeof userData !== 'string') return undefined;
  const script = /[^A-Za-z0-9+/=\s]/.test(userData)
    ? userData
    : Buffer.from(userData, 'base64').toString('utf8');
  const own = clusterSetting.exec(script)?.[1];
  if (own !== undefined || !script.includes('cfn-init')) return own;
  return clusterSetting.exec(JSON.stringify(metadata ?? {}))?.[1];
}
