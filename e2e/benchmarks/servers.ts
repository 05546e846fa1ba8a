import { fileURLToPath } from 'node:url';
import { SETTINGS } from '../../src/config/settings-schema.ts';
import { Program } from '../support/program.ts';
import { RunningService } from '../support/running-service.ts';

/** A server under measurement, in a separate process. */
export interface MeasuredServer {
	readonly name: 'service' | 'bare';
	readonly url: string;
	readonly pid: number;
	/** Makes the server send an event to every client. */
	readonly broadcast: (round: number) => object;
	/** Returns and resets the longest delay of its event loop, ms. */
	longestDelay(): Promise<number>;
	stop(): Promise<void>;
}

const BARE_SERVER = fileURLToPath(new URL('./bare-server.ts', import.meta.url));
const MONITOR = `--import=${new URL('./event-loop-monitor.ts', import.meta.url)}`;
/** An event as the service sends it when a reader is unplugged. */
const EVENT = { type: 'device:disconnected', deviceId: 'device-001', reason: 'Device unplugged' };
/** Value of the setting that would limit the measurement, messages per second. */
const RAISED_LIMIT = 1_000_000;

interface ServerOptions {
	/** Whether the server measures the delay of its event loop, for which it uses a timer each millisecond. */
	readonly isMonitored?: boolean;
}

/** Starts the built service with its limit for messages raised, or with its default limits. */
export async function startService(
	dataDir: string,
	{ isMonitored = false, hasLimits = false }: ServerOptions & { readonly hasLimits?: boolean } = {},
): Promise<MeasuredServer> {
	const limit = SETTINGS.find(({ field }) => field === 'server.messagesPerSecond');
	const env = {
		...(isMonitored && { NODE_OPTIONS: MONITOR }),
		...(!hasLimits && limit !== undefined && { [limit.variable]: String(RAISED_LIMIT) }),
	};
	const service = await RunningService.start({ dataDir, env });
	return {
		name: 'service',
		url: service.url,
		pid: service.pid,
		broadcast: (round) => ({ type: round % 2 === 0 ? 'virtual:unplug' : 'virtual:plug', deviceId: 'device-001' }),
		longestDelay: () => longestDelay(service),
		stop: async () => void (await service.stop()),
	};
}

/** Starts the baseline. */
export async function startBareServer({ isMonitored = false }: ServerOptions = {}): Promise<MeasuredServer> {
	const program = Program.start(process.execPath, [BARE_SERVER], isMonitored ? { env: { NODE_OPTIONS: MONITOR } } : {});
	const [, url = ''] = await program.waitForOutput(/^listening on (.+)\n/m);
	return {
		name: 'bare',
		url,
		pid: program.pid,
		broadcast: () => ({ type: 'broadcast', event: EVENT }),
		longestDelay: () => longestDelay(program),
		stop: async () => void (await program.end()),
	};
}

/** Returns the longest delay of the event loop since the last call, ms, from a program with `event-loop-monitor.ts`. */
export async function longestDelay(program: Pick<Program, 'pid' | 'stdout' | 'waitForOutput'>): Promise<number> {
	const printedBefore = program.stdout.length;
	process.kill(program.pid, 'SIGUSR2');
	const pattern = new RegExp(`(?<=[^]{${printedBefore}})longest event loop delay (.+) ms\\n`);
	return Number((await program.waitForOutput(pattern))[1]);
}
