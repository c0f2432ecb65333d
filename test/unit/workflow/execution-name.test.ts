import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { digestOf, releaseRequest } from '../../support/builders/releases.ts';

describe('executionName', () => {
  it('shows service and digest, and hides the event', () => {
    const request = releaseRequest({ service: 'shop', digest: digestOf('2'), eventId: 'event-1' });
    // printf event-1 | sha256sum
    expect(executionName(request)).toBe('shop-222222222222-ce36863f51b6baf9');
  });

  it.each([
    ['service', { service: 'cart' }],
    ['digest', { digest: digestOf('3') }],
    ['event', { eventId: 'event-2' }],
  ])('differs by %s', (_, change) => {
    expect(executionName(releaseRequest(change))).not.toBe(executionName(releaseRequest()));
  });

  it('is a name that Step Functions takes, whatever the event', () => {
    const service = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/);
    fc.assert(
      fc.property(service, fc.string({ minLength: 1 }), (name, eventId) => {
        const request = releaseRequest({ service: name, eventId });
        expect(executionName(request)).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
        expect(executionName({ ...request })).toBe(executionName(request));
      }),
    );
  });
});
