"""The lines of a page: what each looks like, which are its title and body, and which are furniture."""
