"""The archive: tables, migrations, the audio store, and the account of every recording."""
