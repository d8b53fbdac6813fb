// a
const name = "größer";
