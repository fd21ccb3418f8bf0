function watch(client, script) {
  setInterval(function () { // want low: runs of a timer may overlap
    client.evalsha(script, 0, function (err, fixed) {
      if (err) report(err);
    });
  }.bind(this), 1000);
  setInterval(() => { // want low: runs of a timer may overlap
    fetch(address).then(report);
  }, 1000);
  setInterval(() => { // nothing
    statsOfThisMachine().then(report);
  }, 1000);
  setInterval(() => { // bounded: the check
    fetchAll();
    count();
  }, 1000);
  setInterval(() => { // nothing
    client.lock('promotion', (err, unlock) => promote(unlock));
  }, 1000);
  setInterval(() => { // nothing
    if (Date.now() - last > limit) client.close();
  }, 1000);
  setInterval(() => client.query('select 1', (err) => report(err)), 60 * 60 * 1000); // nothing
}

function fetchAll() {
  if (inProgress) return;
  inProgress = true;
  request(address, function (err, body) {
    inProgress = false;
  });
}
