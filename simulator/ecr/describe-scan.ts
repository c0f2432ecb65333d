import type {
  DescribeImageScanFindingsRequest,
  DescribeImageScanFindingsResponse,
} from '@aws-sdk/client-ecr';
import type { World } from '../core/world.ts';
import { ecrErrors } from './ecr-errors.ts';
import { descriptionOf, type ImageScans } from './image-scans.ts';
import { pageOf } from './paging.ts';
import { requireImage } from './read-images.ts';
import type { Repository, StoredImage } from './repository.ts';
import { type ImageScanState, severityCounts } from './scan-result.ts';
import { showBasicFinding, showEnhancedFinding } from './show-findings.ts';

/** DescribeImageScanFindings. Throws AwsError; ScanNotFoundException when the image was never scanned. */
export function describeScan(
  world: World,
  scans: ImageScans,
  repository: Repository,
  request: DescribeImageScanFindingsRequest,
): DescribeImageScanFindingsResponse {
  const image = requireImage(repository, request.imageId ?? {});
  const imageId = { ...request.imageId, imageDigest: image.digest };
  const state = scans.state(repository, image.digest) ?? stateOfIndex(world, image);
  if (!state) throw ecrErrors.scanNotFound(repository.address, imageId);
  const { status, description, completedAtMs } = state;
  const base = {
    registryId: repository.address.registryId,
    repositoryName: repository.address.name,
    imageId,
    imageScanStatus: { status, ...(description !== undefined && { description }) },
  };
  if (completedAtMs === undefined) return base;
  const { items, nextToken } = pageOf(state.findings, request);
  return {
    ...base,
    imageScanFindings: {
      imageScanCompletedAt: new Date(completedAtMs),
      vulnerabilitySourceUpdatedAt: new Date(completedAtMs),
      findingSeverityCounts: severityCounts(state.findings),
      ...(state.enhanced
        ? {
            enhancedFindings: items.map((finding) =>
              showEnhancedFinding(finding, { world, repository, image, foundAtMs: completedAtMs }),
            ),
          }
        : { findings: items.map(showBasicFinding) }),
    },
    ...(nextToken && { nextToken }),
  };
}

/** An index is never scanned; what is said of it is a setting. */
function stateOfIndex(world: World, { parsed }: StoredImage): ImageScanState | undefined {
  if (parsed.kind !== 'index' || world.settings.indexScan !== 'UNSUPPORTED_IMAGE') return undefined;
  return {
    status: 'UNSUPPORTED_IMAGE',
    description: descriptionOf('UNSUPPORTED_IMAGE'),
    findings: [],
    enhanced: false,
    completedAtMs: undefined,
  };
}
