{% autoescape off %}{% if modules %}import { background } from "{{ send }}";

// The browser calls when there is a network again, the page closed or not.
self.addEventListener("sync", (event) => event.waitUntil(background()));

{% endif %}// Keeps the page so that it opens without a network. Data is the page's own affair (IndexedDB), never kept here.
const CACHE = "hieuhoc-field-{{ version }}";
const PAGE = "{{ page }}";
const FILES = {{ files }};

self.addEventListener("install", (event) => {
  const fresh = [PAGE, ...FILES].map((path) => new Request(path, { cache: "reload", credentials: "same-origin" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  // The cache before this one stays too: a page that is just opening still finds its parts.
  const old = caches.keys().then((names) => names.filter((name) => name.startsWith("hieuhoc-field-")).slice(0, -2));
  const swept = old.then((names) => Promise.all(names.map((name) => caches.delete(name))));
  event.waitUntil(swept.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  const kept = pathname === PAGE ? PAGE : FILES.includes(pathname) || pathname.startsWith("{{ static }}field/") ? pathname : null;
  if (kept === null) return;
  const own = caches.open(CACHE).then((cache) => cache.match(kept));
  event.respondWith(own.then((found) => found || caches.match(kept)).then((found) => found || fetch(event.request)));
});
{% endautoescape %}
