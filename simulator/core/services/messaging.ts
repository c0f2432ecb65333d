/** A service that delivers on its own behalf: the policy of the resource must let it. */
export interface ServiceSender {
  /** `events.amazonaws.com` */
  readonly principal: string;
  /** The rule or topic that it delivers for. */
  readonly sourceArn: string;
}

export interface SnsService {
  /** Throws AwsError `NotFoundException` or, for a `sender`, `AccessDeniedException`. */
  publish(
    topicArn: string,
    message: { subject?: string; message: string },
    sender?: ServiceSender,
  ): string;
}

/** A message attribute with its type; a plain text is of type String. */
export interface TypedAttribute {
  readonly DataType: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export interface SqsService {
  /** Throws AwsError `QueueDoesNotExist` or, for a `sender`, `AccessDeniedException`. */
  send(
    queueArn: string,
    body: string,
    attributes?: Readonly<Record<string, string | TypedAttribute>>,
    sender?: ServiceSender,
  ): string;
  /** Takes visible messages, which become invisible; throws AwsError `QueueDoesNotExist`. */
  receive(queueArn: string, maxMessages: number): QueuedMessage[];
  delete(queueArn: string, receiptHandle: string): void;
  /** Resolves when a message may have become visible, when `limitMs` are over, or on abort. */
  untilVisible(queueArn: string, limitMs: number, signal: AbortSignal): Promise<void>;
  /** Undefined for a queue that is not there. */
  visibilityTimeoutSeconds(queueArn: string): number | undefined;
}

/** A message as a receiver has it. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: Readonly<
    Record<
      string,
      {
        readonly DataType: string | undefined;
        readonly StringValue?: string | undefined;
        readonly BinaryValue?: Uint8Array | undefined;
      }
    >
  >;
  /** What SQS says of it: counts and instants, its sender, group and number. */
  readonly systemAttributes: Readonly<Record<string, string>>;
  /** When it comes back unless it is deleted; epoch milliseconds. */
  readonly visibleAtMs: number;
}
