import type { Logger } from '../../../log/logger.ts';
import { type ServiceError, toServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import type { DriverDescription, ReaderDriver, ReaderDriverEvents } from '../../reader.ts';
import { readerModel } from './find-readers.ts';
import { loadKoffi } from './library/load-koffi.ts';
import type { StartWorkerProcess } from './process/worker-process.ts';
import { ZkFingerClient, type ZkFingerLink } from './process/zkfinger-client.ts';
import { ReaderDiscovery } from './reader-discovery.ts';
import { ReaderTable } from './reader-table.ts';
import { systemUsbPresence } from './usb/system-usb-presence.ts';
import type { UsbPresence } from './usb/usb-presence.ts';
import { ZkFingerReader } from './zkfinger-reader.ts';

export interface ZkFingerDriverOptions {
	readonly clock: Clock;
	readonly logger: Logger;
	/** Setting `zkfinger.libraryPath`; empty = the system's library, which need not be there. */
	readonly libraryPath: string;
	/** Default: what the system tells. */
	readonly presence?: UsbPresence;
	/** How the worker's process is started; default: as Node does it. */
	readonly startProcess?: StartWorkerProcess | undefined;
	/** Default: a `ZkFingerClient`. @param onLost see `ZkFingerClientOptions` */
	readonly connect?: (onLost: (error: ServiceError) => void) => ZkFingerLink;
	/** See `ZkFingerReaderOptions`. */
	readonly pollIntervalMs?: number;
}

/** What the driver has while it is started. */
interface Run {
	readonly link: ZkFingerLink;
	readonly discovery: ReaderDiscovery;
}

/**
 * Readers of ZKTeco through the vendor's library. A machine without such a reader does not even load the library, and one
 * without the library is none the worse for it.
 */
export class ZkFingerDriver implements ReaderDriver {
	readonly name = 'zkfinger';
	private readonly options: ZkFingerDriverOptions;
	private run: Run | undefined;

	constructor(options: ZkFingerDriverOptions) {
		this.options = options;
	}

	/** Resolves at once: a library may take seconds to find its readers, which arrive as it does. */
	async start(events: ReaderDriverEvents): Promise<void> {
		const { clock, logger, presence = systemUsbPresence(clock) } = this.options;
		const link = this.connect((error) => readers.failAll(error));
		const readers = new ReaderTable({
			events,
			createReader: ({ serialNumber, model }) => this.createReader({ serialNumber, model, link, discovery, events }),
			lookAgain: () => discovery.lookAndScan(),
		});
		const onCrashed = (error: ServiceError) => events.crashed(error);
		const { isLibrarySet } = this;
		const discovery = new ReaderDiscovery({ link, clock, logger, isLibrarySet, presence, readers, onCrashed });
		this.run = { link, discovery };
		discovery.start();
	}

	async stop(): Promise<void> {
		const { run } = this;
		this.run = undefined;
		await Promise.all([run?.discovery.stop(), run?.link.close()]);
	}

	async describe(): Promise<DriverDescription> {
		await this.run?.discovery.idle();
		const { clock, presence = systemUsbPresence(clock) } = this.options;
		const common = { driver: this.name, isVirtual: false };
		const facts: string[] = [];
		let isNeeded = true;
		try {
			facts.push(`koffi ${(await loadKoffi()).version}`);
			const model = readerModel(await presence.list());
			if (model !== undefined) facts.push(`${model} is plugged in`);
			isNeeded = model !== undefined || this.isLibrarySet;
			await this.loadLibrary();
			return { ...common, state: 'working', facts };
		} catch (thrown) {
			const reason = toServiceError(thrown).message;
			return { ...common, state: isNeeded ? 'unavailable' : 'not-installed', reason, facts };
		}
	}

	private get isLibrarySet(): boolean {
		return this.options.libraryPath !== '';
	}

	/** @throws ServiceError if the library cannot be loaded */
	private async loadLibrary(): Promise<void> {
		const { run } = this;
		const link = run?.link ?? this.connect(() => {});
		try {
			await link.call({ type: 'load' });
		} finally {
			if (run === undefined) await link.close();
		}
	}

	private connect(onLost: (error: ServiceError) => void): ZkFingerLink {
		const { clock, libraryPath, startProcess, connect } = this.options;
		if (connect) return connect(onLost);
		return new ZkFingerClient({ clock, libraryPath: libraryPath || undefined, onLost, startProcess });
	}

	private createReader({
		serialNumber,
		model,
		link,
		discovery,
		events,
	}: Run & { serialNumber: string; model: string; events: ReaderDriverEvents }): ZkFingerReader {
		const { clock, pollIntervalMs } = this.options;
		return new ZkFingerReader({
			serialNumber,
			model,
			link,
			clock,
			...(pollIntervalMs !== undefined && { pollIntervalMs }),
			owner: {
				explain: (error) => discovery.explain(error),
				onFault: (reader, error) => events.faulted(reader, error),
				onOpenFailed: () => discovery.lookAndScan(),
				onIdle: () => discovery.onIdle(),
			},
		});
	}
}
