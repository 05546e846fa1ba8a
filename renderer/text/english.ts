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

/** Everything that the window says, in English; its shape is the catalogue that other languages fill. */
export const english = { common, shell, errors, hints, overview, trial, keys, origins, logs, settings, about };

/** What the window says in one language. */
export type Catalogue = typeof english;
