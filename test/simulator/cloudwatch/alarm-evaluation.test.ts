import { describe, expect, it } from 'vitest';
import { judge, type TreatMissingData } from '../../../simulator/cloudwatch/alarm-evaluation.ts';

/** `0` does not breach, `X` does, `-` is missing: the notation of the CloudWatch user guide. */
const pointsOf = (text: string) =>
  [...text.replaceAll(' ', '')].map((sign) => (sign === '-' ? undefined : sign === 'X' ? 1 : 0));

const treatments: readonly TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];

function judgeAll(points: string, m: number, n: number) {
  return treatments.map((treatMissingData) =>
    judge(pointsOf(points), {
      evaluationPeriods: n,
      datapointsToAlarm: m,
      treatMissingData,
      breaches: (value) => value > 0,
    }),
  );
}

const missing = 'INSUFFICIENT_DATA';
const same = 'unchanged';

describe('an alarm on 3 of 3 data points (table of the CloudWatch user guide)', () => {
  it.each([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', [missing, same, 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', same, 'ALARM', 'OK']],
  ])('%s is %j for missing, ignore, breaching, notBreaching', (points, expected) => {
    expect(judgeAll(points, 3, 3)).toEqual(expected);
  });
});

describe('an alarm on 2 of 3 data points (second table there)', () => {
  it.each([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - X', ['ALARM', same, 'ALARM', 'OK']],
  ])('%s is %j for missing, ignore, breaching, notBreaching', (points, expected) => {
    expect(judgeAll(points, 2, 3)).toEqual(expected);
  });
});
