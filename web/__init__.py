"""The review console: a Flask application that knows nothing of Asterisk or Vosk."""
