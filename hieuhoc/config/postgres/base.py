"""Django's PostgreSQL backend, starting the embedded server at the first connection."""

from pathlib import Path

from django.db.backends.postgresql import base

from hieuhoc.config import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL; where the settings name an ``EMBEDDED`` directory, its server is started on demand."""

    def get_connection_params(self):
        directory = self.settings_dict.get("EMBEDDED")
        if directory and not self.settings_dict["HOST"]:
            self.settings_dict.update(embedded.start(Path(directory)))
        return super().get_connection_params()
