import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidEventError } from '../../../functions/core/errors.ts';
import { parseImagePush } from '../../../functions/core/events/image-push.ts';
import { digestOf } from '../../support/builders/releases.ts';

function sample(file: string) {
  return JSON.parse(readFileSync(new URL(`../../../events/${file}`, import.meta.url), 'utf8'));
}

/** A fresh push event with changes in its detail. */
function pushWith(detail: Readonly<Record<string, unknown>>) {
  const event = sample('ecr/push.json');
  return { ...event, detail: { ...event.detail, ...detail } };
}

describe('parseImagePush', () => {
  it('reads the documented push', () => {
    expect(parseImagePush(sample('ecr/push.json'))).toEqual({
      kind: 'push',
      eventId: '00000000-0000-4000-8000-000000000001',
      pushedAt: '2026-09-01T10:00:00Z',
      repository: 'team/shop',
      tag: 'v1.4.2',
      digest: 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    });
  });

  it.each([
    ['ecr/push-media-types.json', digestOf('1')],
    ['ecr/push-index.json', digestOf('3')],
    ['ecr/push-moved-tag.json', digestOf('7')],
  ])('reads %s as a push, whatever else it says', (file, digest) => {
    expect(parseImagePush(sample(file))).toMatchObject({ kind: 'push', tag: 'v1.4.2', digest });
  });

  it.each([
    ['ecr/push-untagged.json', 'without a tag'],
    ['ecr/push-untagged-empty-tag.json', 'without a tag'],
    ['ecr/push-index-child.json', 'without a tag'],
    ['ecr/push-attestation.json', 'without a tag'],
    ['ecr/push-signature.json', 'marks a signature, an attestation or an index'],
    ['ecr/delete.json', 'reports DELETE of team/shop@sha256:0123456789ab, not a push'],
    ['ecr/archive.json', 'reports UPDATE_STORAGE_CLASS'],
    ['ecr/restore.json', 'reports UPDATE_STORAGE_CLASS'],
    ['ecr/replication.json', '"ECR Replication Action" of aws.ecr, not an ECR image action'],
    ['ecr/scan.json', '"ECR Image Scan" of aws.ecr'],
    ['ecr/scan-enhanced.json', '"Inspector2 Scan" of aws.inspector2'],
    ['ecr/pull-through-cache.json', '"ECR Pull Through Cache Action" of aws.ecr'],
  ])('ignores %s and says why', (file, reason) => {
    const event = sample(file);
    const pushed = file.startsWith('ecr/push');
    const image = { repository: 'team/shop', digest: event.detail['image-digest'] };
    expect(parseImagePush(event)).toEqual({
      kind: 'ignored',
      eventId: event.id,
      reason: expect.stringContaining(reason),
      ...(pushed && { image }),
    });
  });

  it.each([
    ['a null tag', { 'image-tag': null }, 'without a tag'],
    ['a failed push', { result: 'FAILURE' }, 'team/shop@sha256:0123456789ab ended with FAILURE'],
    [
      'a chart',
      { 'artifact-media-type': 'application/vnd.cncf.helm.config.v1+json' },
      'team/shop:v1.4.2 is an artifact of type application/vnd.cncf.helm.config.v1+json',
    ],
  ])('ignores %s and says why', (_, detail, reason) => {
    expect(parseImagePush(pushWith(detail))).toMatchObject({
      kind: 'ignored',
      reason: expect.stringContaining(reason),
    });
  });

  it.each([
    ['push-no-detail.json', 'detail is missing, expected an object'],
    ['push-detail-is-text.json', /detail is ".*", expected an object$/],
    [
      'push-no-repository-name.json',
      'detail.repository-name is missing, expected a repository name of lower-case letters, digits, and . _ - / between them',
    ],
    [
      'push-repository-name-empty.json',
      'detail.repository-name is "", expected a repository name of lower-case letters, digits, and . _ - / between them',
    ],
    ['push-no-digest.json', 'detail.image-digest is missing, expected sha256:'],
    ['push-short-digest.json', /detail\.image-digest is "sha256:[0-9a-f]+", expected sha256:/],
    ['push-upper-case-digest.json', /detail\.image-digest is "sha256:[0-9A-F]+", expected sha256:/],
    ['push-tag-is-number.json', /detail\.image-tag is \d+(\.\d+)?, expected a tag/],
    ['push-tag-with-colon.json', 'detail.image-tag is "v1:4", expected a tag'],
    ['push-no-event-id.json', 'id is missing, expected an event id'],
    ['push-no-time.json', 'time is missing, expected a time'],
    ['push-time-is-not-a-time.json', /time is ".*", expected a time/],
    ['push-no-action.json', 'detail.action-type is missing'],
    ['empty-object.json', 'id is missing'],
    ['array.json', 'it is a list, expected an object'],
    ['null.json', /: it is null, expected an object$/],
    ['text.json', /: it is ".*", expected an object$/],
  ])('refuses invalid/%s and names the member', (file, message) => {
    const parse = () => parseImagePush(sample(`invalid/${file}`));
    expect(parse).toThrow(InvalidEventError);
    expect(parse).toThrow(message);
  });

  it('names everything that is wrong in one message', () => {
    const event = { ...pushWith({ 'image-digest': 'sha256:12', 'repository-name': 7 }), time: '' };
    expect(() => parseImagePush(event)).toThrow(
      'Cannot read the event as an ECR image push: detail.repository-name is 7, expected a repository name of lower-case letters, digits, and . _ - / between them; ' +
        'detail.image-digest is "sha256:12", expected sha256: and 64 lower-case hexadecimal digits; ' +
        'time is "", expected a time such as 2026-09-01T10:00:00Z',
    );
  });

  it('reads, ignores or refuses any JSON, but never fails otherwise', () => {
    const detail = fc.record(
      {
        result: fc.oneof(fc.constant('SUCCESS'), fc.jsonValue()),
        'action-type': fc.oneof(fc.constant('PUSH'), fc.jsonValue()),
        'repository-name': fc.oneof(fc.constant('team/shop'), fc.jsonValue()),
        'image-digest': fc.oneof(fc.constant(digestOf('a')), fc.jsonValue()),
        'image-tag': fc.oneof(fc.constant('v1'), fc.string(), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const event = fc.record(
      {
        id: fc.oneof(fc.uuid(), fc.jsonValue()),
        source: fc.oneof(fc.constant('aws.ecr'), fc.jsonValue()),
        'detail-type': fc.oneof(fc.constant('ECR Image Action'), fc.jsonValue()),
        time: fc.oneof(fc.constant('2026-09-01T10:00:00Z'), fc.string(), fc.jsonValue()),
        detail: fc.oneof(detail, fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(event, fc.jsonValue()), (value) => {
        try {
          const parsed = parseImagePush(value);
          if (parsed.kind === 'ignored') expect(parsed.reason).toMatch(/\S/);
          else
            expect(parsed).toMatchObject({
              repository: expect.any(String),
              tag: expect.stringMatching(/^[\w.-]+$/),
            });
        } catch (error) {
          if (!(error instanceof InvalidEventError)) throw error;
        }
      }),
    );
  });
});
