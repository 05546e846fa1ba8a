#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { KEY_NAME, KEY_NAME_ALLOWED } from './access/api-key.ts';
import { IMAGE_DPI } from './biometrics/worker-engine.ts';
import { tryParseDuration } from './commands/durations.ts';
import { KEY_VARIABLE } from './config/environment-variables.ts';
import { tryParseOrigin } from './config/origin.ts';
import { toServiceError } from './protocol/errors.ts';
import { LOG_LEVELS } from './protocol/log-levels.ts';
import { PERMISSIONS, type Permission } from './protocol/permissions.ts';
import { SERVICE_VERSION } from './protocol/version.ts';

/** Exit codes: 0 done, 1 failed, 2 called wrongly. */
const FAILED = 1;
const CALLED_WRONGLY = 2;
/** Exit codes of `match`, as those of cmp and grep: 0 match, 1 no match, 2 whatever keeps it from telling. */
const NO_MATCH = 1;
const CANNOT_TELL = 2;

const program = new Command('fingerprint-service')
	.description('Lets web pages on this machine scan fingers through a WebSocket')
	.version(SERVICE_VERSION)
	.configureOutput({ outputError: (text, write) => write(`${text.trim()} (--help shows what is possible)\n`) })
	.exitOverride();

const dataDir = () =>
	new Option('--data-dir <folder>', 'where keys, settings and logs are kept').argParser(parseFolder);
const port = (text: string) => new Option('--port <number>', text).argParser(parsePort);

command('serve', 'run the service until it is interrupted')
	.addOption(port('port to listen on, 0 = any free one (default: setting server.port, 8080)'))
	.option('--host <name>', 'address to listen on (default: setting server.host, both loopback addresses)')
	.addOption(dataDir())
	.addOption(
		new Option('--log-level <level>', 'how much is logged (default: setting log.level, info)').choices(LOG_LEVELS),
	)
	.option('--no-virtual', 'leave out the virtual readers')
	.option('--quick-start', 'make a test key if there is no key yet, and say how to scan')
	.action(async (options) => (await import('./commands/serve.ts')).serve(options));

const keys = program.command('keys').description('manage API keys; a running service notices at once');

command('create', 'make a key and print it, this once', keys)
	.requiredOption('--name <name>', 'who uses it, for you to recognise', parseName)
	.option('--test', 'a key for the virtual readers instead of the real ones')
	.option('--permissions <list>', `comma separated, of ${PERMISSIONS.join(', ')} (default: all)`, parsePermissions)
	.option('--expires <time>', 'how long it is valid, such as 90d, 12h or 30m (default: until revoked)', parseDuration)
	.option('--origins <list>', 'comma separated origins whose pages may use it (default: any)', parseOrigins)
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/keys.ts')).createKey(options));

command('list', 'list the keys, without their secrets', keys)
	.option('--json', 'as JSON')
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/keys.ts')).listKeys(options));

command('revoke', 'revoke a key; its connections close', keys)
	.argument('<id>', 'as in the list, such as key-abc12345')
	.addOption(dataDir())
	.action(async (id, options) => (await import('./commands/keys.ts')).revokeKey(id, options));

command('rotate', 'replace a key by a new one with the same rights; the old one is revoked', keys)
	.argument('<id>', 'as in the list, such as key-abc12345')
	.addOption(dataDir())
	.action(async (id, options) => (await import('./commands/keys.ts')).rotateKey(id, options));

command('admin-token', 'print a token that may do everything')
	.option('--ttl <time>', 'how long it is valid (default: 30m)', parseDuration)
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/admin-token.ts')).adminToken(options));

command('console', "print a link to the operator's window of the running service, for one use within 10 minutes")
	.option('--host <name>', 'address the service listens on (default: setting server.host)')
	.addOption(port('port of the service (default: setting server.port, 8080)'))
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/console.ts')).printConsoleLink(options));

command('extract', 'read the minutiae off a fingerprint picture and print its template in base64')
	.argument('<image>', 'PNG, or binary PGM (P5)')
	.option('--dpi <number>', 'resolution of the picture, pixels per inch', parseDpi, 500)
	.option('--out <file>', 'write the ISO/IEC 19794-2 record to a file instead')
	.option('--json', 'print everything that was found, as JSON')
	.action(async (image, options) => (await import('./commands/extract.ts')).extract(image, options));

command('match', 'compare two fingerprints: exit code 0 if they are of the same finger, 1 if not, 2 if it cannot tell')
	.argument('<a>', 'ISO/IEC 19794-2 record, or a picture: PNG, or binary PGM (P5)')
	.argument('<b>', 'the other one')
	.option('--dpi <number>', 'resolution of pictures, pixels per inch', parseDpi, 500)
	.option('--json', 'print the result as JSON')
	.action(async (a, b, options) => {
		process.exitCode = CANNOT_TELL;
		const isMatch = await (await import('./commands/match.ts')).match(a, b, options);
		process.exitCode = isMatch ? 0 : NO_MATCH;
	});

command('scan', 'scan one finger through the running service and show what happens')
	.option('--device <id>', 'such as device-001 (default: the first reader)')
	.addOption(new Option('--key <key>', 'API key (default: the rights of this user)').env(KEY_VARIABLE))
	.option('--host <name>', 'address the service listens on (default: setting server.host)')
	.addOption(port('port of the service (default: setting server.port, 8080)'))
	.option('--json', 'print the messages as they are')
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/scan.ts')).scan(options));

command('doctor', 'check everything the service needs on this machine')
	.addOption(port('port to check (default: setting server.port, 8080)'))
	.addOption(dataDir())
	.action(async (options) => (await import('./commands/doctor.ts')).doctor(options));

function command(name: string, description: string, parent: Command = program): Command {
	return parent.command(name).description(description);
}

function parseFolder(text: string): string {
	if (text === '') throw new InvalidArgumentError('It is the path of a folder.');
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
	throw new InvalidArgumentError(`It is a whole number from ${min} to ${max}.`);
}

function parseName(text: string): string {
	if (KEY_NAME.test(text)) return text;
	throw new InvalidArgumentError(`It has ${KEY_NAME_ALLOWED}.`);
}

function parseDuration(text: string): number {
	const durationMs = tryParseDuration(text);
	if (durationMs === undefined)
		throw new InvalidArgumentError('It is a number with a unit, such as 90d, 12h, 30m or 45s.');
	return durationMs;
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
		const origin = tryParseOrigin(entry);
		if (origin === undefined) throw new InvalidArgumentError(`"${entry}" is no origin such as https://app.example.`);
		return origin;
	});
}

// A reader that has seen enough, such as `head`, closes the pipe: that is no fault, and nobody is left to write to.
process.stdout.on('error', () => process.exit());

try {
	await program.parseAsync();
} catch (thrown) {
	if (thrown instanceof CommanderError) {
		// Commander has printed its own line; asking for help is no fault.
		process.exitCode = thrown.exitCode === 0 ? 0 : CALLED_WRONGLY;
	} else {
		process.stderr.write(`error: ${toServiceError(thrown).message}\n`);
		process.exitCode ??= FAILED;
	}
}
