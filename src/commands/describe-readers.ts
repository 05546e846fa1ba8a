import type { Settings } from '../config/settings.ts';
import { HidDriver } from '../devices/drivers/hid/hid-driver.ts';
import { loadNodeHid } from '../devices/drivers/hid/transport/load-node-hid.ts';
import { VirtualDriver } from '../devices/drivers/virtual/virtual-driver.ts';
import type { Reader, ReaderDriver, ReaderDriverEvents } from '../devices/reader.ts';
import { silentLogger } from '../log/silent-logger.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import { systemClock } from '../time/clock.ts';

/** What is needed of a driver that finds readers on its own. */
type SeekingDriver = ReaderDriver & { waitForAnswers(): Promise<string[]> };

export interface DescribeReadersOptions {
	/** A running service holds the real readers: to speak to one now could spoil a scan. */
	readonly isServiceRunning: boolean;
	/** Default: the HID driver, if `hid.enabled` and its library loads. */
	readonly createHidDriver?: () => Promise<SeekingDriver | undefined>;
}

/**
 * All readers that the drivers see, in one line for a person; each real one is opened and closed to see whether it works.
 *
 * @throws ServiceError DEVICE_INIT_FAILED naming each one that does not, with reason and remedy
 */
export async function describeReaders(
	settings: Pick<Settings, 'virtual' | 'hid'>,
	{ isServiceRunning, createHidDriver = () => hidDriverOf(settings) }: DescribeReadersOptions,
): Promise<string> {
	const virtual = settings.virtual.enabled ? await namesOfVirtual(settings) : [];
	if (isServiceRunning) return [...virtual, 'the real ones are left to the running service'].join(', ');
	const driver = await createHidDriver();
	const { names, notes } = driver === undefined ? { names: [], notes: [] } : await tryReaders(driver);
	const readers = [...virtual, ...names].join(', ') || 'none';
	return [readers, ...notes].join('; ');
}

async function hidDriverOf({ hid }: Pick<Settings, 'hid'>): Promise<SeekingDriver | undefined> {
	// What is wrong with the library is told by a check of its own.
	const canWork = hid.enabled && (await loadNodeHid().catch(() => undefined)) !== undefined;
	return canWork ? new HidDriver({ clock: systemClock, logger: silentLogger, readers: hid.readers }) : undefined;
}

async function namesOfVirtual({ virtual }: Pick<Settings, 'virtual'>): Promise<string[]> {
	const driver = new VirtualDriver({ clock: systemClock, ...virtual });
	const readers: Reader[] = [];
	await driver.start(collectInto(readers));
	await driver.stop();
	return readers.map(nameOf);
}

async function tryReaders(driver: SeekingDriver): Promise<{ names: string[]; notes: string[] }> {
	const readers: Reader[] = [];
	try {
		await driver.start(collectInto(readers));
		const notes = await driver.waitForAnswers();
		const problems: string[] = [];
		for (const reader of [...readers]) problems.push(...(await problemsOf(reader)));
		if (problems.length > 0) throw new ServiceError('DEVICE_INIT_FAILED', { message: problems.join('; ') });
		return { names: readers.map(nameOf), notes };
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
