// Reads vitest's JSON report; a skipped test counts as a failure of the run (style habit 23), but for those of
// clients that this machine lacks: they say which, and are listed.
import { existsSync, readFileSync } from 'node:fs';

const [file, testExitCode] = process.argv.slice(2);
if (!existsSync(file)) {
  console.log(`No test report at ${file}: the test run itself broke`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const report = JSON.parse(readFileSync(file, 'utf8'));
const notRun = report.testResults.flatMap(({ name, assertionResults }) =>
  assertionResults
    .filter(({ status }) => !['passed', 'failed'].includes(status))
    .map(({ title }) => ({ file: name, title })),
);
const clientTests = /[/]test[/](?:clients[/]|simulator[/]ecr[/]skopeo)/;
const withoutClient = notRun.filter((test) => clientTests.test(test.file));
for (const { title } of withoutClient) console.log(`skipped, its client is not here: ${title}`);
const skipped = notRun.length - withoutClient.length;
const brokenFiles = report.testResults.filter(
  (result) =>
    result.status === 'failed' && result.assertionResults.every((test) => test.status !== 'failed'),
);
for (const { name, message } of brokenFiles) console.log(`broken: ${name}: ${message}`);
if (skipped > 0) console.log(`${skipped} test(s) were skipped; none may be`);
const failed = report.numFailedTests + brokenFiles.length;
if (failed === 0 && testExitCode !== '0') {
  console.log(
    `npm test ended with ${testExitCode} although no test failed: see the coverage thresholds above`,
  );
}
console.log(`${report.numPassedTests} passed, ${failed} failed`);
const sound = failed === 0 && skipped === 0 && report.numPassedTests > 0 && testExitCode === '0';
process.exit(sound ? 0 : 1);
