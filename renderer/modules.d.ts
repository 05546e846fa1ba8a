/** An SVG file that the bundler emits as an asset; the default export is its URL. */
declare module '*.svg' {
	const url: string;
	export default url;
}
