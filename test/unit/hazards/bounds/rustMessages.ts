import { judged } from './judged';

/** A loop over messages of Kafka: what it does with each, and what else the file declares. */
export const perMessage = (each: string, declared = '') => `use rdkafka::consumer::StreamConsumer;
use tokio::sync::Semaphore;

async fn consume(consumer: StreamConsumer) {
    loop {
        let message = consumer.recv().await.unwrap().detach();
        ${each}
    }
}
${declared}`;

/** A task for the message; how it is judged is asked. */
export const started = 'tokio::spawn(work(message)); // HERE';

/** How a file that starts tasks is judged. */
export const spawned = (text: string) => judged('rust/unbounded-spawn', 'orders.rs', text);

/** How the loop is judged that does this with each message. */
export const eachStarts = (each: string, declared?: string) => spawned(perMessage(each, declared));
