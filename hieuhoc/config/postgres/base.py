"""Django's PostgreSQL backend, starting the embedded server at the first connection, with a cursor that keeps plans."""

from pathlib import Path

from django.db.backends.postgresql import base

from hieuhoc.config import embedded

KEPT = 40  # plans; psycopg remembers as many texts of statements it saw, and one of an import is megabytes long


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

    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = KEPT
        return connection

    def planned_cursor(self):
        """A cursor for the few statements asked for every single answer (``common.rows.ask``)."""
        if self.connection is None:
            self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(PlannedCursor(self.connection))
