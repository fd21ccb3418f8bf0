import type { Logger } from 'kafkajs';
import { createLogger, LEVELS } from 'kafkajs/src/loggers';
import type { SourceOptions } from '../source';

/** kafkajs' log as details of ours: what matters of its errors is told by the sweep itself. */
export function kafkajsLogger(log: SourceOptions['log']): Logger {
  return createLogger({
    level: LEVELS.INFO,
    logCreator:
      () =>
      ({ namespace, log: { message } }) =>
        log('debug', `kafkajs ${namespace}: ${message}`),
  });
}
