/** Damaged files of the data folder, which must stop the start and must not be overwritten. */
export const DAMAGED_FILES = [
	['settings.json', '{"server":{"port":8080'],
	['settings.json', '{"server":{"port":"many"}}'],
	['keys.json', 'not JSON'],
	['keys.json', '{"version":1,"keys":[{"id":"key-1"}]}'],
	['devices.json', '{"devices":[{"id":"reader"}]}'],
	['secret', 'short'],
] as const;
