import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { LogLine } from '../../src/console/contract.ts';
import { Button } from '../components/button.tsx';
import { copyText } from '../components/copy-text.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { saveTextFile } from '../components/save-text-file.ts';
import { LogDetails } from '../logs/log-details.tsx';
import type { LogFilter } from '../logs/log-filter.ts';
import { LogList } from '../logs/log-list.tsx';
import type { LogSearch } from '../logs/log-search.ts';
import { LogStatus } from '../logs/log-status.tsx';
import { logFileName, logText } from '../logs/log-text.ts';
import { LogToolbar } from '../logs/log-toolbar.tsx';
import { useLogViewer } from '../logs/use-log-viewer.ts';
import { useNotify, useText } from '../window-context.ts';

/** A line that the operator looks at, and how it came to that. */
interface Selection {
	readonly place: number;
	readonly line: LogLine;
	/** Enter was pressed: whoever works by keyboard wants to read on there. */
	readonly isOpened: boolean;
}

/** The log of the service, as it happens. */
export function LogsView() {
	const { shell, logs } = useText();
	const viewer = useLogViewer();
	const selection = useSignal<Selection | undefined>(undefined);
	const list = useRef<HTMLDivElement>(null);
	const search = viewer.shown.value;
	const { filter } = search;
	const setFilter = (next: LogFilter) => viewer.filter(next);
	const select = (place: number, isLast: boolean) => {
		const line = search.log.lines[place - search.log.dropped];
		if (line) selection.value = { place, line, isOpened: false };
		// What is looked at must not run away.
		viewer.scrolled(isLast);
	};
	return (
		<>
			<PageHeader title={shell.views.logs} lead={logs.lead} actions={<LogActions search={search} />} />
			<LogToolbar
				filter={filter}
				isPaused={viewer.hold.value === 'paused'}
				onFilter={setFilter}
				onPause={() => viewer.pause()}
				onResume={() => viewer.release()}
			/>
			<LogStatus search={search} hold={viewer.hold.value} />
			<div class="log-frame" ref={list}>
				{search.found.length === 0 && search.untested === 0 ? (
					<NothingToShow filter={filter} onFilter={setFilter} />
				) : (
					<LogList
						search={search}
						isFollowing={viewer.hold.value === 'none'}
						selected={selection.value?.place}
						onSelect={select}
						onOpen={() => {
							if (selection.value) selection.value = { ...selection.value, isOpened: true };
						}}
						onScroll={(isAtEnd) => viewer.scrolled(isAtEnd)}
					/>
				)}
				{viewer.newer.value > 0 && (
					<div class="log-newer">
						<Button variant="primary" onClick={() => viewer.release()}>
							{logs.newer(viewer.newer.value)}
						</Button>
					</div>
				)}
			</div>
			{selection.value && (
				<LogDetails
					line={selection.value.line}
					searched={filter.text}
					hasFocus={selection.value.isOpened}
					onClose={() => {
						selection.value = undefined;
						list.current?.querySelector<HTMLElement>('.log-list')?.focus();
					}}
				/>
			)}
		</>
	);
}

/** Takes the lines that were found out of the window. */
function LogActions({ search: { found, log } }: { readonly search: LogSearch }) {
	const { logs, common } = useText();
	const notify = useNotify();
	const text = () => logText(found.flatMap((place) => log.lines[place - log.dropped] ?? []));
	const copy = async () => notify((await copyText(text())) ? logs.copied(found.length) : common.copyFailed);
	return (
		<>
			<Button icon="copy" onClick={() => void copy()}>
				{logs.copy}
			</Button>
			<Button
				icon="download"
				onClick={() => {
					saveTextFile(logFileName(Date.now()), text());
					notify(logs.exported(found.length));
				}}
			>
				{logs.export}
			</Button>
		</>
	);
}

function NothingToShow({
	filter,
	onFilter,
}: {
	readonly filter: LogFilter;
	readonly onFilter: (next: LogFilter) => void;
}) {
	const { logs } = useText();
	if (filter.text === '' && filter.level === 'debug') {
		return (
			<EmptyState icon="logs" title={logs.emptyTitle}>
				{logs.emptyHelp}
			</EmptyState>
		);
	}
	return (
		<EmptyState
			icon="search"
			title={logs.nothingFoundTitle}
			action={<Button onClick={() => onFilter({ level: 'debug', text: '' })}>{logs.clear}</Button>}
		>
			{logs.nothingFoundHelp}
		</EmptyState>
	);
}
