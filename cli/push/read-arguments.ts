import { UsageError } from '../terminal/run-command.ts';

export interface ImageName {
  /** Host and port. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

/** Reads `127.0.0.1:4566/team/shop:v2`. Throws UsageError. */
export function parseImageName(text: string): ImageName {
  const [, registry, repository, tag] =
    /^([\w.-]+:\d+)\/([a-z0-9][a-z0-9._/-]*):([\w][\w.-]{0,127})$/.exec(text) ?? [];
  if (registry === undefined || repository === undefined || tag === undefined) {
    throw new UsageError(
      `Expected an image such as 127.0.0.1:4566/team/shop:v2, with the registry that npm run simulator prints, got "${text}"`,
    );
  }
  return { registry, repository, tag };
}

const architectures = ['amd64', 'arm64'] as const;

export function parsePlatform(text: string) {
  const architecture = architectures.find((one) => text === `linux/${one}`);
  if (architecture === undefined) {
    throw new UsageError(`--platform takes linux/amd64 or linux/arm64, got "${text}"`);
  }
  return { os: 'linux', architecture } as const;
}
