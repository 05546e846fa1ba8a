export const about = {
	lead: 'Version, folders and help',
	version: 'Version',
	platform: 'Platform',
	runtime: 'Runs on',
	licence: 'Licence',
	licenceMit: 'MIT: free to use, change and share',
	program: 'This program',
	folders: 'Folders',
	foldersHelp: 'Settings, key hashes and logs. Fingerprints are never stored.',
	dataDir: 'Data folder',
	logsDir: 'Log folder',
	support: 'Support',
	supportHelp: 'A text file for the person who supports you. Read it before you send it.',
	supportContains: [
		'Versions, platform and settings',
		'State of the service and the readers',
		'Names and permissions of API keys, never the keys themselves',
		'The findings of the doctor command, and the readers found on this PC',
		'The latest log lines, also of earlier runs, and where the program crashed last',
	],
	supportWithout: 'It contains no keys, tokens, fingerprints or images.',
	saveBundle: 'Save the support file',
	bundleSaved: (file: string) => `${file} was saved to your downloads`,
	documentation: 'Documentation',
	documentationHelp: 'All messages, options and error codes of the WebSocket interface are described in',
};

export type AboutText = typeof about;
