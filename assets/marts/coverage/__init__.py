"""One row a day of publication and language: pages, events, gaps."""
