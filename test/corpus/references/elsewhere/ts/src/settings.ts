export default { queue: 'tasks' };
