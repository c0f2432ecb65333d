import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { lineSwitchPrefix } from '../core/gates/line-switch-parameters.ts';
import type { LineSwitch } from '../core/ports/line-switch.ts';
import { callAws } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const lineSwitchClient = once(() => new SSMClient(clientSettings));

/** Parameters of SSM: one line of the AWS CLI stops the line, and CloudTrail knows who it was. */
export function ssmLineSwitch(client: SSMClient, signal?: AbortSignal): LineSwitch {
  return {
    async stopped(service) {
      const names = [`${lineSwitchPrefix}/all`, `${lineSwitchPrefix}/${service}`];
      const { Parameters = [] } = await callAws(
        { action: 'ssm:GetParameters', resource: names.join(', ') },
        () =>
          client.send(
            new GetParametersCommand({ Names: names }),
            signal === undefined ? {} : { abortSignal: signal },
          ),
      );
      const [found] = Parameters;
      return found && { parameter: found.Name ?? '', reason: found.Value ?? '' };
    },
  };
}
