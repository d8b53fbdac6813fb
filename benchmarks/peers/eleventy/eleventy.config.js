module.exports = (config) => {
  config.addPassthroughCopy({ images: "images" });
  return { dir: { input: "content", includes: "../_includes" } };
};
