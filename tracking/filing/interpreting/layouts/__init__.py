"""How sheets are laid out: which cells of a person's sheet are whose figures, and of what."""
