import type { Reader, ReaderDriver, ReaderDriverEvents } from '../devices/reader.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';

export interface DescribeReadersOptions {
	/** A running service has the real readers open: a second user could spoil a scan. */
	readonly isServiceRunning: boolean;
}

/** What one driver finds. */
interface Findings {
	readonly names: readonly string[];
	/** A message for each reader that does not work, with reason and remedy. */
	readonly problems: readonly string[];
	readonly ignoredDevices: readonly string[];
}

/**
 * Describes all readers that the drivers find in one human-readable line. Each reader is opened and closed to check that it
 * works; drivers that do not work are skipped, since their own description reports that.
 *
 * @throws ServiceError DEVICE_INIT_FAILED naming each reader that does not work, with reason and remedy
 */
export async function describeReaders(
	drivers: readonly ReaderDriver[],
	{ isServiceRunning }: DescribeReadersOptions,
): Promise<string> {
	const findings: Findings[] = [];
	for (const driver of drivers) {
		const { state, isVirtual } = await driver.describe();
		if (state === 'working' && (isVirtual || !isServiceRunning)) findings.push(await tryReaders(driver));
	}
	const problems = findings.flatMap((one) => one.problems);
	if (problems.length > 0) throw new ServiceError('DEVICE_INIT_FAILED', { message: problems.join('; ') });
	const names = findings.flatMap((one) => one.names);
	if (isServiceRunning) names.push('the running service uses the real ones');
	return [names.join(', ') || 'none', ...findings.flatMap((one) => one.ignoredDevices)].join('; ');
}

async function tryReaders(driver: ReaderDriver): Promise<Findings> {
	const readers: Reader[] = [];
	try {
		await driver.start(collectInto(readers));
		const { ignoredDevices = [] } = await driver.describe();
		const problems: string[] = [];
		for (const reader of [...readers]) problems.push(...(await problemsOf(reader)));
		return { names: readers.map(nameOf), problems, ignoredDevices };
	} finally {
		await driver.stop();
	}
}

async function problemsOf(reader: Reader): Promise<string[]> {
	try {
		await reader.open();
		return [];
	} catch (thrown) {
		return [`${nameOf(reader)}: ${toServiceError(thrown).message}`];
	} finally {
		await reader.close();
	}
}

function collectInto(readers: Reader[]): ReaderDriverEvents {
	return { arrived: (reader) => readers.push(reader), departed: () => {}, faulted: () => {}, crashed: () => {} };
}

function nameOf({ info }: Reader): string {
	return `${info.model} ${info.serialNumber}`;
}
