"""Made-up news pages in many layouts and languages, for measuring and testing the cleaning of pages."""
