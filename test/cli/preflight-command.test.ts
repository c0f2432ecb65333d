import { describe, expect, it, vi } from 'vitest';
import { asUsage, pointAtAccount } from '../../cli/preflight/aws-access.ts';
import { chooseImage } from '../../cli/preflight/choose-image.ts';
import { showProgress } from '../../cli/preflight/show-progress.ts';
import { callAws } from '../../functions/adapters/aws-errors.ts';
import { digestOf } from '../support/builders/releases.ts';
import { FakeImageRegistry } from '../support/fakes/fake-image-registry.ts';

const image = { repository: 'team/shop', tags: ['v*', 'main-?'] };

function registry(): FakeImageRegistry {
  const images = new FakeImageRegistry();
  images.push('team/shop', 'v1', digestOf('1'), 1_000);
  images.push('team/shop', 'main-7', digestOf('2'), 3_000);
  images.push('team/shop', 'nightly', digestOf('3'), 4_000);
  images.push('team/shop', 'v9', digestOf('4'), 5_000, 'application/vnd.cncf.helm.config.v1+json');
  return images;
}

describe('chooseImage', () => {
  it.each([
    [
      'nothing: the newest image whose tag the service takes',
      undefined,
      { tag: 'main-7', digest: digestOf('2') },
    ],
    ['a tag, also one that no route takes', 'nightly', { tag: 'nightly', digest: digestOf('3') }],
    [
      'a digest, whether it is there or not',
      digestOf('f'),
      { tag: undefined, digest: digestOf('f') },
    ],
  ])('given %s', async (_, named, chosen) => {
    expect(await chooseImage(registry(), image, named)).toEqual(chosen);
  });

  it.each([
    [
      'v8',
      image,
      'Repository team/shop has no image with tag v8: push it, or name another tag or a digest',
    ],
    [
      'sha256:12',
      image,
      '--image sha256:12 is no digest, expected sha256: and 64 lower-case hexadecimal digits',
    ],
    [
      undefined,
      { ...image, tags: ['release-*'] },
      'Repository team/shop has no image whose tag matches release-*: push one, or name one with --image',
    ],
  ])('given %s says what is wrong', async (named, rule, message) => {
    await expect(chooseImage(registry(), rule, named)).rejects.toMatchObject({
      name: 'UsageError',
      message,
    });
  });
});

describe('asUsage', () => {
  it.each([
    ['ExpiredTokenException', /^The AWS session has expired: sign in again/],
    [
      'AccessDeniedException',
      /^Not permitted to call ecr:DescribeImages on team\/shop with these credentials: AccessDeniedException: no$/,
    ],
  ])('tells a person, not a function, of %s', async (name, message) => {
    const refused = Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: 400 } });
    const attempt = { action: 'ecr:DescribeImages', resource: 'team/shop' };
    await expect(asUsage(() => callAws(attempt, () => Promise.reject(refused)))).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(message) }),
    );
  });
});

describe('pointAtAccount', () => {
  it('needs neither Region nor credentials for a simulator on this machine', () => {
    const environment: NodeJS.ProcessEnv = {};
    pointAtAccount({ endpoint: 'http://127.0.0.1:4566' }, environment);
    expect(environment).toEqual({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'preflight',
      AWS_SECRET_ACCESS_KEY: 'preflight',
    });
  });

  it('makes up nothing for a real account', () => {
    const environment: NodeJS.ProcessEnv = { AWS_PROFILE: 'prod' };
    pointAtAccount({ region: 'eu-central-1' }, environment);
    expect(environment).toEqual({ AWS_PROFILE: 'prod', AWS_REGION: 'eu-central-1' });
  });

  it('takes what the environment says for the simulator too', () => {
    const environment: NodeJS.ProcessEnv = {
      AWS_ENDPOINT_URL: 'http://localhost:1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'me',
    };
    pointAtAccount({}, environment);
    expect(environment).toMatchObject({ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'me' });
  });

  it.each(['us east', '', 'us-east-1/x', 'eu-central-1,'])('refuses the Region "%s"', (region) => {
    expect(() => pointAtAccount({ region }, {})).toThrow(
      `--region takes a Region such as eu-central-1, got "${region}"`,
    );
  });

  it('refuses an endpoint that is no URL', () => {
    expect(() => pointAtAccount({ endpoint: '127.0.0.1:4566' }, {})).toThrow(
      '--endpoint takes a URL such as http://127.0.0.1:4566, got "127.0.0.1:4566"',
    );
  });
});

describe('showProgress', () => {
  function prepare(isTTY: boolean, columns?: number) {
    vi.useFakeTimers();
    const written: string[] = [];
    const stream = {
      isTTY,
      ...(columns === undefined ? {} : { columns }),
      write: (text: string) => {
        written.push(text);
        return true;
      },
    };
    return { written, progress: showProgress(['a', 'b', 'c', 'd', 'e', 'f'], stream) };
  }

  it('says nothing when all is over within two seconds', () => {
    const { written, progress } = prepare(true);
    vi.advanceTimersByTime(1_900);
    progress.end();
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    expect(written).toEqual([]);
  });

  it('keeps one line up to date on a terminal, and removes it', () => {
    const { written, progress } = prepare(true);
    progress.answered('b');
    vi.advanceTimersByTime(2_000);
    for (const check of ['a', 'c', 'd']) progress.answered(check);
    vi.advanceTimersByTime(1_000);
    progress.end();
    vi.useRealTimers();
    expect(written).toEqual([
      '\r\u001b[2KStill asking after 2 s: a, c, d, e and 1 more',
      '\r\u001b[2KStill asking after 3 s: e, f',
      '\r\u001b[2K',
    ]);
  });

  it('stays within a narrow terminal, whose broken lines could not be removed', () => {
    const { written, progress } = prepare(true, 30);
    vi.advanceTimersByTime(2_000);
    progress.end();
    vi.useRealTimers();
    expect(written[0]).toBe('\r\u001b[2KStill asking after 2 s: a, b,');
  });

  it('writes one line elsewhere', () => {
    const { written, progress } = prepare(false);
    vi.advanceTimersByTime(9_000);
    progress.end();
    vi.useRealTimers();
    expect(written).toEqual(['Still asking after 2 s: a, b, c, d and 2 more\n']);
  });
});
