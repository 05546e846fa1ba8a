/** Headers of every response: it is not cached, its content type is not guessed, and its address is not passed on. */
export const SECURITY_HEADERS = {
	'cache-control': 'no-store',
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
} as const;

/** Headers that isolate a page from pages of other origins. */
export const PAGE_ISOLATION_HEADERS = {
	'cross-origin-resource-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
} as const;

/** Returns a content security policy that allows nothing but the given directives. */
export function contentSecurityPolicy(...directives: readonly string[]): string {
	const nothing = ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];
	return ["default-src 'none'", ...directives, ...nothing].join('; ');
}
