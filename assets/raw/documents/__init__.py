"""One row a document exactly as received, and the readers that find documents in files."""
