import * as z from 'zod';

/** Messaging systems, by OpenTelemetry's `messaging.system` names where there is one. */
export const system = z.enum(['kafka', 'rabbitmq', 'aws_sqs', 'redis', 'nats', 'prometheus', 'demo']);
export type System = z.infer<typeof system>;
