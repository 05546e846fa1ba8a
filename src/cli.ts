#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { KEY_NAME, KEY_NAME_ALLOWED } from './access/api-key.ts';
import { MAX_ADMIN_TOKEN_TTL_MS, MAX_OVERLAP_MS } from './access/lifetimes.ts';
import { IMAGE_DPI } from './biometrics/worker-engine.ts';
import { exitOnBrokenOutput } from './commands/broken-output.ts';
import { tryParseDuration } from './commands/durations.ts';
import { KEY_VARIABLE } from './config/environment-variables.ts';
import { ORIGIN_PATTERN_ALLOWED, tryParseOriginPattern } from './config/origin.ts';
import { AUDIT_EVENTS } from './log/audit/audit-event.ts';
import { toServiceError } from './protocol/errors.ts';
import { LOG_LEVELS } from './protocol/log-levels.ts';
import { DEFAULT_PERMISSIONS, PERMISSIONS, type Permission } from './protocol/permissions.ts';
import { SERVICE_VERSION } from './protocol/version.ts';

/** Exit codes: 0 success, 1 failure, 2 wrong usage; `status` and `match` have more. */
const FAILURE = 1;
const WRONG_USAGE = 2;
/** The events of the audit trail, and their groups, the words before the colon. */
const AUDIT_FILTERS = [...new Set(AUDIT_EVENTS.flatMap((event) => [event.split(':')[0] ?? event, event]))];

/** Exit codes of `match`, like those of cmp and grep: 0 match, 1 no match, 2 failure. */
const NO_MATCH = 1;
const MATCH_FAILURE = 2;

const program = new Command('fingerprint-service')
	.description('Lets web pages use the fingerprint readers of this computer')
	.version(SERVICE_VERSION)
	.configureOutput({ outputError: (text, write) => write(`${text.trim()} (--help shows the usage)\n`) })
	.exitOverride();

const dataDir = () => new Option('--data-dir <folder>', 'folder of settings, keys and logs').argParser(parseFolder);
const port = (text: string) => new Option('--port <number>', text).argParser(parsePort);

command('serve', 'run the service until it is stopped')
	.addOption(port('port to listen on, 0 = any free one (default: setting server.port, 8080)'))
	.option('--host <name>', 'address to listen on (default: setting server.host, both loopback addresses)')
	.addOption(dataDir())
	.addOption(
		new Option('--log-level <level>', 'least severe level to log (default: setting log.level, info)').choices(
			LOG_LEVELS,
		),
	)
	.option('--no-virtual', 'run without virtual readers')
	.option('--quick-start', 'create a test key if there is no key yet, and explain a first scan')
	.action(async (options) => (await import('./commands/serve.ts')).serve(options));

command('status', 'print what runs on the data folder: exit code 0 = running, 3 = stopped, 4 = no program')
	.option('--json', 'print JSON')
	.addOption(dataDir())
	.action(async (options) => {
		process.exitCode = await (await import('./commands/status.ts')).status(options);
	});

command('start', 'start the stopped service of the program that runs on the data folder')
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/start.ts')).start(options));

command('stop', 'end the program that runs on the data folder, and wait until it has ended')
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/stop.ts')).stop(options));

const keys = program.command('keys').description('manage API keys; a running service applies changes immediately');

command('create', 'create a key and print it; it cannot be shown again', keys)
	.requiredOption('--name <name>', 'name of the key, such as the page that uses it', parseName)
	.option('--test', 'create a key for the virtual readers instead of the real ones')
	.option(
		'--permissions <list>',
		`permissions separated by commas: ${PERMISSIONS.join(', ')} (default: ${DEFAULT_PERMISSIONS.join(',')}); fingerprint:image gives access to images, which are personal data`,
		parsePermissions,
	)
	.option('--expires <time>', 'validity, such as 90d, 12h or 30m (default: until revoked)', parseDuration)
	.option(
		'--origins <list>',
		'origins that may use the key, such as https://app.example or https://*.app.example, separated by commas (default: any)',
		parseOrigins,
	)
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/keys.ts')).createKey(options));

command('list', 'list the keys, without their secrets', keys)
	.option('--json', 'print JSON')
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/keys.ts')).listKeys(options));

command('revoke', 'revoke a key and close its connections', keys)
	.argument('<id>', 'id from `keys list`, such as key-abc12345')
	.addOption(dataDir())
	.action(async (id, options) => (await import('./commands/keys.ts')).revokeKey(id, options));

command('rotate', 'replace a key with a new one that has the same permissions, and revoke the old one', keys)
	.argument('<id>', 'id from `keys list`, such as key-abc12345')
	.option('--overlap <time>', 'time for which the old key stays valid as well, 0d to 30d (default: 0d)', parseOverlap)
	.addOption(dataDir())
	.action(async (id, options) => (await import('./commands/keys.ts')).rotateKey(id, options));

command('admin-token', 'print a token with every permission')
	.option('--ttl <time>', 'validity, at most 12h (default: 30m)', parseTokenTtl)
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/admin-token.ts')).adminToken(options));

command('console', 'print a link to the operator window of the running service, for one use within 10 minutes')
	.option('--host <name>', 'address the service listens on (default: the one that it reports)')
	.addOption(port('port of the service (default: the one that it reports)'))
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/console.ts')).printConsoleLink(options));

command('extract', 'extract the template of a fingerprint image and print it in base64')
	.argument('<image>', 'PNG, JPEG, TIFF (first page), BMP or binary PGM (P5)')
	.option('--dpi <number>', 'resolution of the image (default: the one in the file, or else 500)', parseDpi)
	.option('--out <file>', 'write the template to a file, as an ISO/IEC 19794-2 record')
	.option('--json', 'print template, minutiae and quality as JSON')
	.action(async (image, options) => (await import('./commands/extract.ts')).extract(image, options));

command('match', 'match two fingerprints: exit code 0 = same finger, 1 = different fingers, 2 = failure')
	.argument('<a>', 'ISO/IEC 19794-2 or ANSI 378 record, or an image: PNG, JPEG, TIFF, BMP or binary PGM (P5)')
	.argument('<b>', 'the other file, in one of the same formats')
	.option('--dpi <number>', 'resolution of images (default: the one in the file, or else 500)', parseDpi)
	.option('--json', 'print the result as JSON')
	.action(async (a, b, options) => {
		process.exitCode = MATCH_FAILURE;
		const isMatch = await (await import('./commands/match.ts')).match(a, b, options);
		process.exitCode = isMatch ? 0 : NO_MATCH;
	});

command('scan', 'scan one finger through the running service and print every message')
	.option('--device <id>', 'id of the reader, such as device-001 (default: the first one)')
	.addOption(new Option('--key <key>', 'API key (default: an admin token of this user)').env(KEY_VARIABLE))
	.option('--host <name>', 'address the service listens on (default: the one that it reports, or setting server.host)')
	.addOption(port('port of the service (default: the one that it reports, or setting server.port)'))
	.option('--json', 'print the messages as JSON')
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/scan.ts')).scan(options));

command('doctor', 'check everything that the service needs on this computer')
	.addOption(port('port to check (default: setting server.port, 8080)'))
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/doctor.ts')).doctor(options));

const audit = program
	.command('audit')
	.description('the record of who used which key and reader, and who changed keys, origins and settings');

command('verify', 'check that no entry was changed or removed: exit code 0 = intact, 1 = broken', audit)
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/audit.ts')).verifyAudit(options));

command('show', 'print the entries, oldest first', audit)
	.option('--since <time>', 'only the entries of the last time, such as 2d or 12h', parseDuration)
	.addOption(
		new Option('--event <name>', 'only one event, such as scan, or a group, such as auth').choices(AUDIT_FILTERS),
	)
	.option('--json', 'print JSON lines, as in the files')
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/audit.ts')).showAudit(options));

function command(name: string, description: string, parent: Command = program): Command {
	return parent.command(name).description(description);
}

function parseFolder(text: string): string {
	if (text === '') throw new InvalidArgumentError('It must be the path of a folder.');
	return text;
}

function parsePort(text: string): number {
	return parseInteger(text, { min: 0, max: 65_535 });
}

function parseDpi(text: string): number {
	return parseInteger(text, IMAGE_DPI);
}

function parseInteger(text: string, { min, max }: { min: number; max: number }): number {
	const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
	if (value >= min && value <= max) return value;
	throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
}

function parseName(text: string): string {
	if (KEY_NAME.test(text)) return text;
	throw new InvalidArgumentError(`It must have ${KEY_NAME_ALLOWED}.`);
}

function parseDuration(text: string): number {
	const durationMs = tryParseDuration(text);
	if (durationMs === undefined)
		throw new InvalidArgumentError('It must be a number with a unit, such as 90d, 12h, 30m or 45s.');
	return durationMs;
}

function parseOverlap(text: string): number {
	const overlapMs = /^0[smhd]$/.test(text) ? 0 : parseDuration(text);
	if (overlapMs <= MAX_OVERLAP_MS) return overlapMs;
	throw new InvalidArgumentError('Two keys are valid together for at most 30d.');
}

function parseTokenTtl(text: string): number {
	const ttlMs = parseDuration(text);
	if (ttlMs <= MAX_ADMIN_TOKEN_TTL_MS) return ttlMs;
	throw new InvalidArgumentError('An admin token is valid for at most 12h; for longer access, create a key.');
}

function parseList(text: string): string[] {
	return text.split(',').map((entry) => entry.trim());
}

function parsePermissions(text: string): Permission[] {
	return parseList(text).map((entry) => {
		const permission = PERMISSIONS.find((known) => known === entry);
		if (permission === undefined) throw new InvalidArgumentError(`The permissions are ${PERMISSIONS.join(', ')}.`);
		return permission;
	});
}

function parseOrigins(text: string): string[] {
	return parseList(text).map((entry) => {
		const origin = tryParseOriginPattern(entry);
		if (origin === undefined)
			throw new InvalidArgumentError(`"${entry}" is not allowed: it must be an origin ${ORIGIN_PATTERN_ALLOWED}.`);
		return origin;
	});
}

exitOnBrokenOutput();

try {
	await program.parseAsync();
} catch (thrown) {
	if (thrown instanceof CommanderError) {
		// Commander has already printed its message; `--help` exits with 0.
		process.exitCode = thrown.exitCode === 0 ? 0 : WRONG_USAGE;
	} else {
		process.stderr.write(`error: ${toServiceError(thrown).message}\n`);
		process.exitCode ??= FAILURE;
	}
}
