"""The shapes of the workbooks: one module a kind of subject, all built with `table`."""
