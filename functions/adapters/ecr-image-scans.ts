import {
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeImageScanFindingsCommand,
  type ECRClient,
  type ImageScanFindings,
  paginateDescribeImageScanFindings,
} from '@aws-sdk/client-ecr';
import type { ImageScans } from '../core/ports/image-scans.ts';
import { awsErrorName, callAws } from './aws-errors.ts';

/** Never scanned; or, with enhanced scanning, an image that the scanner does not know yet. */
const neverScanned = ['ScanNotFoundException', 'ImageNotFoundException'];

/** Scan findings of ECR, basic and enhanced; only DescribeImageScanFindings has both (aws-facts 1.5). */
export function ecrImageScans(client: ECRClient, signal?: AbortSignal): ImageScans {
  const options = signal === undefined ? {} : { abortSignal: signal };

  /** By severity, where the answer says no sums of its own: enhanced scanning leaves them out at times. */
  async function countFindings(repositoryName: string, imageDigest: string) {
    const counts: Record<string, number> = {};
    const request = { repositoryName, imageId: { imageDigest } };
    const pages = paginateDescribeImageScanFindings({ client, pageSize: 1_000 }, request, options);
    for await (const { imageScanFindings } of pages) {
      for (const severity of severitiesOf(imageScanFindings)) {
        counts[severity] = (counts[severity] ?? 0) + 1;
      }
    }
    return counts;
  }

  return {
    async read(repositoryName, imageDigest) {
      const attempt = {
        action: 'ecr:DescribeImageScanFindings',
        resource: `repository ${repositoryName}`,
      };
      try {
        const { imageScanStatus, imageScanFindings } = await callAws(attempt, () =>
          client.send(
            // The sums are of the whole image and come with every page (API reference, ImageScanFindings).
            new DescribeImageScanFindingsCommand({
              repositoryName,
              imageId: { imageDigest },
              maxResults: 1,
            }),
            options,
          ),
        );
        const summed = imageScanFindings?.findingSeverityCounts;
        const unsummed = summed === undefined && severitiesOf(imageScanFindings).length > 0;
        return {
          status: imageScanStatus?.status ?? 'UNKNOWN',
          description: imageScanStatus?.description,
          severityCounts: unsummed
            ? await callAws(attempt, () => countFindings(repositoryName, imageDigest))
            : { ...summed },
        };
      } catch (error) {
        if (neverScanned.includes(awsErrorName(error) ?? '')) return undefined;
        throw error;
      }
    },

    async scansOnPush(repositoryName) {
      const attempt = {
        action: 'ecr:BatchGetRepositoryScanningConfiguration',
        resource: `repository ${repositoryName}`,
      };
      const { scanningConfigurations = [] } = await callAws(attempt, () =>
        client.send(
          new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: [repositoryName] }),
          options,
        ),
      );
      // Enhanced scanning says it by its frequency; a repository that is gone is among the failures.
      return scanningConfigurations.some(
        ({ scanOnPush, scanFrequency = 'MANUAL' }) =>
          scanOnPush === true || scanFrequency !== 'MANUAL',
      );
    },
  };
}

function severitiesOf(findings: ImageScanFindings | undefined): string[] {
  const { findings: basic = [], enhancedFindings: enhanced = [] } = findings ?? {};
  return [...basic, ...enhanced].map(({ severity }) => severity ?? 'UNDEFINED');
}
