import { shortDigest } from '../../image/digest.ts';
import { parseEcrImage } from '../../image/ecr-image.ts';
import { containerDefinitions } from '../../task-definition/container-definitions.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import { SkipCheck } from '../skip-check.ts';
import type { ImageName, ReleaseFacts } from './release-facts.ts';

interface Wanted extends ImageName {
  readonly container: string;
  /** `team/shop@sha256:…` as people read it. */
  readonly shown: string;
}

/**
 * A rollback brings the original task set back, and ECS replaces its tasks when they stop or scale: their images
 * must still be there, whatever a lifecycle policy has deleted meanwhile.
 */
export const rollbackImage: PreflightCheck<ReleaseFacts> = {
  id: 'rollback-image',
  title: 'What runs now can still be pulled, so that a rollback can start tasks',
  remedy: 'Push the running image again, and let the lifecycle policy keep what runs',

  async judge(facts) {
    const { wanted, elsewhere } = await imagesInUse(facts);
    const missing: string[] = [];
    await Promise.all(
      wanted.map(async ({ container, shown, ...name }) => {
        const image = await facts.findImage(name);
        const status = image === undefined ? 'not there' : (image.imageStatus ?? 'ACTIVE');
        if (status !== 'ACTIVE') missing.push(`${shown} of container ${container} is ${status}`);
      }),
    );
    if (missing.length > 0) {
      return {
        status: 'NG',
        expected: 'every image that production runs in its repository',
        observed: missing.toSorted().join('; '),
        remedy:
          'Push the missing image again with the digest that runs, and let the lifecycle policy keep it',
      };
    }
    const notLookedAt = elsewhere.length > 0 ? `; not looked at: ${elsewhere.join(', ')}` : '';
    if (wanted.length === 0) throw new SkipCheck(`No image comes from this registry${notLookedAt}`);
    return {
      status: 'OK',
      observed: `${wanted.map(({ shown }) => shown).join(', ')}${notLookedAt}`,
    };
  },
};

/** What the task definition names and, where that is a tag, the digest that its tasks resolved it to. */
async function imagesInUse(
  facts: ReleaseFacts,
): Promise<{ wanted: Wanted[]; elsewhere: string[] }> {
  const [{ document }, { serviceArn }, serving, tasks] = await Promise.all([
    facts.runningTaskDefinition(),
    facts.existingService(),
    facts.serving(),
    facts.runningTasks(),
  ]);
  const running = tasks.filter(({ startedBy }) => startedBy === serving.id);
  const wanted: Wanted[] = [];
  const elsewhere: string[] = [];
  for (const { name: container, image } of containerDefinitions(document)) {
    const parsed = parseEcrImage(image, serviceArn);
    if (parsed === undefined) {
      elsewhere.push(image);
      continue;
    }
    const { repository, reference } = parsed;
    const add = (digest: string) =>
      wanted.push({
        container,
        repository,
        reference: { digest },
        shown: `${repository}@${shortDigest(digest)}`,
      });
    if ('digest' in reference) {
      add(reference.digest);
      continue;
    }
    const digests = running
      .flatMap(({ containers }) => containers)
      .flatMap(({ name, imageDigest }) => (name === container ? (imageDigest ?? []) : []));
    if (digests.length > 0) for (const digest of new Set(digests)) add(digest);
    else wanted.push({ container, repository, reference, shown: `${repository}:${reference.tag}` });
  }
  return { wanted, elsewhere };
}
