import { PageHeader } from '../components/page-header.tsx';
import { useText } from '../window-context.ts';

/** overview */
export function OverviewView() {
	const { shell, overview } = useText();
	return <PageHeader title={shell.views.overview} lead={overview.lead} />;
}
