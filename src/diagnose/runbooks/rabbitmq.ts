import { shell } from '../../model/escape';
import { plural } from '../../model/format';
import { destructive, hostOf, step, type Commands, type Situation } from './situation';

/** Commands of rabbitmqctl, to be run on a node, and of rabbitmqadmin. */
export function rabbitmqCommands({ queue, broker }: Situation): Commands {
  const { destination, namespace, waiting } = queue;
  const host = shell(namespace ?? '/');
  const name = shell(destination);
  const dead = `${destination}.dead`;
  const admin = `rabbitmqadmin --host=${shell(hostOf(broker, '5672').host)} --vhost=${host}`;
  const policy = JSON.stringify({ 'dead-letter-exchange': '', 'dead-letter-routing-key': dead });
  return {
    assess: [
      step(
        'Look at the queues: what is ready, what is held by consumers, how many there are.',
        `rabbitmqctl list_queues -p ${host} name messages_ready messages_unacknowledged consumers state`,
      ),
      step('Look at its consumers and their prefetch.', `rabbitmqctl list_consumers -p ${host}`),
      step(
        'Look at the first messages; they are put back.',
        `${admin} get queue=${name} count=10 ackmode=ack_requeue_true`,
      ),
    ],
    makeRoom: [
      step(
        'Look whether a policy lets messages expire or limits the queue; without one they are kept until they are read.',
        `rabbitmqctl list_policies -p ${host}`,
      ),
      step(`Declare ${dead} for messages that fail.`, `${admin} declare queue name=${shell(dead)} durable=true`),
      step(
        'Send rejected and expired messages there. Only one policy counts for a queue: where it has one, add to that instead.',
        `rabbitmqctl set_policy -p ${host} --apply-to queues ${shell(`${destination}-dead-letter`)} ${shell(`^${regex(destination)}$`)} ${shell(policy)}`,
      ),
    ],
    giveUp: [
      destructive(
        'Only if what waits is worth nothing any more: empty the queue.',
        `rabbitmqctl purge_queue -p ${host} ${name}`,
        `${waiting === null ? 'Every message that is' : `The ${plural(waiting, 'message')} that are`} ready in ${destination}, for good; what consumers hold stays.`,
      ),
    ],
  };
}

const regex = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
