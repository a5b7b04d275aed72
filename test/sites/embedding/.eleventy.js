import { blkreport } from "blkreport/eleventy";

export default function (eleventyConfig) {
  eleventyConfig.addPlugin(blkreport, { traces: "traces", cache: process.env.CACHE, jobs: 1 });
}

export const config = { pathPrefix: "/notes/" };
