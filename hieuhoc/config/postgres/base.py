"""Django's PostgreSQL backend, starting the embedded server at the first connection, with a cursor that keeps plans."""

from pathlib import Path

from django.db.backends.postgresql import base

from hieuhoc.config import embedded


class PlannedCursor(base.ServerBindingCursor):
    """Sends values beside the statement; the server keeps the statement's plan as long as the connection lives."""

    def execute(self, query, params=None, **more):
        return super().execute(query, params, prepare=True, **more)


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL; where the settings name an ``EMBEDDED`` directory, its server is started on demand."""

    def get_connection_params(self):
        directory = self.settings_dict.get("EMBEDDED")
        if directory and not self.settings_dict["HOST"]:
            self.settings_dict.update(embedded.start(Path(directory)))
        return super().get_connection_params() | {"prepare_threshold": 5}  # Django's own cursors never prepare

    def planned_cursor(self):
        """A cursor for the few statements asked for every single answer (``common.rows.ask``)."""
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(PlannedCursor(self.connection))
