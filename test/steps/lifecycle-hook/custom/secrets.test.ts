import { beforeEach, describe, expect, it } from 'vitest';
import { answered } from '../../../support/fakes/fake-probe-transport.ts';
import { CustomCheckScene, passing } from './custom-check-scene.ts';

let scene: CustomCheckScene;
beforeEach(() => {
  scene = new CustomCheckScene();
});

describe('a check of the user’s own', () => {
  it('masks its secrets in result, evidence and log', async () => {
    scene.secrets.values.set('/token', 't0ken');
    scene.probe.answer = () => answered(500, 'no t0ken here');
    const result = await scene.run(
      async ({ probe, secrets, log }) => {
        const answer = await probe({ path: '/', headers: { token: secrets.TOKEN ?? '' } });
        log('sent t0ken', { value: secrets.TOKEN });
        return {
          verdict: 'fail',
          expected: `${secrets.TOKEN}`,
          observed: `t0ken: ${answer.kind}`,
          sentence: 'got t0ken.',
          evidence: { used: 't0ken' },
        };
      },
      { secrets: { TOKEN: { parameter: '/token' } } },
    );
    expect(scene.probe.requests[0]?.headers.token).toBe('t0ken');
    expect(result.sentence).toBe('checks/own.ts: got ${secrets.TOKEN}');
    expect(JSON.stringify([result, scene.log.lines])).not.toContain('t0ken');
    expect(scene.log.lines[0]?.fields).toMatchObject({
      said: 'sent ${secrets.TOKEN}',
      fields: { value: '${secrets.TOKEN}' },
    });
  });

  it('masks before it cuts, so that nothing of a secret is left at the edge', async () => {
    scene.secrets.values.set('/token', 't0ken-that-is-long');
    const own = { secrets: { TOKEN: { parameter: '/token' } } };
    scene.probe.answer = () => ({
      kind: 'response',
      status: 200,
      headers: {},
      body: `${'.'.repeat(295)}t0ken-that-is-long`,
      durationMs: 1,
    });
    const texts = await Promise.all([
      scene.run(async ({ probe }) => {
        await probe({ path: '/' });
        return { ...passing, verdict: 'fail' };
      }, own),
      scene.run((): never => ({ verdict: `${'.'.repeat(75)}t0ken-that-is-long` }) as never, own),
      scene.run(() => ({ ...passing, observed: `${'.'.repeat(1_995)}t0ken-that-is-long` }), own),
      scene.run(() => {
        throw new Error(`${'.'.repeat(1_990)}t0ken-that-is-long`);
      }, own),
    ]);

    expect(texts.map((text) => JSON.stringify(text).includes('t0k'))).toEqual(
      texts.map(() => false),
    );
    expect(texts.every((text) => JSON.stringify(text).length < 8_000)).toBe(true);
  });

  it('says in the log what is no text, too', async () => {
    const error = new Error('broken');
    await scene.run(({ log }) => {
      log(error as never, { error });
      return passing;
    });

    expect(scene.log.lines.map(({ fields }) => [fields?.said, fields?.fields])).toEqual([
      ['Error: broken', { error: 'Error: broken' }],
    ]);
  });

  it('masks a secret that is a word of ours without changing the verdict', async () => {
    scene.secrets.values.set('/token', 'pass');
    const result = await scene.run(() => passing, { secrets: { TOKEN: { parameter: '/token' } } });
    expect(result.verdict).toBe('pass');
  });
});
