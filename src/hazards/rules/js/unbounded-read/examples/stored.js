// With sequelize.
const { Order } = require('./models');
// With mongoose.
const { User } = require('./users');

exports.report = async (since) => {
  const orders = await Order.findAll({ order: ['id'] }); // want low: reads all there is
  const first = await Order.findAll({ limit: 100 }); // nothing
  const users = await User.find({}); // want low: reads all there is
  const some = await User.find({}).limit(100); // nothing
  const own = await User.find({ since }); // nothing
  return { orders, first, users, some, own };
};
