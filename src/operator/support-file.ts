import { homedir, release, version } from 'node:os';
import type { DriverDescription, ReaderDriver } from '../devices/reader.ts';
import { readLastCrash } from '../log/last-crash.ts';
import { formatLogLine } from '../log/log-line.ts';
import type { LogRing } from '../log/log-ring.ts';
import { redactText } from '../log/redact.ts';
import { LIBRARIES } from '../protocol/version.ts';
import { type Clock, timestamp } from '../time/clock.ts';
import type { SupportBundle } from './contract.ts';
import type { TopicSources } from './topic-publisher.ts';

/** Time for drivers and `doctor`, which may wait for readers; the file then contains what was finished. */
const EXAMINE_TIMEOUT_MS = 30_000;
const LATE = 'did not finish within 30 s';

/** Where the content of the support file comes from. */
export interface SupportSources {
	readonly topics: TopicSources;
	readonly ring: LogRing;
	/** Returns the drivers of the current run; none while the service is stopped, when `examine` tries the readers. */
	readonly drivers: () => readonly ReaderDriver[];
	/** Yields the lines of `doctor`. */
	readonly examine: () => AsyncIterable<string>;
	readonly clock: Clock;
}

/**
 * Returns a text file for support: everything the operator sees, including keys and origins, the report of `doctor`, versions, the
 * last crash and the kept log. None of these contain a secret, a template or an image, and every line is redacted once more. The
 * home folder is written as `~`, because its path contains the name of a person.
 */
export async function supportBundle(sources: SupportSources): Promise<SupportBundle> {
	const { topics, ring, clock } = sources;
	const now = timestamp(clock);
	const { settings, pending, problem } = topics.settings();
	const sections = {
		about: topics.about(),
		versions: { ...process.versions, system: `${version()} ${release()}`, libraries: LIBRARIES },
		service: topics.service(),
		readers: topics.readers(),
		'drivers and devices on the bus': await inTime(describeAll(sources.drivers()), clock),
		connections: topics.connections(),
		keys: topics.keys() ?? 'cannot be read',
		origins: topics.origins(),
		settings: Object.fromEntries(settings.map(({ field, value, source }) => [field, { value, source }])),
		...(pending.length > 0 && { 'settings for the next start': pending }),
		...(problem !== undefined && { 'settings cannot be read': problem }),
	};
	const facts = Object.entries(sections).map(
		([title, value]) => `== ${title}\n${JSON.stringify(value, undefined, 2)}\n`,
	);
	const text = [
		`Fingerprint Service, support bundle of ${now}\n`,
		...facts,
		'== doctor',
		...(await examineInTime(sources)),
		'\n== last crash',
		(await readLastCrash(topics.about().logsDir)) ?? 'none\n',
		'== log',
		...ring.entries().map(formatLogLine),
		'',
	].join('\n');
	return { fileName: `fingerprint-service-support-${now.replace(/[:.]/g, '-')}.txt`, text: withoutSecrets(text) };
}

async function examineInTime({ examine, clock }: SupportSources): Promise<readonly string[]> {
	const lines: string[] = [];
	const collect = async () => {
		for await (const line of examine()) lines.push(line);
	};
	const end = await inTime(
		collect().catch((error: unknown) => lines.push(`FAIL  doctor: ${String(error)}`)),
		clock,
	);
	return end === LATE ? [...lines, `FAIL  ${LATE}`] : lines;
}

function describeAll(drivers: readonly ReaderDriver[]): Promise<readonly DriverDescription[]> {
	return Promise.all(drivers.map((driver) => driver.describe()));
}

/** Resolves with the result of the work, or with `LATE`. */
async function inTime<T>(work: Promise<T>, clock: Clock): Promise<T | typeof LATE> {
	const { promise: late, resolve } = Promise.withResolvers<typeof LATE>();
	const cancel = clock.after(EXAMINE_TIMEOUT_MS, () => resolve(LATE));
	return Promise.race([work, late]).finally(cancel);
}

function withoutSecrets(text: string): string {
	const home = homedir();
	const lines = text.split('\n').map(redactText);
	if (home.length < 3) return lines.join('\n');
	// In JSON the backslashes of a path are doubled.
	return lines.join('\n').replaceAll(JSON.stringify(home).slice(1, -1), '~').replaceAll(home, '~');
}
