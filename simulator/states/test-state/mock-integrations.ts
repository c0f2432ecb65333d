import type { Integration } from '../integrations/integration.ts';
import { serviceTaskEvents } from '../integrations/task-events.ts';
import { StatesError } from '../interpreter/states-error.ts';
import type { Mock } from './trial.ts';

/** Answers every Task with TestState's mock. */
export function mockIntegrations(mock: Mock, region: string) {
  const integration: Integration = {
    callback: false,
    events: serviceTaskEvents('mock', 'mock', region),
    invoke: async () => {
      if (mock.kind === 'error') throw new StatesError(mock.error, mock.cause);
      return mock.result;
    },
  };
  return { find: () => integration };
}
