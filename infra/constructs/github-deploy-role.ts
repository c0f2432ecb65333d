import { ArnFormat, Duration, Stack, Token } from 'aws-cdk-lib';
import { OidcProviderNative, type Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { configSchema } from '../../functions/core/config/schema.ts';
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

const repositoryName = configSchema.shape.services.element.shape.image.shape.repository;

/** In a policy a wildcard would grant more than was meant, and a name that cannot be one grants nothing, silently. */
function refuseUnknownTargets({ imageRepositories, recordsBucketName }: GitHubDeployRoleProps) {
  const wrong = imageRepositories.find(
    (name) => !Token.isUnresolved(name) && !repositoryName.safeParse(name).success,
  );
  if (wrong !== undefined || imageRepositories.length === 0) {
    throw new Error(
      `GitHubDeployRole needs names of ECR repositories such as team/shop, without registry and wildcards, got "${wrong ?? ''}"`,
    );
  }
  if (recordsBucketName === undefined || Token.isUnresolved(recordsBucketName)) return;
  // S3 user guide, "General purpose bucket naming rules".
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(recordsBucketName)) {
    throw new Error(
      `GitHubDeployRole needs the name of the records bucket, output RecordsBucketName of GreengateController, got "${recordsBucketName}"`,
    );
  }
}

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
    const ref = branches.find((branch) => branch.startsWith('refs/'));
    if (ref !== undefined) {
      throw new Error(`GitHubDeployRole needs names of branches such as main, got "${ref}"`);
    }
    refuseUnknownTargets(props);
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
