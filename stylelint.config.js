// The standard, less what is a matter of taste here.

module.exports = {
  extends: "stylelint-config-standard",
  rules: {
    "color-hex-length": "long", // colours stand below each other and are compared
    "no-descending-specificity": null, // states stand beside what they are states of
    "property-no-vendor-prefix": null, // Safari knows two properties by no other name
    "value-keyword-case": ["lower", { ignoreProperties: ["/-face$/"] }], // fonts are names
    "at-rule-empty-line-before": null,
    "comment-empty-line-before": null,
    "custom-property-empty-line-before": null,
    "declaration-empty-line-before": null,
    "rule-empty-line-before": null,
  },
};
