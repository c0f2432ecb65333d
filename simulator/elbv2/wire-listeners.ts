import type {
  AddListenerCertificatesCommandInput,
  AddListenerCertificatesCommandOutput,
  CreateListenerCommandInput,
  CreateListenerCommandOutput,
  DeleteListenerCommandInput,
  DeleteListenerCommandOutput,
  DescribeListenerAttributesCommandInput,
  DescribeListenerAttributesCommandOutput,
  DescribeListenerCertificatesCommandInput,
  DescribeListenerCertificatesCommandOutput,
  DescribeListenersCommandInput,
  DescribeListenersCommandOutput,
  ModifyListenerAttributesCommandInput,
  ModifyListenerAttributesCommandOutput,
  ModifyListenerCommandInput,
  ModifyListenerCommandOutput,
  RemoveListenerCertificatesCommandInput,
  RemoveListenerCertificatesCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { operation, type WireService } from '../wire/operation.ts';
import { notSimulated, validationError } from './actions.ts';
import { describeAttributes, setAttributes } from './attributes.ts';
import { describeListener } from './descriptions.ts';
import { listCertificates } from './listener-tls.ts';
import type { Elbv2Model } from './model.ts';
import { page } from './paging.ts';

const listenerMembers = [
  'Protocol',
  'Port',
  'Certificates',
  'SslPolicy',
  'MutualAuthentication',
  'DefaultActions',
] as const;

export function listenerOperations(model: Elbv2Model): WireService['operations'] {
  const { listeners } = model;
  return {
    CreateListener: operation<CreateListenerCommandInput, CreateListenerCommandOutput>(
      ['LoadBalancerArn', ...listenerMembers, 'Tags'],
      async (input) => {
        refuseMutualTls(input);
        const created = await listeners.create({
          loadBalancer: model.loadBalancers.get(input.LoadBalancerArn ?? ''),
          port: input.Port,
          protocol: input.Protocol,
          certificates: input.Certificates,
          sslPolicy: input.SslPolicy,
          defaultActions: input.DefaultActions,
          tags: input.Tags,
        });
        return { Listeners: [describeListener(created)] };
      },
    ),
    DeleteListener: operation<DeleteListenerCommandInput, DeleteListenerCommandOutput>(
      ['ListenerArn'],
      async (input) => {
        await model.deleteListener(input.ListenerArn ?? '');
        return {};
      },
    ),
    DescribeListeners: operation<DescribeListenersCommandInput, DescribeListenersCommandOutput>(
      ['LoadBalancerArn', 'ListenerArns', 'Marker', 'PageSize'],
      (input) => {
        const arns = input.ListenerArns ?? [];
        if (arns.length === 0 && !input.LoadBalancerArn) {
          throw validationError('You must specify either listener ARNs or a load balancer ARN');
        }
        const found =
          arns.length > 0
            ? arns.map((arn) => listeners.get(arn))
            : listeners.ofLoadBalancer(model.loadBalancers.get(input.LoadBalancerArn ?? '').arn);
        const { items, ...next } = page(found, input);
        return { Listeners: items.map(describeListener), ...next };
      },
    ),
    ModifyListener: operation<ModifyListenerCommandInput, ModifyListenerCommandOutput>(
      ['ListenerArn', ...listenerMembers],
      (input) => {
        refuseMutualTls(input);
        const listener = listeners.modify(input.ListenerArn ?? '', {
          port: input.Port,
          protocol: input.Protocol,
          certificates: input.Certificates,
          sslPolicy: input.SslPolicy,
          defaultActions: input.DefaultActions,
        });
        return { Listeners: [describeListener(listener)] };
      },
    ),
    AddListenerCertificates: operation<
      AddListenerCertificatesCommandInput,
      AddListenerCertificatesCommandOutput
    >(['ListenerArn', 'Certificates'], ({ ListenerArn = '', Certificates = [] }) => {
      listeners.addCertificates(ListenerArn, Certificates);
      return {
        Certificates: Certificates.map(({ CertificateArn }) => ({
          CertificateArn,
          IsDefault: false,
        })),
      };
    }),
    RemoveListenerCertificates: operation<
      RemoveListenerCertificatesCommandInput,
      RemoveListenerCertificatesCommandOutput
    >(['ListenerArn', 'Certificates'], ({ ListenerArn = '', Certificates = [] }) => {
      listeners.removeCertificates(ListenerArn, Certificates);
      return {};
    }),
    DescribeListenerCertificates: operation<
      DescribeListenerCertificatesCommandInput,
      DescribeListenerCertificatesCommandOutput
    >(['ListenerArn', 'Marker', 'PageSize'], (input) => {
      const { tls } = listeners.get(input.ListenerArn ?? '');
      const { items, ...next } = page(listCertificates(tls), input);
      return { Certificates: items, ...next };
    }),
    DescribeListenerAttributes: operation<
      DescribeListenerAttributesCommandInput,
      DescribeListenerAttributesCommandOutput
    >(['ListenerArn'], (input) => ({
      Attributes: describeAttributes(listeners.get(input.ListenerArn ?? '').attributes),
    })),
    ModifyListenerAttributes: operation<
      ModifyListenerAttributesCommandInput,
      ModifyListenerAttributesCommandOutput
    >(['ListenerArn', 'Attributes'], (input) => {
      const { attributes } = listeners.get(input.ListenerArn ?? '');
      setAttributes('Listener', attributes, input.Attributes ?? []);
      return { Attributes: describeAttributes(attributes) };
    }),
  };
}

function refuseMutualTls({ MutualAuthentication }: Partial<CreateListenerCommandInput>): void {
  const mode = MutualAuthentication?.Mode ?? 'off';
  if (mode !== 'off') throw notSimulated(`mutual authentication mode ${mode}`);
}
