import type { Config, ServiceConfig } from '../config/schema.ts';
import type { ImagePush } from '../events/image-push.ts';
import { matchesTagPatterns } from './tag-pattern.ts';

export type Routing =
  | { readonly kind: 'matched'; readonly services: readonly ServiceConfig[] }
  /** `reason` is one sentence for people. */
  | { readonly kind: 'unmatched'; readonly reason: string };

/** Services whose repository and tag patterns take the pushed image, in the order of the configuration. */
export function routePush(config: Config, push: Pick<ImagePush, 'repository' | 'tag'>): Routing {
  const takers = config.services.filter(({ image }) => image.repository === push.repository);
  const services = takers.filter(({ image }) => matchesTagPatterns(push.tag, image.tags));
  if (services.length > 0) return { kind: 'matched', services };
  return {
    kind: 'unmatched',
    reason:
      takers.length === 0
        ? `No service takes images of repository "${push.repository}", only of ${repositories(config)}`
        : `Tag "${push.tag}" of ${push.repository} matches no pattern of ${takers.map(patterns).join(' or ')}`,
  };
}

function repositories(config: Config): string {
  return [...new Set(config.services.map(({ image }) => `"${image.repository}"`))].join(', ');
}

function patterns({ name, image }: ServiceConfig): string {
  return `service ${name} (${image.tags.join(', ')})`;
}
