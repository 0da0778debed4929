"""Web hooks: saying to other programs what happened, signed, until they have it."""
