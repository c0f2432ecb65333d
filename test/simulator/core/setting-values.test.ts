import { expect, it } from 'vitest';
import {
  describeSettings,
  parseSetting,
  readSettings,
} from '../../../simulator/core/setting-values.ts';
import { defaultSettings } from '../../../simulator/core/settings.ts';

it('reads numbers, truth values and words', () => {
  expect(parseSetting('rollbackGapMs=0')).toEqual({ rollbackGapMs: 0 });
  expect(parseSetting('refuseReservedEventSources=true')).toEqual({
    refuseReservedEventSources: true,
  });
  expect(parseSetting('hookInvocation=RequestResponse')).toEqual({
    hookInvocation: 'RequestResponse',
  });
});

it.each([
  ['rollbackGapMs', 'A setting is given as name=value, got "rollbackGapMs"'],
  ['rollbackGapMs=', 'Setting rollbackGapMs takes a number from 0, got ""'],
  ['rollbackGapMs=-1', 'Setting rollbackGapMs takes a number from 0, got -1'],
  ['hookInvocation=Never', 'Setting hookInvocation takes Event or RequestResponse, got "Never"'],
  [
    'refuseReservedEventSources=yes',
    'Setting refuseReservedEventSources takes true or false, got "yes"',
  ],
])('refuses %s', (text, message) => {
  expect(() => parseSetting(text)).toThrow(message);
});

it('names the settings there are when one is not', () => {
  expect(() => parseSetting('toString=1')).toThrow(
    /^There is no setting "toString"; there are deploymentStartDelayMs, /,
  );
  expect(() => readSettings({ nope: 1 })).toThrow('There is no setting "nope"');
});

it('takes every default, and lists every setting with what it takes', () => {
  expect(readSettings({ ...defaultSettings })).toEqual(defaultSettings);
  const lines = describeSettings();
  expect(lines).toHaveLength(Object.keys(defaultSettings).length);
  expect(lines).toContain('rollbackGapMs=1000 (a number from 0)');
});
