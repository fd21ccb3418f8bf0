import type { AddVerb } from './usage';

/**
 * All verbs but `queues`: in a bundle of their own, because schemas, YAML and parsers take longer to load than a small
 * broker to answer. Each is run when it is first asked for.
 */
export const laterVerbs: Record<string, () => Promise<AddVerb>> = {
  alerts: async () => (await import('./alerts')).addAlerts,
  analyze: async () => (await import('./analyze')).addAnalyze,
  scaffold: async () => (await import('./scaffold')).addScaffold,
  scan: async () => (await import('./scan')).addScan,
  steps: async () => (await import('./steps')).addSteps,
  strategies: async () => (await import('./strategies')).addStrategies,
  topology: async () => (await import('./topology')).addTopology,
  watch: async () => (await import('./watch')).addWatch,
};
