// The scripts of the site are classic scripts: they work from disk, where modules do not.

const browser = [
  "addEventListener",
  "Blob",
  "clearInterval",
  "clearTimeout",
  "customElements",
  "document",
  "FontFace",
  "getSelection",
  "history",
  "Image",
  "innerWidth",
  "localStorage",
  "location",
  "matchMedia",
  "MutationObserver",
  "navigator",
  "performance",
  "requestAnimationFrame",
  "ResizeObserver",
  "sessionStorage",
  "setInterval",
  "setTimeout",
  "trustedTypes",
  "URL",
  "URLSearchParams",
  "window",
  "XMLSerializer",
];

module.exports = [
  {
    files: ["templates/static/**/*.js"],
    languageOptions: {
      ecmaVersion: 2024,
      sourceType: "script",
      globals: Object.fromEntries(browser.map((name) => [name, "readonly"])),
    },
    rules: {
      eqeqeq: "error",
      "no-else-return": "error",
      "no-implicit-globals": "error",
      "no-shadow": "error",
      "no-undef": "error",
      "no-unused-vars": "error",
      "no-var": "error",
      "one-var": ["error", "never"],
      "prefer-const": "error",
      strict: ["error", "global"],
    },
  },
];
