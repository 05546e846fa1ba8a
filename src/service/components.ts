import type { AdminTokens } from '../access/admin-tokens.ts';
import { AuthThrottle } from '../access/auth-throttle.ts';
import { Authenticator } from '../access/authenticator.ts';
import type { KeyStore } from '../access/key-store.ts';
import type { OriginDecisions } from '../access/origin-decisions.ts';
import { WorkerEngine } from '../biometrics/worker-engine.ts';
import type { Settings } from '../config/settings.ts';
import { DeviceIds } from '../devices/device-ids.ts';
import { DeviceRegistry } from '../devices/device-registry.ts';
import { HidDriver } from '../devices/drivers/hid/hid-driver.ts';
import { VirtualDriver } from '../devices/drivers/virtual/virtual-driver.ts';
import type { StartWorkerProcess } from '../devices/drivers/zkfinger/process/worker-process.ts';
import { ZkFingerDriver } from '../devices/drivers/zkfinger/zkfinger-driver.ts';
import type { ReaderDriver } from '../devices/reader.ts';
import type { Logging } from '../log/logging.ts';
import type { ConsoleRun } from '../operator/operator-service.ts';
import { ScanService } from '../scans/scan-service.ts';
import { FingerprintServer } from '../server/fingerprint-server.ts';
import type { Clock } from '../time/clock.ts';

/** What the parts of one run stand on; it outlives them. */
export interface Foundation {
	readonly dataDir: string;
	readonly keys: KeyStore;
	readonly tokens: AdminTokens;
	readonly origins: OriginDecisions;
	readonly logging: Logging;
	readonly clock: Clock;
	readonly startWorkerProcess: StartWorkerProcess;
}

/** The parts of one run of the service, none of them started. */
export interface ServiceParts extends ConsoleRun {
	readonly engine: WorkerEngine;
	readonly unsubscribeLog: () => void;
}

/** Build what one run of the service needs, by its settings. @throws ServiceError CONFIGURATION_ERROR naming the file */
export async function buildServiceParts(settings: Settings, foundation: Foundation): Promise<ServiceParts> {
	const { dataDir, keys, tokens, origins, logging, clock } = foundation;
	const logger = logging.createLogger;
	const ids = await DeviceIds.open({ dataDir, logger: logger('DeviceIds') });
	const engine = new WorkerEngine();
	const virtual = settings.virtual.enabled ? new VirtualDriver({ clock, ...settings.virtual }) : undefined;
	const drivers = [...(virtual === undefined ? [] : [virtual]), ...buildRealDrivers(settings, foundation)];
	const registry = new DeviceRegistry({ drivers, ids, clock, logger: logger('DeviceRegistry') });
	const scansPerMinute = settings.scans.perMinute;
	const scans = new ScanService({ registry, engine, clock, logger: logger('ScanService'), scansPerMinute });
	const server = new FingerprintServer({
		settings: settings.server,
		authenticator: new Authenticator({ keys, tokens, throttle: new AuthThrottle(clock) }),
		origins,
		ports: { registry, scans, virtual, clock },
		logger: logger('FingerprintServer'),
	});
	const unsubscribeLog = logging.ring.subscribe((entry) => server.sendLog(entry));
	return { registry, scans, server, engine, encodePng: (image) => engine.encodePng(image), unsubscribeLog };
}

function buildRealDrivers({ hid, zkfinger }: Settings, foundation: Foundation): ReaderDriver[] {
	const { clock, logging, startWorkerProcess: startProcess } = foundation;
	const { libraryPath } = zkfinger;
	const drivers: ReaderDriver[] = [];
	if (hid.enabled) {
		drivers.push(new HidDriver({ clock, logger: logging.createLogger('HidDriver'), readers: hid.readers }));
	}
	if (zkfinger.enabled) {
		const logger = logging.createLogger('ZkFingerDriver');
		drivers.push(new ZkFingerDriver({ clock, logger, libraryPath, startProcess }));
	}
	return drivers;
}
