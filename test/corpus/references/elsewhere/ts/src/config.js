const LEGACY = 'legacy';
module.exports = { LEGACY, kafka: { topic: 'old-orders' } };
