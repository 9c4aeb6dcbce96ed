"""The command line of sealcheck: set-up, the engine's runs, progress, results and reports."""
