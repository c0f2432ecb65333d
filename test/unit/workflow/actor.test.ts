import { describe, expect, it } from 'vitest';
import { actorOf } from '../../../functions/core/workflow/actor.ts';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';

const request = {
  service: 'shop',
  digest: `sha256:${'2'.repeat(64)}`,
  eventId: '0b6f1c52-8a0e-4a53-9d77-3f2f4c1d9e10',
};
const derived = executionName(request);

describe('actorOf', () => {
  it.each([
    [derived, 0, 'image-push'],
    ['51b0d8ad-67c8-44d1-abf6-f59327e820da', 0, 'new-execution'],
    [derived, 1, 'redrive'],
    ['51b0d8ad-67c8-44d1-abf6-f59327e820da', 2, 'redrive'],
  ] as const)('%s redriven %i times is %s', (name, redriveCount, actor) => {
    expect(actorOf(request, { executionName: name, redriveCount })).toBe(actor);
  });

  it('takes the name of another push of the same image for a person’s', () => {
    const other = executionName({ ...request, eventId: 'another' });
    expect(actorOf(request, { executionName: other, redriveCount: 0 })).toBe('new-execution');
  });
});
