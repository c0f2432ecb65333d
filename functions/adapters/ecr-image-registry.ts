import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  ECRClient,
  GetDownloadUrlForLayerCommand,
  paginateDescribeImages,
  type ImageDetail as SdkImageDetail,
} from '@aws-sdk/client-ecr';
import { ResourceNotFoundError, TransientAwsError } from '../core/errors.ts';
import {
  manifestMediaTypes,
  parseImageConfig,
  parseManifest,
} from '../core/image/parse-manifest.ts';
import type {
  ImageDetail,
  ImageManifest,
  ImagePlatform,
  ImageRegistry,
} from '../core/ports/image-registry.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const ecrClient = once(() => new ECRClient(clientSettings));

/** Image configurations are a few kilobytes; a download that takes longer is stuck. */
const downloadTimeoutMs = 10_000;

/** The account's private registry. */
export function ecrImageRegistry(client: ECRClient, signal?: AbortSignal): ImageRegistry {
  const options = signal === undefined ? {} : { abortSignal: signal };

  /** Runs a call on one repository; a missing repository gets its own error. */
  async function call<T>(action: string, repository: string, send: () => Promise<T>): Promise<T> {
    try {
      return await callAws({ action, resource: `repository ${repository}` }, send);
    } catch (error) {
      if (awsErrorName(error) !== 'RepositoryNotFoundException') throw error;
      throw new ResourceNotFoundError(
        `ECR has no repository "${repository}" in this account and Region`,
        { cause: error },
      );
    }
  }

  async function manifestText(repositoryName: string, imageDigest: string): Promise<string> {
    const { images = [], failures = [] } = await call('ecr:BatchGetImage', repositoryName, () =>
      client.send(
        new BatchGetImageCommand({
          repositoryName,
          imageIds: [{ imageDigest }],
          acceptedMediaTypes: [...manifestMediaTypes],
        }),
        options,
      ),
    );
    const text = images[0]?.imageManifest;
    if (text !== undefined) return text;
    // Failures come with HTTP 200 (aws-facts 1.5).
    const said = failures.map((failure) => failure.failureReason ?? failure.failureCode).join('; ');
    throw new ResourceNotFoundError(
      `ECR has no manifest ${imageDigest} in repository "${repositoryName}": ${said || 'no reason given'}`,
    );
  }

  async function configPlatform(
    repositoryName: string,
    layerDigest: string,
  ): Promise<ImagePlatform> {
    const { downloadUrl } = await call('ecr:GetDownloadUrlForLayer', repositoryName, () =>
      client.send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }), options),
    );
    if (downloadUrl === undefined) {
      throw new ResourceNotFoundError(
        `ECR gave no address for the image configuration ${layerDigest} of repository "${repositoryName}"`,
      );
    }
    const attempt = { action: 'download of an image configuration', resource: repositoryName };
    const text = await callAws(attempt, () => download(downloadUrl, signal));
    return parseImageConfig(text, layerDigest);
  }

  async function platformOf(repository: string, digest: string): Promise<ImagePlatform[]> {
    const manifest = parseManifest(await manifestText(repository, digest), digest);
    // An index within an index says nothing about platforms that its parent could not have said.
    if (manifest.kind === 'index') return [];
    return [await configPlatform(repository, manifest.configDigest)];
  }

  return {
    async findImage(repositoryName, reference) {
      const imageId =
        'tag' in reference ? { imageTag: reference.tag } : { imageDigest: reference.digest };
      try {
        const { imageDetails = [] } = await call('ecr:DescribeImages', repositoryName, () =>
          client.send(new DescribeImagesCommand({ repositoryName, imageIds: [imageId] }), options),
        );
        return imageDetails.map(fromSdkDetail)[0];
      } catch (error) {
        if (awsErrorName(error) === 'ImageNotFoundException') return undefined;
        throw error;
      }
    },

    listTaggedImages(repositoryName) {
      return call('ecr:DescribeImages', repositoryName, async () => {
        const images: ImageDetail[] = [];
        const request = {
          repositoryName,
          maxResults: 1_000,
          filter: { tagStatus: 'TAGGED' },
        } as const;
        for await (const page of paginateDescribeImages({ client }, request, options)) {
          images.push(...(page.imageDetails ?? []).map(fromSdkDetail));
        }
        return images;
      });
    },

    async readManifest(repository, digest): Promise<ImageManifest> {
      const manifest = parseManifest(await manifestText(repository, digest), digest);
      if (manifest.kind === 'image') {
        const platform = await configPlatform(repository, manifest.configDigest);
        return { kind: 'image', digest, platform };
      }
      const children = await Promise.all(
        manifest.children.map(async (child) => {
          const platforms =
            child.platform === undefined
              ? await platformOf(repository, child.digest)
              : [child.platform];
          return platforms.map((platform) => ({ digest: child.digest, platform }));
        }),
      );
      return { kind: 'index', digest, children: children.flat() };
    },
  };
}

async function download(url: string, signal: AbortSignal | undefined): Promise<string> {
  const timeout = AbortSignal.timeout(downloadTimeoutMs);
  const response = await fetch(url, {
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
  if (!response.ok) {
    throw new TransientAwsError(
      `The image configuration could not be downloaded: HTTP ${response.status}, expected 200`,
    );
  }
  return response.text();
}

function fromSdkDetail(detail: SdkImageDetail): ImageDetail {
  return {
    digest: detail.imageDigest ?? '',
    tags: detail.imageTags ?? [],
    pushedAtMs: detail.imagePushedAt?.getTime() ?? 0,
    artifactMediaType: detail.artifactMediaType,
    imageStatus: detail.imageStatus,
  };
}
