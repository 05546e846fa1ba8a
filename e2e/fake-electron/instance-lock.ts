import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type SecondInstanceListener = (argv: readonly string[], workingDirectory: string) => void;

/** A single-instance lock made of files: the holder writes its process id, a second process its command line. */
export class InstanceLock {
	private readonly dir: string;
	private readonly onSecondInstance: SecondInstanceListener;
	private isHeld = false;

	/** @param userData the folder that the processes share */
	constructor(userData: string, onSecondInstance: SecondInstanceListener) {
		this.dir = join(userData, 'fake-electron-instance');
		this.onSecondInstance = onSecondInstance;
	}

	/** Acquires the lock. @returns false if another process holds it, which then receives `argv` */
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
			// Signal 0 only checks that the process exists.
			return process.kill(Number(readFileSync(join(this.dir, 'holder'), 'utf8')), 0);
		} catch {
			return false;
		}
	}

	private receive(name: string | null): void {
		if (!name?.startsWith('call-')) return;
		const file = join(this.dir, name);
		// The removal of the file also triggers the watcher.
		if (!existsSync(file)) return;
		const [argv, workingDirectory] = JSON.parse(readFileSync(file, 'utf8'));
		rmSync(file);
		this.onSecondInstance(argv, workingDirectory);
	}
}
