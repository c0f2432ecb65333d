import type { World } from '../core/world.ts';
import { repositoryArn } from './describe-repository.ts';
import type { Repository, StoredImage } from './repository.ts';
import { type ImageScanState, severityCounts } from './scan-result.ts';

/** `ECR Image Scan` for a basic scan, `Inspector2 Scan` for an enhanced one (aws-facts 1.3). */
export function publishScanEvent(
  world: World,
  repository: Repository,
  { digest }: StoredImage,
  { status, findings, enhanced }: ImageScanState,
): void {
  const { events } = world.services;
  const name = repository.address.name;
  const arn = repositoryArn(world, name);
  const counts = severityCounts(findings);
  const shared = { 'image-digest': digest, 'image-tags': repository.tagsOf(digest) };
  if (!enhanced) {
    events.publish({
      source: 'aws.ecr',
      detailType: 'ECR Image Scan',
      resources: [arn],
      detail: {
        'scan-status': status,
        'repository-name': name,
        'finding-severity-counts': counts,
        ...shared,
      },
    });
    return;
  }
  // Inspector tells only of scans that ended well.
  if (status !== 'ACTIVE' && status !== 'COMPLETE') return;
  events.publish({
    source: 'aws.inspector2',
    detailType: 'Inspector2 Scan',
    resources: [`${arn}/${digest}`],
    detail: {
      'scan-status': 'INITIAL_SCAN_COMPLETE',
      'repository-name': arn,
      'finding-severity-counts': { ...counts, TOTAL: findings.length },
      ...shared,
    },
  });
}
