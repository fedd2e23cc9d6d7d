"""One row a delivery of arms or military help, told by one or more sentences."""
