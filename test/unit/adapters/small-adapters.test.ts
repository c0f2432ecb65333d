import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readConfig } from '../../../functions/adapters/compiled-config.ts';
import { environment } from '../../../functions/adapters/environment.ts';
import { defaultProvider } from '../../../functions/adapters/environment-credentials.ts';
import { once } from '../../../functions/adapters/once.ts';
import { systemClock } from '../../../functions/adapters/system-clock.ts';
import { InvalidConfigError } from '../../../functions/core/errors.ts';
import { configOf } from '../../support/builders/releases.ts';

afterEach(() => vi.unstubAllEnvs());

function fileWith(text: string): URL {
  const directory = mkdtempSync(join(tmpdir(), 'greengate-config-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'config.json');
  writeFileSync(file, text);
  return pathToFileURL(file);
}

describe('readConfig', () => {
  it('reads what the build compiled', () => {
    expect(readConfig(fileWith(JSON.stringify(configOf())))).toEqual(configOf());
  });

  it.each(['', '{', '[]', '{"services":{}}'])('refuses %j and names the file', (text) => {
    const file = fileWith(text);
    expect(() => readConfig(file)).toThrow(InvalidConfigError);
    expect(() => readConfig(file)).toThrow(file.pathname);
  });

  it('refuses a file that is not there', () => {
    expect(() => readConfig(new URL('file:///nowhere/config.json'))).toThrow(
      new InvalidConfigError('Cannot read the compiled configuration /nowhere/config.json'),
    );
  });
});

describe('environment', () => {
  it('reads a variable', () => {
    vi.stubEnv('RECORDS_BUCKET', 'records');
    expect(environment('RECORDS_BUCKET')).toBe('records');
  });

  it('names the variable that is not set', () => {
    vi.stubEnv('RECORDS_BUCKET', '');
    expect(() => environment('RECORDS_BUCKET')).toThrow(
      new InvalidConfigError(
        'Environment variable RECORDS_BUCKET is not set on the function, expected a value from the stack',
      ),
    );
  });
});

describe('defaultProvider', () => {
  it('reads the credentials that Lambda hands over, anew each time', async () => {
    const provider = defaultProvider();
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_SESSION_TOKEN', 'token');
    expect(await provider()).toEqual({
      accessKeyId: 'id',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
    vi.stubEnv('AWS_SESSION_TOKEN', '');
    expect(await provider()).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret' });
  });

  it('says what is missing', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    await expect(defaultProvider()()).rejects.toThrow('AWS_ACCESS_KEY_ID');
  });
});

describe('once', () => {
  it('builds when first asked, and only then', () => {
    const build = vi.fn(() => ({}));
    const get = once(build);
    expect(build).not.toHaveBeenCalled();
    expect(get()).toBe(get());
    expect(build).toHaveBeenCalledTimes(1);
  });
});

describe('systemClock', () => {
  it('does not sleep past its signal', async () => {
    await expect(systemClock.sleep(60_000, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
  });
});
