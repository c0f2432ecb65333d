import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IamModel } from '../../../simulator/iam/model.ts';
import { policyDocument } from '../../../simulator/iam/policy-document.ts';
import { createEventsFixture, type EventsFixture, queueArn } from './events-fixture.ts';

let bus: EventsFixture;
let iam: IamModel;
beforeEach(() => {
  bus = createEventsFixture();
  iam = new IamModel(bus.world);
  bus.world.provide('iam', iam);
});
afterEach(() => bus.stop());

const RoleArn = 'arn:aws:iam::111122223333:role/deliver';
const busArn = 'arn:aws:events:eu-west-1:111122223333:event-bus/orders';

function createRole(
  Action: string,
  Resource: string,
  service = 'events.amazonaws.com',
  sourceArn = '*',
): void {
  iam.createRole({
    roleName: 'deliver',
    path: '/',
    description: undefined,
    trust: policyDocument.parse({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
        ...(sourceArn !== '*' && { Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } } }),
      },
    }),
    inlinePolicies: new Map([
      ['does', policyDocument.parse({ Statement: { Effect: 'Allow', Action, Resource } })],
    ]),
  });
}

/** Sends one event to the target; what its dead-letter queue got, if anything. */
async function deadLetter(target: { Arn: string; RoleArn?: string }) {
  bus.model.buses.create({ name: 'orders' });
  await bus.rule({ Targets: [{ Id: 't', ...target, DeadLetterConfig: { Arn: queueArn } }] });
  bus.push();
  await bus.delivered(1);
  return bus.queued.find((one) => one.queueArn === queueArn)?.attributes;
}

describe("a target's role", () => {
  it('lets events through to another bus', async () => {
    createRole('events:PutEvents', busArn);
    expect(await deadLetter({ Arn: busArn, RoleArn })).toBeUndefined();
    expect(bus.outcomes()).toEqual(['ok']);
  });

  it.each([
    [
      'may not put events on the bus',
      'events.amazonaws.com',
      /events:PutEvents on resource: arn:aws:events:.*orders because no identity-based policy/,
    ],
    ['does not trust EventBridge', 'lambda.amazonaws.com', /sts:AssumeRole/],
  ])('that %s ends in NO_PERMISSIONS, without retries', async (_case, service, message) => {
    createRole('sqs:SendMessage', '*', service);
    expect(await deadLetter({ Arn: busArn, RoleArn })).toMatchObject({
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: expect.stringMatching(message),
    });
    expect(bus.outcomes()).toEqual(['dead-lettered']);
  });

  // User guide, "Cross-service confused deputy prevention": the source is the rule.
  it.each([
    ['this rule', 'pushes', 'ok'],
    ['another rule', 'other', 'dead-lettered'],
  ])('that is trusted for %s alone counts for that one', async (_case, name, outcome) => {
    const sourceArn = `arn:aws:events:eu-west-1:111122223333:rule/${name}`;
    createRole('events:PutEvents', busArn, undefined, sourceArn);
    await deadLetter({ Arn: busArn, RoleArn });
    expect(bus.outcomes()).toEqual([outcome]);
  });

  it('that is not there fails a state machine as target likewise', async () => {
    const Arn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:deploy';
    expect(await deadLetter({ Arn, RoleArn })).toMatchObject({ ERROR_CODE: 'NO_PERMISSIONS' });
  });
});
