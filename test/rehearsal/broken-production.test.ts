import { RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rollingSample } from '../../cli/rehearsal/strategies.ts';
import {
  type InventoryService,
  startInventory,
} from '../../simulator/workloads/inventory-service.ts';
import { type OpenSample, openSample, type Release } from '../support/simulator/open-sample.ts';

const limitMs = 180_000;

describe.each([
  ['blue/green', {}],
  ['a rolling update', { target: rollingSample }],
])(
  'production that does not pass the checks any more, with %s',
  { timeout: limitMs },
  (_, change) => {
    let sample: OpenSample;
    let inventory: InventoryService;

    beforeAll(async () => {
      inventory = await startInventory();
      inventory.repair();
      sample = await openSample({ ...change, endRetentionEarly: true });
      expect((await sample.release('v2')).outcome).toBe('deployed');
    }, limitMs);
    afterAll(async () => {
      await sample?.stop();
      await inventory?.stop();
    });

    /** A release that was good when it was released, and is not any more. */
    async function goBad(tag: string): Promise<void> {
      inventory.repair();
      const released = await sample.release(tag, { INVENTORY_URL: inventory.url });
      expect(released.outcome).toBe('deployed');
      inventory.breakDown();
    }

    async function redrive({ executionArn }: Release): Promise<string> {
      const fromSeq = sample.simulator.world.journal.entries.length;
      await sample.states.send(new RedriveExecutionCommand({ executionArn }));
      return (await sample.watcher.attempt(executionArn, fromSeq)).outcome;
    }

    it('is put back by hand', async () => {
      await goBad('v3');
      const { outcome, reason } = await sample.start({ service: 'shop', action: 'rollback' });

      expect(reason).toMatch(/v2 \(sha256:\w{12}\)/);
      expect(outcome).toBe('deployed');
    });

    it('is mended by a push that somebody redrives, who was told to', async () => {
      await goBad('v4');
      const mending = await sample.release('v5');

      expect(mending.outcome).toBe('failed');
      expect(mending.reason).toMatch(
        /does not pass them: GET .*\/products.*; if this release is to mend that, redrive its execution/,
      );
      expect(await redrive(mending)).toBe('deployed');
    });
  },
);
