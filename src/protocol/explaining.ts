/** What an action says of itself (`data`) whose comment still needs a reason: an editor that can puts the cursor there. */
export const asksReason = 'asksReason';
export type AsksReason = Record<typeof asksReason, true>;
