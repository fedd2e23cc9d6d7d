"""Every line or block that cleaning cut away, with the reason."""
