/* Sentences: how a text of the page gets its numbers, in the language of the page. */
"use strict";

{
  /* The language of the page, which is English until it says another. A page has only
     one. */

  let separators = { thousands: ",", decimal: "." }; // of digits
  let pluralRules = new Intl.PluralRules("en");

  function useLanguage({ number, language }) {
    separators = number;
    pluralRules = new Intl.PluralRules(language.tag);
  }

  /* Numbers. Arithmetic signs are the same in every language. */

  const SIGNS = { "-": "−", NaN: "nan", "∞": "inf" };
  const RAISED = [..."⁰¹²³⁴⁵⁶⁷⁸⁹"];

  // Creating a format takes longer than measuring a function.
  const formats = new Map();

  function formatOf(options) {
    const key = JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.NumberFormat("en", options));
    return formats.get(key);
  }

  /** A number as an engine writes it in English, with the signs of the page. */
  function withSigns(text) {
    return text.replace(/-|NaN|∞|,|\.|E.*/g, (part) => {
      if (part === ",") return separators.thousands;
      if (part === ".") return separators.decimal;
      return SIGNS[part] ?? `\u00A0×\u00A010${raised(part.slice(1))}`;
    });
  }

  /** A number as the page writes it, with these options of Intl.NumberFormat. */
  function numberAs(options, number) {
    return withSigns(formatOf(options).format(number));
  }

  function raised(exponent) {
    return exponent.replace(/./g, (sign) => RAISED[sign] ?? "⁻");
  }

  /* A sentence of the page, which may have plural forms for its {count} */

  const HOLE = /\{(\w*)\}/;

  /** The form of a sentence that its {count} requires, by Unicode's plural rules. */
  function pluralOf(sentence, { count }) {
    if (typeof sentence === "string") return sentence;
    return sentence[pluralRules.select(count)] ?? sentence.other;
  }

  /** A sentence with its holes, such as {arrows}, filled by texts, counts, or
      elements. */
  function filledParts(sentence, terms) {
    const parts = pluralOf(sentence, terms).split(HOLE);
    return parts.map((part, k) => (k % 2 ? written(terms[part]) : part));
  }

  function fill(sentence, terms) {
    return filledParts(sentence, terms).join("");
  }

  function written(term) {
    return typeof term === "number" ? numberAs({}, term) : term;
  }

  globalThis.gradviz.sentences = { useLanguage, numberAs, fill, filledParts };
}
