import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Repository, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import { Construct } from 'constructs';
import type { GreengateRepositoryProps } from './props.ts';

/**
 * Where releases are pushed to: scanned on push, tags immutable, kept when the stack goes.
 *
 * Its lifecycle policy has one rule, which selects images without a tag by age; so it can never delete a release:
 * - Greengate ignores pushes without a tag (design D2), so what it deploys has one, and an image with a tag is not
 *   selected whatever its age or number (ECR guide, "Lifecycle policy properties", tagStatus).
 * - An immutable tag cannot be moved to another image, so no push takes a release's tag away. With movable tags one
 *   would: such a repository gets no rule at all.
 * - The images of an index have no tags, but the index has, and ECR does not expire them while it is there (observed
 *   with a preview of real policies in DefangLabs/pulumi-defang #466).
 *
 * Outside that: a person who deletes a tag, or releases by hand an image that never had one.
 */
export class GreengateRepository extends Construct {
  readonly repository: Repository;
  readonly repositoryName: string;

  constructor(scope: Construct, id: string, props: GreengateRepositoryProps) {
    super(scope, id);
    const { repositoryName, mutableTags = false, expireUntaggedAfterDays = 30 } = props;
    if (!Number.isInteger(expireUntaggedAfterDays) || expireUntaggedAfterDays < 1) {
      throw new Error(
        `GreengateRepository needs expireUntaggedAfterDays of 1 or more, got ${expireUntaggedAfterDays}`,
      );
    }
    this.repositoryName = repositoryName;
    this.repository = new Repository(this, 'Repository', {
      repositoryName,
      imageScanOnPush: true,
      imageTagMutability: mutableTags ? TagMutability.MUTABLE : TagMutability.IMMUTABLE,
      lifecycleRules: mutableTags
        ? []
        : [
            {
              description: 'Expire what never became a release: images without a tag',
              tagStatus: TagStatus.UNTAGGED,
              maxImageAge: Duration.days(expireUntaggedAfterDays),
            },
          ],
      // What runs elsewhere, or will be rolled back to, must outlive this stack.
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
