import type { Logger } from '../../../log/logger.ts';
import { type ServiceError, toServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import type { DriverDescription, ReaderDriver, ReaderDriverEvents } from '../../reader.ts';
import { readerModel } from './find-readers.ts';
import { loadKoffi } from './library/load-koffi.ts';
import type { StartWorkerProcess } from './process/worker-process.ts';
import { ZkFingerClient, type ZkFingerConnection } from './process/zkfinger-client.ts';
import { ReaderDiscovery } from './reader-discovery.ts';
import { ReaderTable } from './reader-table.ts';
import { systemUsbPresence } from './usb/system-usb-presence.ts';
import type { UsbPresence } from './usb/usb-presence.ts';
import { ZkFingerReader } from './zkfinger-reader.ts';

export interface ZkFingerDriverOptions {
	readonly clock: Clock;
	readonly logger: Logger;
	/** Setting `zkfinger.libraryPath`; empty = the system's library, if there is one. */
	readonly libraryPath: string;
	/** Default: the implementation for this system. */
	readonly presence?: UsbPresence;
	/** Starts the worker process; default: Node's `fork`. */
	readonly startProcess?: StartWorkerProcess | undefined;
	/** Default: a `ZkFingerClient`. @param onLost see `ZkFingerClientOptions` */
	readonly connect?: (onLost: (error: ServiceError) => void) => ZkFingerConnection;
	/** See `ZkFingerReaderOptions`. */
	readonly pollIntervalMs?: number;
}

/** The objects of one run of the driver, from `start` to `stop`. */
interface DriverRun {
	readonly connection: ZkFingerConnection;
	readonly discovery: ReaderDiscovery;
}

/**
 * ZKTeco readers, accessed through the vendor's library. The library is loaded only when such a reader is plugged in or
 * when the settings name it; without the library the rest of the service works as usual.
 */
export class ZkFingerDriver implements ReaderDriver {
	readonly name = 'zkfinger';
	private readonly options: ZkFingerDriverOptions;
	private run: DriverRun | undefined;

	constructor(options: ZkFingerDriverOptions) {
		this.options = options;
	}

	/** Resolves immediately: the library may take seconds to find its readers, which are reported when it has found them. */
	async start(events: ReaderDriverEvents): Promise<void> {
		const { clock, logger, presence = systemUsbPresence(clock) } = this.options;
		const connection = this.connect((error) => readers.failAll(error));
		const readers = new ReaderTable({
			events,
			createReader: ({ serialNumber, model }) =>
				this.createReader({ serialNumber, model, connection, discovery, events }),
			requestScan: () => discovery.requestScan(),
		});
		const onCrashed = (error: ServiceError) => events.crashed(error);
		const { isLibrarySet } = this;
		const discovery = new ReaderDiscovery({ connection, clock, logger, isLibrarySet, presence, readers, onCrashed });
		this.run = { connection, discovery };
		discovery.start();
	}

	async stop(): Promise<void> {
		const { run } = this;
		this.run = undefined;
		await Promise.all([run?.discovery.stop(), run?.connection.close()]);
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

	/** Loads the library in this process. @throws ServiceError if the library cannot be loaded */
	private async loadLibrary(): Promise<void> {
		const { run } = this;
		const connection = run?.connection ?? this.connect(() => {});
		try {
			await connection.call({ type: 'load' });
		} finally {
			if (run === undefined) await connection.close();
		}
	}

	private connect(onLost: (error: ServiceError) => void): ZkFingerConnection {
		const { clock, libraryPath, startProcess, connect } = this.options;
		if (connect) return connect(onLost);
		return new ZkFingerClient({ clock, libraryPath: libraryPath || undefined, onLost, startProcess });
	}

	private createReader({
		serialNumber,
		model,
		connection,
		discovery,
		events,
	}: DriverRun & { serialNumber: string; model: string; events: ReaderDriverEvents }): ZkFingerReader {
		const { clock, pollIntervalMs } = this.options;
		return new ZkFingerReader({
			serialNumber,
			model,
			connection,
			clock,
			...(pollIntervalMs !== undefined && { pollIntervalMs }),
			owner: {
				classifyError: (error) => discovery.classifyError(error),
				onFault: (reader, error) => events.faulted(reader, error),
				onOpenFailed: () => discovery.requestScan(),
				onIdle: () => discovery.onIdle(),
			},
		});
	}
}
