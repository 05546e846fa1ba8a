/** Files of the data folder with a content that no service may start with, nor write over. */
export const DAMAGED_FILES = [
	['settings.json', '{"server":{"port":8080'],
	['settings.json', '{"server":{"port":"many"}}'],
	['keys.json', 'not JSON'],
	['keys.json', '{"version":1,"keys":[{"id":"key-1"}]}'],
	['devices.json', '{"devices":[{"id":"reader"}]}'],
	['secret', 'short'],
] as const;
