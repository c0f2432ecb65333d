import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEcrImage } from '../../../functions/core/image/ecr-image.ts';
import {
  fargateMemory,
  parseCpuUnits,
  parseMemoryMib,
} from '../../../functions/core/task-definition/fargate-size.ts';
import { parseSecretReference } from '../../../functions/core/task-definition/parse-secret-reference.ts';

const serviceArn = 'arn:aws:ecs:eu-central-1:123456789012:service/prod/shop';
const own = 'eu-central-1:123456789012';
const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);
const given = fc.option(word, { nil: undefined });

describe('what a task definition refers to is read back as it was written', () => {
  it('images of the own registry', () => {
    const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 3 }),
        given,
        fc.option(digest, { nil: undefined }),
        (names, tag, sha) => {
          const repository = names.join('/');
          const reference = `${tag === undefined ? '' : `:${tag}`}${sha === undefined ? '' : `@${sha}`}`;
          const image = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/${repository}${reference}`;

          // A digest wins over a tag beside it.
          expect(parseEcrImage(image, serviceArn)).toEqual({
            repository,
            reference: sha === undefined ? { tag: tag ?? 'latest' } : { digest: sha },
          });
        },
      ),
    );
  });

  it('secrets, with any of key, version stage and version', () => {
    fc.assert(
      fc.property(word, given, given, given, (name, key, versionStage, versionId) => {
        const id = `arn:aws:secretsmanager:${own}:secret:${name}`;
        const valueFrom = `${id}:${key ?? ''}:${versionStage ?? ''}:${versionId ?? ''}`;
        const bare = { kind: 'secret', id, key: undefined };

        expect(parseSecretReference(valueFrom, serviceArn)).toEqual({
          ...bare,
          key,
          versionStage,
          versionId,
        });
        expect(parseSecretReference(id, serviceArn)).toEqual({
          ...bare,
          versionStage: undefined,
          versionId: undefined,
        });
      }),
    );
  });

  it('parameters, by name and by ARN', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (names) => {
        const name = `/${names.join('/')}`;
        const parameter = { kind: 'parameter', name };

        expect(parseSecretReference(name, serviceArn)).toEqual(parameter);
        expect(parseSecretReference(`arn:aws:ssm:${own}:parameter${name}`, serviceArn)).toEqual(
          parameter,
        );
        expect(
          parseSecretReference(`arn:aws:ssm:eu-west-1:123456789012:parameter${name}`, serviceArn),
        ).toEqual({ kind: 'elsewhere' });
      }),
    );
  });

  it('sizes, in units and in vCPU or GB alike', () => {
    const cpu = fc.constantFrom(256, 512, 1024, 2048, 4096, 8192, 16_384);
    fc.assert(
      fc.property(cpu, fc.nat(), fc.constantFrom('', ' '), (units, pick, space) => {
        const offered = fargateMemory(units, 'linux') ?? [];
        const memory = offered[pick % offered.length] ?? 0;

        expect(parseCpuUnits(String(units))).toBe(units);
        expect(parseCpuUnits(`${units / 1024}${space}vCPU`)).toBe(units);
        expect(parseMemoryMib(String(memory))).toBe(memory);
        expect(parseMemoryMib(`${memory / 1024}${space}GB`)).toBe(memory);
      }),
    );
  });
});
