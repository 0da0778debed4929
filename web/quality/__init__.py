"""The desk of quality: people confirm or overrule the machine's sheets, decide appeals, draw samples, calibrate."""
