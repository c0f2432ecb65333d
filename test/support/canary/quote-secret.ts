import { defineCheck } from 'greengate/check';

/** A check that is careless with its secret in each way that a check can be. */
export default defineCheck(async ({ probe, secrets, log, deployment }) => {
  const token = secrets.token ?? '';
  const answer = await probe({ path: '/custom', headers: { authorization: `Bearer ${token}` } });
  log(`asked with ${token}`, { token, again: [Buffer.from(token).toString('base64')], answer });
  if (answer.kind === 'response' && answer.status === 200) {
    return { verdict: 'pass', expected: token, observed: token, evidence: { token } };
  }
  throw new Error(`refused ${token} at ${deployment.deploymentId}`, {
    cause: new Error(`cause: ${token}`),
  });
});
