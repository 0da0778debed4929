"""The telephone: the ARI client, what a flow can do with a call, the flows, the prompts, the controller."""
