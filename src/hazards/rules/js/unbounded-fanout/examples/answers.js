exports.jobs = (queue, types) =>
  queue.getRanges(types).then((ids) => Promise.all(ids.map((id) => queue.load(id)))); // want low: all elements at once

exports.settings = (store) =>
  store.getSettings().then((settings) => Promise.all(settings.map((each) => store.load(each)))); // nothing

exports.owners = async (store) => {
  const owners = await store.getOwners();
  await Promise.all(owners.map((owner) => notify(owner))); // want low: all elements at once
  const options = await store.getOptions();
  await Promise.all(options.map((option) => apply(option))); // nothing
};
