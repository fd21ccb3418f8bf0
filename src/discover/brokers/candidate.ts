import { BrokerUrlError, parseBrokerUrl } from '../../model/brokerUrl';

/** A broker that a file names, for a person to take or leave. */
export interface Candidate {
  /** As we write broker URLs. It may hold a password: never to be shown or logged as it is. */
  url: string;
  /** What in the file names it: a service, a variable, a property. */
  name: string;
  /** From 1. */
  line: number;
}

/** A candidate, where the URL is one that can be read; an empty list where it still has holes or is none of ours. */
export function candidate(url: string, name: string, line: number): Candidate[] {
  if (/[${}<>]/.test(url)) return [];
  try {
    parseBrokerUrl(url);
    return [{ url, name, line }];
  } catch (error) {
    if (error instanceof BrokerUrlError) return [];
    throw error;
  }
}

/** `${NAME:-default}` and `${NAME:default}` as their default; without one they stay, as what is not known. */
export const withDefaults = (text: string): string =>
  text.replace(/\$\{[^}:]*:-?([^}]*)\}/g, (_, otherwise: string) => otherwise);

/** One part of a URL's user information or query. */
export const encoded = (text: string) => encodeURIComponent(text);

/** `user:password@`, or nothing. */
export function userInfo(user: string | undefined, password: string | undefined): string {
  if (user === undefined && password === undefined) return '';
  return `${encoded(user ?? '')}${password === undefined ? '' : `:${encoded(password)}`}@`;
}
