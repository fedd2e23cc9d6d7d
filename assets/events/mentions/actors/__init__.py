"""Who is named in a sentence: country words, roles, organisations and groups put together into actor phrases."""
