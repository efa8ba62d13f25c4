"""A package that the registry goes through with pkgutil."""
