import { describe, expect, it } from 'vitest';
import { renderNotification } from '../../../functions/core/notification/render-notification.ts';
import { rolledBackRecord } from '../../support/builders/deployment-records.ts';
import { release } from '../../support/builders/releases.ts';

describe('renderNotification', () => {
  it('opens with the one sentence and ends with the evidence', () => {
    const { subject, message } = renderNotification(rolledBackRecord());

    expect(subject).toBe('Greengate: shop v2 rolled-back');
    expect(message.split('\n')).toEqual([
      'Rolled back: AfterAllowTestTraffic failed: GET /products: expected status 200, got status 500 in 20 of 20 responses',
      '',
      'Service: shop',
      `Image: team/shop:v2 sha256:${'2'.repeat(64)}`,
      'Outcome: rolled-back',
      'Deployment: d-AAAAAAAA1',
      'Rollback deployment: d-BBBBBBBB2',
      'Execution: arn:aws:states:eu-central-1:123456789012:execution:greengate-deploy:shop-222222222222-ab',
      '',
      'Evidence:',
      '- GET /products: expected status 200, got status 500 in 20 of 20 responses',
      '  {"kind":"statuses","counts":{"500":20}}',
    ]);
  });

  it('keeps the subject within 100 printable ASCII characters', () => {
    const record = rolledBackRecord({ release: release({ tag: `v2-ü-${'x'.repeat(200)}` }) });

    const { subject } = renderNotification(record);

    expect(subject).toMatch(/^[\x20-\x7e]{100}$/);
    expect(subject).toContain('v2-?-x');
  });
});
