import { importsTo, namingIn } from '../../words';

/** Imports of a Go file, and what stands above them: the last stand in brackets that are closed on a line of their own, or further up. */
export const importsOf = importsTo('\n)');

export const imports = namingIn(importsOf);

/** Clients of RabbitMQ. */
export const importsRabbit = imports('amqp091-go', 'streadway/amqp');
