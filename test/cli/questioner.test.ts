import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { questioner, UnansweredError } from '../../cli/terminal/questioner.ts';

function terminal() {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough(), { isTTY: true });
  return { input, output };
}

it('asks one question after the other', async () => {
  const { input, output } = terminal();
  const { ask, close } = questioner({ input, output });
  const first = ask('Service: ');
  input.write('shop\n');
  expect(await first).toBe('shop');
  const second = ask('Port: ');
  input.write('\n');
  expect(await second).toBe('');
  close();
  expect(output.read()?.toString('utf8')).toContain('Service: ');
});

it.each([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('takes %s for no answer', async (_, key) => {
  const { input, output } = terminal();
  const { ask } = questioner({ input, output });
  const answer = ask('Service: ');
  input.write(key);
  await expect(answer).rejects.toThrow(UnansweredError);
  await expect(ask('Port: ')).rejects.toThrow(UnansweredError);
});

it('takes an input that ends for no answer', async () => {
  const { input, output } = terminal();
  const answer = questioner({ input, output }).ask('Service: ');
  input.end();
  await expect(answer).rejects.toThrow(UnansweredError);
});
