// Runs before the first paint: what only makes sense with scripts may then be styled so.
document.documentElement.classList.add("hh-js");
