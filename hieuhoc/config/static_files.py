"""Static files with the hash of what is in them in their names, the imports between modules too.

A module says ``import { act } from "./store.js";`` and the collected file says ``from "./store.5f2c….js"``: a page and
its offline copy never mix two versions (docs/decisions/modules-that-import.md).
"""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):
    """Names with hashes, also inside JavaScript modules."""

    support_js_module_import_aggregation = True
