const bl = require('bl');
const multer = require('multer');
const fileUpload = require('express-fileupload');
const zlib = require('node:zlib');
const { createClient } = require('redis');
const admin = require('firebase-admin');

const redisClient = createClient();
const firestore = admin.firestore();

exports.inMemory = multer({ storage: multer.memoryStorage() }); // want low: reads all there is
exports.onDisk = multer({ dest: '/var/uploads' }); // nothing
exports.small = multer({ storage: multer.memoryStorage(), limits: { fileSize: 1e6 } }); // nothing
exports.files = fileUpload(); // want low: reads all there is
exports.few = fileUpload({ limits: { fileSize: 1e6 } }); // nothing

exports.hook = (req, res) => req.pipe(bl((error, body) => res.end(String(body)))); // want low: reads all there is

exports.sessions = async (prefix) => {
  const own = Object.keys(prefix); // nothing
  return [own, await redisClient.keys(`${prefix}*`)]; // want low: reads all there is
};

exports.orders = async () => {
  const some = await firestore.collection('orders').limit(100).get(); // nothing
  return [some, await firestore.collection('orders').get()]; // want low: reads all there is
};

exports.onMessage = (message) => {
  const short = zlib.gunzipSync(message, { maxOutputLength: 1e6 }); // nothing
  return [short, zlib.gunzipSync(message)]; // want low: reads all there is
};
