"""How well the hotline hears and understands, on sets whose words are known."""
