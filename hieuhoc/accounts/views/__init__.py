"""Pages of accounts: one's own, the administrator's lists, forms and sheets."""
