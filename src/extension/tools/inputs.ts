import * as z from 'zod';
import { alertTargets } from '../../generate/alerts/targets';
import { exporterNames } from '../../generate/alerts/words';

/** What an assistant may ask of each tool; package.json has the same as JSON Schema, and a test compares the two. */
export const toolInputs = {
  backpressure_analyze: z.strictObject({}),
  backpressure_list_queues: z.strictObject({
    match: z.string().optional().describe('Part of the name of the queues or groups wanted; all when absent.'),
    sort: z.enum(['worst', 'backlog', 'age', 'growth', 'name']).optional().describe('Order; worst first when absent.'),
    limit: z.int().min(1).max(200).optional().describe('Rows at most; 50 when absent.'),
  }),
  backpressure_scan_source: z.strictObject({
    path: z.string().optional().describe('File or folder below the workspace folder; all of it when absent.'),
  }),
  backpressure_recommend_strategy: z.strictObject({}),
  backpressure_generate_alerts: z.strictObject({
    target: z.enum(alertTargets).describe('What the alerts are for.'),
    exporter: z.enum(exporterNames).describe('What the Prometheus reads the queues from.'),
  }),
};
export type ToolName = keyof typeof toolInputs;
export type ToolInput<Name extends ToolName> = z.infer<(typeof toolInputs)[Name]>;

/** The JSON Schema of a tool's input, as package.json has to have it. */
export function inputSchema(name: ToolName): unknown {
  const schema: Record<string, unknown> = { ...z.toJSONSchema(toolInputs[name], { io: 'input' }) };
  delete schema.$schema;
  return schema;
}
