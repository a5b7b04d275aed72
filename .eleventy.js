// `npm run dev`: the site, served and rebuilt when a trace or a template changes. `npm run build` does not come by here.
import blkreport from "./dist/site/plugin.js";

export default function (config) {
  config.addPlugin(blkreport);
}
