import {
  DescribeTaskDefinitionCommand,
  type ECSClient,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { RequestRefusedError, ResourceNotFoundError } from '../core/errors.ts';
import type {
  DescribedTaskDefinition,
  Tag,
  TaskDefinitionDocument,
  TaskDefinitions,
} from '../core/ports/task-definitions.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { onceUnlessThrottled, unlessUncertain } from './once-unless-throttled.ts';
import { sendBody, takeBody } from './raw-json-body.ts';

/** Task definitions in ECS's own JSON, members that this SDK does not know included. */
export function ecsTaskDefinitions(client: ECSClient, signal?: AbortSignal): TaskDefinitions {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async describe(arn) {
      let body: unknown;
      const command = new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] });
      command.middlewareStack.add(
        takeBody((answer) => {
          body = answer;
        }),
        // Low: next to the wire, before the SDK's own reading.
        { name: 'takeBody', step: 'deserialize', priority: 'low' },
      );
      try {
        await callAws({ action: 'ecs:DescribeTaskDefinition', resource: arn }, () =>
          client.send(command, options),
        );
      } catch (error) {
        if (awsErrorName(error) !== 'ClientException') throw error;
        throw new ResourceNotFoundError(`ECS cannot describe task definition "${arn}"`, {
          cause: error,
        });
      }
      return readDescription(body, arn);
    },

    async listActiveRevisions(family, limit) {
      const request = {
        familyPrefix: family,
        status: 'ACTIVE',
        sort: 'DESC',
        maxResults: limit,
      } as const;
      const { taskDefinitionArns = [] } = await callAws(
        { action: 'ecs:ListTaskDefinitions', resource: family },
        () => client.send(new ListTaskDefinitionsCommand(request), options),
      );
      return taskDefinitionArns;
    },

    async register(document, tags) {
      const family = String(document.family);
      // The members that the SDK demands; the whole document goes out instead of them.
      const command = new RegisterTaskDefinitionCommand({ family, containerDefinitions: [] });
      command.middlewareStack.add(sendBody({ ...document, ...(tags.length > 0 ? { tags } : {}) }), {
        name: 'sendBody',
        step: 'build',
        priority: 'high',
      });
      // High: around the SDK's reading, and inside its retries.
      command.middlewareStack.add(onceUnlessThrottled(), { step: 'deserialize', priority: 'high' });
      const attempt = { action: 'ecs:RegisterTaskDefinition', resource: family };
      const { taskDefinition } = await callAws(attempt, () =>
        unlessUncertain(() => client.send(command, options)),
      );
      const arn = taskDefinition?.taskDefinitionArn;
      if (arn === undefined) {
        throw new RequestRefusedError(`ECS registered "${family}" without naming the revision`);
      }
      return arn;
    },
  };
}

function readDescription(body: unknown, arn: string): DescribedTaskDefinition {
  const document = member(body, 'taskDefinition');
  if (typeof document !== 'object' || document === null) {
    throw new ResourceNotFoundError(`ECS described task definition "${arn}" without its content`);
  }
  const tags = member(body, 'tags');
  return {
    arn: String(member(document, 'taskDefinitionArn') ?? arn),
    document: document as TaskDefinitionDocument,
    tags: Array.isArray(tags) ? tags.flatMap(toTag) : [],
  };
}

/** ECS leaves out the value of a tag that has none. */
function toTag(tag: unknown): Tag[] {
  const key = member(tag, 'key');
  return typeof key === 'string' ? [{ key, value: String(member(tag, 'value') ?? '') }] : [];
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
