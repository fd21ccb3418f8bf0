import { mavenJars } from './maven';
import { absent, which, type Need } from './tools';

/** Libraries that the examples of the Java rules use, as their authors publish them. */
const artifacts = [
  'com.datastax.oss:java-driver-core:4.17.0',
  'com.lmax:disruptor:4.0.0',
  'com.rabbitmq:amqp-client:5.22.0',
  'com.squareup.okhttp3:okhttp:4.12.0',
  'io.grpc:grpc-stub:1.68.1',
  'io.lettuce:lettuce-core:6.5.1.RELEASE',
  'io.netty:netty-codec-http:4.1.115.Final',
  'io.projectreactor:reactor-core:3.7.1',
  'io.reactivex.rxjava3:rxjava:3.1.10',
  'io.vertx:vertx-core:4.5.11',
  'jakarta.jms:jakarta.jms-api:3.1.0',
  'jakarta.servlet:jakarta.servlet-api:6.0.0',
  'jakarta.websocket:jakarta.websocket-client-api:2.1.1',
  'org.apache.kafka:kafka-clients:3.9.1',
  'org.apache.mina:mina-core:2.2.3',
  'org.eclipse.jetty.websocket:websocket-api:9.4.56.v20240826',
  'org.java-websocket:Java-WebSocket:1.5.7',
  'org.jctools:jctools-core:4.0.5',
  'org.mongodb:mongodb-driver-sync:5.2.1',
  'org.nanohttpd:nanohttpd:2.3.1',
  'org.neo4j.driver:neo4j-java-driver:5.26.0',
  'org.quartz-scheduler:quartz:2.5.0',
  'org.springframework.amqp:spring-rabbit:3.2.1',
  'org.springframework.kafka:spring-kafka:3.3.1',
  'org.springframework:spring-webmvc:6.2.1',
  'redis.clients:jedis:5.2.0',
];

/**
 * The folder of their jars, fetched by Maven the first time.
 * @throws {Error} with the reason when everything is required
 */
export async function javaLibraries(): Promise<Need<string>> {
  if (!which('javac') || !which('mvn')) return absent('no javac or mvn on the path');
  try {
    return { ok: true, value: await mavenJars('java-libraries-with-sockets', artifacts) };
  } catch (error) {
    return absent(`the libraries could not be had: ${String(error).split('\n', 2).join(' ')}`);
  }
}
