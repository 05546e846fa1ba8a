import type { HidReaderEntry } from '../../../config/hid-reader-entry.ts';
import type { Logger } from '../../../log/logger.ts';
import type { Clock } from '../../../time/clock.ts';
import type { ReaderDriver, ReaderDriverEvents, ReaderInfo } from '../../reader.ts';
import { HidCandidate } from './discovery/hid-candidate.ts';
import { type HidDevice, type ListHidDevices, usbId } from './discovery/hid-device.ts';
import { HidDiscovery } from './discovery/hid-discovery.ts';
import { findCandidates, parseHidReaders, type ReaderCandidate } from './discovery/known-readers.ts';
import { listHidDevices } from './discovery/list-hid-devices.ts';
import { listOneAtATime } from './discovery/list-one-at-a-time.ts';
import { type WatchHidraw, watchHidrawIn } from './discovery/watch-hidraw.ts';
import type { HidPort } from './transport/hid-port.ts';
import { openNodeHidPort } from './transport/node-hid-port.ts';
import { UnavailableReader } from './unavailable-reader.ts';

export interface HidDriverOptions {
	readonly clock: Clock;
	readonly logger: Logger;
	/** Setting `hid.readers`. */
	readonly readers: readonly string[];
	/** Default: that of this machine. */
	readonly platform?: NodeJS.Platform;
	/** Default: by node-hid. */
	readonly listDevices?: ListHidDevices;
	/** Default: by node-hid. @throws ServiceError DEVICE_INIT_FAILED with the reason and the remedy, DEVICE_DISCONNECTED when gone */
	readonly openPort?: (path: string) => Promise<HidPort>;
	/** Where `platform` is Linux; default: watches /dev. */
	readonly watch?: WatchHidraw;
}

/** What is shown of all HID readers together while HID devices cannot be listed. */
const ALL_READERS: ReaderInfo = {
	driver: 'hid',
	serialNumber: 'HID',
	model: 'All HID readers',
	firmwareVersion: 'unknown',
	isVirtual: false,
};

/** Fingerprint modules behind HID-UART bridges: finds them, and reports those that answer or that the operator has named. */
export class HidDriver implements ReaderDriver {
	readonly name = 'hid';
	private readonly options: HidDriverOptions;
	private readonly entries: readonly HidReaderEntry[];
	private readonly listDevices: ListHidDevices;
	private readonly candidates = new Map<ReaderCandidate, HidCandidate>();
	/** What `identityOf` says of the chips that a module has answered behind. */
	private readonly answered = new Set<string>();
	private events: ReaderDriverEvents | undefined;
	private discovery: HidDiscovery | undefined;

	/** @throws ServiceError CONFIGURATION_ERROR if an entry of `readers` names nothing */
	constructor(options: HidDriverOptions) {
		this.options = options;
		this.entries = parseHidReaders(options.readers);
		this.listDevices = listOneAtATime(options.listDevices ?? (() => listHidDevices()), options.clock);
	}

	/** Resolves once the devices are listed; those that must be asked what they are may be reported a moment later. */
	async start(events: ReaderDriverEvents): Promise<void> {
		this.events = events;
		await this.discover(events);
	}

	async stop(): Promise<void> {
		this.events = undefined;
		this.discovery?.stop();
		const candidates = [...this.candidates.values()];
		this.candidates.clear();
		await Promise.all(candidates.map((candidate) => candidate.abandon()));
	}

	/**
	 * Resolves once every device that is plugged in has been reported, or is left alone.
	 *
	 * @returns what there is to say, for a person, of each that is left alone
	 */
	async waitForAnswers(): Promise<string[]> {
		const notes = await Promise.all([...this.candidates.values()].map(({ answered }) => answered));
		return notes.filter((note) => note !== undefined);
	}

	/** @param events of this start; nothing may be reported once there are others */
	private async discover(events: ReaderDriverEvents): Promise<void> {
		const { clock, logger, platform = process.platform, watch = watchHidrawIn('/dev') } = this.options;
		this.discovery = new HidDiscovery({
			clock,
			logger,
			list: async () => findCandidates(await this.listDevices(), this.entries),
			watch: platform === 'linux' ? watch : undefined,
			events: {
				arrived: (candidate) => this.onArrived(candidate, events),
				departed: (candidate) => this.forget(candidate)?.leave('Device unplugged'),
				failed: (error) => events.crashed(error),
			},
		});
		try {
			await this.discovery.start();
		} catch {
			// The reason comes up again, and is shown, when the stand-in is opened.
			this.reportUnavailable(events);
		}
	}

	private reportUnavailable(events: ReaderDriverEvents): void {
		if (this.events !== events) return;
		const standIn = new UnavailableReader({
			info: ALL_READERS,
			check: async () => void (await this.listDevices()),
			onMended: () => {
				if (this.events !== events) return;
				events.departed(standIn, 'HID devices can be listed now');
				void this.discover(events);
			},
		});
		events.arrived(standIn);
	}

	private onArrived(candidate: ReaderCandidate, events: ReaderDriverEvents): void {
		const plugged = this.createCandidate(candidate, events);
		this.candidates.set(candidate, plugged);
		plugged.start();
	}

	private createCandidate(candidate: ReaderCandidate, events: ReaderDriverEvents): HidCandidate {
		const { clock, logger, openPort = (path) => openNodeHidPort(path, { clock }) } = this.options;
		const { device } = candidate;
		const identity = identityOf(device);
		return new HidCandidate({
			candidate,
			serialNumber: this.freeSerialNumber(device),
			hasAnswered: identity !== undefined && this.answered.has(identity),
			openPort: () => openPort(device.path),
			clock,
			logger,
			events,
			onAnswer: () => void (identity !== undefined && this.answered.add(identity)),
			onLost: () => {
				this.forget(candidate);
				this.discovery?.lose(candidate);
			},
		});
	}

	private forget(candidate: ReaderCandidate): HidCandidate | undefined {
		const plugged = this.candidates.get(candidate);
		this.candidates.delete(candidate);
		return plugged;
	}

	/** That of the chip, or its USB id where it has none; the second with the same gets `-2`, and so on. */
	private freeSerialNumber(device: HidDevice): string {
		const taken = new Set([...this.candidates.values()].map(({ info }) => info.serialNumber));
		const own = device.serialNumber?.trim() || usbId(device);
		let free = own;
		for (let number = 2; taken.has(free); number++) free = `${own}-${number}`;
		return free;
	}
}

/** What tells a chip from all others; undefined where it has no serial number. */
function identityOf(device: HidDevice): string | undefined {
	return device.serialNumber ? `${usbId(device)} ${device.serialNumber}` : undefined;
}
