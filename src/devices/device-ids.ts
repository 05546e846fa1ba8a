import { join } from 'node:path';
import * as z from 'zod';
import { parseDataFile, readDataFile, writeDataFile } from '../config/data-folder.ts';
import type { Logger } from '../log/logger.ts';
import { SerialQueue } from '../time/serial-queue.ts';

/** Identifies a reader among all readers. */
export interface ReaderIdentity {
	readonly driver: string;
	readonly serialNumber: string;
}

const fileSchema = z.object({
	devices: z.array(
		z.object({ id: z.string().regex(/^device-\d{3,}$/), driver: z.string().min(1), serialNumber: z.string().min(1) }),
	),
});

/** Assigns ids to readers in order of first arrival (`device-001`, `device-002`, ...) and stores them in `devices.json`. */
export class DeviceIds {
	private readonly path: string;
	private readonly logger: Logger;
	private readonly identities: Map<string, ReaderIdentity>;
	private readonly writes = new SerialQueue();

	private constructor(path: string, logger: Logger, identities: Map<string, ReaderIdentity>) {
		this.path = path;
		this.logger = logger;
		this.identities = identities;
	}

	/** Reads `devices.json`. @throws ServiceError CONFIGURATION_ERROR naming a damaged file, which is left unchanged */
	static async open(options: { dataDir: string; logger: Logger }): Promise<DeviceIds> {
		const path = join(options.dataDir, 'devices.json');
		const text = await readDataFile(path);
		const { devices } = text === undefined ? { devices: [] } : parseDataFile(path, text, fileSchema);
		const identities = new Map(devices.map(({ id, driver, serialNumber }) => [id, { driver, serialNumber }]));
		return new DeviceIds(path, options.logger, identities);
	}

	/** Returns the id of a reader; a new reader gets the next one. */
	idOf({ driver, serialNumber }: ReaderIdentity): string {
		for (const [id, identity] of this.identities) {
			if (identity.driver === driver && identity.serialNumber === serialNumber) return id;
		}
		const id = `device-${String(this.highestNumber() + 1).padStart(3, '0')}`;
		this.identities.set(id, { driver, serialNumber });
		this.save();
		return id;
	}

	find(id: string): ReaderIdentity | undefined {
		return this.identities.get(id);
	}

	/** Resolves once everything is written to the disk, or a failure is logged. */
	async flush(): Promise<void> {
		await this.writes.idle();
	}

	private highestNumber(): number {
		return Math.max(0, ...[...this.identities.keys()].map((id) => Number(id.slice('device-'.length))));
	}

	/** Writes the file in the background, because a reader must not wait for the disk. */
	private save(): void {
		const devices = [...this.identities].map(([id, identity]) => ({ id, ...identity }));
		const text = `${JSON.stringify({ devices }, null, '\t')}\n`;
		this.writes
			.run(() => writeDataFile(this.path, text, { mode: 0o600 }))
			.catch((error: unknown) => this.logger.error('Device ids could not be saved', { error }));
	}
}
