import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { LogLineView } from '../../src/operator/contract.ts';
import { Button } from '../components/buttons/button.tsx';
import { ViewHeader } from '../components/view-header.tsx';
import { useText } from '../window-context.ts';
import { LogActions } from './log-actions.tsx';
import { LogDetails } from './log-details.tsx';
import { LogList } from './log-list.tsx';
import { LogStatus } from './log-status.tsx';
import { LogToolbar } from './log-toolbar.tsx';
import type { LogViewer } from './log-viewer.ts';
import { NoLines } from './no-lines.tsx';
import { useLogViewer } from './use-log-viewer.ts';

/** The selected line, which stays shown while the log grows. */
interface SelectedLine {
	/** Its position in the log. */
	readonly position: number;
	readonly line: LogLineView;
}

/** The live log of the service, with filter and export. */
export function LogsView() {
	const { shell, logs } = useText();
	const viewer = useLogViewer();
	const selection = useSignal<SelectedLine | undefined>(undefined);
	const frame = useRef<HTMLDivElement>(null);
	const details = useRef<HTMLElement>(null);
	const search = viewer.shown.value;
	return (
		<>
			<ViewHeader title={shell.views.logs} lead={logs.lead} actions={<LogActions search={search} />} />
			<LogToolbar
				filter={search.filter}
				isPaused={viewer.hold.value === 'paused'}
				onFilter={(filter) => viewer.filter(filter)}
				onPause={() => viewer.pause()}
				onResume={() => viewer.release()}
			/>
			<LogStatus search={search} hold={viewer.hold.value} />
			<div class="log-frame" ref={frame}>
				<LogPane
					viewer={viewer}
					selected={selection.value?.position}
					onSelect={(selected) => {
						selection.value = selected;
					}}
					onOpen={() => details.current?.focus()}
				/>
			</div>
			{selection.value && (
				<LogDetails
					panel={details}
					line={selection.value.line}
					query={search.filter.text}
					onClose={() => {
						selection.value = undefined;
						frame.current?.querySelector<HTMLElement>('.log-list')?.focus();
					}}
				/>
			)}
		</>
	);
}

interface LogPaneProps {
	readonly viewer: LogViewer;
	readonly selected: number | undefined;
	readonly onSelect: (selection: SelectedLine) => void;
	readonly onOpen: () => void;
}

function LogPane({ viewer, selected, onSelect, onOpen }: LogPaneProps) {
	const { logs } = useText();
	const search = viewer.shown.value;
	const newer = viewer.newer.value;
	const select = (position: number, isLast: boolean) => {
		const line = search.log.lines[position - search.log.dropped];
		if (line) onSelect({ position, line });
		// Holds the log, so that the selected line stays in place.
		viewer.scrolled(isLast);
	};
	return (
		<>
			{search.found.length === 0 && search.untested === 0 ? (
				<NoLines filter={search.filter} onFilter={(filter) => viewer.filter(filter)} />
			) : (
				<LogList
					search={search}
					isFollowing={viewer.hold.value === 'none'}
					selected={selected}
					onSelect={select}
					onOpen={onOpen}
					onScroll={(isAtEnd) => viewer.scrolled(isAtEnd)}
				/>
			)}
			{newer > 0 && (
				<div class="log-newer">
					<Button variant="primary" onClick={() => viewer.release()}>
						{logs.newer(newer)}
					</Button>
				</div>
			)}
		</>
	);
}
