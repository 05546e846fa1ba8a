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
	supportHelp: 'A text file that helps somebody else to help you. Read it before you send it.',
	supportContains: [
		'Version, platform and settings',
		'State of the service and the readers',
		'Names and rights of keys, never the keys themselves',
		'The latest lines of the log',
	],
	supportWithout: 'It holds no key, no token, no fingerprint and no picture.',
	saveBundle: 'Save the support file',
	bundleSaved: (file: string) => `${file} is saved among your downloads`,
	documentation: 'Documentation',
	documentationHelp: 'Every message, option and error code of the WebSocket interface is described in',
};

export type AboutText = typeof about;
