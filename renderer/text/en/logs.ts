import type { LogLevel } from '../../../src/protocol/log-levels.ts';
import { createFormats } from '../formats.ts';

const { plural, number } = createFormats('en');

export const logs = {
	lead: 'The log of the service, live',
	level: 'Show',
	levels: {
		error: 'Errors only',
		warn: 'Warnings and errors',
		info: 'Information and above',
		debug: 'Everything',
	} satisfies Record<LogLevel, string>,
	levelNames: { error: 'Error', warn: 'Warning', info: 'Info', debug: 'Debug' } satisfies Record<LogLevel, string>,
	search: 'Search',
	searchHint: 'Text in name, message or details',
	pause: 'Pause',
	resume: 'Resume',
	newer: (count: number) => plural(count, { one: '# new line', other: '# new lines' }),
	copy: 'Copy lines',
	copied: (count: number) => plural(count, { one: '# line copied', other: '# lines copied' }),
	export: 'Export',
	exported: (count: number) => plural(count, { one: '# line exported', other: '# lines exported' }),
	found: (found: number, total: number) =>
		plural(total, { one: `${number(found)} of # line`, other: `${number(found)} of # lines` }),
	matches: (count: number) => plural(count, { one: '# line found', other: '# lines found' }),
	searching: 'Searching…',
	paused: 'Paused',
	list: 'Log lines, oldest first',
	keyboard: 'Arrow keys, Page Up, Page Down, Home and End move through the lines.',
	emptyTitle: 'The log is empty',
	emptyHelp: 'New lines appear here as the service writes them.',
	nothingFoundTitle: 'No line matches',
	nothingFoundHelp: 'Show more levels, or search for a shorter text.',
	clear: 'Show all lines',
	line: 'Line',
	details: 'Details of the line',
	closeDetails: 'Close the details',
};

export type LogsText = typeof logs;
