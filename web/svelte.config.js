import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** The screens are one static page: the binary serves it, and every address falls back to it. */
export default {
  preprocess: vitePreprocess(),
  kit: {
    adapter: adapter({ pages: 'embedded/site', assets: 'embedded/site', fallback: 'index.html', precompress: true }),
    // One page for every address means absolute links to the assets.
    paths: { relative: false },
    serviceWorker: { register: false },
    version: { pollInterval: 0 }
  }
};
