/** One name in the forms that languages write it in. */
export interface Name {
  /** `OrderWorkers` */
  pascal: string;
  /** `orderWorkers` */
  camel: string;
  /** `order_workers` */
  snake: string;
  /** `ORDER_WORKERS` */
  constant: string;
  /** `orderworkers`, as Go names packages. */
  flat: string;
}

const longest = 64;
const shape = /^[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*$/;
const humps = /[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z0-9]+/g;

/**
 * A name in all its forms, however it was written (`OrderWorkers`, `order_workers`, `order-workers`).
 * @returns null for what is not only letters and digits, starting with a letter, or is longer than 64 of them
 */
export function nameOf(text: string): Name | null {
  if (text.length > longest || !shape.test(text)) return null;
  const words = text.split(/[_-]/).flatMap((part) => part.match(humps) ?? []);
  const isShouted = /[_-]/.test(text) && text === text.toUpperCase();
  const [first = '', ...rest] = isShouted ? words.map((word) => word.toLowerCase()) : words;
  const lower = words.map((word) => word.toLowerCase());
  return {
    pascal: [first, ...rest].map(capitalised).join(''),
    camel: [first.toLowerCase(), ...rest.map(capitalised)].join(''),
    snake: lower.join('_'),
    constant: lower.join('_').toUpperCase(),
    flat: lower.join(''),
  };
}

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Where each form ends: `NewWorkerPool` and `workerPoolSize` carry the name, `workerPools` does not. */
const bounded: { [Form in keyof Name]: (form: string) => string } = {
  pascal: (form) => `(?<![A-Z])${form}(?![a-z0-9])`,
  camel: (form) => `(?<![A-Za-z0-9])${form}(?![a-z0-9])`,
  snake: (form) => `(?<![A-Za-z0-9])${form}(?![A-Za-z0-9])`,
  constant: (form) => `(?<![A-Za-z0-9])${form}(?![A-Za-z0-9])`,
  flat: (form) => `(?<![A-Za-z0-9_])${form}(?![A-Za-z0-9_])`,
};

export const nameForms = Object.keys(bounded) as (keyof Name)[];

/** Puts one name in the place of another, each form by its like, at the bounds of words. */
export function renamed(text: string, from: Name, to: Name): string {
  const any = nameForms.map((form) => bounded[form](from[form])).join('|');
  return text.replace(new RegExp(any, 'g'), (found) => to[nameForms.find((form) => from[form] === found) ?? 'pascal']);
}
