import type { Consumer } from 'kafkajs';

interface Found {
  limit(most: number): Found;
  toArray(): Promise<object[]>;
}

declare const orders: { find(filter?: object): Found };
declare const prisma: { order: { findMany(options?: object): Promise<object[]> } };

export async function consume(consumer: Consumer, customer: string, options: object) {
  await consumer.run({
    eachMessage: async () => {
      await prisma.order.findMany(); // want low: reads all there is
      await prisma.order.findMany({ orderBy: { id: 'asc' } }); // want low: reads all there is
      await prisma.order.findMany({ take: 100 }); // bounded: take: 100
      await prisma.order.findMany({ where: { customer } }); // nothing
      await prisma.order.findMany(options); // nothing
      await orders.find().toArray(); // want low: reads all there is
      await orders.find({}).toArray(); // want low: reads all there is
      await orders.find({}).limit(100).toArray(); // bounded: limit(100)
      await orders.find({ customer }).toArray(); // nothing
    },
  });
  await prisma.order.findMany(); // want low: reads all there is
}
