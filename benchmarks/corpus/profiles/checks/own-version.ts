import { defineCheck } from 'greengate/check';

/** A new image that answers with the version of the running one holds an old build. */
export default defineCheck(async ({ probe, original }) => {
  const expected = 'a version other than that of the original';
  if (!original) return { verdict: 'pass', expected, observed: 'no original to compare with' };
  const [ours, theirs] = await Promise.all([versionOf(probe), versionOf(original)]);
  const observed = `${ours} at the replacement, ${theirs} at the original`;
  return { verdict: ours === theirs ? 'fail' : 'pass', expected, observed };
});

type Probe = Parameters<Parameters<typeof defineCheck>[0]>[0]['probe'];

async function versionOf(probe: Probe): Promise<string> {
  const answer = await probe({ path: '/' });
  if (answer.kind === 'no-response') return answer.reason;
  return answer.headers['x-release'] ?? 'no version';
}
