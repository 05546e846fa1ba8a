import type { ControlCommand, ControlCommands, ControlReply } from '../fake-electron/control-contract.ts';
import { withinPatience } from './deadline.ts';
import type { Program } from './program.ts';

/** The test's end of the channel to an app that runs on the stand-in. */
export class StandInControl {
	private readonly program: Program;
	private readonly waiting = new Map<number, (reply: ControlReply) => void>();
	private lastId = 0;

	constructor(program: Program) {
		this.program = program;
		program.onMessage((message) => this.receive(message as ControlReply));
	}

	/** Have one command done. @throws Error with what the stand-in says, or if it says nothing */
	async ask<C extends ControlCommand>(
		command: C,
		input: ControlCommands[C]['input'],
	): Promise<ControlCommands[C]['result']> {
		const id = ++this.lastId;
		const answer = new Promise<ControlReply>((resolve) => this.waiting.set(id, resolve));
		this.program.send({ id, command, input });
		const reply = await withinPatience(answer, () => `an answer to ${command}, but ${this.program.stderr}`);
		if (!reply.ok) throw new Error(reply.message);
		return reply.result as ControlCommands[C]['result'];
	}

	private receive(reply: ControlReply): void {
		this.waiting.get(reply.id)?.(reply);
		this.waiting.delete(reply.id);
	}
}
