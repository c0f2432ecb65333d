import type {
  BatchGetRepositoryScanningConfigurationCommandInput,
  BatchGetRepositoryScanningConfigurationCommandOutput,
  DescribeImageScanFindingsCommandInput,
  DescribeImageScanFindingsCommandOutput,
  GetRegistryScanningConfigurationCommandInput,
  GetRegistryScanningConfigurationCommandOutput,
  PutImageScanningConfigurationCommandInput,
  PutImageScanningConfigurationCommandOutput,
  PutRegistryScanningConfigurationCommandInput,
  PutRegistryScanningConfigurationCommandOutput,
  StartImageScanCommandInput,
  StartImageScanCommandOutput,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { repositoryArn } from './describe-repository.ts';
import { describeScan } from './describe-scan.ts';
import { ecrErrors } from './ecr-errors.ts';
import type { EcrModel } from './model.ts';
import { requireImage } from './read-images.ts';
import type { Repository } from './repository.ts';
import { checkScanningRules } from './scanning-rules.ts';

const dayMs = 86_400_000;

/** Scans, and what decides which images are scanned. */
export function scanOperations(
  model: EcrModel,
  world: World,
): Readonly<Record<string, WireOperation>> {
  const { repositories, scans } = model;
  return {
    DescribeImageScanFindings: operation<
      DescribeImageScanFindingsCommandInput,
      DescribeImageScanFindingsCommandOutput
    >(['registryId', 'repositoryName', 'imageId', 'nextToken', 'maxResults'], (input) =>
      describeScan(world, scans, repositories.get(input.repositoryName, input.registryId), input),
    ),
    StartImageScan: operation<StartImageScanCommandInput, StartImageScanCommandOutput>(
      ['registryId', 'repositoryName', 'imageId'],
      (input) => {
        const repository = repositories.get(input.repositoryName, input.registryId);
        const image = requireImage(repository, input.imageId ?? {});
        if (scans.enhanced) {
          throw new AwsError(
            'ValidationException',
            'This feature is disabled: images are scanned by Amazon Inspector (enhanced scanning)',
          );
        }
        if (image.parsed.kind === 'index') {
          throw new AwsError(
            'UnsupportedImageTypeException',
            `The image with manifest media type '${image.parsed.mediaType}' cannot be scanned`,
          );
        }
        const lastMs = scans.lastStartMs(repository, image.digest);
        if (lastMs !== undefined && world.clock.now() - lastMs < dayMs) {
          throw new AwsError(
            'LimitExceededException',
            'The scan quota per image has been exceeded. Wait and try again.',
          );
        }
        const { status } = scans.start(repository, image);
        return {
          ...address(repository),
          imageId: { ...input.imageId, imageDigest: image.digest },
          imageScanStatus: { status },
        };
      },
    ),
    PutImageScanningConfiguration: operation<
      PutImageScanningConfigurationCommandInput,
      PutImageScanningConfigurationCommandOutput
    >(['registryId', 'repositoryName', 'imageScanningConfiguration'], (input) => {
      const repository = repositories.get(input.repositoryName, input.registryId);
      repository.scanOnPush = input.imageScanningConfiguration?.scanOnPush ?? false;
      return {
        ...address(repository),
        imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
      };
    }),
    GetRegistryScanningConfiguration: operation<
      GetRegistryScanningConfigurationCommandInput,
      GetRegistryScanningConfigurationCommandOutput
    >([], () => ({
      registryId: world.identity.accountId,
      scanningConfiguration: { scanType: scans.scanType, rules: [...scans.rules] },
    })),
    PutRegistryScanningConfiguration: operation<
      PutRegistryScanningConfigurationCommandInput,
      PutRegistryScanningConfigurationCommandOutput
    >(['scanType', 'rules'], ({ scanType = scans.scanType, rules = [] }) => {
      checkScanningRules(scanType, rules);
      scans.scanType = scanType;
      scans.rules = rules;
      return { registryScanningConfiguration: { scanType, rules } };
    }),
    BatchGetRepositoryScanningConfiguration: operation<
      BatchGetRepositoryScanningConfigurationCommandInput,
      BatchGetRepositoryScanningConfigurationCommandOutput
    >(['repositoryNames'], ({ repositoryNames = [] }) => {
      if (repositoryNames.length < 1 || repositoryNames.length > 25) {
        throw ecrErrors.invalidParameter("'repositoryNames' must have 1 to 25 members");
      }
      const found = repositoryNames.flatMap((name) => repositories.find(name) ?? []);
      const names = found.map((repository) => repository.address.name);
      return {
        scanningConfigurations: found.map((repository) => ({
          repositoryArn: repositoryArn(world, repository.address.name),
          repositoryName: repository.address.name,
          scanOnPush: scans.scansOnPush(repository),
          scanFrequency: frequency(model, repository),
          appliedScanFilters: [],
        })),
        failures: repositoryNames
          .filter((name) => !names.includes(name))
          .map((repositoryName) => ({
            repositoryName,
            failureCode: 'REPOSITORY_NOT_FOUND',
            failureReason: ecrErrors.repositoryNotFound({
              name: repositoryName,
              registryId: world.identity.accountId,
            }).message,
          })),
      };
    }),
  };
}

function frequency({ scans }: EcrModel, repository: Repository) {
  const ruled = scans.frequency(repository.address.name);
  return ruled === 'MANUAL' && scans.scansOnPush(repository) ? 'SCAN_ON_PUSH' : ruled;
}

function address({ address: { name, registryId } }: Repository) {
  return { registryId, repositoryName: name };
}
