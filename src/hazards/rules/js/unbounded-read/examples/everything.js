const axios = require('axios');
const pako = require('pako');
const { User } = require('./models');

class Store {
  async lookUp(since, key, url, packed) {
    await this.redis.lrange(key, 0, -1); // want low: reads all there is
    await this.redis.lrange(key, 0, 99); // nothing
    await this.redis.zrangebyscore(key, since, '+inf'); // want low: reads all there is
    await this.redis.zrangebyscore(key, since, '+inf', 'LIMIT', 0, 100); // nothing
    await this.pool.query('SELECT id, name FROM orders ORDER BY id'); // want low: reads all there is
    await this.pool.query('SELECT id, name FROM orders ORDER BY id LIMIT 100'); // nothing
    await this.pool.query('SELECT count(*) FROM orders'); // nothing
    await this.orders.find({ changed: { $gt: since } }).toArray(); // want low: reads all there is
    await this.orders.find({ changed: { $gt: since } }).limit(100).toArray(); // bounded: limit(100)
    await axios.get(url, { responseType: 'arraybuffer' }); // want low: reads all there is
    await axios.get('https://example.org/logo', { responseType: 'arraybuffer' }); // nothing
    return pako.ungzip(packed); // want low: reads all there is
  }

  async download(url) {
    const answer = await fetch(url);
    return answer.arrayBuffer(); // want low: reads all there is
  }

  async downloadPart(url, from) {
    const part = await fetch(url, { headers: { range: `bytes=${from}-` } });
    return part.arrayBuffer(); // nothing
  }

  async downloadObject(key) {
    const object = await this.s3.getObject({ Key: key }).promise(); // want low: reads all there is
    return object;
  }

  async list() {
    return [await Array.fromAsync(this.walk())]; // want low: reads all there is
  }
}
