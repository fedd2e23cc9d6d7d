"""Vocabulary as data: one folder a language, one for the ontology, and the typed loaders that read them.

Nothing here decides anything about a text; adding a language is adding a folder. The files are described in
`docs/adding-a-language.md`.
"""
