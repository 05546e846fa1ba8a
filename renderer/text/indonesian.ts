import type { Catalogue } from './english.ts';
import { about } from './id/about.ts';
import { common } from './id/common.ts';
import { errors } from './id/errors.ts';
import { hints } from './id/hints.ts';
import { keys } from './id/keys.ts';
import { logs } from './id/logs.ts';
import { origins } from './id/origins.ts';
import { overview } from './id/overview.ts';
import { settings } from './id/settings.ts';
import { shell } from './id/shell.ts';
import { trial } from './id/trial.ts';

/** All texts of the window in Indonesian. */
export const indonesian: Catalogue = {
	common,
	shell,
	errors,
	hints,
	overview,
	trial,
	keys,
	origins,
	logs,
	settings,
	about,
};
