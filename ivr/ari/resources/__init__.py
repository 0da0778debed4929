"""ARI's resources, one file each; methods have the names and parameters of ARI's own operations.

Only what a hotline needs is here. Every id is chosen by the caller, so that its events can be awaited before the
request is made. Every method may raise Unavailable and Unauthorised, besides what it names.
"""
