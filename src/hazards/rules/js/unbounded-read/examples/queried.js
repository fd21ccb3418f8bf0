exports.latest = async (collection) => collection.find({}).limit(10).toArray(); // bounded: limit(10)

exports.history = async (collection) => collection.find({}).toArray(); // want low: reads all there is

exports.start = async (collection) => collection.find({}).toArray(); // nothing

exports.query = (collection, done) => {
  const found = collection.find({}, { skip: 10 }).toArray(); // want low: reads all there is
  found.then((rows) => done(null, rows));
};
