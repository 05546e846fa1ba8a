import { signal } from '@preact/signals';
import type {
	ConsoleEvent,
	ConsoleOperation,
	ConsoleReply,
	InputOf,
	ResultOf,
} from '../../../src/operator/contract.ts';
import type { Carrier, LinkState } from '../carrier.ts';
import { unwrapReply } from '../unwrap-reply.ts';

/** A carrier without a service: the test says what happens, and what calls give. A call that nobody scripted throws. */
export class FakeCarrier implements Carrier {
	readonly link = signal<LinkState>({ phase: 'connected' });
	/** What was called, in order. */
	readonly calls: { readonly operation: ConsoleOperation; readonly input: unknown }[] = [];
	private readonly listeners = new Set<(event: ConsoleEvent) => void>();
	private readonly replies: ConsoleReply[] = [];

	/** The next call without an answer gets this one. */
	willReply(reply: ConsoleReply): void {
		this.replies.push(reply);
	}

	emit(event: ConsoleEvent): void {
		for (const listener of this.listeners) listener(event);
	}

	async call<O extends ConsoleOperation>(operation: O, input: InputOf<O>): Promise<ResultOf<O>> {
		this.calls.push({ operation, input });
		const reply = this.replies.shift();
		if (reply === undefined) throw new Error(`Nobody scripted a reply to ${operation}`);
		return unwrapReply<O>(reply);
	}

	follow(listener: (event: ConsoleEvent) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}
}
