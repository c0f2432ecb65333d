import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator({ time: 'stepped' });
});
afterAll(() => simulator.stop());

const post = async (path: string, body: unknown) => {
  const url = `${simulator.endpoint}/_greengate/${path}`;
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, ...((await response.json()) as { message?: string }) };
};
const image = { repository: 'shop', tag: 'v1' };
const Dockerfile = 'FROM node:24\nCOPY . .\n';
const finding = { name: 'CVE-2026-0001', severity: 'HIGH' };

it.each([
  ['scan-findings', {}, 'Member "repository" of the body: Invalid input'],
  ['scan-findings', { repository: 'shop', image: '' }, 'Member "image" of the body: Too small'],
  [
    'scan-findings',
    { repository: 'shop', image: 'v1', findings: [{ ...finding, severity: 'BAD' }] },
    'Member "findings.0.severity" of the body: Invalid option: expected one of "CRITICAL"|',
  ],
  [
    'scan-findings',
    { repository: 'shop', image: 'v1', findings: [{ ...finding, wrong: 9 }] },
    'The body has no member "findings.0.wrong"',
  ],
  [
    'scan-findings',
    { repository: 'shop', image: 'v1' },
    "The repository with name 'shop' does not",
  ],
  ['certificates', {}, 'Member "domainNames" of the body: Invalid input: expected array'],
  ['certificates', { domainNames: ['a.test'], days: 3 }, 'The body has no member "days"'],
  [
    'certificates',
    { domainNames: ['a.test', 'not a name'] },
    'Member "domainNames.1" of the body: a domain name has letters, digits, hyphens and dots',
  ],
  [
    'images',
    { ...image, files: { Dockerfile, lib: 'a file', './lib/app.js': 'in a folder' } },
    'Member "files" of the body: a path cannot be a file and a folder',
  ],
  [
    'images',
    { ...image, files: { Dockerfile, 'lib/../../app.js': 'outside' } },
    'Member "files" of the body: paths stay inside the build context',
  ],
])('POST %s of %j is refused in one line that names the member', async (path, body, start) => {
  const { status, message = '' } = await post(path, body);
  expect(status).toBe(400);
  expect(message.slice(0, start.length)).toBe(start);
  expect(message.split('\n')).toHaveLength(1);
});
