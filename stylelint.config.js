// The standard, less what is a matter of taste here.

module.exports = {
  extends: "stylelint-config-standard",
  rules: {
    // `colour(…)` is filled when the sheets are published.
    "function-no-unknown": [true, { ignoreFunctions: ["colour"] }],
    "declaration-property-value-no-unknown": [
      true,
      { ignoreProperties: { "/./": "/colour\\(/" } },
    ],
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
