import { describe, expect, it } from 'vitest';
import { InvalidEventError } from '../../../functions/core/errors.ts';
import {
  parseReleaseInput,
  parseRequestInput,
} from '../../../functions/core/workflow/step-input.ts';
import { execution, release, releaseRequest } from '../../support/builders/releases.ts';

describe('parseRequestInput', () => {
  it('reads request and execution and leaves the rest', () => {
    const input = {
      request: { ...releaseRequest(), note: 'edited by hand' },
      execution: execution(),
      other: 1,
    };
    expect(parseRequestInput(input)).toEqual({
      request: releaseRequest(),
      execution: execution(),
    });
  });

  it('names every member that a hand-edited input lacks or spoils', () => {
    const { tag: _, ...request } = releaseRequest({ digest: 'sha256:12', pushedAt: 'yesterday' });
    const parse = () => parseRequestInput({ request, execution: execution({ redriveCount: -1 }) });
    expect(parse).toThrow(InvalidEventError);
    expect(parse).toThrow(
      'Cannot read the input of the task: request.tag is missing, expected a tag of at most 128 letters, digits, dots, underscores and hyphens; ' +
        'request.digest is "sha256:12", expected sha256: and 64 lower-case hexadecimal digits; ' +
        'request.pushedAt is "yesterday", expected a time such as 2026-09-01T10:00:00Z; ' +
        'execution.redriveCount is -1, expected a whole number from 0',
    );
  });

  it.each([
    [undefined, 'it is undefined, expected an object'],
    [{}, 'request is missing, expected an object; execution is missing, expected an object'],
    [{ request: 'shop', execution: execution() }, 'request is "shop", expected an object'],
  ])('refuses %j', (input, message) => {
    expect(() => parseRequestInput(input)).toThrow(`Cannot read the input of the task: ${message}`);
  });
});

describe('parseReleaseInput', () => {
  it('reads release and execution', () => {
    const input = { release: release(), execution: execution() };
    expect(parseReleaseInput(input)).toEqual(input);
  });

  it('names what is missing of the resolved release', () => {
    const { image: _, ...unresolved } = release();
    expect(() => parseReleaseInput({ release: unresolved, execution: execution() })).toThrow(
      'release.image is missing, expected an image with its digest',
    );
  });
});
