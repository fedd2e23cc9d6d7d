"""Layouts of the field in which events leave the warehouse, each a list of columns with the SQL that fills them."""
