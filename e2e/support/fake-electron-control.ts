import type { ControlCommand, ControlCommands, ControlReply } from '../fake-electron/control-contract.ts';
import type { Program } from './program.ts';
import { withTimeout } from './timeout.ts';

/** The test's end of the channel to an app that runs on the fake Electron. */
export class FakeElectronControl {
	private readonly program: Program;
	private readonly waiting = new Map<number, (reply: ControlReply) => void>();
	private lastId = 0;

	constructor(program: Program) {
		this.program = program;
		program.onMessage((message) => this.receive(message as ControlReply));
	}

	/** Runs a command in the process of the app. @throws Error if the command fails, or gets no answer */
	async ask<C extends ControlCommand>(
		command: C,
		input: ControlCommands[C]['input'],
	): Promise<ControlCommands[C]['result']> {
		const id = ++this.lastId;
		const answer = new Promise<ControlReply>((resolve) => this.waiting.set(id, resolve));
		this.program.send({ id, command, input });
		const reply = await withTimeout(answer, () => `an answer to ${command}, but ${this.program.stderr}`);
		if (!reply.ok) throw new Error(reply.message);
		return reply.result as ControlCommands[C]['result'];
	}

	private receive(reply: ControlReply): void {
		this.waiting.get(reply.id)?.(reply);
		this.waiting.delete(reply.id);
	}
}
