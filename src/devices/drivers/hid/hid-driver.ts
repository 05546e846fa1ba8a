import type { HidReaderEntry } from '../../../config/hid-reader-entry.ts';
import type { Logger } from '../../../log/logger.ts';
import { toServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import type { DriverDescription, ReaderDriver, ReaderDriverEvents, ReaderInfo } from '../../reader.ts';
import { UnavailableReader } from '../../unavailable-reader.ts';
import { type HidDevice, type ListHidDevices, usbId } from './discovery/hid-device.ts';
import { HidDiscovery } from './discovery/hid-discovery.ts';
import { findCandidates, parseHidReaders, type ReaderCandidate } from './discovery/known-readers.ts';
import { listHidDevices } from './discovery/list-hid-devices.ts';
import { shareListing } from './discovery/share-listing.ts';
import { TrackedCandidate } from './discovery/tracked-candidate.ts';
import { type WatchHidraw, watchHidrawIn } from './discovery/watch-hidraw.ts';
import type { HidPort } from './transport/hid-port.ts';
import { loadNodeHid } from './transport/load-node-hid.ts';
import { openNodeHidPort } from './transport/node-hid-port.ts';

export interface HidDriverOptions {
	readonly clock: Clock;
	readonly logger: Logger;
	/** Value of the setting `hid.readers`. */
	readonly readers: readonly string[];
	/** Default: `process.platform`. */
	readonly platform?: NodeJS.Platform;
	/** Default: uses node-hid. */
	readonly listDevices?: ListHidDevices;
	/** Default: uses node-hid. @throws ServiceError DEVICE_INIT_FAILED with reason and remedy; DEVICE_DISCONNECTED when unplugged */
	readonly openPort?: (path: string) => Promise<HidPort>;
	/** Watches the hidraw nodes; used on Linux only. Default: watches /dev. */
	readonly watch?: WatchHidraw;
}

/** Represents all HID readers while HID devices cannot be listed. */
const ALL_READERS: ReaderInfo = {
	driver: 'hid',
	serialNumber: 'HID',
	model: 'All HID readers',
	firmwareVersion: 'unknown',
	isVirtual: false,
};

/** Finds fingerprint modules behind HID-UART bridges, and reports those that answer or that `hid.readers` names. */
export class HidDriver implements ReaderDriver {
	readonly name = 'hid';
	private readonly options: HidDriverOptions;
	private readonly entries: readonly HidReaderEntry[];
	private readonly listDevices: ListHidDevices;
	private readonly candidates = new Map<ReaderCandidate, TrackedCandidate>();
	/** Results of `identityOf` for the chips on which a module has answered. */
	private readonly knownModules = new Set<string>();
	private events: ReaderDriverEvents | undefined;
	private discovery: HidDiscovery | undefined;

	/** @throws ServiceError CONFIGURATION_ERROR when an entry of `readers` is invalid */
	constructor(options: HidDriverOptions) {
		this.options = options;
		this.entries = parseHidReaders(options.readers);
		this.listDevices = shareListing(options.listDevices ?? (() => listHidDevices()), options.clock);
	}

	/** Resolves once the devices are listed; devices that are probed may be reported later. */
	async start(events: ReaderDriverEvents): Promise<void> {
		this.events = events;
		await this.discover(events);
	}

	async stop(): Promise<void> {
		this.events = undefined;
		this.discovery?.stop();
		const candidates = [...this.candidates.values()];
		this.candidates.clear();
		await Promise.all(candidates.map((candidate) => candidate.stop()));
	}

	async describe(): Promise<DriverDescription> {
		const notes = await Promise.all([...this.candidates.values()].map(({ probed }) => probed));
		const ignoredDevices = notes.filter((note) => note !== undefined);
		const common = { driver: this.name, isVirtual: false, ignoredDevices };
		try {
			const { getHidapiVersion } = await loadNodeHid();
			return { ...common, state: 'working', facts: [`hidapi ${getHidapiVersion()}`] };
		} catch (thrown) {
			return { ...common, state: 'unavailable', reason: toServiceError(thrown).message };
		}
	}

	/** Starts discovery. @param events those of this start, which receive nothing after the next start */
	private async discover(events: ReaderDriverEvents): Promise<void> {
		const { clock, logger, platform = process.platform, watch = watchHidrawIn('/dev') } = this.options;
		this.discovery = new HidDiscovery({
			clock,
			logger,
			list: async () => findCandidates(await this.listDevices(), this.entries),
			watch: platform === 'linux' ? watch : undefined,
			events: {
				arrived: (candidate) => this.onArrived(candidate, events),
				departed: (candidate) => this.takeCandidate(candidate)?.remove('Device unplugged'),
				failed: (error) => events.crashed(error),
			},
		});
		try {
			await this.discovery.start();
		} catch {
			// The registry opens the unavailable reader, which reports the reason again.
			this.reportUnavailable(events);
		}
	}

	private reportUnavailable(events: ReaderDriverEvents): void {
		if (this.events !== events) return;
		const unavailable = new UnavailableReader({
			info: ALL_READERS,
			retry: async () => {
				await this.listDevices();
				if (this.events !== events) return;
				events.departed(unavailable, 'HID devices can be listed now');
				void this.discover(events);
			},
		});
		events.arrived(unavailable);
	}

	private onArrived(candidate: ReaderCandidate, events: ReaderDriverEvents): void {
		const plugged = this.createCandidate(candidate, events);
		this.candidates.set(candidate, plugged);
		plugged.start();
	}

	private createCandidate(candidate: ReaderCandidate, events: ReaderDriverEvents): TrackedCandidate {
		const { clock, logger, openPort = (path) => openNodeHidPort(path, { clock }) } = this.options;
		const { device } = candidate;
		const identity = identityOf(device);
		return new TrackedCandidate({
			candidate,
			serialNumber: this.uniqueSerialNumber(device),
			isKnownModule: identity !== undefined && this.knownModules.has(identity),
			openPort: () => openPort(device.path),
			clock,
			logger,
			events,
			onModuleFound: () => void (identity !== undefined && this.knownModules.add(identity)),
			onUnplugged: () => {
				this.takeCandidate(candidate);
				this.discovery?.markUnplugged(candidate);
			},
		});
	}

	private takeCandidate(candidate: ReaderCandidate): TrackedCandidate | undefined {
		const plugged = this.candidates.get(candidate);
		this.candidates.delete(candidate);
		return plugged;
	}

	/** Returns the serial number of the chip, or its USB id when it has none. A duplicate gets the suffix `-2`, `-3`, and so on. */
	private uniqueSerialNumber(device: HidDevice): string {
		const taken = new Set([...this.candidates.values()].map(({ info }) => info.serialNumber));
		const own = device.serialNumber?.trim() || usbId(device);
		let free = own;
		for (let number = 2; taken.has(free); number++) free = `${own}-${number}`;
		return free;
	}
}

/** Identifies a chip across plugging in again; undefined when it has no serial number. */
function identityOf(device: HidDevice): string | undefined {
	return device.serialNumber ? `${usbId(device)} ${device.serialNumber}` : undefined;
}
