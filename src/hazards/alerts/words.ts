/** May a text of YAML hold rules of Prometheus? Apart from what parses it, for whoever only asks whether to. */
export const mayHoldRules = (text: string): boolean =>
  /^[ \t-]*["']?(alert|record)["']?:/m.test(text) && /\bexpr\b/.test(text);
