import { describe, expect, it } from 'vitest';
import { ProductionLedger } from '../../cli/rehearsal/production-ledger.ts';

const answers = (ledger: ProductionLedger, count: number, release = 'v1', status = 200) => {
  for (let i = 0; i < count; i++) ledger.record({ release, status });
};

describe('ProductionLedger', () => {
  it('counts by release and status, and the balancer’s own answers apart', () => {
    const ledger = new ProductionLedger();
    answers(ledger, 3);
    answers(ledger, 1, 'v1', 500);
    answers(ledger, 2, 'v2');
    ledger.record({ release: undefined, status: 503 });
    expect(ledger.byRelease).toEqual({
      v1: { requests: 4, byStatus: { 200: 3, 500: 1 } },
      v2: { requests: 2, byStatus: { 200: 2 } },
      'load balancer': { requests: 1, byStatus: { 503: 1 } },
    });
    expect(ledger.requestsServedBy('v3')).toBe(0);
  });

  it('holds a jump until the present weights served enough, and again after a change', async () => {
    const ledger = new ProductionLedger();
    answers(ledger, 9);
    let served = false;
    const waiting = ledger.served(10)?.then(() => {
      served = true;
    });
    await Promise.resolve();
    expect(served).toBe(false);
    answers(ledger, 1);
    await waiting;
    expect(served).toBe(true);
    expect(ledger.served(10)).toBeUndefined();
    ledger.weightsChanged();
    expect(ledger.served(10)).toBeInstanceOf(Promise);
  });

  it('lets everybody go when it is closed', async () => {
    const ledger = new ProductionLedger();
    const waiting = ledger.served(10);
    ledger.close();
    await waiting;
    expect(ledger.served(10)).toBeUndefined();
  });
});
