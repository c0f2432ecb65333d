import { describe, expect, it } from 'vitest';
import { compileFilterPattern } from '../../../simulator/logs/filter-pattern.ts';

const matches = (pattern: string, message: string) =>
  compileFilterPattern(pattern).matches(message);

describe('a pattern of terms', () => {
  it.each([
    ['', 'anything', true],
    ['ERROR', 'an ERROR here', true],
    ['ERROR', 'an error here', false],
    ['ERROR timeout', 'timeout before ERROR', true],
    ['ERROR timeout', 'ERROR only', false],
    ['"two words"', 'just two words here', true],
    ['"two words"', 'two other words', false],
    ['ERROR -ignored', 'ERROR', true],
    ['ERROR -ignored', 'ERROR ignored', false],
    ['?ERROR ?WARN', 'a WARN', true],
    ['?ERROR ?WARN', 'an INFO', false],
    ['"say \\"hi\\""', 'they say "hi" twice', true],
    ['%4[0-9]{2}%', 'status 404', true],
    ['%4[0-9]{2}%', 'status 500', false],
  ])('%s on %s matches: %s', (pattern, message, expected) => {
    expect(matches(pattern, message)).toBe(expected);
  });
});

describe('a JSON pattern', () => {
  const event = JSON.stringify({
    level: 'ERROR',
    status: 503,
    ratio: 1e-3,
    user: { name: 'ann', admin: false, email: null },
    tags: ['a', 'b'],
    items: [{ id: 1 }, { id: 2 }],
    'odd key': 'x',
  });

  it.each([
    ['{ $.level = "ERROR" }', true],
    ['{ $.level = ERROR }', true],
    ['{ $.level = "ERR*" }', true],
    ['{ $.level = "*RR*" }', true],
    ['{ $.level = "INFO" }', false],
    ['{ $.level != "INFO" }', true],
    ['{ $.level = %^ERR% }', true],
    ['{ $.status = 503 }', true],
    ['{ $.status = 503.0 }', true],
    ['{ $.status = 5* }', true],
    ['{ $.status >= 500 }', true],
    ['{ $.status > 503 }', false],
    ['{ $.status < 504 && $.status <= 503 }', true],
    ['{ $.ratio = 0.001 }', true],
    ['{ $.user.name = "ann" }', true],
    ['{ $.user.admin IS FALSE }', true],
    ['{ $.user.admin IS TRUE }', false],
    ['{ $.user.email IS NULL }', true],
    ['{ $.user.phone IS NULL }', false],
    ['{ $.user.phone NOT EXISTS }', true],
    ['{ $.user NOT EXISTS }', false],
    ['{ $.user.phone != "1" }', false],
    ['{ $.tags[1] = "b" }', true],
    ['{ $.tags[*] = "b" }', true],
    ['{ $.items[1].id = 2 }', true],
    ["{ $['odd key'] = x }", true],
    ['{ $.user = "*" }', false],
    ['{ $.level = "INFO" || $.status = 503 && $.tags[0] = "a" }', true],
    ['{ ($.level = "INFO" || $.status = 503) && $.tags[0] = "z" }', false],
  ])('%s matches: %s', (pattern, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it('never matches what is no JSON', () => {
    expect(matches('{ $.level NOT EXISTS }', 'plain text')).toBe(false);
    expect(matches('{ $.level NOT EXISTS }', '{ broken')).toBe(false);
  });

  it('extracts the values that it names', () => {
    const pattern = compileFilterPattern('{ $.status > 0 && $.user.name = * }');
    expect(pattern.extractAll(event)).toEqual({ '$.status': '503', '$.user.name': 'ann' });
    expect(pattern.extract(event, '$.user.email')).toBeUndefined();
  });
});

describe('a space-delimited pattern', () => {
  const line = '127.0.0.1 ann frank [10/Oct/2000:13:25:15 -0700] "GET /a.gif HTTP/1.0" 404 1534';

  it.each([
    ['[ip, user, username, timestamp, request, status, bytes]', true],
    ['[ip, user, username, timestamp, request, status]', false],
    ['[..., status=404, bytes]', true],
    ['[..., status=4*, bytes]', true],
    ['[..., status=5*, bytes]', false],
    ['[ip, ..., bytes > 1000]', true],
    ['[ip, ..., bytes > 2000]', false],
    ['[ip=%^127%, ...]', true],
    ['[ip, user, username, timestamp, request="GET*", status!=200, bytes]', true],
    ['[..., status = 404 || status = 410, bytes]', true],
    ['[..., (status >= 400 && status < 404) || status = 410, bytes]', false],
    ['[timestamp = "10/Oct*", ...]', false],
  ])('%s matches: %s', (pattern, expected) => {
    expect(matches(pattern, line)).toBe(expected);
  });

  it('extracts its fields by name', () => {
    const pattern = compileFilterPattern('[ip, ..., status, bytes]');
    expect(pattern.extractAll(line)).toEqual({ $ip: '127.0.0.1', $status: '404', $bytes: '1534' });
    expect(pattern.extract(line, '$bytes')).toBe('1534');
  });
});

it.each([
  '"open',
  '{ $.a = }',
  '{ $.a ~ 1 }',
  '{ a = 1 }',
  '{ ($.a = 1 }',
  '{ $.a > "x" }',
  '{ $.a = 1',
  '[a, b',
  '[..., a, ...]',
  '[a = 1 || b = 2]',
  '%(a)+%',
  '%[%',
])('%s is invalid', (pattern) => {
  expect(() => compileFilterPattern(pattern)).toThrow(
    expect.objectContaining({ code: 'InvalidParameterException' }),
  );
});
