import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './source-files.ts';

const read = (name: string) => readFileSync(join(repositoryRoot, name), 'utf8');
const english = read('README.md');
const korean = read('README.ko.md');

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, '');
const blocks = (text: string) => [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
const levels = (text: string) =>
  [...withoutCode(text).matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length);
const links = (text: string) =>
  [...withoutCode(text).matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target).toSorted();
const tableRows = (text: string) =>
  withoutCode(text)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split(/(?<!\\)\|/).length);
const inlineCommands = (text: string) =>
  [...withoutCode(text).matchAll(/`((?:npm|npx|greengate)\s[^`]+)`/g)]
    .map(([, command = '']) => command.replace(/\s+/g, ' '))
    .toSorted();

describe('README.ko.md', () => {
  it('has the headings of README.md, level by level', () => {
    expect(levels(korean)).toEqual(levels(english));
  });

  it('shows the same commands, configuration and output', () => {
    const shown = (text: string) =>
      blocks(text).map(([, language, code]) => `${language}\n${code}`);
    expect(shown(korean)).toEqual(shown(english));
    expect(inlineCommands(korean)).toEqual(inlineCommands(english));
  });

  it('has the same links and the same tables', () => {
    const anchorless = (targets: readonly (string | undefined)[]) =>
      // Headings are translated, so anchors within the page differ.
      targets.filter((target) => !target?.startsWith('#'));
    expect(anchorless(links(korean))).toEqual(
      anchorless(links(english))
        .map((target) => (target === 'README.ko.md' ? 'README.md' : target))
        .toSorted(),
    );
    expect(tableRows(korean)).toEqual(tableRows(english));
  });

  it('is written in Korean', () => {
    const letters = withoutCode(korean).match(/\p{Script=Hangul}/gu) ?? [];
    expect(letters.length).toBeGreaterThan(3_000);
  });
});
