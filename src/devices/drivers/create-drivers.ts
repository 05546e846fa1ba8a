import type { Settings } from '../../config/settings.ts';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../time/clock.ts';
import type { DriverDescription, ReaderDriver } from '../reader.ts';
import { HidDriver } from './hid/hid-driver.ts';
import { VirtualDriver } from './virtual/virtual-driver.ts';
import type { StartWorkerProcess } from './zkfinger/process/worker-process.ts';
import { ZkFingerDriver } from './zkfinger/zkfinger-driver.ts';

/** Every driver, in the order in which new readers get their ids. */
export const DRIVER_NAMES = ['virtual', 'hid', 'zkfinger'] as const;
export type DriverName = (typeof DRIVER_NAMES)[number];

export interface CreateDriversOptions {
	readonly clock: Clock;
	readonly createLogger: (name: string) => Logger;
	/** How the process for a vendor's library is started; default: as Node does it. */
	readonly startWorkerProcess?: StartWorkerProcess;
}

/** The drivers that the settings enable. */
export interface Drivers {
	readonly virtual: VirtualDriver | undefined;
	readonly enabled: readonly ReaderDriver[];
}

/** Creates the drivers that the settings enable; starts none. */
export function createDrivers(
	{ virtual: virtualSettings, hid, zkfinger }: Pick<Settings, DriverName>,
	{ clock, createLogger, startWorkerProcess: startProcess }: CreateDriversOptions,
): Drivers {
	const virtual = virtualSettings.enabled ? new VirtualDriver({ clock, ...virtualSettings }) : undefined;
	const enabled: ReaderDriver[] = virtual === undefined ? [] : [virtual];
	if (hid.enabled) enabled.push(new HidDriver({ clock, logger: createLogger('HidDriver'), readers: hid.readers }));
	if (zkfinger.enabled) {
		const { libraryPath } = zkfinger;
		enabled.push(new ZkFingerDriver({ clock, logger: createLogger('ZkFingerDriver'), libraryPath, startProcess }));
	}
	return { virtual, enabled };
}

/** Describes one driver, whether or not the settings enable it. */
export async function describeDriver(name: DriverName, { enabled }: Drivers): Promise<DriverDescription> {
	const driver = enabled.find((candidate) => candidate.name === name);
	return driver?.describe() ?? { driver: name, state: 'disabled', isVirtual: name === 'virtual' };
}
