import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { WorkerEngine } from '../../src/biometrics/worker-engine.ts';
import { DeviceIds } from '../../src/devices/device-ids.ts';
import { DeviceRegistry } from '../../src/devices/device-registry.ts';
import { synthesiseImpression } from '../../src/devices/drivers/virtual/synthesis/impression.ts';
import { VirtualReader } from '../../src/devices/drivers/virtual/virtual-reader.ts';
import type { ReaderDriver } from '../../src/devices/reader.ts';
import { silentLogger as logger } from '../../src/log/silent-logger.ts';
import { DEFAULT_SCAN_OPTIONS } from '../../src/protocol/client-messages.ts';
import { ScanService } from '../../src/scans/scan-service.ts';
import { systemClock as clock } from '../../src/time/clock.ts';

/*
 * Measures scans on eight readers at once: `node e2e/benchmarks/eight-readers.ts [SCANS_PER_READER]`. The service itself has
 * two virtual readers, so its registry, scans and engine run here with eight, on images that exist before. The baseline is
 * the engine alone with eight images at a time. Prints JSON.
 */
const READERS = 8;
const RESOLUTION_MS = 1;

const scansPerReader = Number(process.argv[2] ?? 25);
const images = Array.from({ length: READERS }, (_, reader) =>
	synthesiseImpression({ person: reader + 1, finger: 2, condition: 'good', seed: 1 }),
);
const engine = new WorkerEngine();
await extractAll(1);
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
const scans = await scanRate();
delay.disable();
const bare = await rateOf(() => extractAll(scansPerReader));
await engine.close();
process.stdout.write(`${JSON.stringify({ scans, bare, loopDelay: delay.max / 1e6 - RESOLUTION_MS })}\n`);

async function scanRate(): Promise<number> {
	const dataDir = await mkdtemp(join(tmpdir(), 'fingerprint-benchmark-'));
	const registry = new DeviceRegistry({
		drivers: [eightReaders()],
		ids: await DeviceIds.open({ dataDir, logger }),
		clock,
		logger,
	});
	const service = new ScanService({ registry, engine, clock, logger, scansPerMinute: 6_000 });
	await registry.start();
	while (registry.list().some(({ status }) => status !== 'idle')) await once(registry, 'status');
	const rate = await rateOf(() => Promise.all(registry.list().map(({ id }) => scanReader(service, id))));
	await registry.stop();
	await rm(dataDir, { recursive: true });
	return rate;
}

async function scanReader(service: ScanService, deviceId: string): Promise<void> {
	for (let count = 0; count < scansPerReader; count++) {
		const owner = { connectionId: 'benchmark', keyId: undefined };
		const scan = service.start({ deviceId, options: { ...DEFAULT_SCAN_OPTIONS, qualityThreshold: 0 } }, owner);
		await new Promise<void>((resolve, reject) => {
			const onEvent: Parameters<typeof service.on<'event'>>[1] = (info, event) => {
				if (info.id !== scan.id) return;
				if (event.type === 'scan:complete') resolve();
				else if (event.type === 'scan:error') reject(event.error);
				else return;
				service.off('event', onEvent);
			};
			service.on('event', onEvent);
		});
	}
}

function eightReaders(): ReaderDriver {
	const synthesis = {
		synthesise: async ({ person }: { person: number }) => {
			const image = images[person - 1];
			if (image === undefined) throw new Error(`Person ${person} has no image`);
			return image;
		},
	};
	return {
		name: 'virtual',
		start: async (events) => {
			for (let person = 1; person <= READERS; person++) {
				const serialNumber = `VIRTUAL-000${person}`;
				const options = { serialNumber, clock, synthesis, autoTouch: true, touchDelayMs: 0, person };
				events.arrived(new VirtualReader(options));
			}
		},
		stop: async () => {},
		describe: async () => ({ driver: 'virtual', state: 'working', isVirtual: true }),
	};
}

async function extractAll(times: number): Promise<void> {
	const extractOften = async (image: (typeof images)[number]) => {
		for (let i = 0; i < times; i++) await engine.extract(image);
	};
	await Promise.all(images.map(extractOften));
}

/** Returns scans per second. */
async function rateOf(work: () => Promise<unknown>): Promise<number> {
	const begin = performance.now();
	await work();
	return (READERS * scansPerReader) / ((performance.now() - begin) / 1_000);
}
