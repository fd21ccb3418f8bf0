const express = require('express');
const { Glob } = require('glob');

const app = express();

app.post('/run', (req, res) => {
  const data = req.body;
  refresh(data).then(() => res.end());
});

async function refresh(data) {
  await Promise.all(data.files.map(async (file) => load(file))); // want high: all elements at once
}

async function loadAll(names) {
  await Promise.all(names.map(async (file) => load(file))); // nothing
}

loadAll(['a.txt', 'b.txt']);

async function preprocess(pattern) {
  const matched = new Glob(pattern, { sync: true });
  const files = matched.found.filter((file) => !excluded(file)).map((file) => new File(file));
  await Promise.all(files.map((file) => read(file))); // want low: all elements at once
}

const notify = (deviceIds, message) => {
  const sent = [];
  deviceIds.forEach((id) => {
    sent.push(
      new Promise((resolve) => {
        push(id, message, resolve);
      }),
    );
  });
  return Promise.all(sent); // want low: all elements at once
};

async function follow(urls, options) {
  await Promise.all(map(urls, async (url) => visit(url, options))); // want low: all elements at once
}

async function closeAll(clients) {
  await Promise.all(clients.map((client) => client.close())); // nothing
}

async function allowed(user, profiles) {
  const found = await user.getProfiles();
  await Promise.all(found.map((each) => load(each))); // nothing
  await Promise.all(profiles.map((each) => load(each))); // nothing
}

async function startUrls(urls) {
  await Promise.all(urls.map((url) => open(url))); // nothing
}
