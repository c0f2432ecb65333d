import { afterEach, describe, expect, it } from 'vitest';
import { type Exchange, runExchange } from '../../../../functions/adapters/probe/exchange.ts';
import { LocalServers } from '../../../support/local-servers.ts';
import { sendProbe } from '../../../support/send-probe.ts';

const servers = new LocalServers();
afterEach(() => servers.stop());

const answerless = { kind: 'no-response' };

describe('the signal of a probe', () => {
  it('stops at once when its signal aborts, in the middle of a body too', async () => {
    for (const begun of [false, true]) {
      const abort = new AbortController();
      const url = await servers.http((_, response) => {
        if (begun) response.write('a', () => abort.abort());
        else abort.abort();
      });

      expect(await sendProbe(url, {}, abort.signal)).toMatchObject({
        ...answerless,
        reason: 'aborted',
      });
    }
    await servers.deserted();
  });

  it('sends nothing when its signal was aborted before', async () => {
    const url = await servers.http((_, response) => {
      response.end();
    });

    expect(await sendProbe(url, {}, AbortSignal.abort())).toMatchObject({ reason: 'aborted' });
    expect(servers.accepted).toEqual([]);
  });
});

describe('timings of a probe', () => {
  it('add up: each phase is counted once, and what did not take place is 0', async () => {
    const url = await servers.http((_, response) => {
      setTimeout(() => response.end('late'), 50);
    });

    const { timings, durationMs } = await sendProbe(url);

    expect(timings?.tlsMs).toBe(0);
    expect(timings?.connectMs).toBeGreaterThan(0);
    expect(timings?.firstByteMs).toBeGreaterThan(45);
    expect(timings?.totalMs).toBe(durationMs);
    const { dnsMs = 0, connectMs = 0, firstByteMs = 0, totalMs = 0 } = timings ?? {};
    expect(dnsMs + connectMs + firstByteMs).toBeLessThanOrEqual(totalMs);
  });

  it('need no lookup for an address', async () => {
    const url = await servers.http((_, response) => {
      response.end();
    });

    const { timings } = await sendProbe(url.replace('localhost', '127.0.0.1'));

    expect(timings?.dnsMs).toBe(0);
  });
});

describe('many probes on one signal', () => {
  it('leave no listener on it', async () => {
    const url = await servers.http((_, response) => {
      response.end();
    });
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (type: string, listener: never, options?: never) => {
      listeners.add(listener);
      addEventListener.call(signal, type, listener, options);
    };
    signal.removeEventListener = (type: string, listener: never) => {
      listeners.delete(listener);
      removeEventListener.call(signal, type, listener);
    };

    await Promise.all(Array.from({ length: 20 }, () => sendProbe(url, {}, signal)));

    expect([...listeners]).toEqual([]);
    await servers.deserted();
  });
});

describe('runExchange', () => {
  const limits = { timeoutMs: 1_000, signal: new AbortController().signal };

  it('gives everything back, latest first, what comes too late at once', async () => {
    const destroyed: string[] = [];
    const resource = (name: string) => ({
      destroy: () => destroyed.push(name),
      on: () => undefined,
    });
    let late: Exchange | undefined;

    const { outcome } = await runExchange(limits, async (exchange) => {
      late = exchange;
      exchange.own(resource('socket'));
      exchange.own(resource('session'));
      return 'done';
    });
    late?.own(resource('late'));

    expect(outcome).toBe('done');
    expect(destroyed).toEqual(['session', 'socket', 'late']);
  });

  it('turns whatever is thrown into a reason', async () => {
    const { outcome } = await runExchange(limits, () => Promise.reject('nonsense'));

    expect(outcome).toEqual({ kind: 'no-response', reason: 'nonsense' });
  });

  it('leaves no socket and no timer behind, however an exchange ends', async () => {
    const active = () =>
      process
        .getActiveResourcesInfo()
        .filter((name) => /^(?:TCPSocketWrap|TLSWrap|Timeout)$/.test(name));
    const http = await servers.http(({ url }, response) => {
      if (url === '/ok') response.end('ok');
      if (url === '/half') response.write('half');
    });
    const https = await servers.https((_, response) => {
      response.end('ok');
    });

    await Promise.all([
      ...['/ok', '/half', '/hang'].flatMap((path) =>
        (['http/1.1', 'h2'] as const).map((protocol) =>
          sendProbe(`${http}${path}`, { protocol, timeoutMs: 150 }),
        ),
      ),
      sendProbe(https),
      sendProbe(https, { tls: { ca: servers.authority.certificatePem } }),
      sendProbe('http://127.0.0.1:1/'),
    ]);
    await servers.deserted();
    await new Promise(setImmediate);

    expect(active()).toEqual([]);
  });
});
