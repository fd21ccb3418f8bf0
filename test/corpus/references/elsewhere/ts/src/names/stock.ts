export const STOCK = 'stock';
