import { STOP_SIGNALS } from '../../../../config/stop-signals.ts';
import { assertNever } from '../../../../protocol/assert-never.ts';
import { SerialQueue } from '../../../../time/serial-queue.ts';
import { loadKoffi } from '../library/load-koffi.ts';
import { loadZkFingerLibrary } from '../library/zkfinger-library.ts';
import { connectToParent } from './parent-process.ts';
import { toErrorMessage, type ZkFingerAnswer, type ZkFingerCall, type ZkFingerRequest } from './zkfinger-messages.ts';
import { ZkFingerSession } from './zkfinger-session.ts';

/*
 * Entry point of the process that calls the vendor's library, one call at a time. `ZkFingerClient` starts it with the path of
 * the library, if the settings name one. A hang, a crash, or a conflicting OpenSSL version in the library affects only this
 * process.
 */

const [libraryPath] = process.argv.slice(2);
let session: ZkFingerSession | undefined;
const calls = new SerialQueue();

async function load(): Promise<ZkFingerSession> {
	session ??= new ZkFingerSession(loadZkFingerLibrary(await loadKoffi(), libraryPath));
	return session;
}

async function handle(request: ZkFingerRequest): Promise<unknown> {
	if (request.type === 'end') end();
	const loaded = await load();
	switch (request.type) {
		case 'load':
			return undefined;
		case 'scan':
			return loaded.scan();
		case 'open':
			return loaded.open(request.serialNumber);
		case 'close':
			return loaded.close(request.serialNumber);
		case 'capture':
			return loaded.capture(request.serialNumber);
		default:
			return assertNever(request);
	}
}

async function answer({ id, request }: ZkFingerCall): Promise<ZkFingerAnswer> {
	try {
		return { id, result: await handle(request) };
	} catch (thrown) {
		return { id, fault: toErrorMessage(thrown) };
	}
}

function end(): never {
	session?.end();
	process.exit();
}

const parent = connectToParent({
	onCall: (call) => void calls.run(async () => parent.send(await answer(call))),
	onDisconnect: end,
});

// Terminals and service managers signal every process of the service. This one ends only on request or when its parent ends.
for (const signal of STOP_SIGNALS) process.on(signal, () => {});
