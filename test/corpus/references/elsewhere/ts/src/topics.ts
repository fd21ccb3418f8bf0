const prefix = 'shop';

export const ORDERS = `${prefix}.orders`;
export const Topics = { refunds: 'refunds', mail: { sent: 'mail-sent' } } as const;
export enum Groups {
  Billing = 'billing',
}
export const all = ['parcels', 'letters'];
export const flags = Object.freeze({ audit: 'audit' });
export const changed = process.env.CHANGED ?? 'changes';
const inner = 'renamed';
export { inner as outer };
