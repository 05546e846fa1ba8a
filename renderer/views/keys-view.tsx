import { PageHeader } from '../components/page-header.tsx';
import { useText } from '../window-context.ts';

/** keys */
export function KeysView() {
	const { shell, keys } = useText();
	return <PageHeader title={shell.views.keys} lead={keys.lead} />;
}
