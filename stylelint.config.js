// Beside the standard: what a reader may miss, and not where a blank line stands.

module.exports = {
  extends: "stylelint-config-standard",
  rules: {
    "no-descending-specificity": null, // states stand beside what they are states of
    "rule-empty-line-before": null,
    "declaration-empty-line-before": null,
    "custom-property-empty-line-before": null,
    "at-rule-empty-line-before": null,
    "comment-empty-line-before": null,
  },
};
