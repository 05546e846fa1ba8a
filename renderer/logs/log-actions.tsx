import { copyText } from '../components/actions/copy-text.ts';
import { saveTextFile } from '../components/actions/save-text-file.ts';
import { Button } from '../components/buttons/button.tsx';
import { useNotify, useText } from '../window-context.ts';
import type { LogSearch } from './log-search.ts';
import { logFileName, logText } from './log-text.ts';

/** Copies the matching lines, or exports them to a file. */
export function LogActions({ search: { found, log } }: { readonly search: LogSearch }) {
	const { logs, common } = useText();
	const notify = useNotify();
	const text = () => logText(found.flatMap((position) => log.lines[position - log.dropped] ?? []));
	const copy = async () => notify((await copyText(text())) ? logs.copied(found.length) : common.copyFailed);
	const save = () => {
		saveTextFile(logFileName(Date.now()), text());
		notify(logs.exported(found.length));
	};
	return (
		<>
			<Button icon="copy" onClick={() => void copy()}>
				{logs.copy}
			</Button>
			<Button icon="download" onClick={save}>
				{logs.export}
			</Button>
		</>
	);
}
