import type { EnhancedImageScanFinding, ImageScanFinding } from '@aws-sdk/client-ecr';
import { registryHost } from '../core/arns.ts';
import type { World } from '../core/world.ts';
import { repositoryArn } from './describe-repository.ts';
import type { Repository, StoredImage } from './repository.ts';
import type { ScanFinding } from './scan-result.ts';

/** A finding of a basic scan. */
export function showBasicFinding(finding: ScanFinding): ImageScanFinding {
  const { name, severity, description, uri, packageName, packageVersion, score } = finding;
  const attributes = Object.entries({
    package_version: packageVersion,
    package_name: packageName,
    CVSS3_SCORE: score?.toString(),
  }).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));
  return {
    name,
    ...(description !== undefined && { description }),
    uri: uri ?? `https://cve.mitre.org/cgi-bin/cvename.cgi?name=${name}`,
    severity,
    attributes,
  };
}

/** A finding of Inspector. */
export function showEnhancedFinding(
  finding: ScanFinding,
  where: {
    readonly world: World;
    readonly repository: Repository;
    readonly image: StoredImage;
    readonly foundAtMs: number;
  },
): EnhancedImageScanFinding {
  const { world, repository, image, foundAtMs } = where;
  const { name, severity, description, uri, packageName, packageVersion, fixedInVersion } = finding;
  const at = new Date(foundAtMs);
  const { accountId, region } = world.identity;
  const identifier = Buffer.from(`${image.digest}${name}`).toString('hex').slice(-32);
  return {
    awsAccountId: accountId,
    findingArn: `arn:aws:inspector2:${region}:${accountId}:finding/${identifier}`,
    type: 'PACKAGE_VULNERABILITY',
    title: packageName === undefined ? name : `${name} - ${packageName}`,
    ...(description !== undefined && { description }),
    severity,
    status: 'ACTIVE',
    ...(finding.score !== undefined && { score: finding.score }),
    fixAvailable: fixedInVersion === undefined ? 'NO' : 'YES',
    exploitAvailable: 'NO',
    firstObservedAt: at,
    lastObservedAt: at,
    updatedAt: at,
    remediation: { recommendation: { text: 'None Provided' } },
    packageVulnerabilityDetails: {
      vulnerabilityId: name,
      source: 'NVD',
      sourceUrl: uri ?? `https://nvd.nist.gov/vuln/detail/${name}`,
      vendorSeverity: severity,
      vulnerablePackages:
        packageName === undefined
          ? []
          : [
              {
                name: packageName,
                ...(packageVersion !== undefined && { version: packageVersion }),
                ...(fixedInVersion !== undefined && { fixedInVersion }),
              },
            ],
    },
    resources: [
      {
        type: 'AWS_ECR_CONTAINER_IMAGE',
        id: `${repositoryArn(world, repository.address.name)}/${image.digest}`,
        details: {
          awsEcrContainerImage: {
            imageHash: image.digest,
            imageTags: repository.tagsOf(image.digest),
            pushedAt: new Date(image.pushedAtMs),
            registry: registryHost(world.identity),
            repositoryName: repository.address.name,
          },
        },
      },
    ],
  };
}
