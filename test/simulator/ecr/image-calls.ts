import { expect } from 'vitest';
import type { EcrBench } from './ecr-bench.ts';
import { pushTestImage, type TestImage } from './pushed-image.ts';

export const repositoryName = 'team/shop';
/** A digest that nothing has. */
export const zeros = `sha256:${'0'.repeat(64)}`;

export const manifestOf = (image: TestImage) => Buffer.from(image.manifest.bytes).toString();
export const failsWith = (code: string) => expect.objectContaining({ name: 'AwsError', code });

/** Calls on the images of the bench's repository `team/shop`, past the wire. */
export function imageCalls(bench: () => EcrBench) {
  const call = (operation: string, input: object = {}) =>
    bench().call(operation, { repositoryName, ...input });
  return {
    call,
    push: (image: TestImage, tag?: string) => pushTestImage(bench(), repositoryName, image, tag),
    details: async (input: object = {}) =>
      (await call('DescribeImages', input)).imageDetails as Record<string, unknown>[],
    /** Details of the events that the repository sent. */
    told: () => bench().events.map(({ detail }) => detail as Record<string, string>),
  };
}
