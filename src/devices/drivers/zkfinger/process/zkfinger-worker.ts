import { assertNever } from '../../../../protocol/assert-never.ts';
import { SerialQueue } from '../../../../time/serial-queue.ts';
import { loadKoffi } from '../library/load-koffi.ts';
import { loadZkFingerLibrary } from '../library/zkfinger-library.ts';
import { listenToOwner } from './worker-owner.ts';
import { toErrorMessage, type ZkFingerAnswer, type ZkFingerCall, type ZkFingerRequest } from './zkfinger-messages.ts';
import { ZkFingerSession } from './zkfinger-session.ts';

/*
 * The process that calls the vendor's library, one call at a time; started by the `ZkFingerClient`, which passes the path of
 * the library, if one is set. What the library does to its process (hang, crash, load an OpenSSL of its own) ends here.
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

const owner = listenToOwner({
	onCall: (call) => void calls.run(async () => owner.answer(await answer(call))),
	onGone: end,
});

// A terminal and a service manager signal every process of the service; this one ends when its owner says so, or is gone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
