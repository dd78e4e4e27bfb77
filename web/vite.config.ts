import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// During development the API comes from a running server: JARING_API names it.
const api = process.env.JARING_API ?? 'http://127.0.0.1:8080';

const FILES = {
  core: /node_modules|svelte-kit.generated.root|lib.(i18n.(index|format|fill|group\.ts|id\.d.(core|box)|group.box)|api.(client|index|problem|uuid|field)|session|pages|field.name|price.(pack|format|months)|offline.(?!BoxList|testdata)|ui.(Icon|Mark|Mesh|Chip|PageHead|LangSwitch|ThemeSwitch|theme|toast|Toast|Update|media|Field|Notes|Trouble|Leave|Sheet)\b)/,
  occupation: /lib.data/,
  parts: /lib.(family.hand|ui.(Choice|DateField|MoneyField|Switch|Search|Summary|note)|i18n.(words|id\.d.form|group.form))\b/,
  form: /lib.(register.(notes|check|form)|nik.nik\.)\b/,
  price: /lib.price.(price|quote|here)\b/,
  law: /lib.(ui.Proof|i18n.(id\.d.price|group.price))\b/,
  register: /lib.(register.(?!Ending|Agree|Contact|Dues|Work|questions|price)|nik.place|ui.NikField|i18n.(id\.d.register|group.register))\b/,
  field: /lib.(field.(day|visit|lot|now|certificate|Gate|Tabs)|titipan.bring|i18n.(id\.d.field|group.field))\b|routes..field..\+layout/,
  market: /lib.(field.(Strip|SweepCard|window)|i18n.(id\.d.market|group.market))\b/,
  hand: /lib.(titipan.(cash|lapse|limit|money|StopNote)|i18n.(id\.d.money_field|group.money_field))\b/
};

/**
 * Few files for a phone on a slow line: what nearly every route loads is one, the parts of forms
 * are one, a registration is one, the field is one. Left alone the bundler makes forty small ones,
 * each with a trip of its own, and compressed apart they weigh a tenth more.
 */
const files: Plugin = {
  name: 'jaring-files',
  apply: 'build',
  outputOptions(options) {
    if (!/output.client$/.test(options.dir ?? '')) return options;
    return { ...options, codeSplitting: { groups: Object.entries(FILES).map(([name, test], n, all) => ({ name, test, priority: all.length - n })) } };
  }
};

export default defineConfig({
  plugins: [sveltekit(), files],
  build: { target: ['chrome90', 'firefox90', 'safari15'] },
  server: { proxy: { '/api': { target: api } } },
  preview: { proxy: { '/api': { target: api } } },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['src/**/*.test.ts'], environment: 'node' },
        resolve: { conditions: ['browser'] }
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.spec.ts'],
          environment: 'node',
          globalSetup: ['e2e/server.ts'],
          maxWorkers: 2,
          // A worker keeps what it has loaded, from one file to the next; each file has a browser of its own.
          isolate: false,
          // A browser on a busy machine can stumble. What passes at the second try is listed as such.
          retry: 1,
          testTimeout: 240_000,
          hookTimeout: 120_000
        }
      }
    ]
  }
});
