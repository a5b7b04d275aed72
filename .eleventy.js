// `npm run dev`: the site, served and rebuilt when a trace or a template changes. `npm run build` does not come by here.
// Plugins may not name folders, so the plugin is the configuration itself.
export { default } from "./dist/bundle/plugin.js";
