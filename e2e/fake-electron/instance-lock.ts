import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type OnSecond = (argv: readonly string[], workingDirectory: string) => void;

/** The lock of the single instance, by files: the first process keeps its id in one, a second one leaves its call in another. */
export class InstanceLock {
	private readonly dir: string;
	private readonly onSecond: OnSecond;
	private isHeld = false;

	/** @param userData who shares it shares the lock */
	constructor(userData: string, onSecond: OnSecond) {
		this.dir = join(userData, 'stand-in-instance');
		this.onSecond = onSecond;
	}

	/** @returns false where another process has it, which is told of `argv` then */
	take(argv: readonly string[]): boolean {
		if (this.isHeld) return true;
		mkdirSync(this.dir, { recursive: true });
		if (this.isTakenByOther()) {
			const draft = join(this.dir, `draft-${process.pid}`);
			writeFileSync(draft, JSON.stringify([argv, process.cwd()]));
			renameSync(draft, join(this.dir, `call-${process.pid}`));
			return false;
		}
		writeFileSync(join(this.dir, 'holder'), String(process.pid));
		this.isHeld = true;
		watch(this.dir, (_event, name) => this.receive(name)).unref();
		return true;
	}

	release(): void {
		if (this.isHeld) rmSync(this.dir, { recursive: true, force: true });
	}

	private isTakenByOther(): boolean {
		try {
			// Signal 0 asks only whether the process is there.
			return process.kill(Number(readFileSync(join(this.dir, 'holder'), 'utf8')), 0);
		} catch {
			return false;
		}
	}

	private receive(name: string | null): void {
		if (!name?.startsWith('call-')) return;
		const file = join(this.dir, name);
		// That it is gone is told, too.
		if (!existsSync(file)) return;
		const [argv, workingDirectory] = JSON.parse(readFileSync(file, 'utf8'));
		rmSync(file);
		this.onSecond(argv, workingDirectory);
	}
}
