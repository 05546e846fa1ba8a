import { AuthThrottle } from '../access/auth-throttle.ts';
import { Authenticator } from '../access/authenticator.ts';
import type { OpenedAccess } from '../access/key-access.ts';
import type { OriginDecisions } from '../access/origin-decisions.ts';
import { WorkerEngine } from '../biometrics/worker-engine.ts';
import type { Settings } from '../config/settings.ts';
import { DeviceIds } from '../devices/device-ids.ts';
import { DeviceRegistry } from '../devices/device-registry.ts';
import { createDrivers } from '../devices/drivers/create-drivers.ts';
import type { StartWorkerProcess } from '../devices/drivers/zkfinger/process/worker-process.ts';
import type { Logging } from '../log/logging.ts';
import type { OperatorComponents } from '../operator/operator-service.ts';
import type { ServiceStatus } from '../protocol/server-messages.ts';
import { ScanService } from '../scans/scan-service.ts';
import { FingerprintServer } from '../server/fingerprint-server.ts';
import type { Clock } from '../time/clock.ts';
import type { ServiceAudit } from './service-audit.ts';

/** What the components of every run use; it outlives the runs. */
export interface RunDependencies {
	readonly dataDir: string;
	readonly origins: OriginDecisions;
	readonly logging: Logging;
	readonly clock: Clock;
	readonly audit: ServiceAudit;
	readonly startWorkerProcess: StartWorkerProcess;
	/** Returns the status that clients receive. */
	readonly status: () => ServiceStatus;
}

/** The components of one run of the service. */
export interface RunComponents extends OperatorComponents {
	readonly engine: WorkerEngine;
	readonly unsubscribeLog: () => void;
}

/** Builds the components of one run and starts none of them. @throws ServiceError CONFIGURATION_ERROR naming the file */
export async function buildComponents(
	settings: Settings,
	{ keys, tokens }: OpenedAccess,
	{ dataDir, origins, logging, clock, audit, startWorkerProcess, status }: RunDependencies,
): Promise<RunComponents> {
	const logger = logging.createLogger;
	const ids = await DeviceIds.open({ dataDir, logger: logger('DeviceIds') });
	const engine = new WorkerEngine({
		onPrepareFailed: (error) =>
			logger('WorkerEngine').error('A worker thread did not become ready and was replaced', { error }),
	});
	const { virtual, enabled } = createDrivers(settings, { clock, createLogger: logger, startWorkerProcess });
	const registry = new DeviceRegistry({ drivers: enabled, ids, clock, logger: logger('DeviceRegistry') });
	const scansPerMinute = settings.scans.perMinute;
	const scans = new ScanService({ registry, engine, clock, logger: logger('ScanService'), scansPerMinute });
	const authenticator = new Authenticator({ keys, tokens, throttle: new AuthThrottle(clock) });
	const server = new FingerprintServer({
		settings: settings.server,
		authenticator,
		origins,
		ports: { registry, scans, virtual, clock },
		status,
		logger: logger('FingerprintServer'),
	});
	audit.followRun({ authenticator, scans, server, registry });
	const unsubscribeLog = logging.ring.subscribe((entry) => server.sendLog(entry));
	const drivers = enabled;
	return { registry, scans, server, drivers, engine, encodePng: (image) => engine.encodePng(image), unsubscribeLog };
}
