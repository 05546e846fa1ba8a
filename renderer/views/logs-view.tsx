import { PageHeader } from '../components/page-header.tsx';
import { useText } from '../window-context.ts';

/** logs */
export function LogsView() {
	const { shell, logs } = useText();
	return <PageHeader title={shell.views.logs} lead={logs.lead} />;
}
