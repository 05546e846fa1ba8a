import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';

/** Time for a service to answer, ms. */
const TIMEOUT_MS = 2_000;

/** The global agent, and `fetch`, may use a proxy of the environment, which cannot reach a loopback address of this computer. */
const direct = new Agent();

/**
 * Requests a path from the program at an address of this computer, never through a proxy.
 *
 * @param address as `serviceAddress` returns it
 * @throws Error if no program answers within 2 s
 */
export async function getFromService(address: string, path: string): Promise<{ status: number; body: string }> {
	const signal = AbortSignal.timeout(TIMEOUT_MS);
	return new Promise((resolve, reject) => {
		const request = get(`http://${address}${path}`, { agent: direct, signal }, (response) => {
			text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
		});
		request.on('error', reject);
	});
}
