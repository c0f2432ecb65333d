import { AwsError } from '../core/aws-error.ts';

interface Statement {
  readonly Sid?: string;
  readonly [member: string]: unknown;
}

export interface PermissionRequest {
  readonly StatementId?: string | undefined;
  readonly Action?: string | undefined;
  readonly Principal?: string | undefined;
  readonly Condition?: object | undefined;
  /** A whole policy, JSON text. */
  readonly Policy?: string | undefined;
}

/** The resource policy of a bus, as PutPermission writes it. Kept for clients to read. */
export class BusPolicy {
  readonly #busArn: string;
  #statements: readonly Statement[] = [];

  constructor(busArn: string) {
    this.#busArn = busArn;
  }

  /** JSON text, undefined while there are no statements. */
  get text(): string | undefined {
    if (this.#statements.length === 0) return undefined;
    return JSON.stringify({ Version: '2012-10-17', Statement: this.#statements });
  }

  /** Adds or replaces a statement, or the whole policy. Throws ValidationException. */
  put(request: PermissionRequest): void {
    if (request.Policy) {
      this.#statements = readPolicy(request.Policy);
      return;
    }
    const { StatementId, Action, Principal, Condition } = request;
    if (!StatementId || !Action || !Principal) {
      throw invalid('StatementId, Action and Principal, or Policy, must be specified.');
    }
    if (!/^[a-zA-Z0-9\-_]{1,64}$/.test(StatementId)) throw invalid('StatementId is not valid.');
    if (Action !== 'events:PutEvents')
      throw invalid('Provided value in parameter action is not supported.');
    if (!/^(\d{12}|\*)$/.test(Principal)) throw invalid('Principal is not valid.');
    const statement: Statement = {
      Sid: StatementId,
      Effect: 'Allow',
      Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
      Action,
      Resource: this.#busArn,
      ...(Condition && { Condition }),
    };
    this.#statements = [...this.#statements.filter(({ Sid }) => Sid !== StatementId), statement];
  }

  /** Throws ResourceNotFoundException for a statement that is not there. */
  remove(statementId: string | undefined, all: boolean): void {
    if (all) {
      this.#statements = [];
      return;
    }
    const rest = this.#statements.filter(({ Sid }) => Sid !== statementId);
    if (rest.length === this.#statements.length) {
      const message =
        rest.length === 0
          ? 'EventBus does not have a policy.'
          : 'Statement with the provided id does not exist.';
      throw new AwsError('ResourceNotFoundException', message);
    }
    this.#statements = rest;
  }
}

function readPolicy(text: string): Statement[] {
  try {
    const { Statement } = JSON.parse(text);
    const statements: unknown[] = Array.isArray(Statement) ? Statement : [Statement];
    if (statements.every((each) => typeof each === 'object' && each !== null)) {
      return statements as Statement[];
    }
  } catch {
    // Refused below.
  }
  throw invalid('Policy is not valid JSON with statements.');
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
