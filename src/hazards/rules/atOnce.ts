import type { Growth } from '../rule';

/**
 * How much a fix lets run at once: pieces of work share a machine and what they call; a connection mostly waits, and a
 * server that takes no ninth one looks dead.
 */
export const atOnce = ({ unit }: Pick<Growth, 'unit'>): number => (unit === 'connection' ? 1000 : 8);
