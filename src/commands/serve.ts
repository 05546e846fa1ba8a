import { join } from 'node:path';
import { prepareDataDir, resolveDataDir } from '../config/data-folder.ts';
import { createLogging } from '../log/logging.ts';
import type { LogLevel } from '../protocol/log-levels.ts';
import { serviceAddress } from '../server/http/service-address.ts';
import { FingerprintService } from '../service/fingerprint-service.ts';
import { endWithShellOfNpm } from './end-with-npm.ts';
import { quickStartLines } from './quick-start.ts';

export interface ServeOptions {
	readonly port?: number;
	readonly host?: string;
	readonly dataDir?: string;
	readonly logLevel?: LogLevel;
	/** False with `--no-virtual`. */
	readonly virtual: boolean;
	readonly quickStart?: boolean;
}

/** Interrupted, told to end, and left behind by its terminal. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Run the service until one of the signals above comes; a second signal ends it at once. @throws ServiceError why it cannot start */
export async function serve(options: ServeOptions): Promise<void> {
	const dataDir = resolveDataDir({ flag: options.dataDir, env: process.env });
	await prepareDataDir(dataDir);
	// The service gives it the level that is set.
	const logging = createLogging({ level: 'info', dir: join(dataDir, 'logs'), console: true });
	const flags = toFlags(options);
	const service = new FingerprintService({ dataDir, env: process.env, flags, logging, isDesktop: false });
	const stop = stopSignal();
	endWithShellOfNpm();
	try {
		const location = await service.start();
		const lines = options.quickStart ? await quickStartLines(await service.keys(), { ...options, ...location }) : [];
		const listening = `listening on ws://${serviceAddress(location)}`;
		const window = `operator's window, link for one use within 10 minutes: ${await service.consoleLink()}`;
		process.stdout.write(`${[listening, window, ...lines].join('\n')}\n`);
		await stop;
	} finally {
		await service.close();
		await logging.close();
	}
}

function toFlags({ port, host, logLevel, virtual }: ServeOptions) {
	return {
		server: { ...(port !== undefined && { port }), ...(host !== undefined && { host }) },
		...(logLevel !== undefined && { log: { level: logLevel } }),
		...(!virtual && { virtual: { enabled: false } }),
	};
}

/**
 * Resolves at the first signal; the second one ends the process at once. The listeners stay: the library that writes files
 * atomically listens as well while it writes, and kills the process where it finds itself alone.
 */
function stopSignal(): Promise<void> {
	let signals = 0;
	return new Promise((resolve) => {
		const onSignal = () => (++signals === 1 ? resolve() : process.exit(1));
		for (const signal of STOP_SIGNALS) process.on(signal, onSignal);
	});
}
