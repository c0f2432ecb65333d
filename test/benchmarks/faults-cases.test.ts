import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineAtRandom } from '../../benchmarks/faults/combine-at-random.ts';
import { deriveCases } from '../../benchmarks/faults/derive-cases.ts';
import { caseId, kindOf, parseCaseId, scenarioNames } from '../../benchmarks/faults/fault-case.ts';
import { callFault, eventFault } from '../../benchmarks/faults/fault-point.ts';
import { planCases, shuffle } from '../../benchmarks/faults/plan-cases.ts';
import { readTrace, type Trace, withoutPolls } from '../../benchmarks/faults/trace.ts';
import type { JournalEntry } from '../../simulator/core/journal.ts';

const call = (operation: string, ordinal = 1, service = 'ecs') => ({
  functionName: 'greengate-run-deployment',
  service,
  operation,
  ordinal,
});
const trace: Trace = {
  calls: [call('DescribeServices'), call('RegisterTaskDefinition')],
  events: [
    { source: 'aws.ecr', detailType: 'ECR Image Action', ordinal: 2 },
    { source: 'aws.ecs', detailType: 'ECS Task State Change', ordinal: 1 },
  ],
};

describe('cases of a trace', () => {
  const ids = deriveCases('success', trace).map((one) => caseId(one));
  const befalling = (what: string) =>
    ids.filter((id) => id.includes(what)).map((id) => /:([a-z-]+)@/.exec(id)?.[1]);

  it('break a call that reads before it, since nothing of it is left', () => {
    expect(befalling('DescribeServices')).toEqual([
      'crash-before',
      'throttle',
      'error',
      'drop-before',
      'outage',
    ]);
  });

  it('break a call that writes after its effect as well', () => {
    expect(befalling('RegisterTaskDefinition')).toEqual([
      'crash-before',
      'throttle',
      'error',
      'drop-before',
      'outage',
      'crash-after',
      'drop-after',
      'late',
      'outage-after',
    ]);
  });

  it('lose an event unless AWS promises its delivery', () => {
    expect(befalling('aws.ecr')).toEqual(['lose', 'duplicate', 'delay', 'reorder']);
    expect(befalling('aws.ecs')).toEqual(['duplicate', 'delay', 'reorder']);
  });
});

describe('the id of a case', () => {
  it('names all that it takes to play it again', () => {
    const id =
      'redrive:crash-after@greengate-run-deployment/codedeploy.CreateDeployment#2+lose@aws.codedeploy/CodeDeploy_Deployment_State-change_Notification#1';

    const parsed = parseCaseId(id);

    expect(parsed.scenario).toBe('redrive');
    expect(
      parsed.faults.map((point) => (point.on === 'call' ? callFault(point) : eventFault(point))),
    ).toEqual([
      {
        service: 'codedeploy',
        operation: 'CreateDeployment',
        caller: 'greengate-run-deployment',
        after: 1,
        count: 1,
        effect: { type: 'crash', when: 'after' },
      },
      {
        source: 'aws.codedeploy',
        detailType: 'CodeDeploy Deployment State-change Notification',
        after: 0,
        effect: { type: 'lose' },
      },
    ]);
    expect(caseId(parsed)).toBe(id);
  });

  it('comes back from every case that chance combines', () => {
    fc.assert(
      fc.property(fc.constantFrom(...scenarioNames), fc.nat(), (scenario, seed) => {
        for (const one of combineAtRandom(scenario, trace, 5, seed)) {
          expect(parseCaseId(caseId(one))).toEqual(one);
          expect(kindOf(one)).toBe('random');
        }
      }),
    );
  });

  it.each([
    ['success', /expected SCENARIO:EFFECT@PLACE#N/],
    ['deploy:lose@aws.ecr/x#1', /SCENARIO one of success/],
    ['success:burn@greengate-sweep/ecs.ListTasks#1', /EFFECT one of crash-before/],
    ['success:throttle@greengate-sweep/ecs.ListTasks#0', /"throttle@greengate-sweep/],
  ])('is refused when it is none: %s', (id, message) => {
    expect(() => parseCaseId(id)).toThrow(message);
  });
});

describe('an outage', () => {
  it.each([
    ['ecs', 4],
    ['s3', 2],
  ])('of %s lasts for the %i attempts that a client makes', (service, count) => {
    const point = {
      on: 'call',
      effect: 'outage',
      ...call('DescribeServices', 1, service),
    } as const;
    expect(callFault(point).count).toBe(count);
  });
});

describe('a trace', () => {
  const entries = [
    { seq: 0, kind: 'lambda.started', functionName: 'f' },
    { seq: 1, kind: 'api.called', caller: 'f', service: 'ecs', operation: 'ListTasks' },
    { seq: 2, kind: 'api.called', caller: 'rehearsal', service: 'ecs', operation: 'ListTasks' },
    { seq: 3, kind: 'event.published', id: 'e', source: 'aws.ecr', detailType: 'ECR Image Action' },
    { seq: 4, kind: 'api.called', caller: 'f', service: 'ecs', operation: 'ListTasks' },
    { seq: 5, kind: 'event.delivered', id: 'e' },
  ] as unknown as JournalEntry[];

  it('counts the calls of functions and the deliveries of events', () => {
    expect(readTrace(entries)).toEqual({
      calls: [1, 2].map((ordinal) => ({
        functionName: 'f',
        service: 'ecs',
        operation: 'ListTasks',
        ordinal,
      })),
      events: [{ source: 'aws.ecr', detailType: 'ECR Image Action', ordinal: 1 }],
    });
  });

  it('leaves out what came before the part that the scenario is about, and counts on', () => {
    expect(readTrace(entries, 4).calls.map(({ ordinal }) => ordinal)).toEqual([2]);
  });

  it('keeps the first calls of a poll and the last', () => {
    const calls = [1, 2, 3, 4, 5].map((ordinal) => call('ListTasks', ordinal));
    const kept = withoutPolls({ calls, events: [] }, 2).calls;
    expect(kept.map(({ ordinal }) => ordinal)).toEqual([1, 2, 5]);
  });
});

describe('the plan', () => {
  const traces = new Map([['success', trace] as const]);
  const plan = { kinds: ['crash', 'random'], random: 20, seed: 3 } as const;

  it('is the same for the same seed, and names no case twice', () => {
    const ids = planCases(traces, plan).map((one) => caseId(one));
    expect(planCases(traces, plan).map((one) => caseId(one))).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(planCases(traces, { ...plan, seed: 4 }).map((one) => caseId(one))).not.toEqual(ids);
  });

  it('draws a sample in the order of the whole', () => {
    const ids = planCases(traces, plan).map((one) => caseId(one));
    const drawn = planCases(traces, { ...plan, sample: 5 }).map((one) => caseId(one));
    expect(drawn).toHaveLength(5);
    expect(ids.filter((id) => drawn.includes(id))).toEqual(drawn);
  });

  it('is played in an order of the seed, so that any beginning of it is a sample', () => {
    const cases = planCases(traces, plan);
    const order = (seed: number) => shuffle(cases, seed).map((one) => caseId(one));
    expect(order(3)).toEqual(order(3));
    expect(order(3)).not.toEqual(order(4));
    expect(order(3)).not.toEqual(cases.map((one) => caseId(one)));
    expect(order(3).sort()).toEqual(cases.map((one) => caseId(one)).sort());
  });
});
