import { runCommand } from './command.ts';

/** Calls one operation of the operator window of a service without a desktop app, through a new link. */
export async function callOperation(dataDir: string, operation: string, input: object = {}): Promise<unknown> {
	const { stdout } = await runCommand(['console'], { dataDir });
	const link = new URL(stdout.trim());
	const response = await fetch(new URL('session', link), {
		method: 'POST',
		body: JSON.stringify({ ticket: link.hash.slice(1) }),
	});
	const { token } = JSON.parse(await response.text());
	const socket = new WebSocket(`ws://${link.host}/console/socket`);
	try {
		await new Promise((resolve) => socket.addEventListener('open', resolve));
		const reply = new Promise<unknown>((resolve) => {
			socket.addEventListener('message', ({ data }) => {
				const message = JSON.parse(data);
				if (message.type === 'session') socket.send(JSON.stringify({ type: 'call', id: 1, operation, input }));
				if (message.type === 'reply') resolve(message);
			});
		});
		socket.send(JSON.stringify({ type: 'auth', token }));
		return await reply;
	} finally {
		socket.close();
	}
}
