import { Pool } from 'undici';
import { callMix } from './call-mix.ts';

/**
 * One client process of the control-plane benchmark: sends the mix for some milliseconds over some connections, and
 * prints how many calls were answered with 200. Real wire requests, but no SDK, which is slower than the simulator.
 */
const [endpoint = '', service = '', connectionCount = '4', forMs = '1000'] = process.argv.slice(2);
const pool = new Pool(endpoint, { connections: Number(connectionCount), pipelining: 1 });
const rounds = callMix(service).flatMap(([name, count, call]) =>
  Array.from({ length: count }, () => ({ name, call })),
);

let finished = 0;
const startedAt = performance.now();
const endsAt = startedAt + Number(forMs);

async function client(offset: number): Promise<void> {
  for (let at = offset; performance.now() < endsAt; at++) {
    const { name, call } = rounds[at % rounds.length] ?? {};
    if (!call) return;
    const { statusCode, body } = await pool.request(call);
    const answer = await body.text();
    if (statusCode !== 200) throw new Error(`${name}: ${statusCode} ${answer}`);
    finished++;
  }
}

await Promise.all(Array.from({ length: Number(connectionCount) }, (_, index) => client(index * 3)));
const busyMs = performance.now() - startedAt;
await pool.close();
console.log(JSON.stringify({ finished, busyMs }));
