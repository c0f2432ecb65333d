import { describe, expect, it } from 'vitest';
import {
  askedText,
  handEventId,
  parseHandRequest,
} from '../../../functions/core/workflow/hand-request.ts';
import { digestOf, releaseRequest } from '../../support/builders/releases.ts';

const digest = digestOf('2');

describe('parseHandRequest', () => {
  it.each([
    [{ action: 'rollback' }, { kind: 'rollback' }, 'rollback'],
    [
      { image: 'team/shop:v1.2' },
      { kind: 'image', repository: 'team/shop', tag: 'v1.2' },
      'team/shop:v1.2',
    ],
    [
      { image: `team/shop@${digest}` },
      { kind: 'image', repository: 'team/shop', digest },
      `team/shop@${digest}`,
    ],
    [
      { image: 'team__a/shop--api:v1' },
      { kind: 'image', repository: 'team__a/shop--api', tag: 'v1' },
      'team__a/shop--api:v1',
    ],
  ])('reads %j', (asked, ask, text) => {
    const parsed = parseHandRequest({ service: 'shop', ...asked });

    expect(parsed).toEqual({ service: 'shop', ask });
    expect(parsed && askedText(parsed.ask)).toBe(text);
  });

  it('keeps why a freeze is overridden, and takes a force that it does not need', () => {
    const input = { service: 'shop', action: 'rollback', overrideFreeze: 'incident', force: true };

    expect(parseHandRequest(input)).toEqual({
      service: 'shop',
      ask: { kind: 'rollback' },
      overrideFreeze: 'incident',
    });
  });

  it('leaves the input of a push to its own parser, also one with mistakes', () => {
    expect(parseHandRequest(releaseRequest())).toBeUndefined();
    expect(parseHandRequest({ ...releaseRequest(), digest: 7 })).toBeUndefined();
  });

  it.each([
    ['no object', null, 'it is no object'],
    ['nothing', {}, 'it asks for nothing'],
    ['only a service', { service: 'shop' }, 'it asks for nothing'],
    ['another action', { service: 'shop', action: 'deploy' }, 'action is "deploy"'],
    ['both', { service: 'shop', action: 'rollback', image: 'a:b' }, 'both action and image'],
    ['no service', { action: 'rollback' }, 'service is missing'],
    ['an odd service', { service: '../x', action: 'rollback' }, 'service is "../x"'],
    ['no tag', { service: 'shop', image: 'team/shop' }, 'image is "team/shop"'],
    ['two names', { service: 'shop', image: `team/shop:v1@${digest}` }, 'one tag or digest'],
    ['a host', { service: 'shop', image: 'host.example:443/team/shop:v1' }, 'no registry host'],
    ['a short digest', { service: 'shop', image: 'team/shop@sha256:22' }, 'image is "team/shop@'],
    ['a mixture', { ...releaseRequest(), action: 'rollback' }, '"repository", "tag", "digest"'],
    ['a typing mistake', { service: 'shop', action: 'rollback', forse: true }, '"forse" cannot'],
    ['force as text', { service: 'shop', action: 'rollback', force: 'yes' }, 'force is "yes"'],
    ['odd override', { service: 'shop', action: 'rollback', overrideFreeze: 1 }, 'overrideFreeze'],
  ])('refuses %s in one line that lists the shapes', (_, input, problem) => {
    const message = (() => {
      try {
        parseHandRequest(input);
        return 'accepted';
      } catch (error) {
        return String(error);
      }
    })();

    expect(message).toContain(problem);
    expect(message).toContain('"action": "rollback"');
    expect(message).toContain('REPOSITORY@sha256:DIGEST');
    expect(message).not.toContain('\n');
  });
});

describe('handEventId', () => {
  it('is the execution, as far as a key can hold it, and never the same for two', () => {
    expect(handEventId('back-to-v1')).toBe('hand-back-to-v1');
    expect(handEventId('zurück/1')).toMatch(/^hand-[0-9a-f]{32}$/);
    expect(handEventId('zurück/1')).not.toBe(handEventId('zurück/2'));
  });
});
