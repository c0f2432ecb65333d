import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compilePattern } from '../../../simulator/events/event-pattern.ts';
import { checkInputTransformer } from '../../../simulator/events/input-transformer.ts';
import { readTarget } from '../../../simulator/events/read-target.ts';
import { readSchedule } from '../../../simulator/events/schedule-expression.ts';
import {
  createEventsFixture,
  type EventsFixture,
  functionArn,
  queueArn,
  ruleArn,
} from './events-fixture.ts';

let bus: EventsFixture;
beforeEach(() => {
  bus = createEventsFixture();
});
afterEach(() => bus.stop());

const paths = { tag: '$.detail.image-tag', detail: '$.detail', none: '$.detail.nothing' };
const transformed = async (InputTemplate: string) => {
  await bus.rule({ Targets: [] });
  const InputTransformer = { InputPathsMap: paths, InputTemplate };
  bus.model.rules.get('pushes').putTarget(readTarget({ Id: 'q', Arn: queueArn, InputTransformer }));
  const id = bus.push();
  await bus.delivered(1);
  return { id, body: bus.queued[0]?.body };
};

describe('an input transformer', () => {
  it('keeps the type of a variable that stands alone, and writes text inside quotes', async () => {
    const { body } = await transformed(
      '{"tag":<tag>,"text":"pushed <tag> of <detail>","all":<detail>,"none":<none>,"gone":"<none>!"}',
    );
    expect(body).toEqual({
      tag: 'v1',
      text: 'pushed v1 of {image-tag:v1}',
      all: { 'image-tag': 'v1' },
      none: '',
      gone: '!',
    });
  });

  it('knows the reserved variables', async () => {
    const { id, body } = await transformed(
      '{"rule":<aws.events.rule-name>,"arn":"<aws.events.rule-arn>","at":<aws.events.event.ingestion-time>,"head":<aws.events.event>,"event":<aws.events.event.json>}',
    );
    expect(body).toMatchObject({
      rule: 'pushes',
      arn: ruleArn,
      at: expect.stringMatching(/^2026-11-21T09:00:0\dZ$/),
      event: { id, detail: { 'image-tag': 'v1' } },
    });
    expect((body as { head: object }).head).toMatchObject({ id, source: 'aws.ecr' });
    expect((body as { head: object }).head).not.toHaveProperty('detail');
  });

  it.each([
    [
      'neither JSON nor text',
      { InputTemplate: '{"a":<tag>' },
      /^Invalid InputTemplate for target T : /,
    ],
    [
      'a reserved name',
      { InputPathsMap: { 'aws.x': '$' }, InputTemplate: '"x"' },
      /aws\.x begins with AWS/,
    ],
    [
      'a path that is none',
      { InputPathsMap: { x: 'detail' }, InputTemplate: '"x"' },
      /^Invalid JSONPath detail /,
    ],
  ])('with %s is refused', (_what, transformer, message) => {
    expect(() => checkInputTransformer(transformer as never, 'T')).toThrow(message);
  });
});

describe('schedules', () => {
  const at = (text: string) => Date.parse(text);
  it.each([
    ['rate(5 minutes)', '2026-01-01T00:02:30Z', '2026-01-01T00:07:30Z'],
    ['rate(1 day)', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'],
    ['cron(0 10 * * ? *)', '2026-01-01T10:00:00Z', '2026-01-02T10:00:00Z'],
    ['cron(15/20 8-9 ? * MON-FRI *)', '2026-01-02T09:55:00Z', '2026-01-05T08:15:00Z'],
    ['cron(0 0 L * ? *)', '2026-02-01T00:00:00Z', '2026-02-28T00:00:00Z'],
    ['cron(0 0 ? * 6#2 *)', '2026-01-01T00:00:00Z', '2026-01-09T00:00:00Z'],
    ['cron(0 0 ? * 6L *)', '2026-01-01T00:00:00Z', '2026-01-30T00:00:00Z'],
    ['cron(0 0 3W 1 ? 2026)', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'],
  ])('%s after %s is %s', (expression, after, next) => {
    expect(readSchedule(expression).next(at(after))).toBe(at(next));
  });

  it('ends when its years are over', () => {
    expect(readSchedule('cron(0 0 1 1 ? 2025)').next(at('2026-01-01T00:00:00Z'))).toBeUndefined();
  });

  it.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'cron(0 10 * * * *)',
    'cron(60 10 * * ? *)',
    'cron(0 10 ? * 8 *)',
    'every day',
    'rate(5 weeks)',
  ])('%s is refused', (expression) => {
    expect(() => readSchedule(expression)).toThrow('Parameter ScheduleExpression is not valid.');
  });

  it('ring their rule at each instant that time passes, and never make it pass', async () => {
    const { clock, journal } = bus.world;
    const rule = bus.model.rules.put({
      name: 'hourly',
      eventPattern: undefined,
      scheduleExpression: 'rate(1 hour)',
    });
    rule.putTarget(readTarget({ Id: 'q', Arn: queueArn }));
    await clock.sleep(3 * 3_600_000 + 60_000);
    await bus.delivered(3);
    expect(bus.queued.map(({ body }) => body)).toEqual(
      Array(3).fill(
        expect.objectContaining({
          source: 'aws.events',
          'detail-type': 'Scheduled Event',
          resources: ['arn:aws:events:eu-west-1:111122223333:rule/hourly'],
          detail: {},
        }),
      ),
    );
    bus.model.rules.delete('pushes');
    bus.model.rules.redefine(rule, { ...rule.definition, enabled: false });
    await clock.sleep(24 * 3_600_000);
    expect(journal.of('event.published')).toHaveLength(3);
  });
});

describe('buses', () => {
  it('keep their events apart, and send them on once', async () => {
    const { buses } = bus.model;
    const [other, third] = [buses.create({ name: 'other' }), buses.create({ name: 'third' })];
    const pattern = JSON.stringify({ source: ['app'] });
    const send = (from: typeof other, name: string, Arn: string) =>
      from.rules.put({ name, eventPattern: pattern }).putTarget(readTarget({ Id: 't', Arn }));
    send(buses.get('default'), 'first', functionArn);
    send(other, 'on', third.arn);
    send(other, 'here', queueArn);
    send(third, 'back', other.arn);
    const event = { source: 'app', detailType: 'd', resources: [], detail: {} };
    const id = bus.model.publishAt(event, bus.world.clock.now(), 'other');
    await bus.delivered(3);
    expect(bus.invocations).toEqual([]);
    expect(bus.queued.map(({ body }) => (body as { id: string }).id)).toEqual([id]);
  });
});

describe('cidr', () => {
  it.each([
    ['10.1.0.0/16', '10.1.2.3', true],
    ['10.1.0.0/16', '10.2.0.1', false],
    ['2001:db8::/32', '2001:db8::1', true],
    ['2001:db8::/32', '10.1.2.3', false],
    ['10.1.0.0/16', 'ten', false],
  ])('%s and %s: %s', (cidr, ip, matches) => {
    expect(compilePattern(JSON.stringify({ ip: [{ cidr }] }))({ ip })).toBe(matches);
  });
});
