"""Who a page is by: authors, agencies, and the house that publishes it."""
