import { selectPlatform } from '../../image/select-platform.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EcsService, EcsServices, Task, TaskSet } from '../../ports/ecs-services.ts';
import type { ImageDetail, ImageManifest, ImageRegistry } from '../../ports/image-registry.ts';
import type { ImageScans } from '../../ports/image-scans.ts';
import type { Role, Roles } from '../../ports/roles.ts';
import type { SecretCatalogue, SecretDescription } from '../../ports/secret-catalogue.ts';
import type { DescribedTaskDefinition, TaskDefinitions } from '../../ports/task-definitions.ts';
import { runtimePlatform } from '../../task-definition/runtime-platform.ts';
import { type ServingWorkload, servingWorkload } from '../../workflow/serving-workload.ts';
import { unlessMissing } from '../../workflow/unless-missing.ts';
import { memoised, memoisedBy } from '../memoised.ts';
import type { PreflightSubject } from '../preflight-subject.ts';
import { SkipCheck } from '../skip-check.ts';
import { type AwaitedScan, awaitScan } from './await-scan.ts';

/** Ports that the release half reads. */
export interface ReleasePorts {
  readonly images: Pick<ImageRegistry, 'findImage' | 'readManifest'>;
  readonly imageScans: ImageScans;
  readonly services: EcsServices;
  readonly taskDefinitions: Pick<TaskDefinitions, 'describe'>;
  readonly roles: Roles;
  readonly secretCatalogue: SecretCatalogue;
  readonly clock: Clock;
}

export interface ImageName {
  readonly repository: string;
  readonly reference: { readonly tag: string } | { readonly digest: string };
}

/**
 * What the release half of the checks reads, each fact fetched at most once. Facts that hang on a missing
 * service, task set or image throw SkipCheck: the check that is about the missing thing is the NG.
 */
export interface ReleaseFacts {
  readonly subject: PreflightSubject;
  /** Undefined when the cluster or the service is not there. */
  service(): Promise<EcsService | undefined>;
  /** The service; SkipCheck without it. */
  existingService(): Promise<EcsService>;
  /** The task set that serves production; SkipCheck without it. */
  primaryTaskSet(): Promise<TaskSet>;
  /** What serves production, by the strategy of the service; SkipCheck without it. */
  serving(): Promise<ServingWorkload>;
  /** What serves production runs: the replacement gets the same with another image. */
  runningTaskDefinition(): Promise<DescribedTaskDefinition>;
  runningTasks(): Promise<Task[]>;
  /** Undefined also when there is not even the repository. */
  findImage(name: ImageName): Promise<ImageDetail | undefined>;
  /** The image that is to be deployed; ResourceNotFoundError when there is not even its repository. */
  image(): Promise<ImageDetail | undefined>;
  /** Manifest of the image that is to be deployed; SkipCheck when it is not there. */
  manifest(): Promise<ImageManifest>;
  /** Digest of the manifest for the platform that tasks run on; UnsupportedError when none fits. */
  platformDigest(): Promise<string>;
  /** The scan of the platform's manifest, waited for within `vulnerabilities.waitSeconds`. */
  scan(): Promise<AwaitedScan>;
  role(name: string): Promise<Role | undefined>;
  secret(id: string): Promise<SecretDescription | undefined>;
  /** Always all names together: one call, not one for each. */
  existingParameters(names: readonly string[]): Promise<string[]>;
}

export function releaseFacts(subject: PreflightSubject, ports: ReleasePorts): ReleaseFacts {
  const { repository, digest } = subject;
  const { target, preflight } = subject.service;
  const service = memoised(() => ports.services.describeService(target.cluster, target.service));
  const existingService = async () => {
    const found = await service();
    if (found === undefined) {
      throw new SkipCheck(`There is no service "${target.service}" to look at`);
    }
    return found;
  };
  const primaryTaskSet = async () => {
    const { primaryTaskSet } = await existingService();
    if (primaryTaskSet === undefined) {
      throw new SkipCheck(`Service "${target.service}" has no PRIMARY task set to look at`);
    }
    return primaryTaskSet;
  };
  const serving = async () => {
    const found = servingWorkload(await existingService());
    if (found === undefined) {
      throw new SkipCheck(`Service "${target.service}" has nothing that serves production`);
    }
    return found;
  };
  const runningTaskDefinition = memoised(async () =>
    ports.taskDefinitions.describe((await serving()).taskDefinitionArn),
  );
  const askForImage = memoisedBy(
    (name: ImageName) => JSON.stringify([name.repository, name.reference]),
    (name) => ports.images.findImage(name.repository, name.reference),
  );
  const findImage = (name: ImageName) => unlessMissing(askForImage(name));
  const named = { repository, reference: { digest } };
  const manifest = memoised(async () => {
    if ((await findImage(named)) === undefined) {
      throw new SkipCheck(`There is no image ${digest} to look at`);
    }
    return ports.images.readManifest(repository, digest);
  });
  const platformDigest = memoised(async () =>
    selectPlatform(
      await manifest(),
      runtimePlatform((await runningTaskDefinition()).document),
      subject.tag === undefined ? repository : `${repository}:${subject.tag}`,
    ),
  );
  return {
    subject,
    service,
    existingService,
    primaryTaskSet,
    serving,
    runningTaskDefinition,
    runningTasks: memoised(() => ports.services.listRunningTasks(target.cluster, target.service)),
    findImage,
    image: () => askForImage(named),
    manifest,
    platformDigest,
    scan: memoised(async () =>
      awaitScan(
        {
          repository,
          digest: await platformDigest(),
          pushedAtMs: (await findImage(named))?.pushedAtMs ?? 0,
        },
        preflight.vulnerabilities.waitSeconds * 1_000,
        ports,
      ),
    ),
    role: memoisedBy(
      (name) => name,
      (name) => ports.roles.find(name),
    ),
    secret: memoisedBy(
      (id) => id,
      (id) => ports.secretCatalogue.describeSecret(id),
    ),
    existingParameters: memoisedBy(
      (names) => names.join(' '),
      (names) => ports.secretCatalogue.existingParameters(names),
    ),
  };
}
