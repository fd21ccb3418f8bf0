/** A query for calls of methods with one of these names. @param rest what else is demanded of the call */
export const methodCall = (names: string, rest = ''): string =>
  `(call_expression function: (selector_expression field: (field_identifier) @method (#any-of? @method ${names
    .split(' ')
    .map((name) => `"${name}"`)
    .join(' ')}))${rest})`;
