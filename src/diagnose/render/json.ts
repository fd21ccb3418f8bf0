import { report as schema, type Report } from '../../model/report';

/**
 * The report as `analyze --format json` prints it.
 * @throws {ZodError} when the report breaks its own schema, which would be a bug of the diagnosis
 */
export const renderJson = (report: Report): string => `${JSON.stringify(schema.parse(report), null, 2)}\n`;
