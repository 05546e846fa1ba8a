import { about } from './en/about.ts';
import { common } from './en/common.ts';
import { errors } from './en/errors.ts';
import { hints } from './en/hints.ts';
import { keys } from './en/keys.ts';
import { logs } from './en/logs.ts';
import { origins } from './en/origins.ts';
import { overview } from './en/overview.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { trial } from './en/trial.ts';

/** All texts of the window in English. Its type is the catalogue that every language provides. */
export const english = { common, shell, errors, hints, overview, trial, keys, origins, logs, settings, about };

/** All texts of the window in one language. */
export type Catalogue = typeof english;
