import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { OidcProviderNative, type Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ciPermissions } from '../permissions/ci-permissions.ts';
import { permittedRole } from '../permissions/permitted-role.ts';

export interface GitHubDeployRoleProps {
  /** `owner/name` on github.com. */
  readonly repository: string;
  /** Default `['main']`; a push to no other branch, tag or pull request may assume the role. */
  readonly branches?: readonly string[];
  /** Names of the ECR repositories that it may push to. */
  readonly imageRepositories: readonly string[];
  /** Output RecordsBucketName of the controller stack; without it the wait shows no checks. */
  readonly recordsBucketName?: string;
  /** Default: CloudFormation makes one up. */
  readonly roleName?: string;
  /** Default true; false where the account has the provider already, as it can be there only once. */
  readonly createProvider?: boolean;
}

const issuer = 'token.actions.githubusercontent.com';

/**
 * A role that GitHub Actions assumes without stored keys: from these branches of this repository only, to push images
 * and to watch what becomes of them (GitHub docs, "Configuring OpenID Connect in Amazon Web Services").
 */
export class GitHubDeployRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: GitHubDeployRoleProps) {
    super(scope, id);
    const { repository, branches = ['main'], createProvider = true } = props;
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
      throw new Error(`GitHubDeployRole needs a repository such as acme/shop, got "${repository}"`);
    }
    const wild = branches.find((branch) => branch === '' || /[*?]/.test(branch));
    if (wild !== undefined || branches.length === 0) {
      throw new Error(`GitHubDeployRole needs whole names of branches, got "${wild ?? ''}"`);
    }
    const providerArn = createProvider
      ? new OidcProviderNative(this, 'Provider', {
          url: `https://${issuer}`,
          clientIds: ['sts.amazonaws.com'],
        }).oidcProviderArn
      : Stack.of(this).formatArn({
          service: 'iam',
          region: '',
          resource: 'oidc-provider',
          resourceName: issuer,
          arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
        });
    const subjects = branches.map((branch) => `repo:${repository}:ref:refs/heads/${branch}`);
    this.role = permittedRole(this, 'Role', {
      assumedBy: new WebIdentityPrincipal(providerArn, {
        // Without the audience any GitHub token would do; without the subject any repository.
        StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: subjects },
      }),
      description: `Pushes images and watches their releases from ${repository}`,
      permissions: ciPermissions(Stack.of(this), props),
      // A wait may outlast the hour that a session has by default.
      maxSessionDuration: Duration.hours(4),
      ...(props.roleName && { roleName: props.roleName }),
    });
  }
}
