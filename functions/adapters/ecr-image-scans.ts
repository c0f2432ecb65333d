import { DescribeImageScanFindingsCommand, type ECRClient } from '@aws-sdk/client-ecr';
import type { ImageScans } from '../core/ports/image-scans.ts';
import { awsErrorName, callAws } from './aws-errors.ts';

/** Never scanned; or, with enhanced scanning, an image that the scanner does not know yet. */
const neverScanned = ['ScanNotFoundException', 'ImageNotFoundException'];

/** Scan findings of ECR, basic and enhanced; only DescribeImageScanFindings has both (aws-facts 1.5). */
export function ecrImageScans(client: ECRClient, signal?: AbortSignal): ImageScans {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async read(repositoryName, imageDigest) {
      try {
        const { imageScanStatus, imageScanFindings } = await callAws(
          { action: 'ecr:DescribeImageScanFindings', resource: `repository ${repositoryName}` },
          () =>
            client.send(
              // The counts come with every page; the findings themselves are not asked about.
              new DescribeImageScanFindingsCommand({
                repositoryName,
                imageId: { imageDigest },
                maxResults: 1,
              }),
              options,
            ),
        );
        return {
          status: imageScanStatus?.status ?? 'UNKNOWN',
          description: imageScanStatus?.description,
          severityCounts: { ...imageScanFindings?.findingSeverityCounts },
        };
      } catch (error) {
        if (neverScanned.includes(awsErrorName(error) ?? '')) return undefined;
        throw error;
      }
    },
  };
}
