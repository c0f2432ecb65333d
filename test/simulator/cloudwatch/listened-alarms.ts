import { CloudWatchModel } from '../../../simulator/cloudwatch/model.ts';
import type { PublishedEvent } from '../../../simulator/core/services.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';

/** CloudWatch with an event bus and topics that only remember what they were told. */
export function listenedAlarms() {
  const events: PublishedEvent[] = [];
  const notified: { topicArn: string; subject?: string; message: string }[] = [];
  const world = createTestWorld({
    services: {
      events: { publish: (event) => `event-${events.push(event)}` },
      sns: { publish: (topicArn, message) => `${notified.push({ topicArn, ...message })}` },
    },
  });
  return { world, model: new CloudWatchModel(world), events, notified };
}
